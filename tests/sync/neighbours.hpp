#pragma once
// Tills of one store that keep copies for each other, each with a line of its own to head office.

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "storage/domain/views/reports.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/mirror/mirror.hpp"
#include "sync/mirror/neighbour_line.hpp"
#include "sync/mirror/office_errands.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

struct NeighbourTill : Till {
  explicit NeighbourTill(HeadOffice& office, const std::string& store = "Lysvik") {
    Settings settings = book->settings();
    settings.mirror.listen = Address{"127.0.0.1", 0};
    book.reset();
    REQUIRE(write_settings(data(), settings).ok());
    reopen();
    line = FaultProxy::start(office.line().port());
    enrol(office, store);
    // No two of them sell in the same millisecond.
    clock.advance(std::chrono::milliseconds(7 * enrolment.till));
  }
  void enrol(HeadOffice& office, const std::string& store = "Lysvik") {
    const std::string url = "https://127.0.0.1:" + std::to_string(line->port());
    const auto enrolled = sync::enrol(*book, url, office.code(store));
    REQUIRE_MESSAGE(enrolled.ok(), (enrolled.ok() ? "" : to_line(enrolled.error())));
    enrolment = *enrolled;
  }
  void reopen() {
    book.reset();
    auto opened = Book::open(data(), clock);
    REQUIRE_MESSAGE(opened.ok(), (opened.ok() ? "" : to_line(opened.error())));
    book = std::move(*opened);
  }
  TerminalIdentity identity() const { return {enrolment.terminal, enrolment.epoch}; }

  /// Takes part from now on, on threads of its own; the clock of certificates is the machine's.
  void take_part(const mirror::KeepingLimits& limits = {}) {
    auto started = mirror::Mirror::start(*book, machine,
                                         {[this] { ++changes; }, [this] { ++answers; }}, limits);
    REQUIRE_MESSAGE(started.ok(), (started.ok() ? "" : to_line(started.error())));
    mirror = std::move(*started);
    REQUIRE(mirror != nullptr);
  }
  void leave() { mirror.reset(); }

  void cut() { line->set({LineFault::Kind::refuse, 0, {}}); }
  void mend() {
    line->set({});
    if (mirror) mirror->line_is_up();
  }

  /// Up to which record the other one has a copy of this till's.
  Seq copied_to(const NeighbourTill& other) const {
    for (const MirrorCopy& copy : mirror->state().copies)
      if (copy.terminal == other.enrolment.terminal) return copy.held;
    return 0;
  }
  std::int64_t keeps_for(const NeighbourTill& other) const {
    const auto state = mirror::read_mirror_state(data());
    REQUIRE(state.ok());
    for (const KeptForTill& kept : state->kept)
      if (kept.terminal == other.enrolment.terminal) return kept.records;
    return 0;
  }

  /// Asks head office who is there, and is told; without threads.
  void learn(mirror::MirrorFile& file, const std::vector<std::string>& addresses = {}) {
    auto office = open_line(*book);
    REQUIRE(office.ok());
    const auto asked = mirror::ask_for_neighbours(*office->transport, enrolment, file, addresses);
    REQUIRE_MESSAGE(asked.ok(), (asked.ok() ? "" : to_line(asked.error())));
  }
  /// A line to whoever listens at that port, taken for `other`.
  std::unique_ptr<mirror::NeighbourLine> line_to(const TerminalIdentity& other, int port) {
    TlsIdentity tls = *load_identity(data(), enrolment);
    tls.neighbour = other;
    const Patience patience{std::chrono::seconds(2), std::chrono::seconds(5)};
    return std::make_unique<mirror::NeighbourLine>(
        *book, enrolment, reader(),
        std::make_unique<HttpsTransport>("https://127.0.0.1:" + std::to_string(port),
                                         std::move(tls), patience));
  }
  Result<mirror::NeighbourLine::Done> copy(mirror::NeighbourLine& to) {
    return to.bring_up_to_date(mirror::NeighbourLine::Ask::anyway, {});
  }

  OffsetClock machine;
  Enrolment enrolment;
  std::unique_ptr<FaultProxy> line;  ///< to head office
  std::atomic<int> changes{0}, answers{0};
  std::unique_ptr<mirror::Mirror> mirror;
};

/// Both know of each other, and the second one listens.
inline void meet(NeighbourTill& one, NeighbourTill& other) {
  other.take_part();
  REQUIRE(eventually([&] { return other.mirror->port().has_value(); }));
  // Asked twice: the first time it may not have listened yet.
  other.mirror->line_is_up();
  {
    auto file = mirror::MirrorFile::open(one.data());
    REQUIRE(file.ok());
    REQUIRE(eventually([&] {
      one.learn(**file);
      const auto known = (*file)->neighbours();
      return known.ok() && std::ranges::any_of(*known, [&](const Neighbour& each) {
               return each.identity.terminal == other.enrolment.terminal && !each.addresses.empty();
             });
    }));
  }
  one.take_part();
}

/// What is known here of the store's sales, by whoever; facts are of one's own journal.
inline void check_equal_sales(const Totals& ours, const StoreStatus& theirs) {
  CHECK(ours.purchases == theirs.purchases);
  CHECK(ours.purchase_minor == theirs.purchase_minor);
}

inline void check_kept_sound(Till& till) {
  CHECK(keepsake::test::rebuilt(till) == "");
  CHECK(keepsake::test::findings_of(till.data()) == "");
}

}  // namespace keepsake::sync::test
