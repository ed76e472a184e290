#include "tests/world/office.hpp"

#include "storage/domain/customer/contact_key.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "sync/central/feed.hpp"
#include "sync/central/ingest_checks.hpp"
#include "sync/central/register.hpp"
#include "sync/central/signed_page.hpp"
#include "sync/central/standing.hpp"
#include "sync/serving/reply.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/compression.hpp"

namespace keepsake::world {

namespace fs = std::filesystem;
using namespace sync;
using namespace sync::central;

struct Office::Answered {
  Reply reply;
  bool follow_up = false;  ///< there is something new
};

namespace {

template <class Answer, class Body>
Reply reply_to(const std::variant<Answer, Refusal>& answer, Body body) {
  if (const auto* refusal = std::get_if<Refusal>(&answer))
    return reply_of(*refusal, Format::binary);
  return ok_reply(encode(body(std::get<Answer>(answer))), Format::binary);
}

}  // namespace

Result<Done> Office::open() {
  auto opened = Centre::open(folder_, {"localhost"}, clock_);
  if (!opened) return opened.error();
  centre_ = std::move(*opened);
  return Done{};
}

HttpAnswer Office::serve(const HttpRequest& request) {
  const auto path = parse_terminal_path(request.path);
  if (!path) return {404, {}, {}, {}};
  std::string body = request.body;
  if (request.compression == Compression::zstd)
    body = decompress(body, limits::batch_bytes_inflated).value();
  Answered answered = dispatch(*path, body);
  if (answered.reply.status == 200 && answered.follow_up) follow_up();
  HttpAnswer answer{static_cast<int>(answered.reply.status),
                    answered.reply.type,
                    std::move(answered.reply.body),
                    {}};
  if (answered.reply.retry_after_s)
    answer.retry_after = std::chrono::seconds(*answered.reply.retry_after_s);
  return answer;
}

Office::Answered Office::dispatch(const TerminalPath& path, const std::string& body) {
  const auto whole = [](const auto& answer) { return answer; };
  switch (path.action) {
    case TerminalAction::batch: {
      const auto batch = central::read_batch(body);
      if (!batch) return {reply_of(refusal_of_body(batch.error()), Format::binary)};
      return {reply_to(centre_->ingest().take(path.terminal, path.epoch, *batch), whole),
              !batch->records.empty()};
    }
    case TerminalAction::opaque: {
      const auto record = decode_opaque_record(body).value();
      return {reply_to(centre_->ingest().take_opaque(path.terminal, path.epoch, record), whole),
              true};
    }
    case TerminalAction::look_up:
      return {reply_to(
          centre_->look_ups().look_up(path.terminal, path.epoch, decode_look_up(body).value()),
          [](const auto& found) { return found.answer; })};
    case TerminalAction::reservations: {
      const auto asked = decode_reservation_request(body).value();
      const auto answer = centre_->reservations().answer(path.terminal, path.epoch, asked);
      if (!asked.given_back.empty()) share_out();
      return {reply_to(answer, [](const auto& answered) { return answered.answer; })};
    }
    case TerminalAction::feed:
      return feed(path);
    case TerminalAction::renew:
    case TerminalAction::snapshot:
    case TerminalAction::snapshot_part:
    case TerminalAction::neighbours:
    case TerminalAction::hand_in:
      break;
  }
  return {problem_reply(404, "path.unknown", "Not found", Format::binary)};
}

Office::Answered Office::feed(const TerminalPath& path) {
  try {
    const auto opened = records();
    if (!opened) return {reply_of(as_refusal(opened.error()), Format::binary)};
    const auto vaulted = centre_->vault_reader();
    if (!vaulted) return {reply_of(as_refusal(vaulted.error()), Format::binary)};
    const auto& reader = *opened;
    const auto& vault = *vaulted;
    Transaction moment(*reader);
    const auto terminal = find_terminal(*reader, path.terminal);
    if (auto refusal = check_standing(terminal, path.epoch))
      return {reply_of(*refusal, Format::binary)};
    const auto page = page_for(*reader, *vault, *terminal, *path.feed);
    if (!page) return {reply_of(as_refusal(page.error()), Format::binary)};
    const bool ahead =
        path.feed->generation == page->generation && path.feed->position > last_position(*reader);
    if (!ahead) return {ok_reply(encode(sign_page(*vault, *terminal, *page)), Format::binary)};
    moment.commit();
    if (auto begun = centre_->begin_generation(); !begun)
      return {reply_of(as_refusal(begun.error()), Format::binary)};
    return {busy_reply(503, "The order of facts begins anew", 1, Format::binary)};
  } catch (const DatabaseError& error) {
    return {reply_of(as_refusal(error.error()), Format::binary)};
  }
}

// What fails is tried again at the next occasion, as the router does.
void Office::follow_up() {
  // At times head office is busy: the answer goes out, and what was taken is applied with the next.
  if (busy_at_times && chance_.below(4) == 0) return;
  apply();
  static_cast<void>(centre_->clean_up());
}

void Office::apply() {
  const auto applied = centre_->ingest().apply_all();
  if (!applied) return;
  static_cast<void>(centre_->ingest().take_news());
  for (const std::string& store : applied->stores) {
    const auto dealt = centre_->code_dealing().deal(store);
    if (dealt && *dealt) static_cast<void>(release());
  }
  share_out();
}

void Office::share_out() {
  for (auto shared = centre_->reservations().share_out(); shared && shared->more;)
    shared = centre_->reservations().share_out();
}

Result<Done> Office::release() {
  const auto released = centre_->publishing().release_due();
  if (!released) return released.error();
  if (!released->stores.empty()) share_out();
  static_cast<void>(centre_->clean_up());
  return Done{};
}

Result<Done> Office::publish(const std::string& what, const std::vector<Fact>& facts,
                             const std::string& store) {
  const auto number = centre_->publishing().publish(
      {0, what, store, "shell:anna", {}, clock_.now(), PublicationState::waiting}, facts);
  if (!number) return number.error();
  return release();
}

Result<Done> Office::daily_round() {
  try {
    const auto reader = records();
    if (!reader) return reader.error();
    const auto lapsed = centre_->expiries().look(**reader);
    const auto idle = centre_->retention().look(**reader);
    if (auto done = centre_->expiries().publish(lapsed);
        !done && done.error().code != "clock.ahead")
      return done;
    if (auto done = centre_->retention().publish(idle); !done && done.error().code != "clock.ahead")
      return done;
  } catch (const DatabaseError& error) {
    return error.error();
  }
  if (auto done = let_leave(); !done && done.error().code != "clock.ahead") return done;
  return release();
}

Result<Done> Office::let_leave() {
  try {
    for (bool more = true; more;) {
      const auto reader = records();
      if (!reader) return reader.error();
      const auto vault = centre_->vault_reader();
      if (!vault) return vault.error();
      const auto passed =
          centre_->dormancies().publish(centre_->dormancies().look(**reader, **vault));
      if (!passed) return passed.error();
      more = passed->more;
    }
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<Done> Office::back_up(const fs::path& file) {
  const auto reader = records();
  if (!reader) return reader.error();
  if (auto done = sqlite::backup(**reader, file, {}); !done) return done;
  return forget_generation(file);
}

Result<Done> Office::restore(const fs::path& file) {
  close();
  for (const char* ending : {"-wal", "-shm"})
    fs::remove(folder_ / ("central.db" + std::string(ending)));
  fs::copy_file(file, folder_ / "central.db", fs::copy_options::overwrite_existing);
  return open();
}

}  // namespace keepsake::world
