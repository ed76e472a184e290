#include "storage/records/value/value_lots.hpp"

#include <algorithm>
#include <cassert>

#include "storage/domain/sale/gift_card_statement.hpp"
#include "storage/domain/sale/tender.hpp"

namespace keepsake::records {

namespace {

constexpr Sql read_lots{"value-lot.read",
                        "SELECT remaining_minor, expires_day FROM value_lot WHERE kind = $1"
                        " AND owner = $2 AND currency = $3 ORDER BY n"};
constexpr Sql drop_lots{"value-lot.drop",
                        "DELETE FROM value_lot WHERE kind = $1 AND owner = $2 AND currency = $3"};
constexpr Sql put_lot{"value-lot.put",
                      "INSERT INTO value_lot (kind, owner, currency, n, remaining_minor,"
                      " expires_day) VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Sql due{"value-lot.due",
                  "SELECT owner, sum(remaining_minor) FROM value_lot WHERE kind = $1"
                  " AND currency = $2 AND expires_day IS NOT NULL AND expires_day < $3"
                  " GROUP BY owner ORDER BY owner"};
constexpr Sql unsettled{"value-lot.unsettled", "SELECT kind, owner, currency FROM value_unsettled"};
constexpr Sql settled{"value-lot.settled", "DELETE FROM value_unsettled"};
// The first condition is the index's own, word for word.
constexpr Sql movements{
    "value-lot.movements",
    "SELECT fact, amount FROM posting WHERE kind IN (11, 12) AND owner = $2"
    " AND kind = $1 AND unit = $3 AND NOT EXISTS (SELECT 1 FROM stated_fact s"
    "  WHERE kind = 12 AND s.card = CAST(owner AS TEXT) AND s.fact = posting.fact)"
    " ORDER BY fact, n"};
constexpr Sql stated{"value-lot.stated",
                     "SELECT from_fact, amount_minor, expires_day, top_up FROM stated_money"
                     " WHERE card = $1 AND currency = $2 ORDER BY n"};
constexpr Sql counterpart{"value-lot.counterpart",
                          "SELECT owner FROM posting WHERE fact = $1 AND kind = $2 AND unit = $3"
                          " AND owner <> $4 AND amount = $5"};
constexpr Sql about{"value-lot.about",
                    "SELECT 1, day FROM purchase WHERE id = $1"
                    " UNION ALL SELECT 2, day FROM goods_return WHERE id = $1"
                    " UNION ALL SELECT 3, day FROM loyalty_event WHERE id = $1"
                    " UNION ALL SELECT 4, as_of_day FROM expiry_run WHERE id = $1"};
constexpr Sql top_ups{"value-lot.top-ups",
                      "SELECT expires_day FROM value_load WHERE fact = $1 AND kind = $2"
                      " AND ($3 IS NULL OR card = $3) ORDER BY line"};
constexpr Sql refunds{"value-lot.refunds",
                      "SELECT expires_day FROM tender WHERE fact = $1 AND kind = $2"
                      " AND amount_minor > 0 AND ($3 IS NULL OR reference = $3) ORDER BY n"};
constexpr Sql brought_back{"value-lot.brought-back",
                           "SELECT DISTINCT b.purchase FROM goods_return_line b"
                           " JOIN value_load v ON v.fact = b.purchase AND v.line = b.purchase_line"
                           " WHERE b.goods_return = $1"};

enum class Happening : std::int64_t { other = 0, purchase = 1, goods_return, event, expiry };

struct Movement {
  FactId fact;
  std::int64_t minor = 0;
};

struct Part {
  FactId from;
  std::int64_t minor = 0;
  std::optional<Date> expires;
  bool top_up = false;
};
using Parts = std::vector<Part>;

/// Soonest first; what never expires last; of equal ones the earlier.
bool sooner(const Part& a, const Part& b) {
  if (a.expires && b.expires) return *a.expires < *b.expires;
  return a.expires.has_value() && !b.expires.has_value();
}

/// One card's or wallet's money from its first posting on, or from what head office has stated.
class Story {
 public:
  Story(Database& database, Account account, std::string_view owner, Currency currency)
      : database_(database), account_(account), owner_(owner), currency_(currency) {}

  /// After all facts before `end`; nullopt: after all.
  Parts told(std::optional<FactId> end);

 private:
  void begin();
  void tell(const Movement& movement);
  void come(const Movement& movement);
  void go(const Movement& movement);
  void join(const Movement& movement);
  void add(std::int64_t minor, std::optional<Date> expires, FactId from, bool top_up);
  std::optional<std::optional<Date>> day_in(const Sql& sql, std::int64_t kind, FactId fact);
  template <class Fits>
  std::int64_t take(std::int64_t minor, Fits fits);
  void look_at(FactId fact);

