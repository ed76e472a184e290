#include "sync/agent/reservations.hpp"

#include <algorithm>
#include <thread>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/reservations.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/vault/crypto.hpp"
#include "storage/vault/vault.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/signing.hpp"

namespace keepsake::sync {

namespace {

constexpr int rounds_most = 50;  // of one look; the rest comes with the next pull
/// Head office makes them good for a day at a time.
constexpr std::chrono::hours leases_longer_before{12};

Error refused_reservations(const HttpAnswer& answer) {
  return refused_answer(answer, "reservations.busy",
                        "Head office did not say what is set aside for this till",
                        "It will be tried again automatically");
}

Result<ReservationAnswer> check_answer(const Enrolment& enrolment, std::string_view bytes,
                                       Format format) {
  const auto said = decode_signed_reservation_answer(bytes, format);
  if (!said) return untrusted(said.error().where);
  if (!verify_signature(
          reservation_signing_bytes(enrolment.terminal, enrolment.epoch, said->answer),
          view(said->signature), enrolment.central_sign_public))
    return untrusted("signature");
  auto answer = decode_reservation_answer(said->answer);
  if (!answer) return untrusted(answer.error().where);
  return answer;
}

/// What is spent of this till's leases of what it wants held.
Result<std::vector<LeaseUsed>> leases_used(Reader& reader, const std::vector<WantedHold>& wanted,
                                           Instant now) {
  std::vector<LeaseUsed> used;
  for (const WantedHold& each : wanted) {
    const auto here = reader.reservations(each.resource, now);
    if (!here) return here.error();
    for (const ReservationLeft& one : *here)
      if (one.reservation.kind == ReservationKind::lease && used.size() < reservations_per_answer)
        used.push_back({one.reservation.id, one.reservation.quantity - one.left});
  }
  return used;
}

struct Exchanged {
  ReservationAnswer answer;
  bool taken_in = false;  ///< false: another answer came first, ask again
};

/// One question and its answer, which is in the book then.
Result<Exchanged> exchange(Book& book, Reader& reader, OfficeLine& line, const Clock& clock,
                           const std::vector<WantedHold>& wanted) {
  const auto known = reader.reservations_known();
  if (!known) return known.error();
  auto back = reader.given_back();
  if (!back) return back.error();
  if (back->size() > reservations_per_answer) back->resize(reservations_per_answer);
  auto leases = leases_used(reader, wanted, clock.now());
  if (!leases) return leases.error();
  const ReservationRequest request{known->change, std::move(*back), wanted, std::move(*leases)};
  const auto came = line.transport->exchange(
      {"POST", reservations_path(line.enrolment.terminal, line.enrolment.epoch), encode(request),
       std::string(binary_type), Compression::none});
  if (!came) return came.error();
  if (came->status != 200) return refused_reservations(*came);
  auto answer = check_answer(line.enrolment, came->body, format_of(came->content_type));
  if (!answer) return answer.error();
  answer->news.known = known->change;
  for (Reservation& each : answer->news.put)
    if (each.kind == ReservationKind::hold) each.until = clock.now() + hold_life;
  const auto taken = book.take_in(answer->news);
  if (!taken) return taken.error();
  return Exchanged{std::move(*answer), *taken};
}

}  // namespace

Result<Done> follow_reservations(Book& book, Reader& reader, OfficeLine& line, const Clock& clock,
                                 std::int64_t newest) {
  for (int round = 0; round < rounds_most; ++round) {
    const auto known = reader.reservations_known();
    if (!known) return known.error();
    const auto back = reader.given_back();
    if (!back) return back.error();
    const bool ending =
        known->change > 0 && known->leases_until < clock.now() + leases_longer_before;
    if (known->change == newest && back->empty() && !(ending && round == 0)) return Done{};
    const auto exchanged = exchange(book, reader, line, clock, {});
    if (!exchanged) return exchanged.error();
    if (exchanged->taken_in && exchanged->answer.complete) newest = *exchanged->answer.news.change;
  }
  return Done{};
}

Holds::Holds(Book& book, const Clock& clock) : book_(book), clock_(clock) {}

Holds::Holds(Book& book, const Clock& clock, OfficeLine line)
    : book_(book), clock_(clock), patience_(0), line_(std::move(line)) {}

Holds::~Holds() = default;

Result<Done> Holds::make_ready() {
  const auto enrolment = book_.enrolment();
  if (!enrolment) return not_enrolled();
  if (!reader_) {
    auto reader = book_.reader();
    if (!reader) return reader.error();
    reader_ = std::move(*reader);
  }
  if (line_ && line_->enrolment == *enrolment) return Done{};
  auto line = open_line(book_, {most, most});
  if (!line) return line.error();
  line_ = std::move(*line);
  return Done{};
}

Result<ReservationAnswer> Holds::exchange_until_settled(const std::vector<WantedHold>& wanted) {
  const auto end = std::chrono::steady_clock::now() + patience_;
  for (;;) {
    auto exchanged = exchange(book_, *reader_, *line_, clock_, wanted);
    if (!exchanged) return exchanged.error();
    const bool settled = exchanged->taken_in && exchanged->answer.refused.empty();
    if (settled || std::chrono::steady_clock::now() + again >= end) {
      if (!exchanged->taken_in)
        return Error{Failure::unavailable,
                     "reservations.busy",
                     "Head office did not say what is set aside for this till",
                     {},
                     "It will be tried again automatically"};
      return std::move(exchanged->answer);
    }
    if (exchanged->taken_in) std::this_thread::sleep_for(again);
  }
}

Result<Holds::Held> Holds::ask(const std::vector<Spending>& spendings) {
  if (auto ok = make_ready(); !ok) return ok.error();
  std::vector<WantedHold> wanted;
  Held held;
  for (const Spending& each : spendings) {
    const WantedHold& one =
        wanted.emplace_back(WantedHold{{random_bytes16()}, each.resource, each.quantity});
    held.granted.push_back(one.id);
  }
  auto answer = exchange_until_settled(wanted);
  if (!answer) {
    line_.reset();  // the connection may be half dead
    // Head office may have heard the question: then it holds what nobody will use.
    ReservationNews unanswered;
    for (const WantedHold& each : wanted) {
      unanswered.put.push_back(
          {each.id, ReservationKind::hold, each.resource, each.quantity, clock_.now() + hold_life});
      unanswered.recalled.push_back(each.id);
    }
    static_cast<void>(book_.take_in(unanswered));
    return answer.error();
  }
  if (answer->refused.empty()) return held;
  const HoldRefused& refused = answer->refused.front();
  const auto which = std::ranges::find(wanted, refused.id, &WantedHold::id);
  if (which == wanted.end()) return untrusted("refused");
  held.shortage = Shortage{{which->resource, which->quantity},
                           refused.available,
                           refused.reserved > 0 ? ShortBecause::reserved : ShortBecause::spent};
  std::erase_if(held.granted, [&](const ReservationId& id) {
    return std::ranges::find(answer->refused, id, &HoldRefused::id) != answer->refused.end();
  });
  give_back(held.granted);
  held.granted.clear();
  return held;
}

void Holds::give_back(const std::vector<ReservationId>& ids) {
  if (ids.empty()) return;
  ReservationNews news;
  news.recalled = ids;
  static_cast<void>(book_.take_in(news));  // else it ends by itself
}

}  // namespace keepsake::sync
