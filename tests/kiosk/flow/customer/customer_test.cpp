#include <doctest/doctest.h>

#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

TEST_CASE("the first touch on attract only wakes the kiosk") {
  Shop shop;
  SUBCASE("as a wake") { shop.act(Wake{}); }
  SUBCASE("as a button that lay there") { shop.act(Go{Place::staff}); }
  SUBCASE("as a key") { shop.act(Type{"x"}); }
  CHECK(shop.screen<Start>() != nullptr);
  CHECK_FALSE(shop.s.visit.language.has_value());
  CHECK(shop.emitted<CheckPin>() == 0);
}

TEST_CASE("a language touched on attract is the language of the visit") {
  Shop shop;
  shop.act(Wake{Language::uk});
  CHECK(shop.screen<Start>() != nullptr);
  CHECK(language_of(shop.s.visit, shop.ctx) == Language::uk);
}

TEST_CASE("a card opens the member page masked") {
  Shop shop;
  shop.identify();
  REQUIRE(shop.screen<CustomerHome>() != nullptr);
  CHECK(shop.screen<CustomerHome>()->customer == shop.ingrid);
  CHECK(shop.screen<CustomerHome>()->privacy == Privacy::masked);
  shop.act(SetPrivacy{Privacy::shown});
  CHECK(shop.screen<CustomerHome>()->privacy == Privacy::shown);
  shop.act(ShowTab{HomeTab::warranties});
  CHECK(shop.screen<CustomerHome>()->tab == HomeTab::warranties);
  shop.act(Back{});
  CHECK(shop.screen<CustomerHome>()->tab == HomeTab::points);
  shop.act(Finish{});
  CHECK(shop.s.visit == Visit{});
}

TEST_CASE("a wrong phone number keeps what was typed and says why") {
  Shop shop;
  shop.act(Wake{});
  shop.act(Go{Place::identify});
  shop.type("12");
  shop.act(Submit{});
  CHECK(shop.notice() == "phone.syntax");
  CHECK(shop.screen<Identify>()->phone == "12");
  CHECK(shop.emitted<FindPoints>() == 0);
}

TEST_CASE("a phone number shows how many points it has and nothing else") {
  Shop shop;
  shop.look_up("91234417");
  REQUIRE(shop.screen<Identify>() != nullptr);
  CHECK(shop.screen<Identify>()->points == shop.ingrid.balance);
  CHECK_FALSE(shop.s.visit.member.has_value());
  for (const Place place : {Place::why, Place::my_data}) {
    shop.act(Go{place});
    CHECK(shop.screen<Identify>() != nullptr);
  }
  shop.act(Go{Place::warranty});
  REQUIRE(shop.screen<WarrantyForm>() != nullptr);
  CHECK(shop.screen<WarrantyForm>()->customer.nobody());
  CHECK(shop.emitted<FindCustomer>() + shop.emitted<LoadCustomer>() == 0);
}

TEST_CASE("a number that nobody has gets the same answer after the same time") {
  const auto seen = [](const char* number) {
    Shop shop;
    shop.ingrid.balance = {};
    std::vector<Session> pages;
    shop.act(Wake{});
    shop.act(Go{Place::identify});
    shop.type("9");
    shop.act(ClearField{});
    shop.type(number);
    shop.act(Submit{});
    pages.push_back(shop.s);
    CHECK_FALSE(shop.screen<Identify>()->points.has_value());
    CHECK(next_deadline(shop.s) == shop.now.at + number_answer);
    shop.wait(number_answer - 1ms);
    CHECK_FALSE(shop.screen<Identify>()->points.has_value());
    shop.wait(1ms);
    CHECK(shop.screen<Identify>()->points == Points{});
    pages.push_back(shop.s);
    for (Session& page : pages) get<Identify>(page.visit.screen).phone.clear();
    return pages;
  };
  CHECK(seen("91234417") == seen("40000001"));
}

TEST_CASE("a number leads to joining with the number filled in") {
  Shop shop;
  shop.look_up("40000001");
  shop.act(Go{Place::join});
  REQUIRE(shop.screen<Join>() != nullptr);
  CHECK(shop.screen<Join>()->phone == "40000001");
}

