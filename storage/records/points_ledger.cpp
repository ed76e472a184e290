#include "storage/records/points_ledger.hpp"

#include <algorithm>

namespace keepsake::records {

namespace {

constexpr Sql put_posting{"posting.put",
                          "INSERT INTO posting (fact, n, store, kind, owner, hundredths) VALUES "
                          "($1, $2, $3, $4, $5, $6)"};
constexpr Sql move_account{"account.move",
                           "INSERT INTO account (kind, owner, hundredths) VALUES ($1, $2, $3)"
                           " ON CONFLICT (kind, owner) DO UPDATE SET hundredths = "
                           "account.hundredths + excluded.hundredths"};
// An upsert checks the row it would insert before it finds the conflict, so taking away is an
// update.
constexpr Sql take_from_account{
    "account.take",
    "UPDATE account SET hundredths = hundredths - $3 WHERE kind = $1 AND owner = $2"};
constexpr Sql read_account{"account.balance",
                           "SELECT hundredths FROM account WHERE kind = $1 AND owner = $2"};

struct Posting {
  Account account;
  std::string_view owner;
  std::int64_t hundredths;
};

void move(Applying& applying, const Posting& posting) {
  const bool taking = posting.account == Account::customer && posting.hundredths < 0;
  auto row = applying.database.query(taking ? take_from_account : move_account);
  row->bind(1, static_cast<std::int64_t>(posting.account));
  row->bind_blob(2, posting.owner);
  row->bind(3, taking ? -posting.hundredths : posting.hundredths);
  row->step();
}

void post(Applying& applying, std::initializer_list<Posting> postings) {
  auto row = applying.database.query(put_posting);
  std::int64_t n = 0;
  for (const Posting& posting : postings) {
    if (posting.hundredths == 0) continue;
    row->bind_blob(1, view(applying.id));
    row->bind(2, n++);
    row->bind_text(3, applying.header.store);
    row->bind(4, static_cast<std::int64_t>(posting.account));
    row->bind_blob(5, posting.owner);
    row->bind(6, posting.hundredths);
    row->step();
    move(applying, posting);
  }
}

}  // namespace

void post_earned(Applying& applying, const CustomerRef& customer, Points points) {
  post(applying, {{Account::customer, view(customer.bytes), points.hundredths},
                  {Account::issued, "", -points.hundredths}});
}

void post_reversed(Applying& applying, const CustomerRef& customer, Points points) {
  const std::int64_t there = balance(applying.database, customer).hundredths;
  const std::int64_t taken = std::min(there, points.hundredths);
  const std::int64_t lost = points.hundredths - taken;
  post(applying, {{Account::customer, view(customer.bytes), -taken},
                  {Account::losses, "", -lost},
                  {Account::issued, "", points.hundredths}});
  if (lost > 0)
    applying.note("points.shortfall", "The return took back " + to_decimal(points) +
                                          " points, of which the customer still had " +
                                          to_decimal(Points{taken}));
}

Points balance(Database& database, const CustomerRef& customer) {
  auto row = database.query(read_account);
  row->bind(1, static_cast<std::int64_t>(Account::customer));
  row->bind_blob(2, view(customer.bytes));
  return row->step() ? Points{row->integer(0)} : Points{};
}

}  // namespace keepsake::records
