#pragma once
// A terminal with facts to send, and what must be equal at both ends.

#include <string>

#include "storage/book/enrolment.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/views/reports.hpp"
#include "sync/agent/agent.hpp"
#include "sync/agent/identity.hpp"
#include "sync/agent/session.hpp"
#include "sync/agent/transport.hpp"
#include "tests/support/shop.hpp"
#include "tests/sync/head_office.hpp"

namespace keepsake::sync::test {

struct Till : keepsake::test::Shop {
  /// Its clock is about head office's, or its sales would be of a doubted date.
  Till() {
    clock.set(OffsetClock().now());
    REQUIRE(book->confirm_clock().ok());
  }

  Enrolment enrol_at(HeadOffice& office, const std::string& store = "Lysvik") {
    const auto enrolment = sync::enrol(*book, office.url(), office.code(store));
    REQUIRE_MESSAGE(enrolment.ok(), (enrolment.ok() ? "" : to_line(enrolment.error())));
    return *enrolment;
  }

  /// Purchases whose texts hardly compress, so that a batch of them is longer than a TLS handshake.
  void sell(int count) {
    std::vector<Fact> facts;
    for (int i = 0; i < count; ++i) {
      clock.advance(std::chrono::seconds(30));
      const std::string noise = to_hex(FactId{splitmix(), splitmix()});
      PurchaseLine line = keepsake::test::line("A-" + noise, 1 + i % 3, 9900 + i);
      line.name = "Article " + noise + noise.substr(0, 7);
      facts.emplace_back(keepsake::test::purchase(clock, {line}));
    }
    const auto ids = book->record_all(facts);
    REQUIRE_MESSAGE(ids.ok(), (ids.ok() ? "" : to_line(ids.error())));
  }

  SyncState sync() {
    const auto state = sync_once(*book, clock);
    REQUIRE_MESSAGE(state.ok(), (state.ok() ? "" : to_line(state.error())));
    return *state;
  }

  /// All that waits, and nothing is pulled.
  void push() {
    const auto session = Session::open(*book, clock);
    REQUIRE_MESSAGE(session.ok(), (session.ok() ? "" : to_line(session.error())));
    (*session)->work(engine::Tick{}, std::stop_token{}, [] {});
    REQUIRE((*session)->state().link == LinkState::online);
  }

  Totals totals() { return *reader()->totals(); }

 private:
  std::uint64_t splitmix() {
    std::uint64_t z = (random_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    return z ^ (z >> 27);
  }
  std::uint64_t random_ = 42;
};

/// The line by which a till that has enrolled speaks to head office.
inline std::unique_ptr<Transport> connect(const Till& till, const Enrolment& enrolment) {
  return std::make_unique<HttpsTransport>(enrolment.central_url,
                                          *load_identity(till.data(), enrolment));
}

inline void check_equal(const Totals& ours, const StoreStatus& theirs) {
  CHECK(ours.facts == theirs.facts);
  CHECK(ours.purchases == theirs.purchases);
  CHECK(ours.purchase_minor == theirs.purchase_minor);
  CHECK(ours.sales == theirs.sales);
  CHECK(ours.sales_minor == theirs.sales_minor);
  CHECK(ours.loads == theirs.loads);
  CHECK(ours.loads_minor == theirs.loads_minor);
  CHECK(ours.loads_returned_minor == theirs.loads_returned_minor);
  CHECK(ours.returns == theirs.returns);
  CHECK(ours.return_minor == theirs.return_minor);
  CHECK(ours.customers == theirs.customers);
  CHECK(ours.warranties == theirs.warranties);
  CHECK(ours.points_outstanding.hundredths == theirs.points_outstanding_hundredths);
}

/// More than the client's side of a handshake with a certificate, less than any batch of 60 sales.
inline constexpr std::size_t beyond_handshake = 4000;

}  // namespace keepsake::sync::test