TEST_CASE("points of a number go when another is typed") {
  Shop shop;
  shop.look_up("91234417");
  SUBCASE("typed") { shop.type("1"); }
  SUBCASE("erased") { shop.act(Erase{}); }
  SUBCASE("cleared") { shop.act(ClearField{}); }
  CHECK_FALSE(shop.screen<Identify>()->points.has_value());
  CHECK_FALSE(shop.screen<Identify>()->withheld.has_value());
}

TEST_CASE("a clock set back shows the points of a number nonetheless") {
  Shop shop;
  shop.act(Wake{});
  shop.act(Go{Place::identify});
  shop.type("91234417");
  shop.act(Submit{});
  shop.now.at = shop.now.at - 3h;
  shop.act(Tick{});
  CHECK(shop.screen<Identify>()->points.has_value());
}

TEST_CASE("finding somebody is asked once however often the button is pressed") {
  Shop shop;
  shop.act(Wake{});
  shop.act(Go{Place::identify});
  shop.type("91234417");
  for (int i = 0; i < 5; ++i) shop.send(Submit{});
  CHECK(shop.emitted<FindPoints>() == 1);
  CHECK(working(shop.s.visit));
  shop.answer_all();
  shop.act(Submit{});
  CHECK(shop.emitted<FindPoints>() == 1);
}

TEST_CASE("a card scanned on attract opens its page and an article its price") {
  Shop shop;
  SUBCASE("card") {
    shop.scan(ingrid_card);
    CHECK(shop.screen<CustomerHome>() != nullptr);
    CHECK(next_deadline(shop.s) == shop.now.at + customer_idle);
  }
  SUBCASE("article") {
    shop.scan(kettle_gtin);
    REQUIRE(shop.screen<PriceCheck>() != nullptr);
    CHECK(shop.screen<PriceCheck>()->article.code == "KOK17");
    shop.wait(done_stays);
    CHECK(shop.s.visit == Visit{});
  }
  SUBCASE("receipt") {
    shop.scan("KR0123456789AB");
    CHECK(shop.notice() == "scan.unknown");
    shop.facts.emplace_back(CatalogueChange{});
    shop.scan(last_receipt);
    CHECK(shop.notice() == "scan.receipt");
    shop.wait(done_stays);
    CHECK(shop.s.visit == Visit{});
  }
  SUBCASE("nothing known") {
    shop.scan("XYZ-000111");
    CHECK(shop.notice() == "scan.unknown");
    shop.wait(done_stays);
    CHECK(shop.s.visit == Visit{});
  }
  SUBCASE("noise") {
    shop.scan(std::string(300, 'A'));
    CHECK(shop.notice() == "scan.unreadable");
    CHECK(shop.emitted<ResolveScan>() == 0);
  }
}

namespace {
void fill_join(Shop& shop) {
  shop.act(Wake{});
  shop.act(Go{Place::join});
  shop.type("Олена Шевченко");
  shop.act(Edit{Field::phone});
  shop.type("+380501234567");
}
}  // namespace

TEST_CASE("joining needs the consent to membership and records both answers") {
  Shop shop;
  fill_join(shop);
  shop.act(Submit{});
  CHECK(shop.notice() == "join.consent");
  CHECK(shop.s.visit.notice->kept == Kept::form);
  CHECK(shop.facts.empty());

  shop.act(ChooseLanguage{Language::uk});
  shop.act(SetConsent{ConsentPurpose::membership, true});
  shop.act(Submit{});
  REQUIRE(shop.facts.size() == 1);
  const auto& fact = get<CustomerEnrolment>(shop.facts[0]);
  CHECK(fact.language == "uk");
  REQUIRE(fact.consents.size() == 2);
  CHECK(fact.consents[0].granted);
  CHECK_FALSE(fact.consents[1].granted);
  CHECK(fact.consents[1].wording == "marketing-1");
  REQUIRE(shop.screen<Identify>() != nullptr);
  CHECK(shop.screen<Identify>()->phone == "+380501234567");
  CHECK(shop.notice() == "join.number");
}

