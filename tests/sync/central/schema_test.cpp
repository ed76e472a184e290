#include "sync/central/schema.hpp"

#include <doctest/doctest.h>

#include "storage/engine/sqlite/open.hpp"
#include "tests/support/distribution.hpp"

using namespace keepsake;
using keepsake::test::SpreadBy;

namespace {

/// Beside the records; storage/records/DISTRIBUTION.md says why.
const keepsake::test::Spreads spreads_of_head_office{
    {"central_store", {SpreadBy::everywhere}},
    {"central_terminal", {SpreadBy::everywhere}},
    {"central_terminal_trail", {SpreadBy::everywhere}},
    {"central_certificate", {SpreadBy::everywhere}},
    {"central_predecessor", {SpreadBy::everywhere}},
    {"central_code", {SpreadBy::everywhere}},
    {"central_lease_term", {SpreadBy::everywhere}},
    {"central_neighbour", {SpreadBy::everywhere}},
    {"central_publication", {SpreadBy::one_place}},
    {"central_own_fact", {SpreadBy::one_place}},
    {"central_generation", {SpreadBy::one_place}},
    {"central_judged", {SpreadBy::one_place}},
    {"central_clock", {SpreadBy::one_place}},
    {"central_looked_through", {SpreadBy::one_place}},
    {"central_reservation_change", {SpreadBy::one_place}},
    {"central_cursor", {SpreadBy::store, "store"}},
    {"central_counted", {SpreadBy::store, "store"}},
    {"central_fact", {SpreadBy::store, "store"}},
    {"central_outcome", {SpreadBy::store, "store"}},
    {"central_feed", {SpreadBy::store, "store"}},
    {"central_look_up", {SpreadBy::store, "store"}},
    {"central_handed_in", {SpreadBy::store, "store"}},
    {"central_known", {SpreadBy::owner, "customer"}},
    {"central_dormant", {SpreadBy::owner, "customer"}},
    {"central_about", {SpreadBy::owner, "customer"}},
    {"central_known_card", {SpreadBy::owner, "card"}},
    {"central_reservation", {SpreadBy::owner, "owner"}},
    {"central_reservation_due", {SpreadBy::owner, "owner"}},
    {"cleaning", {SpreadBy::owner, "customer"}},
};

}  // namespace

TEST_CASE("every key and every reference of head office holds what its table is spread by") {
  auto database = sqlite::open(":memory:");
  REQUIRE(database.ok());
  REQUIRE(sync::central::migrate(**database).ok());
  keepsake::test::Spreads all = keepsake::test::spreads_of_records;
  all.insert(spreads_of_head_office.begin(), spreads_of_head_office.end());
  CHECK(keepsake::test::faults_of_distribution(**database, all) == "");
}
