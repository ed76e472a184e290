// Stores that share gift cards, by chance and over real TLS: at every till that knows a card there is
// on it what head office has there, whatever was done where and came when.

#include <array>
#include <deque>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/customer/contact_key.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/services/spending.hpp"
#include "sync/agent/look_up.hpp"
#include "sync/agent/reservations.hpp"
#include "tests/support/any_day.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

constexpr std::array card_numbers{"GC100001", "GC100002", "GC100003"};

std::string some_card() {
  return card_numbers[*rc::gen::inRange<std::size_t>(0, card_numbers.size())];
}

struct CardTill {
  CardTill(HeadOffice& office, const std::string& store) { till.enrol_at(office, store); }
  Till till;
  std::vector<FactId> sold{};
  int paid = 0;
};

/// All that is known of a card.
std::string known_of(Database& database, std::string_view card) {
  static constexpr Sql questions[] = {
      {"test.card",
       "SELECT currency || coalesce(sold_day, '-') || blocked || reason FROM gift_card"
       " WHERE card = $1"},
      {"test.card-account",
       "SELECT amount FROM account WHERE kind = 12 AND owner = CAST($1 AS BLOB) AND amount <> 0"},
      {"test.card-lots",
       "SELECT remaining_minor || ' until ' || coalesce(expires_day, 'ever') FROM value_lot"
       " WHERE kind = 12 AND owner = CAST($1 AS BLOB) ORDER BY n"},
  };
  std::string text;
  for (const Sql& question : questions) {
    auto row = database.query(question);
    row->bind_text(1, card);
    while (row->step()) text += std::string(row->text(0)) + "\n";
  }
  return text;
}

std::unique_ptr<Database> reading_at(const std::filesystem::path& file) {
  return sqlite::open(file, {.mode = sqlite::Mode::reader}).value();
}

/// Sold anew or filled up; that another store sold the number before, nobody here may know.
void sell_card(CardTill& at) {
  const std::int64_t minor = *rc::gen::inRange<std::int64_t>(1, 500) * 100;
  Purchase sold = keepsake::test::purchase(at.till.clock, {keepsake::test::line("GIFT", 1, minor)});
  std::optional<Date> expires;
  if (*rc::gen::arbitrary<bool>())
    expires = from_days(to_days(sold.at.date()) + *rc::gen::inRange(0, 400));
  sold.top_ups = {{0, StoredValue::gift_card, some_card(), sold.total, expires}};
  const auto id = at.till.book->record(sold);
  if (id) at.sold.push_back(*id);
}

/// Out of what head office sets aside, on line or without a line.
void pay_with_card(CardTill& at) {
  const std::string card = some_card();
  const auto view = at.till.reader()->gift_card(card, at.till.clock.local_now().date()).value();
  if (!view || view->balance.minor == 0) return;
  const std::int64_t minor = *rc::gen::inRange<std::int64_t>(1, view->balance.minor + 1);
  Purchase bought =
      keepsake::test::purchase(at.till.clock, {keepsake::test::line("1001", 1, minor)});
  const Money paid{minor, bought.currency};
  bought.tenders = {{TenderKind::gift_card, paid, paid, card, {}}};
  if (*rc::gen::arbitrary<bool>()) {
    at.till.sync();  // who has a line has sent what was sold
    const auto held =
        Holds(*at.till.book, at.till.clock).ask({{card_of(card, paid.currency), minor}});
    RC_ASSERT(keepsake::test::why(held) == "");
  }
  Fact fact = std::move(bought);
  const auto shortage = cover(*at.till.reader(), fact, at.till.clock.now());
  RC_ASSERT(shortage.ok());
  if (*shortage) return;
  const auto id = at.till.book->record(fact);
  if (!id) RC_ASSERT(id.error().kind == Failure::refused);
  if (id) ++at.paid;
}

void bring_card_back(CardTill& at) {
  if (at.sold.empty()) return;
  const FactId id = at.sold[*rc::gen::inRange<std::size_t>(0, at.sold.size())];
  const auto bought = at.till.reader()->purchase(id).value();
  if (!bought) return;
  const auto back =
      at.till.book->record(keepsake::test::bring_back(at.till.clock, *bought, id, 0, 1));
  if (!back) RC_ASSERT(back.error().kind == Failure::refused);
}

void change_card(CardTill& at) {
  const auto state = *rc::gen::element(GiftCardState::active, GiftCardState::blocked);
  const auto done = at.till.book->record(
      GiftCardChange{at.till.clock.local_now(), "anna", some_card(), state, "lost"});
  if (!done) RC_ASSERT(done.error().kind == Failure::refused);
}

void look_card_up(CardTill& at) {
  const auto found = LookUps(*at.till.book).ask({ContactKind::card, some_card()});
  RC_ASSERT(keepsake::test::why(found) == "");
}

void step(std::deque<CardTill>& tills) {
  CardTill& at = tills[*rc::gen::inRange<std::size_t>(0, tills.size())];
  at.till.clock.advance(std::chrono::milliseconds(*rc::gen::inRange(0, 60'000)));
  switch (*rc::gen::inRange(0, 12)) {
    case 0:
    case 1:
      sell_card(at);
      break;
    case 2:
    case 3:
    case 4:
      pay_with_card(at);
      break;
    case 5:
      bring_card_back(at);
      break;
    case 6:
      change_card(at);
      break;
    case 7:
      look_card_up(at);
      break;
    default:
      at.till.sync();
  }
}

}  // namespace

TEST_CASE("what is on a gift card is the same at every till that knows the card") {
  constexpr int lived_of = 50;  // each enrols four tills, speaks TLS and waits for holds: seconds
  int cases = 0, paid = 0;
  std::size_t shared = 0;
  const bool holds = rc::check([&] {
    if (++cases % lived_of != 0) return;
    HeadOffice office;
    std::deque<CardTill> tills;
    for (const char* store : {"Lysvik", "Lysvik", "Sunne", "Torsby"})
      tills.emplace_back(office, store);
    for (int n = 0; n < 100; ++n) step(tills);
    for (int round = 0; round < 2; ++round)
      for (CardTill& each : tills) RC_ASSERT(!each.till.sync().last_error);
    const auto centre = reading_at(office.data() / "central.db");
    for (const char* card : card_numbers) {
      std::size_t known = 0;
      for (CardTill& each : tills) {
        const auto here = reading_at(each.till.data() / "keepsake.db");
        const std::string told = known_of(*here, card);
        if (told.empty()) continue;
        ++known;
        RC_ASSERT(told == known_of(*centre, card));
      }
      if (known == tills.size()) ++shared;
    }
    for (CardTill& each : tills) {
      paid += each.paid;
      RC_ASSERT(keepsake::test::rebuilt(each.till) == "");
      RC_ASSERT(keepsake::test::findings_of(each.till.data()) == "");
    }
  });
  CHECK(holds);
  CHECK(paid > 0);
  CHECK(shared > 0);
}

}  // namespace keepsake::sync::test
