#include "tests/world/till.hpp"

#include <stop_token>

#include "storage/book/settings.hpp"
#include "storage/journal/journal.hpp"
#include "storage/vault/vault.hpp"
#include "sync/agent/puller.hpp"
#include "sync/agent/session.hpp"
#include "sync/pki/pki.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/enrol_code.hpp"
#include "sync/wire/signing.hpp"
#include "tests/support/shop.hpp"

namespace keepsake::world {

using namespace sync;

Result<Done> Till::create() {
  auto made = Book::create(folder_, test::shop_settings(), clock);
  if (!made) return made.error();
  book_ = std::move(*made);
  return Done{};
}

Result<Done> Till::open() {
  auto opened = Book::open(folder_, clock);
  if (!opened) return opened.error();
  book_ = std::move(*opened);
  reader();  // before its power can go again
  return Done{};
}

void Till::close() {
  reader_.reset();
  book_.reset();
}

Reader& Till::reader() {
  if (!reader_) reader_ = std::move(book_->reader().value());
  return *reader_;
}

namespace {

EnrolRequest request_of(Book& book, Reader& reader, const EnrolCode& code) {
  const auto csr = pki::make_request(pki::make_key().value(), "till").value();
  const auto head = reader.head().value();
  Vault& vault = book.vault();
  EnrolRequest request{to_text(code), csr, bytes32(vault.sign_public()),
                       bytes32(vault.box_public()), "till"};
  request.identities = reader.identities().value();
  request.head = head.seq;
  request.head_hash = head.hash;
  request.former_sign_public = vault.former_sign_public().value();
  const auto bytes = enrol_signing_bytes(code, pki::request_key(csr).value(), request);
  request.signature = bytes64(vault.sign(bytes));
  if (!request.former_sign_public.empty())
    request.former_signature = bytes64(vault.sign_as_former(bytes).value());
  return request;
}

}  // namespace

Result<Done> Till::enrol(Answer answered) {
  auto& enrolments = network_.office.centre().enrolment();
  const auto typed = enrolments.new_code(store_);
  if (!typed) return typed.error();
  const auto code = parse_enrol_code(*typed).value();
  auto answer = enrolments.enrol(request_of(*book_, reader(), code));
  const auto* refusal = std::get_if<Refusal>(&answer);
  // As sync::enrol(): somebody else has this folder's keys, or the last answer never came.
  if (refusal && refusal->problem.code == "terminal.copied") {
    if (auto taken = book_->vault().take_new_keys(); !taken) return taken;
    answer = enrolments.enrol(request_of(*book_, reader(), code));
    refusal = std::get_if<Refusal>(&answer);
  }
  if (answered == Answer::is_lost) return Done{};
  if (refusal)
    return Error{Failure::refused, refusal->problem.code, refusal->problem.message, {}, {}};
  const auto& given = std::get<EnrolAnswer>(answer);
  return book_->set_enrolment({given.terminal, given.epoch, given.store, "https://localhost",
                               std::string(view(given.central_sign_public)),
                               std::string(view(given.central_box_public)), given.till});
}

OfficeLine Till::line() const {
  return {book_->enrolment().value(), std::make_unique<Line>(network_)};
}

std::optional<SyncState> Till::push() {
  auto session =
      Session::open(*book_, clock, book_->enrolment().value(), std::make_unique<Line>(network_));
  if (!session) return std::nullopt;
  (*session)->work(engine::Tick{}, std::stop_token{}, [] {});
  return (*session)->state();
}

Result<bool> Till::pull() {
  auto reading = book_->reader();
  if (!reading) return reading.error();
  Puller puller(*book_, clock, line(), std::move(*reading));
  const auto pulled = puller.pull(std::chrono::seconds(0));
  if (!pulled) return pulled.error();
  return pulled->has_all;
}

bool Till::sync() {
  const auto state = push();
  if (!state || state->last_error || state->waiting > 0) return false;
  for (;;) {
    const auto has_all = pull();
    if (!has_all) return false;
    if (*has_all) return true;
  }
}

}  // namespace keepsake::world
