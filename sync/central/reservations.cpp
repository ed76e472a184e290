#include "sync/central/reservations.hpp"

#include <algorithm>
#include <limits>

#include "storage/book/chain_settings.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/till/chain_settings.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/register.hpp"
#include "sync/central/standing.hpp"
#include "sync/wire/signing.hpp"

namespace keepsake::sync::central {

namespace {

constexpr std::chrono::hours look_again{24};
constexpr Instant always{std::numeric_limits<std::int64_t>::min()};

bool is_lease(const KeptReservation& kept) {
  return kept.reservation.kind == ReservationKind::lease;
}

bool is_of(const KeptReservation& kept, const Terminal& terminal) {
  return kept.holder == TerminalIdentity{terminal.number, terminal.epoch};
}

ReservationId draw_id() { return {random_bytes16()}; }

/// Of the terminal's own lease, what is neither spent nor on its way: it says what it has spent.
std::int64_t unspent(const KeptReservation& lease, const std::vector<LeaseUsed>& told) {
  const auto known = std::ranges::find(told, lease.reservation.id, &LeaseUsed::id);
  if (known == told.end()) return 0;
  return std::max<std::int64_t>(lease.reservation.quantity - std::max(known->used, lease.used), 0);
}

}  // namespace

void note_moved(Database& database, LeaseKinds kinds, const Fact& fact, std::string_view store) {
  for (const LeaseKind* kind : kinds)
    for (const Resource& each : kind->moved_by(database, fact, store)) put_due(database, each);
}

const LeaseKind* Reservations::kind_of(const Resource& resource) const {
  const auto found = std::ranges::find(kinds_, std::string_view(resource.kind), &LeaseKind::name);
  return found == kinds_.end() ? nullptr : *found;
}

/// Every hold asks: what was published is read when it is another.
void Reservations::follow_terms() {
  std::string said = records::chain_settings(database_, {});
  if (said == said_) return;
  terms_ = chain_word(said).values.offline;
  said_ = std::move(said);
}

/// What of it is nobody else's.
std::int64_t Reservations::set_aside(const KeptReservation& kept) const {
  if (!kept.of_present) return 0;
  const Instant now = clock_.now(), until = kept.reservation.until;
  if (until > now) return kept.left();
  if (until + lease_grace <= now) return 0;
  // A terminal that did not hear of its hold may have spent the lease as it was.
  return is_lease(kept) ? kept.left() : std::min(kept.left(), kept.out_of_lease);
}

std::variant<Reservations::Answered, Refusal> Reservations::answer(
    TerminalNumber number, Epoch epoch, const ReservationRequest& request) {
  try {
    Transaction transaction(database_);
    const auto terminal = find_terminal(database_, number);
    if (auto refusal = check_standing(terminal, epoch)) return *refusal;
    follow_terms();
    ReservationAnswer answer;
    Answered answered;
    const TerminalIdentity holder{number, terminal->epoch};
    const bool ended = !prolong(*terminal);
    for (const GivenBack& each : request.given_back) take_back(*terminal, each, answer.news);
    for (const WantedHold& each : request.wanted)
      hold(*terminal, each, request.leases, answer, answered.news);
    // What it knows of a time of which this database knows nothing, or of leases that are no more, is
    // nothing: it hears everything anew.
    answer.news.afresh = ended || request.known > newest_change_for(database_, holder);
    add_changes(*terminal, answer.news.afresh ? 0 : request.known, answer);
    answer.news.leases_until = lease_term(database_, holder);
    transaction.commit();
    answered.answer.answer = encode(answer);
    answered.answer.signature =
        bytes64(vault_.sign(reservation_signing_bytes(number, epoch, answered.answer.answer)));
    return answered;
  } catch (const DatabaseError& error) {
    return as_refusal(error.error());
  }
}

bool Reservations::prolong(const Terminal& terminal) {
  const TerminalIdentity holder{terminal.number, terminal.epoch};
  const Instant now = clock_.now();
  const auto until = lease_term(database_, holder);
  const bool ended = until && *until + lease_grace <= now;
  // Or it has enrolled again: what was set aside for who it was before is nobody's.
  if (ended || !until) drop_all_of(database_, terminal.number);
  // A few times in their life is enough: each costs a write.
  const std::chrono::hours life(terms_.lease_hours);
  if (until && *until >= now + life * 3 / 4 && *until <= now + life) return !ended;
  put_lease_term(database_, holder, now + life);
  for (const LeaseKind* kind : kinds_)
    for (const Resource& each : kind->of_terminal(database_, terminal.number, terminal.store))
      put_due(database_, each);
  return !ended;
}

/// What a hold took of it and did not use.
void Reservations::give_to_lease(const KeptReservation& hold, std::int64_t quantity) {
  if (quantity == 0) return;
  const Resource& resource = hold.reservation.resource;
  const LeaseKind* kind = kind_of(resource);
  if (kind == nullptr) return;
  for (KeptReservation& each : reservations_of(database_, kind->names(database_, resource))) {
    if (!is_lease(each) || each.holder != hold.holder || each.state == ReservationState::ended)
      continue;
    each.reservation.quantity += quantity;
    return put(database_, each);
  }
}

/// What was used of it may be on its way still, and stays set aside until it is here.
void Reservations::take_back(const Terminal& terminal, const GivenBack& back,
                             ReservationNews& news) {
  auto kept = find_reservation(database_, back.id);
  if (!kept || kept->holder.terminal != terminal.number) {
    news.ended.push_back(back.id);
    return;
  }
  if (kept->state == ReservationState::ended) return;
  const std::int64_t held = kept->reservation.quantity;
  kept->reservation.quantity = std::min(held, std::max(back.used, kept->used));
  give_to_lease(*kept, std::min(kept->out_of_lease, held - kept->reservation.quantity));
  kept->state = ReservationState::ended;
  put(database_, *kept);
  // A sale that came to nothing, or what others are to get. Else a lease was wanted by somebody's sale:
  // that moves it again.
  const bool unused_hold = kept->reservation.kind == ReservationKind::hold && back.used == 0;
  if (unused_hold || kept->to_share) put_due(database_, kept->reservation.resource);
}

// What the terminal has left of its own leases becomes the hold where it has to: in one answer the lease is
// less and the hold is there, so that the terminal cannot spend both. An answer that is lost does no
// harm: the terminal spends the lease as it was, gives the hold back, and the lease is that again.
void Reservations::hold(const Terminal& terminal, const WantedHold& wanted,
                        const std::vector<LeaseUsed>& told, ReservationAnswer& answer,
                        Stores& news) {
  if (const auto known = find_reservation(database_, wanted.id)) {
    if (is_of(*known, terminal)) return;  // it is among the changes
    answer.refused.push_back({wanted.id, 0, 0});
    return;
  }
  const LeaseKind* kind = kind_of(wanted.resource);
  // Its till has not heard yet that they left the store, and they stand there.
  if (const CustomerRef customer = customer_of(wanted.resource);
      !customer.nobody() && is_dormant_at(database_, customer, terminal.store)) {
    make_known(database_, customer, terminal.store, clock_.now());
    add_store(news, terminal.store);
  }
  const auto knows = [&] {
    return std::ranges::count(kind->stores(database_, wanted.resource, always), terminal.store) > 0;
  };
  if (kind == nullptr || !knows()) {
    answer.refused.push_back({wanted.id, 0, 0});
    return;
  }
  const auto names = kind->names(database_, wanted.resource);
  std::int64_t available = kind->spendable(database_, names.front(), clock_.now());
  std::int64_t own = 0, reserved = 0;
  std::vector<KeptReservation> leases, others;
  for (KeptReservation& each : reservations_of(database_, names)) {
    if (set_aside(each) == 0) continue;
    available -= set_aside(each);
    if (is_lease(each) && is_of(each, terminal) && each.state != ReservationState::ended) {
      own += unspent(each, told);
      leases.push_back(std::move(each));
    } else {
      reserved += set_aside(each);
      others.push_back(std::move(each));
    }
  }
  if (wanted.quantity <= available + own) {
    KeptReservation granted{{wanted.id, ReservationKind::hold, names.front(), wanted.quantity,
                             clock_.now() + hold_life},
                            {terminal.number, terminal.epoch}};
    granted.out_of_lease = std::max<std::int64_t>(wanted.quantity - available, 0);
    std::int64_t rest = granted.out_of_lease;
    for (KeptReservation& each : leases) {
      const std::int64_t part = std::min(rest, unspent(each, told));
      if (part == 0) continue;
      each.reservation.quantity -= part;
      rest -= part;
      put(database_, each);
    }
    put(database_, granted);
    return;
  }
  available = std::max<std::int64_t>(available + own, 0);
  answer.refused.push_back({wanted.id, available, reserved});
  std::int64_t missing = wanted.quantity - available;
  std::ranges::stable_sort(others, std::greater<>(), &KeptReservation::left);
  for (const KeptReservation& each : others) {
    if (missing <= 0) break;
    if (!is_lease(each) || each.state == ReservationState::ended) continue;
    missing -= each.left();
    recall(each, Recall::for_hold, news);
  }
}

void Reservations::recall(KeptReservation kept, Recall why, Stores& news) {
  const bool to_share = why == Recall::to_share;
  if (kept.state == ReservationState::ended) return;
  if (kept.state == ReservationState::recalled && (to_share || !kept.to_share)) return;
  kept.state = ReservationState::recalled;
  kept.to_share = to_share;
  put(database_, kept);
  if (const auto holder = find_terminal(database_, kept.holder.terminal))
    add_store(news, holder->store);
}

void Reservations::add_changes(const Terminal& terminal, std::int64_t known,
                               ReservationAnswer& answer) {
  const TerminalIdentity holder{terminal.number, terminal.epoch};
  answer.news.change = known;
  for (ReservationChange& each :
       changes_for(database_, holder, known, reservations_per_answer + 1)) {
    if (answer.news.put.size() + answer.news.recalled.size() + answer.news.ended.size() >=
        reservations_per_answer) {
      answer.complete = false;
      return;
    }
    answer.news.change = each.change;
    const ReservationId id = each.kept.reservation.id;
    if (each.kept.state == ReservationState::ended)
      answer.news.ended.push_back(id);
    else
      answer.news.put.push_back(each.kept.reservation);
    if (each.kept.state == ReservationState::recalled) answer.news.recalled.push_back(id);
  }
}

std::vector<Terminal> Reservations::tills_for(const LeaseKind& kind, const Resource& resource) {
  std::vector<std::string> stores;
  const auto only = kind.only_for(resource);
  if (only) {
    if (const auto terminal = find_terminal(database_, *only)) stores.push_back(terminal->store);
  } else {
    stores = kind.stores(database_, resource, clock_.now() - lease_visits);
    const auto most = static_cast<std::size_t>(terms_.lease_stores);
    if (stores.size() > most) stores.resize(most);
  }
  std::vector<Terminal> tills;
  for (const std::string& store : stores)
    for (Terminal& till : tills_at_work(database_, store, clock_.now())) {
      if (only && till.number != *only) continue;
      const auto until = lease_term(database_, {till.number, till.epoch});
      if (!until || *until > clock_.now()) tills.push_back(std::move(till));
    }
  return tills;
}

Reservations::Shares Reservations::divide(const LeaseKind& kind, const Resource& resource,
                                          const std::vector<KeptReservation>& rows,
                                          const std::vector<Terminal>& tills) const {
  Shares shares;
  shares.total = kind.spendable(database_, resource, clock_.now());
  shares.step = kind.step(resource);
  const std::int64_t percent = kind.only_for(resource) ? 100 : terms_.lease_percent;
  shares.most = shares.total / 100 * percent + shares.total % 100 * percent / 100;
  std::int64_t strayed = 0;  // what tills have that get none any more
  for (const KeptReservation& each : rows) {
    shares.taken += set_aside(each);
    if (!is_lease(each)) continue;
    shares.leased += set_aside(each);
    const bool stays =
        std::ranges::any_of(tills, [&](const Terminal& till) { return is_of(each, till); });
    if (!stays) strayed += set_aside(each);
  }
  if (tills.empty()) return shares;
  shares.each = std::max<std::int64_t>(shares.most - strayed, 0) /
                static_cast<std::int64_t>(tills.size()) / shares.step * shares.step;
  return shares;
}

std::int64_t Reservations::Shares::free() const {
  return std::max<std::int64_t>(std::min(most - leased, total - taken), 0) / step * step;
}

bool Reservations::grant(const Terminal& till, const Resource& resource, Shares& shares) {
  const std::int64_t quantity = std::min(shares.each, shares.free());
  if (quantity == 0) return false;
  shares.take(quantity);
  const TerminalIdentity holder{till.number, till.epoch};
  if (!lease_term(database_, holder))
    put_lease_term(database_, holder, clock_.now() + std::chrono::hours(terms_.lease_hours));
  put(database_, {{draw_id(), ReservationKind::lease, resource, quantity, {}}, holder});
  return true;
}

bool Reservations::refill(KeptReservation lease, Shares& shares) {
  const std::int64_t more = std::min(shares.each - lease.left(), shares.free());
  if (lease.left() * 2 >= shares.each || more <= 0) return false;
  lease.reservation.quantity += more;
  shares.take(more);
  put(database_, lease);
  return true;
}

void Reservations::share_out_one(const Resource& due, Stores& news) {
  const LeaseKind* kind = kind_of(due);
  if (kind == nullptr) return;
  const auto names = kind->names(database_, due);
  const Resource& resource = names.front();
  const auto tills = tills_for(*kind, resource);
  const auto rows = reservations_of(database_, names);
  Shares shares = divide(*kind, resource, rows, tills);
  const auto lease_of = [&](const Terminal& till) {
    return std::ranges::find_if(rows, [&](const KeptReservation& each) {
      return is_lease(each) && is_of(each, till) && each.state != ReservationState::ended;
    });
  };
  // Who came later gets as much as the others, once these have given back what is above it.
  const bool some_wait =
      shares.free() < shares.each && std::ranges::any_of(tills, [&](const Terminal& till) {
        return lease_of(till) == rows.end();
      });
  kind->only_for(resource).has_value();  // a budget that was lowered is asked back
  for (const Terminal& till : tills) {
    const auto lease = lease_of(till);
    if (lease == rows.end()) {
      if (!some_wait && grant(till, resource, shares)) add_store(news, till.store);
    } else if (lease->left() > (some_wait ? 1 : 2) * shares.each || shares.taken > shares.total) {
      recall(*lease, Recall::to_share, news);
    } else if (lease->state == ReservationState::in_force && refill(*lease, shares)) {
      add_store(news, till.store);
    }
  }
}

Result<Reservations::Shared> Reservations::share_out(std::size_t most) {
  Shared shared;
  try {
    Transaction transaction(database_);
    const Instant now = clock_.now();
    follow_terms();
    if (terms_ != shared_by_) put_due_leased(database_);
    shared_by_ = terms_;
    if (!looked_ || now - *looked_ >= look_again) {
      put_due_ended(database_, now);
      drop_holds_before(database_, now - lease_grace - std::chrono::days(1));
      looked_ = now;
    }
    for (std::size_t n = 0; n < most; ++n) {
      const auto due = take_due(database_);
      if (!due) break;
      share_out_one(*due, shared.news);
      shared.more = n + 1 == most;
    }
    transaction.commit();
    return shared;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::sync::central
