#include "sync/central/publishing.hpp"

#include <algorithm>

#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/records/loyalty/programmes.hpp"
#include "storage/records/sales/articles.hpp"
#include "sync/central/feed.hpp"
#include "tests/sync/central/office.hpp"

namespace keepsake::sync::central::test {

namespace {

using namespace std::chrono_literals;

Article mug(std::int64_t minor) {
  Article article;
  article.code = "MUG";
  article.name = "Mug";
  article.price = UnitPrice::from_minor(minor);
  article.tax = {2500};
  return article;
}

std::vector<Fact> priced(std::int64_t minor) { return {CatalogueChange{{mug(minor)}, {}}}; }

/// As a person at the shell says it.
struct Desk {
  Office office;

  explicit Desk(std::initializer_list<const char*> names = {"Lysvik", "Sunne"}) {
    for (const char* store : names) REQUIRE(office.centre->enrolment().new_code(store).ok());
  }
  Result<std::int64_t> publish(const std::vector<Fact>& facts, const std::string& store = "",
                               std::chrono::milliseconds later = 0ms) {
    Publication publication;
    publication.what = "catalogue";
    publication.store = store;
    publication.made_by = "shell:anna";
    publication.at = office.clock.now() + later;
    return office.centre->publishing().publish(publication, facts);
  }
  Released release() {
    auto released = office.centre->publishing().release_due();
    REQUIRE_MESSAGE(released.ok(), (released.ok() ? "" : to_line(released.error())));
    return *released;
  }
  std::unique_ptr<Database> records() const { return *office.centre->reader(); }
  std::optional<std::int64_t> price_at(const std::string& store) const {
    const auto article = records::article_by_code(*records(), store, "MUG");
    if (!article) return std::nullopt;
    return article->price.milli_minor / 1000;
  }
  FeedPage page(const SendingTerminal& terminal, const FeedCursor& cursor = {}) const {
    const auto reader = records();
    const auto vault = office.centre->vault_reader();
    auto known = find_terminal(*reader, terminal.number);
    REQUIRE(known);
    auto page = page_for(*reader, **vault, *known, cursor);
    REQUIRE(page.ok());
    return *page;
  }
};

}  // namespace

TEST_CASE("what head office says is in force in every store and goes down to its terminals") {
  Desk desk;
  SendingTerminal till(desk.office.clock);
  till.enrol(desk.office.centre->enrolment());
  REQUIRE(desk.publish(priced(4990)).ok());
  CHECK_FALSE(desk.price_at("Lysvik"));
  CHECK(desk.release().stores == std::vector<std::string>{"Lysvik", "Sunne"});
  CHECK(desk.price_at("Lysvik") == 4990);
  CHECK(desk.price_at("Sunne") == 4990);
  const FeedPage page = desk.page(till);
  REQUIRE(page.entries.size() == 1);
  CHECK_FALSE(page.entries.front().own);
  CHECK(page.entries.front().id.terminal() == TerminalNumber{0});
  const auto fact = decode(FactType::catalogue_changed, page.entries.front().body);
  CHECK(get<CatalogueChange>(*fact).put.front() == mug(4990));
  CHECK(desk.release().stores.empty());  // once
}

TEST_CASE("a store that joins later begins with what every store was told, in that order") {
  Desk desk({"Lysvik"});
  REQUIRE(desk.publish(priced(4990), "", 2h).ok());
  REQUIRE(desk.publish(priced(5990), "", 1h).ok());
  REQUIRE(desk.publish(priced(100), "Lysvik").ok());
  desk.office.clock.advance(3h);
  desk.release();
  SendingTerminal till(desk.office.clock);
  till.enrol(desk.office.centre->enrolment(), "Sunne");
  CHECK(desk.price_at("Lysvik") == 4990);  // the later hour, whatever was said first
  CHECK(desk.price_at("Sunne") == 4990);
  CHECK(desk.page(till).entries.size() == 2);
  // Once, however many terminals the store gets.
  SendingTerminal next(desk.office.clock);
  next.enrol(desk.office.centre->enrolment(), "Sunne");
  CHECK(desk.page(next).entries.size() == 2);
}

TEST_CASE("what is said to one store stays there") {
  Desk desk;
  REQUIRE(desk.publish(priced(100), "Sunne").ok());
  CHECK(desk.release().stores == std::vector<std::string>{"Sunne"});
  CHECK_FALSE(desk.price_at("Lysvik"));
  CHECK(desk.price_at("Sunne") == 100);
  CHECK(desk.publish(priced(100), "Arvika").error().code == "store.unknown");
  CHECK(desk.publish({}, "Sunne").error().code == "publication.empty");
}

TEST_CASE("nothing is in force before its time, and until then it can be withdrawn") {
  Desk desk;
  const auto kept = desk.publish(priced(4990), "", 1h);
  const auto gone = desk.publish(priced(1), "", 1h);
  Publishing& publishing = desk.office.centre->publishing();
  CHECK(desk.release().next == desk.office.clock.now() + 1h);
  desk.office.clock.advance(59min);
  CHECK(desk.release().stores.empty());
  REQUIRE(publishing.withdraw(*gone, "shell:kari").ok());
  CHECK(publishing.withdraw(*gone, "shell:kari").error().code == "publication.unknown");
  CHECK(publishing.withdraw(77, "shell:kari").error().code == "publication.unknown");
  desk.office.clock.advance(1min);
  CHECK(desk.release().stores.size() == 2);
  CHECK(desk.price_at("Lysvik") == 4990);
  CHECK(publishing.withdraw(*kept, "shell:kari").error().code == "publication.in-force");
  const auto trail = publications(*desk.records(), 10);
  REQUIRE(trail.size() == 2);
  CHECK(trail.front().state == PublicationState::withdrawn);
  CHECK(trail.front().withdrawn_by == "shell:kari");
  CHECK(trail.back().state == PublicationState::in_force);
  CHECK(trail.back().made_by == "shell:anna");
}

TEST_CASE("a programme is newer than whatever the tills have published meanwhile") {
  Desk desk;
  SendingTerminal till(desk.office.clock);
  till.enrol(desk.office.centre->enrolment());
  REQUIRE(desk.publish({keepsake::test::programme(0)}, "", 1h).ok());
  for (std::int32_t version = 1; version <= 4; ++version) {
    Programme own = keepsake::test::programme(version);
    own.name = "Of the till " + std::to_string(version);
    till.add(own);
  }
  desk.office.taken(till, till.all());
  desk.office.clock.advance(1h);
  desk.release();
  for (const char* store : {"Lysvik", "Sunne", ""})
    CHECK(records::newest_programme(*desk.records(), store).version == 5);
  const FeedPage page = desk.page(till);
  const auto fact = decode(FactType::programme_published, page.entries.back().body);
  CHECK(get<Programme>(*fact).version == 5);
  CHECK(desk.office.figures().terminals.front().exceptions == 0);
}

TEST_CASE("prices that come into force together are never cut in two") {
  Desk desk;
  SendingTerminal till(desk.office.clock);
  till.enrol(desk.office.centre->enrolment());
  for (int n = 0; n < 3; ++n) till.sell(1000);
  desk.office.taken(till, till.all());
  std::vector<Fact> many;
  for (int n = 0; n < 2500; ++n) many.emplace_back(CatalogueChange{{mug(1000 + n)}, {}});
  REQUIRE(desk.publish(many).ok());
  desk.release();
  FeedCursor cursor;
  std::size_t entries = 0;
  for (bool complete = false; !complete;) {
    const FeedPage page = desk.page(till, cursor);
    entries += page.entries.size();
    complete = page.complete;
    CHECK(page.whole == complete);
    cursor = {page.generation, page.head};
  }
  CHECK(entries == 3 + many.size());
}

TEST_CASE("what was published is there after a restart, and comes into force then") {
  Desk desk;
  REQUIRE(desk.publish(priced(4990), "", 1h).ok());
  desk.office.centre.reset();
  desk.office.clock.advance(2h);
  desk.office.centre = *Centre::open(desk.office.data(), {"localhost"}, desk.office.clock);
  CHECK(desk.release().stores.size() == 2);
  CHECK(desk.price_at("Sunne") == 4990);
}

}  // namespace keepsake::sync::central::test
