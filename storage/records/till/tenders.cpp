#include "storage/records/till/tenders.hpp"

#include "storage/domain/sale/tender.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_tender{
    "tender.put",
    "INSERT INTO tender (fact, n, kind, amount_minor, tendered_minor, reference, expires_day,"
    " store) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Sql of_fact{
    "tender.of-fact",
    "SELECT kind, amount_minor, tendered_minor, reference, expires_day FROM tender"
    " WHERE fact = $1 ORDER BY n"};

}  // namespace

void put_tenders(Applying& applying, const std::vector<Tender>& tenders) {
  if (tenders.empty()) return;
  auto row = applying.database.query(put_tender);
  for (std::size_t n = 0; n < tenders.size(); ++n) {
    row->bind_blob(1, view(applying.id));
    row->bind(2, static_cast<std::int64_t>(n));
    row->bind(3, static_cast<std::int64_t>(tenders[n].kind));
    row->bind(4, tenders[n].amount.minor);
    row->bind(5, tenders[n].tendered.minor);
    row->bind_text(6, tenders[n].reference);
    bind_day(*row, 7, tenders[n].expires);
    row->bind_text(8, applying.header.store);
    row->step();
  }
}

std::vector<Tender> tenders_of(Database& database, FactId fact, Currency currency) {
  std::vector<Tender> found;
  auto row = database.query(of_fact);
  bind_id(*row, 1, fact);
  while (row->step())
    found.push_back({static_cast<TenderKind>(row->integer(0)),
                     {row->integer(1), currency},
                     {row->integer(2), currency},
                     std::string(row->text(3)),
                     day_at(*row, 4)});
  return found;
}

}  // namespace keepsake::records
