#include "storage/records/customers/consents.hpp"

#include <algorithm>

#include "storage/records/core/people.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_consent{
    "consent.put",
    "INSERT INTO consent (customer, fact, n, purpose, granted, wording, language, at_ms,"
    " offset_minutes, place, staff) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
constexpr Sql put_after{"consent.put-after",
                        "INSERT INTO consent_after (customer, fact, withdrawal)"
                        " VALUES ($1, $2, $3) ON CONFLICT (customer, fact, withdrawal) DO NOTHING"};
constexpr Sql all_of_customer{"consent.of-customer",
                              "SELECT fact, n, purpose, granted, wording, language, at_ms,"
                              " offset_minutes, place FROM consent WHERE customer = $1"
                              " ORDER BY fact, n"};
constexpr Sql after_of_customer{"consent.after-of-customer",
                                "SELECT fact, withdrawal FROM consent_after WHERE customer = $1"};

}  // namespace

Result<Done> apply(Applying& applying, const ConsentChange& change) {
  auto live = expect_living(applying, change.customer);
  if (!live) return live.error();
  if (*live == Known::gone) return Done{};
  put_consents(applying, change.customer, change.consents, change.place, change.staff);
  for (const FactId& withdrawal : change.after) {
    auto row = applying.database.query(put_after);
    row->bind_blob(1, view(change.customer.bytes));
    row->bind_blob(2, view(applying.id));
    bind_id(*row, 3, withdrawal);
    row->step();
  }
  return Done{};
}

void put_consents(Applying& applying, const CustomerRef& customer,
                  std::span<const Consent> consents, std::string_view place,
                  std::string_view staff) {
  if (consents.empty()) return;
  auto row = applying.database.query(put_consent);
  for (std::size_t n = 0; n < consents.size(); ++n) {
    const Consent& consent = consents[n];
    row->bind_blob(1, view(customer.bytes));
    row->bind_blob(2, view(applying.id));
    row->bind(3, static_cast<std::int64_t>(n));
    row->bind(4, static_cast<std::int64_t>(consent.purpose));
    row->bind(5, consent.granted ? 1 : 0);
    row->bind_text(6, consent.wording);
    row->bind_text(7, consent.language);
    bind_time(*row, 8, consent.at);
    row->bind_text(10, place);
    row->bind_text(11, staff);
    row->step();
  }
}

void read_consents(Database& database, const CustomerRef& customer,
                   std::vector<ConsentEvent>& events) {
  const std::size_t begin = events.size();
  {
    auto row = database.query(all_of_customer);
    row->bind_blob(1, view(customer.bytes));
    while (row->step())
      events.push_back({fact_id(*row, 0),
                        static_cast<std::int32_t>(row->integer(1)),
                        {static_cast<ConsentPurpose>(row->integer(2)), row->integer(3) != 0,
                         std::string(row->text(4)), std::string(row->text(5)), local_time(*row, 6)},
                        {},
                        std::string(row->text(8))});
  }
  auto row = database.query(after_of_customer);
  row->bind_blob(1, view(customer.bytes));
  while (row->step()) {
    const FactId fact = fact_id(*row, 0);
    for (std::size_t i = begin; i < events.size(); ++i)
      if (events[i].fact == fact) events[i].after.push_back(fact_id(*row, 1));
  }
}

}  // namespace keepsake::records
