#include "storage/records/value/wallets.hpp"

#include <algorithm>
#include <cassert>

#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/value/take_value.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_word{"wallet.put-word",
                       "INSERT INTO wallet_word (customer, fact, blocked, reason, staff, at_ms,"
                       " offset_minutes) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Sql newest_word{"wallet.newest-word",
                          "SELECT blocked, reason FROM wallet_word WHERE customer = $1"
                          " ORDER BY fact DESC LIMIT 1"};
constexpr Sql read_day{"wallet.day",
                       "SELECT expires_day FROM wallet_day WHERE customer = $1 AND currency = $2"};
constexpr Sql put_day{"wallet.put-day",
                      "INSERT INTO wallet_day (customer, currency, expires_day) VALUES ($1, $2, $3)"
                      " ON CONFLICT (customer, currency) DO UPDATE"
                      " SET expires_day = excluded.expires_day"};
constexpr Sql drop_day{"wallet.drop-day",
                       "DELETE FROM wallet_day WHERE customer = $1 AND currency = $2"};
constexpr Sql put_expiry{"wallet.put-expiry",
                         "INSERT INTO wallet_lapse (customer, fact, currency, amount_minor)"
                         " VALUES ($1, $2, $3, $4)"};
constexpr Sql due{"wallet.due",
                  "SELECT d.customer, a.amount FROM wallet_day d"
                  " JOIN account a ON a.unit = d.currency AND a.kind = 11 AND a.owner = d.customer"
                  " WHERE d.currency = $1 AND d.expires_day < $2 AND a.amount > 0"
                  " ORDER BY d.customer"};

std::optional<Date> day_of(Database& database, const CustomerRef& customer, Currency currency) {
  auto row = database.query(read_day);
  row->bind_blob(1, view(customer.bytes));
  row->bind_text(2, currency.code());
  if (!row->step()) return std::nullopt;
  return from_days(static_cast<std::int32_t>(row->integer(0)));
}

void set_day(Database& database, const CustomerRef& customer, Currency currency,
             const std::optional<Date>& day) {
  auto row = database.query(day ? put_day : drop_day);
  row->bind_blob(1, view(customer.bytes));
  row->bind_text(2, currency.code());
  if (day) row->bind(3, to_days(*day));
  row->step();
}

Money held(Database& database, const CustomerRef& customer, Currency currency) {
  return money_in(database, Account::wallet, view(customer.bytes), currency);
}

struct WalletStatus {
  WalletState state = WalletState::active;
  std::string reason;
};

/// What the shop said last of this very reference.
WalletStatus own_status(Database& database, const CustomerRef& customer) {
  auto row = database.query(newest_word);
  row->bind_blob(1, view(customer.bytes));
  if (!row->step()) return {};
  return {row->integer(0) != 0 ? WalletState::blocked : WalletState::active,
          std::string(row->text(1))};
}

/// The customer's own word, or that of somebody blocked who was merged into them: nobody gets at
/// such money by making its owner one with another.
WalletStatus status_of(Database& database, const CustomerRef& customer) {
  WalletStatus own;
  for (const CustomerRef& each : references_of(database, customer)) {
    WalletStatus status = own_status(database, each);
    if (status.state == WalletState::blocked) return status;
    if (each == customer) own = std::move(status);
  }
  return own;
}

Result<Done> expect_free(Applying& applying, const CustomerRef& customer, const char* remedy) {
  if (status_of(applying.database, customer).state == WalletState::active) return Done{};
  return applying.contradict("wallet.blocked", "This wallet is blocked", remedy);
}

Result<Done> expect_current(Applying& applying, const CustomerRef& customer, Currency currency,
                            Date day, const char* remedy) {
  const auto last = day_of(applying.database, customer, currency);
  if (!last || *last >= day) return Done{};
  return applying.contradict("wallet.expired", "This wallet has expired", remedy);
}

void put_in(Ledger& ledger, const CustomerRef& customer, Money amount) {
  ledger.post(Account::wallet, view(customer.bytes), amount);
  ledger.post(Account::value_issued, "", Money{-amount.minor, amount.currency});
}

/// Money joins what is there, and its day; where nothing is, it has none.
Result<Done> put_on_top(Ledger& ledger, const CustomerRef& customer, Money amount, Date day,
                        const char* remedy) {
  Applying& applying = ledger.applying();
  const Currency currency = amount.currency;
  if (held(applying.database, customer, currency).minor > 0) {
    if (auto ok = expect_current(applying, customer, currency, day, remedy); !ok) return ok;
  } else if (const auto last = day_of(applying.database, customer, currency); last && *last < day) {
    set_day(applying.database, customer, currency, std::nullopt);
  }
  put_in(ledger, customer, amount);
  return Done{};
}

}  // namespace