TEST_CASE("a language switch keeps a half filled form") {
  Shop shop;
  fill_join(shop);
  shop.act(SetConsent{ConsentPurpose::marketing, true});
  const Join before = *shop.screen<Join>();
  shop.act(OpenLanguages{});
  CHECK(shop.s.visit.choosing_language);
  shop.type("zzz");
  shop.act(Submit{});
  shop.act(ChooseLanguage{Language::fil});
  shop.act(SwitchTextSize{});
  shop.act(SwitchContrast{});
  REQUIRE(shop.screen<Join>() != nullptr);
  CHECK(*shop.screen<Join>() == before);
  CHECK_FALSE(shop.s.visit.choosing_language);
  CHECK(language_of(shop.s.visit, shop.ctx) == Language::fil);
}

TEST_CASE("a failed enrolment keeps the form") {
  Shop shop;
  fill_join(shop);
  shop.act(SetConsent{ConsentPurpose::membership, true});
  const Join before = *shop.screen<Join>();
  shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
  shop.act(Submit{});
  CHECK(shop.notice() == "disk.full");
  CHECK(shop.s.visit.notice->tone == Tone::error);
  REQUIRE(shop.screen<Join>() != nullptr);
  CHECK(*shop.screen<Join>() == before);
  shop.disk_fault.reset();
  shop.act(Submit{});
  CHECK(shop.screen<Identify>() != nullptr);
}

TEST_CASE("where joining goes by pages, what is missing is asked on its own") {
  Shop shop;
  fill_join(shop);
  shop.act(ShowPage{7});
  CHECK(shop.screen<Join>()->page == 1);
  shop.act(Edit{Field::phone});  // by its button
  CHECK(shop.screen<Join>()->page == 0);
  shop.act(Submit{});
  CHECK(shop.notice() == "join.consent");
  CHECK(shop.screen<Join>()->page == 1);
  shop.act(Edit{Field::name});
  shop.act(ClearField{});
  shop.act(ShowPage{1});
  shop.act(Submit{});
  CHECK(shop.notice() == "join.name");
  CHECK(shop.screen<Join>()->page == 0);
}

TEST_CASE("an article scanned while joining does not throw the form away") {
  Shop shop;
  fill_join(shop);
  shop.scan(kettle_gtin);
  CHECK(shop.screen<Join>() != nullptr);
  CHECK(shop.notice() == "scan.not-here");
}

TEST_CASE("a late answer for a visit that ended is dropped") {
  Shop shop;
  shop.act(Wake{});
  shop.act(Go{Place::identify});
  shop.type("91234417");
  shop.send(Submit{});
  shop.send(Finish{});
  shop.answer_all();
  CHECK(shop.s.visit == Visit{});
}

TEST_CASE("a customer register a warranty without staff") {
  Shop shop;
  shop.identify();
  shop.act(Go{Place::warranty});
  REQUIRE(shop.screen<WarrantyForm>() != nullptr);
  shop.type("Kettle");
  REQUIRE(shop.screen<WarrantyForm>()->found.size() == 1);
  shop.act(PickArticle{0});
  shop.scan(kettle_gtin);
  CHECK(shop.notice() == "warranty.article-code");
  shop.scan("KK-17/0042");
  shop.act(StepDate{DateUnit::month, -1});
  const Cover cover = *cover_of(*shop.screen<WarrantyForm>(), shop.ctx);
  shop.act(Submit{});
  REQUIRE(shop.facts.size() == 1);
  const auto& fact = get<WarrantyRegistration>(shop.facts[0]);
  CHECK(fact.serial == "KK170042");
  CHECK(fact.serial_typed == "KK-17/0042");
  CHECK(fact.customer == shop.ingrid.ref);
  CHECK(fact.staff.empty());
  CHECK(fact.covers.front().dates == cover);
  CHECK(to_iso(cover.start) == "2026-10-21");
  CHECK(to_iso(cover.end) == "2028-10-21");
  REQUIRE(shop.screen<WarrantyDone>() != nullptr);
  shop.wait(done_stays);
  CHECK(shop.screen<CustomerHome>() != nullptr);
}

