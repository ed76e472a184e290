#pragma once
// Records as the centre keeps them: facts of several terminals and stores, contradictions noted.

#include <doctest/doctest.h>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/book/enrolment.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/records/apply.hpp"
#include "storage/records/schema.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/shop.hpp"

namespace keepsake::test {

struct Centre {
  TemporaryFolder folder;
  FakeClock clock;
  std::unique_ptr<Database> database;
  std::unique_ptr<Vault> vault;
  HybridClock hybrid;
  std::map<std::uint32_t, Seq> seqs;

  Centre() {
    auto opened = sqlite::open(folder.path() / "central.db");
    REQUIRE(opened.ok());
    database = std::move(*opened);
    REQUIRE(records::migrate(*database).ok());
    auto opened_vault = Vault::create(folder.path());
    REQUIRE(opened_vault.ok());
    vault = std::move(*opened_vault);
  }

  FactId next_id(std::uint32_t terminal) {
    return FactId::make(hybrid.tick(clock.now()), {terminal}, {1}, ++seqs[terminal]);
  }

  /// The codes of what was noted, in order.
  std::vector<std::string> take(std::string_view store, FactId id, const Fact& fact) {
    Transaction transaction(*database);
    const auto noted =
        records::apply(*database, {id, store}, fact, vault.get(), records::Contradiction::note);
    REQUIRE_MESSAGE(noted.ok(), why(noted));
    transaction.commit();
    std::vector<std::string> codes;
    for (const auto& each : *noted) codes.push_back(each.code);
    return codes;
  }
  std::vector<std::string> take(std::string_view store, std::uint32_t terminal, const Fact& fact) {
    return take(store, next_id(terminal), fact);
  }

  CustomerRef enrol(std::string_view store, std::uint32_t terminal) {
    CustomerEnrolment enrolment;
    enrolment.customer = *vault->new_customer();
    enrolment.at = clock.local_now();
    CHECK(take(store, terminal, enrolment).empty());
    return enrolment.customer;
  }

  Purchase sale(std::int64_t pieces = 1) { return purchase(clock, {line("1001", pieces, 9900)}); }

  std::int64_t number(std::string_view sql) {
    const Sql question{"test", sql};
    auto row = database->query(question);
    return row->step() ? row->integer(0) : -1;
  }
};

using Codes = std::vector<std::string>;

}  // namespace keepsake::test