Result<Done> apply(Applying& applying, const WalletChange& change) {
  auto live = expect_living(applying, change.customer);
  if (!live) return live.error();
  if (*live == Known::gone) return Done{};
  const CustomerRef account = canonical(applying.database, change.customer);
  for (const CustomerRef& each : references_of(applying.database, account)) {
    auto row = applying.database.query(put_word);
    row->bind_blob(1, view(each.bytes));
    row->bind_blob(2, view(applying.id));
    row->bind(3, change.state == WalletState::blocked ? 1 : 0);
    row->bind_text(4, change.reason);
    row->bind_text(5, change.staff);
    bind_time(*row, 6, change.at);
    row->step();
  }
  return Done{};
}

Result<Done> top_up_wallet(Ledger& ledger, const CustomerRef& customer, const TopUp& top_up,
                           Money there) {
  Applying& applying = ledger.applying();
  if (auto ok = expect_free(applying, customer, "Unblock the wallet first."); !ok) return ok;
  const Currency currency = top_up.amount.currency;
  const auto day = there.minor > 0
                       ? later_day(day_of(applying.database, customer, currency), top_up.expires)
                       : top_up.expires;
  set_day(applying.database, customer, currency, day);
  put_in(ledger, customer, top_up.amount);
  return Done{};
}

Result<Done> spend_wallet(Ledger& ledger, const CustomerRef& customer, Money amount, Date day) {
  constexpr const char* remedy = "Use another payment method.";
  if (auto ok = expect_free(ledger.applying(), customer, remedy); !ok) return ok;
  if (auto ok = expect_current(ledger.applying(), customer, amount.currency, day, remedy); !ok)
    return ok;
  return take_value(ledger, Account::wallet, view(customer.bytes), amount, Account::spent,
                    {"wallet.short", "Not enough money in the wallet",
                     "Use what is left in it and another payment."});
}

Result<Done> refund_wallet(Ledger& ledger, const CustomerRef& customer, Money amount, Date day) {
  constexpr const char* remedy = "Refund it in another way.";
  if (auto ok = expect_free(ledger.applying(), customer, remedy); !ok) return ok;
  return put_on_top(ledger, customer, amount, day, remedy);
}

Result<Done> reward_wallet(Ledger& ledger, const CustomerRef& customer, Money amount, Date day) {
  if (amount.minor == 0) return Done{};
  return put_on_top(ledger, customer, amount, day, "Run the expiry first.");
}

void expire_wallet(Ledger& ledger, const CustomerRef& customer, Money amount, Date as_of) {
  Applying& applying = ledger.applying();
  const auto last = day_of(applying.database, customer, amount.currency);
  if (!last || *last >= as_of) return;  // filled up since it was found
  const Money there = held(applying.database, customer, amount.currency);
  const Money taken{std::min(there.minor, amount.minor), amount.currency};
  if (taken.minor == 0) return;
  assert(taken.minor <= there.minor);
  ledger.post(Account::wallet, view(customer.bytes), Money{-taken.minor, taken.currency});
  ledger.post(Account::value_expired, "", taken);
  auto row = applying.database.query(put_expiry);
  row->bind_blob(1, view(customer.bytes));
  row->bind_blob(2, view(applying.id));
  row->bind_text(3, taken.currency.code());
  row->bind(4, taken.minor);
  row->step();
}

void merge_wallet_days(Database& database, const CustomerRef& from, const CustomerRef& to,
                       Currency currency) {
  const auto day = day_of(database, from, currency);
  const bool empty = held(database, to, currency).minor == 0;
  set_day(database, to, currency, empty ? day : later_day(day_of(database, to, currency), day));
}

void copy_wallet_day(Database& database, const CustomerRef& from, const CustomerRef& to,
                     Currency currency) {
  set_day(database, to, currency, day_of(database, from, currency));
}

WalletView wallet(Database& database, const CustomerRef& customer, Currency currency) {
  WalletView found;
  found.customer = customer;
  found.balance = held(database, customer, currency);
  found.expires = day_of(database, customer, currency);
  WalletStatus status = status_of(database, customer);
  found.state = status.state;
  found.reason = std::move(status.reason);
  return found;
}

std::vector<WalletExpiry> wallets_due(Database& database, Currency currency, Date day) {
  std::vector<WalletExpiry> found;
  auto row = database.query(due);
  row->bind_text(1, currency.code());
  row->bind(2, to_days(day));
  while (row->step()) found.push_back({customer_ref(*row, 0), {row->integer(1), currency}});
  return found;
}

}  // namespace keepsake::records