TEST_CASE("the day of purchase stays between ten years back and today") {
  Shop shop;
  shop.act(Wake{});
  shop.act(Go{Place::warranty});
  shop.act(StepDate{DateUnit::day, 1});
  CHECK(shop.screen<WarrantyForm>()->bought == shop.now.date());
  for (int i = 0; i < 30; ++i) shop.act(StepDate{DateUnit::year, -1});
  CHECK(to_iso(shop.screen<WarrantyForm>()->bought) == "2016-11-21");
  shop.act(BoughtToday{});
  CHECK(shop.screen<WarrantyForm>()->bought == shop.now.date());
}

TEST_CASE("an article without cover cannot be registered") {
  Shop shop;
  shop.act(Wake{});
  shop.act(Go{Place::warranty});
  shop.scan("BULB");
  CHECK(shop.notice() == "warranty.none");
  CHECK_FALSE(shop.screen<WarrantyForm>()->article.has_value());
}

TEST_CASE("a fresh card scanned while joining joins with its owner") {
  Shop shop;
  fill_join(shop);
  shop.scan("KC4417123456789113");
  CHECK(shop.notice() == "join.card");
  CHECK(shop.screen<Join>()->card == "KC4417123456789113");
  shop.act(SetConsent{ConsentPurpose::membership, true});
  shop.act(Submit{});
  CHECK(get<CustomerEnrolment>(shop.facts.back()).card == "KC4417123456789113");
}

TEST_CASE("who joins says who brought them, by phone or by card") {
  Shop shop;
  fill_join(shop);
  shop.act(SetConsent{ConsentPurpose::membership, true});
  const std::string phone = shop.screen<Join>()->phone;
  shop.act(AskReferrer{});
  shop.type("12");
  shop.act(Submit{});
  CHECK(shop.notice() == "phone.syntax");
  CHECK(shop.screen<Join>()->asking_referrer);
  shop.act(ClearField{});
  shop.type("91234417");
  shop.act(Submit{});
  CHECK_FALSE(shop.screen<Join>()->asking_referrer);
  CHECK(shop.screen<Join>()->phone == phone);
  CHECK(shop.facts.empty());

  shop.act(AskReferrer{});
  shop.scan("unknown-1");
  CHECK(shop.notice() == "referrer.unknown");
  shop.scan(ingrid_card);
  CHECK_FALSE(shop.screen<Join>()->asking_referrer);
  CHECK(shop.screen<Join>()->referrer.empty());
  shop.act(Submit{});
  REQUIRE(shop.emitted<Enrol>() == 1);
  CHECK(shop.last<Enrol>().referred_by == ingrid_card);
}

TEST_CASE("nobody joins while it is being said who brought them") {
  Shop shop;
  shop.open_till();
  shop.act(Go{Place::join});
  shop.type("Kari Nordmann");
  shop.act(Edit{Field::phone});
  shop.type("40000001");
  shop.act(SetConsent{ConsentPurpose::membership, true});
  shop.send(Submit{});  // somebody alike is being looked for
  shop.send(AskReferrer{});
  shop.send(Type{"912"});
  shop.answer_all();
  CHECK(shop.emitted<Enrol>() == 0);
  shop.act(Edit{Field::name});
  CHECK(shop.notice() == "phone.syntax");
  CHECK(shop.screen<Join>()->asking_referrer);
  shop.type("34417");
  shop.act(Edit{Field::name});
  CHECK_FALSE(shop.screen<Join>()->asking_referrer);
  shop.act(Submit{});
  REQUIRE(shop.emitted<Enrol>() == 1);
  CHECK(shop.last<Enrol>().referred_by == "+4791234417");
}

TEST_CASE("who brought somebody and is not known is asked for again; nobody is an answer, too") {
  Shop shop;
  fill_join(shop);
  shop.act(SetConsent{ConsentPurpose::membership, true});
  shop.act(AskReferrer{});
  shop.type("40000009");
  shop.act(Submit{});
  shop.disk_fault = Error{Failure::not_found, "referrer.unknown", "", "", ""};
  shop.act(Submit{});
  CHECK(shop.notice() == "referrer.unknown");
  REQUIRE(shop.screen<Join>() != nullptr);
  CHECK(shop.screen<Join>()->asking_referrer);
  CHECK(shop.last<Enrol>().referred_by == "+4740000009");
  shop.disk_fault.reset();
  shop.act(Back{});
  CHECK_FALSE(shop.screen<Join>()->asking_referrer);
  shop.act(Submit{});
  CHECK(shop.last<Enrol>().referred_by.empty());
  CHECK(shop.facts.size() == 1);
}

