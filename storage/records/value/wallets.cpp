#include "storage/records/value/wallets.hpp"

#include <algorithm>
#include <cassert>

#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/value/settlements.hpp"
#include "storage/records/value/take_value.hpp"
#include "storage/records/value/value_lots.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_word{"wallet.put-word",
                       "INSERT INTO wallet_word (customer, fact, blocked, reason, staff, at_ms,"
                       " offset_minutes) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Sql newest_word{"wallet.newest-word",
                          "SELECT blocked, reason FROM wallet_word WHERE customer = $1"
                          " ORDER BY fact DESC LIMIT 1"};
constexpr Sql put_expiry{"wallet.put-expiry",
                         "INSERT INTO wallet_lapse (customer, fact, currency, amount_minor)"
                         " VALUES ($1, $2, $3, $4)"};

std::vector<ValueLot> lots_in(Database& database, const CustomerRef& customer, Currency currency) {
  return value_lots(database, Account::wallet, view(customer.bytes), currency);
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

void put_in(Ledger& ledger, const CustomerRef& customer, Money amount) {
  ledger.post(Account::wallet, view(customer.bytes), amount);
  ledger.post(Account::value_issued, view(customer.bytes), Money{-amount.minor, amount.currency});
  pay_wallet_debt(ledger, customer, amount);
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

Result<Done> top_up_wallet(Ledger& ledger, const CustomerRef& customer, const TopUp& top_up) {
  if (auto ok = expect_free(ledger.applying(), customer, "Unblock the wallet first."); !ok)
    return ok;
  put_in(ledger, customer, top_up.amount);
  return Done{};
}

Result<Done> spend_wallet(Ledger& ledger, const CustomerRef& customer, Money amount, Date day) {
  constexpr const char* remedy = "Use another payment method.";
  Applying& applying = ledger.applying();
  if (auto ok = expect_free(applying, customer, remedy); !ok) return ok;
  if (auto ok = expect_good(applying, Account::wallet, view(customer.bytes), amount, day,
                            {"wallet.expired", "This wallet has expired", remedy});
      !ok)
    return ok;
  return take_value(ledger, Account::wallet, view(customer.bytes), amount, Account::spent,
                    {"wallet.short", "Not enough money in the wallet",
                     "Use what is left in it and another payment."});
}

Result<Done> refund_wallet(Ledger& ledger, const CustomerRef& customer, Money amount) {
  if (auto ok = expect_free(ledger.applying(), customer, "Refund it in another way."); !ok)
    return ok;
  put_in(ledger, customer, amount);
  return Done{};
}

void reward_wallet(Ledger& ledger, const CustomerRef& customer, Money amount) {
  if (amount.minor != 0) put_in(ledger, customer, amount);
}

void expire_wallet(Ledger& ledger, const CustomerRef& customer, Money amount, Date as_of) {
  Applying& applying = ledger.applying();
  const auto lots = lots_in(applying.database, customer, amount.currency);
  const Money lapsed = lapsed_on(lots, as_of, amount.currency);
  const Money taken{std::min(lapsed.minor, amount.minor), amount.currency};
  if (taken.minor == 0) return;
  ledger.post(Account::wallet, view(customer.bytes), Money{-taken.minor, taken.currency});
  ledger.post(Account::value_expired, view(customer.bytes), taken);
  auto row = applying.database.query(put_expiry);
  row->bind_blob(1, view(customer.bytes));
  row->bind_blob(2, view(applying.id));
  row->bind_text(3, taken.currency.code());
  row->bind(4, taken.minor);
  row->step();
}

WalletView wallet(Database& database, const CustomerRef& customer, Currency currency,
                  std::optional<Date> day) {
  WalletView found;
  found.customer = customer;
  const auto lots = lots_in(database, customer, currency);
  found.balance = day ? good_on(lots, *day, currency)
                      : money_in(database, Account::wallet, view(customer.bytes), currency);
  found.lapsed = day ? lapsed_on(lots, *day, currency) : Money{0, currency};
  found.expires = last_day_on(lots, day.value_or(Date{}));
  found.owed = wallet_debt(database, customer, currency);
  WalletStatus status = status_of(database, customer);
  found.state = status.state;
  found.reason = std::move(status.reason);
  return found;
}

std::vector<WalletExpiry> wallets_due(Database& database, Currency currency, Date day,
                                      std::optional<std::string_view> store) {
  std::vector<WalletExpiry> found;
  for (const DueValue& each : due_value(database, Account::wallet, currency, day)) {
    const CustomerRef customer = customer_ref_of(each.owner);
    if (customer.nobody()) throw_damaged("the owner of a wallet");
    if (store && !is_enrolled_in(database, customer, *store)) continue;
    found.push_back({customer, each.amount});
  }
  return found;
}

}  // namespace keepsake::records