  Database& database_;
  Account account_;
  std::string owner_;
  Currency currency_;
  Parts parts_;
  /// Spent before it came: by the clocks of two tills, which differ.
  std::int64_t owed_ = 0;
  Happening happening_ = Happening::other;
  Date day_{};
  FactId at_;            // the fact that is told
  std::size_t nth_ = 0;  // of what it brings
};

void Story::begin() {
  if (account_ != Account::gift_card) return;
  auto row = database_.query(stated);
  row->bind_text(1, owner_);
  row->bind_text(2, currency_.code());
  while (row->step())
    parts_.push_back({fact_id(*row, 0), row->integer(1), day_at(*row, 2), row->integer(3) != 0});
}

Parts Story::told(std::optional<FactId> end) {
  begin();
  std::vector<Movement> all;
  {
    auto row = database_.query(movements);
    row->bind(1, static_cast<std::int64_t>(account_));
    row->bind_blob(2, owner_);
    row->bind_text(3, currency_.code());
    while (row->step()) all.push_back({fact_id(*row, 0), row->integer(1)});
  }
  for (const Movement& each : all) {
    if (end && !(each.fact < *end)) break;
    tell(each);
  }
  return std::move(parts_);
}

void Story::look_at(FactId fact) {
  if (fact == at_) return;
  at_ = fact;
  nth_ = 0;
  auto row = database_.query(about);
  bind_id(*row, 1, fact);
  happening_ = Happening::other;
  day_ = LocalTime{fact.time().instant(), 0}.date();
  if (!row->step()) return;
  happening_ = static_cast<Happening>(row->integer(0));
  day_ = from_days(static_cast<std::int32_t>(row->integer(1)));
}

void Story::tell(const Movement& movement) {
  look_at(movement.fact);
  if (movement.minor < 0)
    go(movement);
  else if (happening_ == Happening::other)
    join(movement);
  else
    come(movement);
  std::erase_if(parts_, [](const Part& part) { return part.minor == 0; });
}

// Of top-ups, what is good keeps the latest of the days.
void Story::add(std::int64_t minor, std::optional<Date> expires, FactId from, bool top_up) {
  const std::int64_t spent_before = std::min(owed_, minor);
  owed_ -= spent_before;
  minor -= spent_before;
  if (minor == 0) return;
  if (top_up) {
    const auto joins = [&](const Part& part) {
      return part.top_up && (!part.expires || *part.expires >= day_);
    };
    for (const Part& part : parts_)
      if (joins(part)) expires = later_day(part.expires, expires);
    for (Part& part : parts_)
      if (joins(part)) part.expires = expires;
  }
  parts_.push_back({from, minor, expires, top_up});
}

/// The day that the fact gives to its nth money for this owner: postings are in the order of rows.
std::optional<std::optional<Date>> Story::day_in(const Sql& sql, std::int64_t kind, FactId fact) {
  auto row = database_.query(sql);
  bind_id(*row, 1, fact);
  row->bind(2, kind);
  if (account_ == Account::gift_card)
    row->bind_text(3, owner_);
  else
    row->bind_null(3);
  for (std::size_t n = 0; row->step(); ++n)
    if (n == nth_) return day_at(*row, 0);
  return std::nullopt;
}

void Story::come(const Movement& movement) {
  const bool card = account_ == Account::gift_card;
  const bool bought = happening_ == Happening::purchase;
  std::optional<std::optional<Date>> day;
  if (bought)
    day = day_in(top_ups, card ? 0 : 1, movement.fact);
  else if (happening_ == Happening::goods_return)
    day = day_in(refunds,
                 static_cast<std::int64_t>(card ? TenderKind::gift_card : TenderKind::wallet),
                 movement.fact);
  ++nth_;
  add(movement.minor, day.value_or(std::nullopt), movement.fact, bought && day);
}

// A merge, or its undoing: the other one's lots as they were then.
void Story::join(const Movement& movement) {
  std::string from;
  {
    auto row = database_.query(counterpart);
    bind_id(*row, 1, movement.fact);
    row->bind(2, static_cast<std::int64_t>(account_));
    row->bind_text(3, currency_.code());
    row->bind_blob(4, owner_);
    row->bind(5, -movement.minor);
    if (row->step()) from = row->blob(0);
  }
  std::int64_t left = movement.minor;
  Parts there;
  if (!from.empty()) there = Story(database_, account_, from, currency_).told(movement.fact);
  std::ranges::stable_sort(there, sooner);
  for (const Part& part : there) {
    const std::int64_t minor = std::min(left, part.minor);
    const bool lapsed = part.expires && *part.expires < day_;
    if (minor > 0 && lapsed)
      parts_.push_back({part.from, minor, part.expires, part.top_up});
    else
      add(minor, part.expires, part.from, part.top_up);
    left -= minor;
  }
  add(left, std::nullopt, movement.fact, false);
}

template <class Fits>
std::int64_t Story::take(std::int64_t minor, Fits fits) {
  std::vector<Part*> order;
  for (Part& part : parts_)
    if (fits(part)) order.push_back(&part);
  std::ranges::stable_sort(order, [](const Part* a, const Part* b) { return sooner(*a, *b); });
  for (Part* part : order) {
    const std::int64_t here = std::min(minor, part->minor);
    part->minor -= here;
    minor -= here;
  }
  return minor;
}

// What the rule says first; then anything, so that the lots sum to the account whatever was heard.
void Story::go(const Movement& movement) {
  std::int64_t left = -movement.minor;
  if (happening_ == Happening::goods_return) {
    std::vector<FactId> from;
    {
      auto row = database_.query(brought_back);
      bind_id(*row, 1, movement.fact);
      while (row->step()) from.push_back(fact_id(*row, 0));
    }
    left = take(left, [&](const Part& part) { return std::ranges::count(from, part.from) > 0; });
  }
  if (happening_ == Happening::purchase || happening_ == Happening::goods_return)
    left = take(left, [&](const Part& part) { return !part.expires || *part.expires >= day_; });
  owed_ += take(left, [](const Part&) { return true; });
}

void bind_whose(Query& row, Account account, std::string_view owner, Currency currency) {
  row.bind(1, static_cast<std::int64_t>(account));
  row.bind_blob(2, owner);
  row.bind_text(3, currency.code());
}

Money sum_of(const std::vector<ValueLot>& lots, Date day, Currency currency, bool good) {
  Money sum{0, currency};
  for (const ValueLot& lot : lots)
    if ((!lot.expires || *lot.expires >= day) == good) sum.minor += lot.remaining.minor;
  return sum;
}

}  // namespace

std::vector<ValueLot> value_lots(Database& database, Account account, std::string_view owner,
                                 Currency currency) {
  std::vector<ValueLot> found;
  auto row = database.query(read_lots);
  bind_whose(*row, account, owner, currency);
  while (row->step()) found.push_back({{row->integer(0), currency}, day_at(*row, 1)});
  return found;
}

void settle_value_lots(Database& database, Account account, std::string_view owner,
                       Currency currency) {
  assert(account == Account::wallet || account == Account::gift_card);
  const Parts parts = Story(database, account, owner, currency).told(std::nullopt);
  {
    auto row = database.query(drop_lots);
    bind_whose(*row, account, owner, currency);
    row->step();
  }
  std::int64_t n = 0;
  for (const Part& part : parts) {
    auto row = database.query(put_lot);
    bind_whose(*row, account, owner, currency);
    row->bind(4, n++);
    row->bind(5, part.minor);
    bind_day(*row, 6, part.expires);
    row->step();
  }
}

void settle_old_value(Database& database) {
  struct Whose {
    Account account;
    std::string owner;
    Currency currency;
  };
  std::vector<Whose> all;
  {
    auto row = database.query(unsettled);
    while (row->step())
      all.push_back(
          {static_cast<Account>(row->integer(0)), std::string(row->blob(1)), currency_of(*row, 2)});
  }
  if (all.empty()) return;
  Transaction transaction(database);
  for (const Whose& each : all)
    settle_value_lots(database, each.account, each.owner, each.currency);
  database.query(settled)->step();
  transaction.commit();
}

std::vector<StatedMoney> money_on(Database& database, std::string_view card, Currency currency) {
  std::vector<StatedMoney> found;
  for (const Part& part : Story(database, Account::gift_card, card, currency).told(std::nullopt))
    found.push_back({part.from, {part.minor, currency}, part.expires, part.top_up});
  return found;
}

Money good_on(const std::vector<ValueLot>& lots, Date day, Currency currency) {
  return sum_of(lots, day, currency, true);
}

Money lapsed_on(const std::vector<ValueLot>& lots, Date day, Currency currency) {
  return sum_of(lots, day, currency, false);
}

std::optional<Date> last_day_on(const std::vector<ValueLot>& lots, Date day) {
  std::optional<Date> soonest, newest_past;
  bool good = false;
  for (const ValueLot& lot : lots) {
    if (lot.expires && *lot.expires < day) {
      newest_past = std::max(newest_past, lot.expires);
      continue;
    }
    good = true;
    if (lot.expires && (!soonest || *lot.expires < *soonest)) soonest = lot.expires;
  }
  return good ? soonest : newest_past;
}

std::vector<DueValue> due_value(Database& database, Account account, Currency currency, Date day) {
  std::vector<DueValue> found;
  auto row = database.query(due);
  row->bind(1, static_cast<std::int64_t>(account));
  row->bind_text(2, currency.code());
  row->bind(3, to_days(day));
  while (row->step()) found.push_back({std::string(row->blob(0)), {row->integer(1), currency}});
  return found;
}

}  // namespace keepsake::records