TEST_CASE("joining with a number looks the same whether it was a member's already or not") {
  const auto after = [](bool known) {
    Shop shop;
    fill_join(shop);
    shop.act(SetConsent{ConsentPurpose::membership, true});
    if (known) shop.disk_fault = Error{Failure::refused, "customer.phone-known", "", "", ""};
    shop.act(Submit{});
    CHECK(shop.facts.empty() == known);
    CHECK(shop.emitted<FindCustomer>() == 0);
    shop.wait(number_answer);
    REQUIRE(shop.screen<Identify>() != nullptr);
    CHECK(shop.screen<Identify>()->points.has_value());
    CHECK(shop.notice() == "join.number");
    shop.wait(done_stays);
    CHECK(shop.notice().empty());
    return shop.s.visit;
  };
  CHECK(after(true) == after(false));
}

TEST_CASE("the keyboard shows capitals where a name begins") {
  Shop shop;
  shop.act(Wake{});
  shop.act(Go{Place::join});
  CHECK(shop.s.visit.keys == KeyPage::shifted);
  shop.type("I");
  CHECK(shop.s.visit.keys == KeyPage::letters);
  shop.type("a ");
  CHECK(shop.s.visit.keys == KeyPage::shifted);
  shop.act(Erase{});
  CHECK(shop.s.visit.keys == KeyPage::letters);
  shop.type("-");
  CHECK(shop.s.visit.keys == KeyPage::shifted);
  shop.act(ShowKeys{KeyPage::digits});
  shop.type("2");
  CHECK(shop.s.visit.keys == KeyPage::digits);
  shop.act(ClearField{});
  shop.act(ShowKeys{KeyPage::letters});
  shop.type("i");
  CHECK(shop.screen<Join>()->name == "i");
}

TEST_CASE("whoever is known by a phone is not asked for when another is typed meanwhile") {
  Shop shop;
  shop.open_till();
  shop.act(Go{Place::join});
  shop.type("Kari");
  shop.act(Edit{Field::phone});
  shop.type("91234417");
  shop.act(SetConsent{ConsentPurpose::membership, true});
  shop.send(Submit{});
  shop.answer_next();  // nobody alike
  shop.disk_fault = Error{Failure::refused, "customer.phone-known", "", "", ""};
  shop.answer_next();  // refused; whose phone it is is looked up
  REQUIRE(shop.open.size() == 1);
  shop.send(Erase{});
  shop.answer_next();
  CHECK_FALSE(shop.screen<Join>()->known.has_value());
}

TEST_CASE("a number and the PIN that its member chose open their page") {
  Shop shop;
  shop.customers.pin = "4711";
  shop.look_up("91234417");
  shop.act(Edit{Field::pin});
  shop.type("4711");
  CHECK(shop.screen<Identify>()->phone == "91234417");
  shop.send(Submit{});
  CHECK(*shop.screen<Identify>()->pin == "");  // not kept a moment longer
  shop.answer_all();
  REQUIRE(shop.screen<CustomerHome>() != nullptr);
  CHECK(shop.screen<CustomerHome>()->privacy == Privacy::masked);
  CHECK(shop.s.visit.recognised == by_pin("proved"));
  shop.act(Go{Place::my_data});
  CHECK(shop.last<LoadProfile>().requester.recognised == by_pin("proved"));
}

TEST_CASE("a wrong PIN, a member without one and a number of nobody get the same answer") {
  const auto seen = [](const char* number, const char* pin) {
    Shop shop;
    shop.ingrid.balance = {};
    shop.customers.pin = pin;
    shop.look_up(number);
    shop.act(Edit{Field::pin});
    shop.type("9876");
    shop.act(Submit{});
    CHECK(shop.notice() == "pin.wrong");
    CHECK(shop.s.visit.notice->count == 4);
    CHECK_FALSE(shop.s.visit.member.has_value());
    get<Identify>(shop.s.visit.screen).phone.clear();
    return shop.s;
  };
  CHECK(seen("91234417", "4711") == seen("40000001", ""));
  CHECK(seen("91234417", "") == seen("40000001", ""));
}

TEST_CASE("a PIN is asked for after a number alone, and going back leads to the number") {
  Shop shop;
  shop.act(Wake{});
  shop.act(Go{Place::identify});
  shop.act(Edit{Field::pin});
  CHECK_FALSE(shop.screen<Identify>()->pin.has_value());
  shop.look_up("91234417");
  shop.act(Edit{Field::pin});
  REQUIRE(shop.screen<Identify>()->pin.has_value());
  shop.type("47");
  shop.act(Submit{});
  CHECK(shop.notice() == "pin.short");
  CHECK(shop.emitted<CheckMemberPin>() == 0);
  shop.act(Back{});
  REQUIRE(shop.screen<Identify>() != nullptr);
  CHECK_FALSE(shop.screen<Identify>()->pin.has_value());
  CHECK(shop.screen<Identify>()->phone == "91234417");
}

namespace {

/// A shop that asks for a shoe size, a club and a name of the dog; the last is not asked for.
Shop asking_shop() {
  Shop shop;
  CustomerField size, club, dog, other;
  size.key = "size";
  size.kind = FieldKind::number;
  size.least = 15'000;
  size.most = 52'000;
  club.key = "club";
  club.kind = FieldKind::choice;
  club.choices = {"football", "skiing"};
  dog.key = "dog";
  size.ask_at_joining = club.ask_at_joining = dog.ask_at_joining = true;
  other.key = "other";
  shop.ctx.customer_fields = {size, club, dog, other};
  return shop;
}

void fill_form(Shop& shop) {
  shop.type("Per Vik");
  shop.act(Edit{Field::phone});
  shop.type("40000001");
  shop.act(SetConsent{ConsentPurpose::membership, true});
  shop.act(Submit{});
}

}  // namespace

TEST_CASE("the shop's own fields are asked at joining, where it wants it, and may be left out") {
  Shop shop = asking_shop();
  SUBCASE("at the stand") {
    shop.act(Wake{});
    shop.act(Go{Place::join});
  }
  SUBCASE("by staff") {
    shop.open_till();
    shop.act(Go{Place::join});
  }
  fill_form(shop);
  REQUIRE(shop.screen<Join>() != nullptr);
  REQUIRE(shop.screen<Join>()->asking_own.has_value());
  CHECK(shop.screen<Join>()->asking_own->field == "custom.size");
  CHECK(shop.emitted<Enrol>() == 0);
  shop.type("60");
  shop.act(Submit{});
  CHECK(shop.notice() == "field.value");
  shop.act(Dismiss{});
  shop.act(ClearField{});
  shop.type("42");
  shop.act(Submit{});
  CHECK(shop.screen<Join>()->asking_own->field == "custom.club");
  shop.act(PickValue{"skiing"});
  CHECK(shop.screen<Join>()->asking_own->field == "custom.dog");
  shop.act(Submit{});  // left out
  REQUIRE(shop.emitted<Enrol>() == 1);
  CHECK(shop.last<Enrol>().own ==
        std::vector<FieldChange>{{"custom.size", "42"}, {"custom.club", "skiing"}});
}

TEST_CASE("going back from an own field leads to the form, which asks again") {
  Shop shop = asking_shop();
  shop.act(Wake{});
  shop.act(Go{Place::join});
  fill_form(shop);
  shop.type("42");
  shop.act(Submit{});
  shop.act(Back{});
  REQUIRE(shop.screen<Join>() != nullptr);
  CHECK_FALSE(shop.screen<Join>()->asking_own.has_value());
  CHECK(shop.screen<Join>()->name == "Per Vik");
  shop.act(Submit{});
  CHECK(shop.screen<Join>()->asking_own->field == "custom.size");
}
