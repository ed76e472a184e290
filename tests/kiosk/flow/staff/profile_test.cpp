#include <doctest/doctest.h>

#include "kiosk/flow/sale/quoting.hpp"
#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

void make_cashier(Shop& shop) { shop.s.visit.staff->manager = false; }

FoundPerson ingrid_found(const Shop& shop) {
  return {shop.ingrid.ref, "Ingrid Haugen", "\u2022\u2022\u2022\u2022 4417"};
}

/// At the till, on Ingrid's page, found by her name.
Shop at_unproved_profile() {
  Shop shop;
  shop.open_till();
  shop.customers.people = {ingrid_found(shop)};
  shop.customers.seen.profile.ref = shop.ingrid.ref;
  make_cashier(shop);
  shop.act(Go{Place::customers});
  shop.type("ing");
  shop.act(PickPerson{0});
  return shop;
}

/// And Marit has vouched for her already.
Shop at_profile() {
  Shop shop = at_unproved_profile();
  shop.s.visit.proved = Proved{shop.ingrid.ref, {Proof::vouched, {}}};
  return shop;
}

void make_manager(Shop& shop) { shop.s.visit.staff->manager = true; }

}  // namespace

TEST_CASE("staff find a customer as they type and open the page") {
  Shop shop;
  shop.open_till();
  shop.customers.people = {ingrid_found(shop)};
  shop.act(Go{Place::customers});
  REQUIRE(shop.screen<CustomerSearch>() != nullptr);
  shop.type("i");
  CHECK(shop.emitted<SearchCustomers>() == 0);
  shop.type("n");
  CHECK(shop.emitted<SearchCustomers>() == 1);
  REQUIRE(shop.screen<CustomerSearch>()->found.size() == 1);
  CHECK(shop.screen<CustomerSearch>()->searched);
  shop.act(Submit{});
  REQUIRE(shop.screen<CustomerPage>() != nullptr);
  CHECK(shop.screen<CustomerPage>()->customer == shop.ingrid.ref);
  CHECK(shop.screen<CustomerPage>()->seen.has_value());
}

TEST_CASE("a search for customers that found more than it lists says so and goes on") {
  Shop shop;
  shop.open_till();
  for (int i = 0; i < 45; ++i) {
    shop.customers.people.push_back(ingrid_found(shop));
    shop.customers.people.back().name = std::to_string(i);
  }
  shop.act(Go{Place::customers});
  shop.type("in");
  const auto page = [&]() -> const CustomerSearch& { return *shop.screen<CustomerSearch>(); };
  CHECK(page().found.size() == 20);
  CHECK(page().more);
  shop.send(ShowMore{});
  shop.send(ShowMore{});  // a second tap before the answer
  shop.answer_all();
  CHECK(page().found.size() == 40);
  shop.act(ShowMore{});
  REQUIRE(page().found.size() == 45);
  CHECK_FALSE(page().more);
  for (int i = 0; i < 45; ++i)
    CHECK(page().found[static_cast<std::size_t>(i)].name == std::to_string(i));
  shop.act(ShowMore{});
  CHECK(page().found.size() == 45);
  shop.type("g");
  CHECK(page().found.size() == 20);

  // The same beside a sale.
  shop.act(Back{});
  shop.act(OpenCustomer{});
  shop.act(OpenPeople{});
  shop.type("in");
  const auto* sale = shop.screen<Sale>();
  REQUIRE(sale != nullptr);
  REQUIRE(get<PeoplePane>(sale->pane).search.more);
  shop.act(ShowMore{});
  CHECK(get<PeoplePane>(shop.screen<Sale>()->pane).search.found.size() == 40);
}

TEST_CASE("an answer to words that were typed over does not count") {
  Shop shop;
  shop.open_till();
  shop.act(Go{Place::customers});
  shop.send(Type{"in"});
  shop.send(Type{"g"});
  shop.customers.people = {ingrid_found(shop)};
  shop.answer_next();
  CHECK_FALSE(shop.screen<CustomerSearch>()->searched);
  shop.answer_all();
  CHECK(shop.screen<CustomerSearch>()->found.size() == 1);
}

TEST_CASE("whoever looks is named to the worker with their role") {
  Shop shop = at_profile();
  REQUIRE(shop.customers.lookers.size() == 1);
  CHECK(shop.customers.lookers[0].staff == shop.s.visit.staff->id);
  CHECK(shop.customers.lookers[0].viewer == Viewer::staff);
  make_manager(shop);
  shop.act(Back{});
  shop.type("in");
  shop.act(PickPerson{0});
  REQUIRE(shop.customers.lookers.size() == 2);
  CHECK(shop.customers.lookers[1].viewer == Viewer::manager);
}

TEST_CASE("a field is typed and saved and a masked one starts empty") {
  Shop shop = at_profile();
  shop.screen<CustomerPage>()->seen->profile.fields = {
      {"name", "Ingrid", {}}, {"birthday", "\u2022\u2022\u2022\u2022-12-31", {}}};
  shop.act(OpenEntry{"name", std::nullopt});
  CHECK(shop.screen<CustomerPage>()->editing->entry == "Ingrid");
  shop.type(" Haugen");
  shop.act(Submit{});
  REQUIRE(shop.customers.changes.size() == 1);
  CHECK(shop.customers.changes[0].fields == std::vector<FieldChange>{{"name", "Ingrid Haugen"}});
  CHECK_FALSE(shop.screen<CustomerPage>()->editing.has_value());
  CHECK(shop.notice() == "profile.saved");
  shop.screen<CustomerPage>()->seen->profile.fields = {
      {"birthday", "\u2022\u2022\u2022\u2022-12-31", {}}};
  shop.act(OpenEntry{"birthday", std::nullopt});
  CHECK(shop.screen<CustomerPage>()->editing->entry.empty());
  shop.type("19791231");
  shop.act(Submit{});
  CHECK(shop.customers.changes[1].fields == std::vector<FieldChange>{{"birthday", "1979-12-31"}});
}

TEST_CASE("a phone takes the place of the one that was touched") {
  Shop shop = at_profile();
  const ContactTag old{{1, 2}, 0};
  shop.act(OpenEntry{"phone", old});
  shop.act(Submit{});
  CHECK(shop.notice() == "text.missing");
  shop.type("91234418");
  shop.act(Submit{});
  REQUIRE(shop.customers.changes.size() == 1);
  CHECK(shop.customers.changes[0].added ==
        std::vector<ContactAddition>{{ContactKind::phone, "91234418", ""}});
  CHECK(shop.customers.changes[0].removed == std::vector<ContactTag>{old});
  shop.act(RemoveContact{old});
  CHECK(shop.customers.changes[1].removed == std::vector<ContactTag>{old});
}

TEST_CASE("what could not be saved stays typed") {
  Shop shop = at_profile();
  shop.act(OpenEntry{"email", std::nullopt});
  shop.type("ingrid@");
  shop.disk_fault = Error{Failure::bad_input, "email.syntax", "", "", ""};
  shop.act(Submit{});
  CHECK(shop.notice() == "email.syntax");
  REQUIRE(shop.screen<CustomerPage>()->editing.has_value());
  CHECK(shop.screen<CustomerPage>()->editing->entry == "ingrid@");
}

TEST_CASE("notes are added and choices are saved at a touch") {
  Shop shop = at_profile();
  shop.act(OpenEntry{std::string(note_field), std::nullopt});
  shop.type("Likes blue");
  shop.act(Submit{});
  CHECK(shop.customers.notes == std::vector<std::string>{"Likes blue"});
  shop.act(OpenEntry{"channel", std::nullopt});
  shop.act(PickValue{"sms"});
  CHECK(shop.customers.changes.back().fields == std::vector<FieldChange>{{"channel", "sms"}});
}

TEST_CASE("the customer of a page goes into the sale and is loaded there") {
  Shop shop = at_profile();
  shop.act(UseCustomer{});
  REQUIRE(shop.screen<Sale>() != nullptr);
  CHECK(shop.s.till.customer == shop.ingrid.ref);
  CHECK(shop.emitted<LoadCustomer>() == 1);
  shop.act(Go{Place::customers});
  REQUIRE(shop.screen<CustomerPage>() != nullptr);
  CHECK(shop.screen<CustomerPage>()->customer == shop.ingrid.ref);
}

TEST_CASE("a locked till has nothing of a profile") {
  Shop shop = at_profile();
  shop.wait(staff_idle);
  CHECK(shop.screen<CustomerPage>() == nullptr);
  CHECK_FALSE(shop.s.visit.staff.has_value());
}

TEST_CASE("only managers review who may be one person") {
  Shop shop;
  shop.open_till();
  make_cashier(shop);
  shop.act(Go{Place::merges});
  CHECK(shop.screen<MergeReview>() == nullptr);
  CHECK(shop.emitted<LoadPairs>() == 0);
}

TEST_CASE("pairs are merged after a question or told apart and leave the list") {
  Shop shop;
  shop.open_till();
  make_manager(shop);
  DuplicatePair one;
  one.one = shop.ingrid.ref;
  one.other.bytes[0] = 9;
  one.similarity = {950, {SimilarityReason::phone}};
  shop.customers.pairs = {one, one, one};
  shop.s.till.customer = one.other;
  shop.s.till.state = loyalty::Member{};
  shop.act(Go{Place::merges});
  REQUIRE(shop.screen<MergeReview>() != nullptr);
  CHECK(shop.screen<MergeReview>()->pair.has_value());
  shop.act(Submit{});
  CHECK(shop.customers.merged.empty());
  shop.act(AskMerge{});
  shop.act(Back{});
  CHECK(shop.screen<MergeReview>() != nullptr);
  shop.act(AskMerge{});
  shop.act(Submit{});
  REQUIRE(shop.customers.merged.size() == 1);
  CHECK(shop.customers.merged[0].kept == shop.ingrid.ref);
  CHECK(shop.customers.merged[0].reason == "phone");
  CHECK_FALSE(shop.s.till.state.has_value());  // a merge brings points, and blocks, along
  CHECK(shop.screen<MergeReview>()->pairs.size() == 2);
  shop.act(ShowPair{1});
  CHECK(shop.screen<MergeReview>()->at == 1);
  shop.act(TellApart{});
  CHECK(shop.customers.parted == 1);
  shop.act(TellApart{});
  CHECK(shop.screen<MergeReview>()->pairs.empty());
}

TEST_CASE("a merge is undone on the page of the customer") {
  Shop shop = at_profile();
  const MergeRecord merge{{1, 2}, {}, {}, {}, "", "phone"};
  shop.customers.seen.merges = {merge};
  shop.act(AskUndo{merge.fact});
  CHECK_FALSE(shop.screen<CustomerPage>()->undoing.has_value());
  make_manager(shop);
  shop.act(AskUndo{merge.fact});
  shop.act(Submit{});
  CHECK(shop.customers.seen.merges.empty());
}

TEST_CASE("whoever is told of a loss blocks the wallet and a manager frees it") {
  Shop shop = at_profile();
  const auto state = [&] { return shop.customers.seen.standing->overview.wallet_state; };
  shop.act(AskWalletState{});
  CHECK_FALSE(shop.screen<CustomerPage>()->asking_wallet);  // nothing is known of one
  shop.customers.seen.standing = MemberStanding{};
  shop.act(Back{});
  shop.type("in");
  shop.act(PickPerson{0});
  shop.act(AskWalletState{});
  shop.act(Back{});
  CHECK_FALSE(shop.screen<CustomerPage>()->asking_wallet);
  shop.act(AskWalletState{});
  shop.act(Submit{});
  CHECK(state() == WalletState::blocked);
  CHECK(shop.notice() == "profile.saved");
  shop.act(AskWalletState{});
  CHECK(shop.notice() == "wallet.managers");
  CHECK_FALSE(shop.screen<CustomerPage>()->asking_wallet);
  make_manager(shop);
  shop.act(AskWalletState{});
  shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
  shop.act(Submit{});
  CHECK(state() == WalletState::blocked);
  shop.disk_fault.reset();
  shop.act(AskWalletState{});
  shop.act(Submit{});
  CHECK(state() == WalletState::active);
}

TEST_CASE("the sale reads a member again whose page was changed") {
  Shop shop = at_profile();
  shop.customers.seen.standing = MemberStanding{};
  shop.act(UseCustomer{});
  REQUIRE(shop.s.till.state.has_value());
  shop.act(Go{Place::customers});
  shop.act(AskWalletState{});
  shop.act(Submit{});
  CHECK_FALSE(shop.s.till.state.has_value());
  shop.act(Go{Place::sale});
  CHECK(shop.s.till.state.has_value());
}

TEST_CASE("a wallet that the sale uses is not blocked and what was judged stays judged") {
  Shop shop = at_profile();
  shop.customers.seen.standing = MemberStanding{};
  shop.act(UseCustomer{});
  const Tender part{TenderKind::wallet, shop.nok("10"), shop.nok("10"), ""};
  shop.s.till.tenders = {part};
  shop.act(Go{Place::customers});
  shop.act(AskWalletState{});
  CHECK(shop.notice() == "wallet.in-sale");
  CHECK_FALSE(shop.screen<CustomerPage>()->asking_wallet);
  shop.act(OpenEntry{std::string(note_field), std::nullopt});
  shop.type("Called");
  shop.act(Submit{});
  REQUIRE(shop.notice() == "profile.saved");
  CHECK_FALSE(shop.s.till.member.has_value());
  CHECK(shop.s.till.state.has_value());
}

TEST_CASE("staff who enrol a member again are asked whether it is them") {
  Shop shop;
  shop.open_till();
  shop.act(Go{Place::join});
  shop.type("Ingrid");
  shop.act(Edit{Field::phone});
  shop.type("91234417");
  shop.act(SetConsent{ConsentPurpose::membership, true});
  shop.send(Submit{});
  shop.answer_next();  // nobody alike
  shop.disk_fault = Error{Failure::refused, "customer.phone-known", "", "", ""};
  shop.answer_next();
  shop.disk_fault.reset();
  shop.answer_all();
  REQUIRE(shop.screen<Join>() != nullptr);
  REQUIRE(shop.screen<Join>()->known.has_value());
  CHECK(shop.screen<Join>()->known_as == "I. H.");
  SUBCASE("it is") {
    shop.act(Submit{});
    REQUIRE(shop.screen<Sale>() != nullptr);
    CHECK(shop.s.till.customer == shop.ingrid.ref);
    CHECK(shop.s.till.recognised.proof == Proof::number);
  }
  SUBCASE("it is not") {
    shop.act(Back{});
    REQUIRE(shop.screen<Join>() != nullptr);
    CHECK_FALSE(shop.screen<Join>()->known.has_value());
    CHECK(shop.screen<Join>()->phone.empty());
    CHECK(shop.screen<Join>()->name == "Ingrid");
  }
}

namespace {

/// Marit types a new member whose name somebody has already.
Shop joining_at_the_till() {
  Shop shop;
  shop.open_till();
  shop.act(Go{Place::join});
  shop.type("Ingrid Haugen");
  shop.act(Edit{Field::phone});
  shop.type("40000001");
  shop.act(SetConsent{ConsentPurpose::membership, true});
  shop.customers.similar = {ingrid_found(shop)};
  shop.act(Submit{});
  return shop;
}

}  // namespace

TEST_CASE("staff who enrol somebody are shown the members it may be") {
  Shop shop = joining_at_the_till();
  REQUIRE(shop.screen<Join>() != nullptr);
  CHECK(shop.screen<Join>()->similar.size() == 1);
  CHECK(shop.emitted<FindSimilar>() == 1);
  CHECK(shop.emitted<Enrol>() == 0);
  SUBCASE("it is one of them") {
    shop.act(PickPerson{0});
    CHECK(shop.screen<Sale>() != nullptr);
    CHECK(shop.s.till.customer == shop.ingrid.ref);
    CHECK(shop.emitted<Enrol>() == 0);
  }
  SUBCASE("it is somebody new") {
    shop.act(Submit{});
    CHECK(shop.emitted<Enrol>() == 1);
    CHECK(shop.emitted<FindSimilar>() == 1);
  }
  SUBCASE("back to the form asks again") {
    shop.act(Back{});
    REQUIRE(shop.screen<Join>() != nullptr);
    CHECK(shop.screen<Join>()->name == "Ingrid Haugen");
    CHECK(shop.screen<Join>()->similar.empty());
    shop.act(Submit{});
    CHECK(shop.emitted<FindSimilar>() == 2);
  }
  SUBCASE("what is typed beneath the question does not reach the form") {
    shop.type("9");
    CHECK(shop.screen<Join>()->phone == "40000001");
  }
}

TEST_CASE("nobody alike is no question and the customer is never shown others") {
  Shop shop;
  SUBCASE("staff") { shop.open_till(); }
  SUBCASE("the customer") {
    shop.act(Wake{});
    shop.customers.similar = {ingrid_found(shop)};
  }
  const bool staff = shop.s.visit.staff.has_value();
  shop.act(Go{Place::join});
  shop.type("Ingrid Haugen");
  shop.act(Edit{Field::phone});
  shop.type("40000001");
  shop.act(SetConsent{ConsentPurpose::membership, true});
  shop.act(Submit{});
  CHECK(shop.emitted<Enrol>() == 1);
  CHECK(shop.emitted<FindSimilar>() == (staff ? 1 : 0));
}

TEST_CASE("the customer of a sale is found by name") {
  Shop shop;
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.customers.people = {ingrid_found(shop)};
  shop.act(OpenCustomer{});
  SUBCASE("by the button") {
    shop.act(OpenPeople{});
    shop.type("ing");
  }
  SUBCASE("by typing a letter where a phone was asked for") { shop.type("ing"); }
  const auto* pane = get_if<PeoplePane>(&shop.screen<Sale>()->pane);
  REQUIRE(pane != nullptr);
  REQUIRE(pane->search.found.size() == 1);
  REQUIRE(shop.customers.searchers.size() == 1);
  CHECK(shop.customers.searchers[0].staff == shop.s.visit.staff->id);
  shop.act(PickPerson{0});
  CHECK(holds_alternative<Lines>(shop.screen<Sale>()->pane));
  CHECK(shop.s.till.member == shop.ingrid);
  CHECK(shop.s.till.state.has_value());
}

TEST_CASE("a name that nobody has goes on to joining") {
  Shop shop;
  shop.open_till();
  shop.act(OpenCustomer{});
  shop.type("Bo Lund");
  shop.act(Go{Place::join});
  REQUIRE(shop.screen<Join>() != nullptr);
  CHECK(shop.screen<Join>()->name == "Bo Lund");
}

TEST_CASE("another customer in the sale brings their own points and not the last ones") {
  Shop shop;
  shop.publish_rewards();
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.scan(ingrid_card);
  REQUIRE(shop.s.till.state == shop.state);
  shop.act(OpenRewards{});
  shop.act(ClaimReward{"kr-50", 1});
  REQUIRE_FALSE(shop.s.till.request.claims.empty());
  FoundPerson other{{}, "Bo Lund", ""};
  other.ref.bytes[0] = 9;
  shop.customers.people = {other};
  shop.act(Back{});
  shop.act(Go{Place::search});
  shop.type("bo");
  shop.act(PickPerson{0});
  shop.act(UseCustomer{});
  CHECK(shop.s.till.customer == other.ref);
  CHECK(shop.s.till.request.claims.empty());
  REQUIRE(shop.s.till.state.has_value());
  CHECK(shop.s.till.state->lots.empty());
}

TEST_CASE("a card that is asked for is read by the scanner and saved as the customer's") {
  for (const ContactKind kind : {ContactKind::card, ContactKind::key_fob}) {
    const std::string word(name_of(kind));
    CAPTURE(word);
    Shop shop = at_profile();
    shop.act(OpenEntry{word, std::nullopt});
    shop.send(Scan{"7044416000013"});
    REQUIRE(shop.screen<CustomerPage>() != nullptr);
    CHECK(shop.screen<CustomerPage>()->editing->entry == "7044416000013");
    CHECK(shop.emitted<ResolveScan>() == 0);
    shop.act(Submit{});
    REQUIRE(shop.customers.changes.size() == 1);
    CHECK(shop.customers.changes[0].added ==
          std::vector<ContactAddition>{{kind, "7044416000013", ""}});
  }
  Shop other = at_profile();
  other.act(OpenEntry{"email", std::nullopt});
  other.send(Scan{"7044416000013"});
  CHECK(other.emitted<ResolveScan>() == 1);
}

TEST_CASE("a file is looked at closely and put away again") {
  Shop shop = at_profile();
  FileSeen photo;
  photo.file.kind = FileKind::photo;
  shop.screen<CustomerPage>()->seen->files = {photo};
  shop.act(ShowFile{1});
  CHECK_FALSE(shop.screen<CustomerPage>()->file.has_value());
  shop.act(ShowFile{0});
  REQUIRE(shop.screen<CustomerPage>()->file == 0U);
  shop.act(Back{});
  REQUIRE(shop.screen<CustomerPage>() != nullptr);
  CHECK_FALSE(shop.screen<CustomerPage>()->file.has_value());
}

TEST_CASE("a question about the page as it was goes when the page is another") {
  Shop shop = at_profile();
  shop.customers.seen.standing.emplace();
  shop.act(Go{Place::search});
  shop.type("ing");
  shop.act(PickPerson{0});
  make_manager(shop);
  shop.act(AskWalletState{});
  shop.act(AskUndo{FactId{1, 2}});
  REQUIRE(shop.screen<CustomerPage>()->asking_wallet);
  shop.customers.seen.standing.reset();  // the read after the change fails
  shop.act(RemoveContact{{FactId{1, 1}, 0}});
  CHECK_FALSE(shop.screen<CustomerPage>()->asking_wallet);
  CHECK_FALSE(shop.screen<CustomerPage>()->undoing.has_value());
}

TEST_CASE("a change of the sale's own customer is no reason to show a quote that does not hold") {
  Shop shop;
  shop.publish_rewards();
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.scan(ingrid_card);
  shop.act(OpenRewards{});
  shop.act(ClaimReward{"kr-50", 1});
  shop.act(Back{});
  shop.act(Go{Place::customers});
  REQUIRE(shop.screen<CustomerPage>() != nullptr);
  shop.act(RemoveContact{{FactId{1, 1}, 0}});
  REQUIRE_FALSE(shop.s.till.state.has_value());
  CHECK(*quote_of(shop.s.till, shop.ctx, shop.s.till.quoted_at) == shop.s.till.quote);
}

TEST_CASE("staff record what a customer agrees to and withdraws, after a question") {
  Shop shop = at_profile();
  shop.act(AskConsent{ConsentPurpose::membership});
  CHECK(shop.screen<CustomerPage>()->asking_consent == ConsentPurpose::membership);
  shop.act(Back{});
  CHECK_FALSE(shop.screen<CustomerPage>()->asking_consent.has_value());
  CHECK(shop.emitted<ChangeConsents>() == 0);
  for (const bool given : {true, false}) {
    shop.act(AskConsent{ConsentPurpose::membership});
    shop.act(Submit{});
    CHECK(shop.customers.consents.back().granted == given);
    CHECK(shop.last<ChangeConsents>().requester.staff == "marit");
    CHECK(shop.notice() == (given ? "profile.saved" : "membership.withdrawn"));
  }
}

TEST_CASE("whoever left the programme is not the customer of a sale") {
  Shop shop;
  shop.state.known = false;
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.scan(ingrid_card);
  CHECK(shop.notice() == "member.left");
  CHECK(shop.s.till.customer.nobody());
  CHECK(shop.s.till.basket.lines.size() == 1);
}

TEST_CASE("a manager says that the date is right where the clock is not believed") {
  Shop shop;
  shop.open_till();
  shop.act(Go{Place::sync});
  shop.act(SayDateIsRight{});
  CHECK(shop.emitted<ConfirmClock>() == 0);  // nobody doubts it
  std::string doubt;
  SUBCASE("ahead") { doubt = "clock.ahead"; }
  SUBCASE("behind") { doubt = "clock.behind"; }
  shop.act(ChoresDone{shop.now.date(), Error{Failure::refused, doubt, "", "", ""}});
  shop.s.visit.staff->manager = false;
  shop.act(SayDateIsRight{});
  CHECK(shop.emitted<ConfirmClock>() == 0);
  shop.s.visit.staff->manager = true;
  shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
  shop.act(SayDateIsRight{});
  CHECK(shop.notice() == "disk.full");
  CHECK(shop.s.device.chores.trouble.has_value());
  shop.disk_fault.reset();
  shop.act(SayDateIsRight{});
  CHECK(shop.notice() == "clock.confirmed");
  CHECK_FALSE(shop.s.device.chores.trouble.has_value());
}

TEST_CASE("what is known of somebody found by name or number is changed on proof alone") {
  Shop shop = at_unproved_profile();
  const auto vouch = [&] {
    shop.wait(dead_time);
    shop.act(Submit{});
  };
  SUBCASE("a field, and then anything else of the same person in this visit") {
    shop.act(OpenEntry{"name", std::nullopt});
    REQUIRE(shop.s.visit.proving.has_value());
    CHECK_FALSE(shop.screen<CustomerPage>()->editing.has_value());
    vouch();
    REQUIRE(shop.screen<CustomerPage>()->editing.has_value());
    shop.type("Inga");
    shop.act(Submit{});
    CHECK(shop.last<ChangeProfile>().requester.recognised.proof == Proof::vouched);
    shop.act(AskConsent{ConsentPurpose::marketing});
    CHECK_FALSE(shop.s.visit.proving.has_value());
    shop.act(Submit{});
    CHECK(shop.last<ChangeConsents>().requester.recognised.proof == Proof::vouched);
  }
  SUBCASE("a consent, a contact, a PIN") {
    for (const Event& event :
         {Event(AskConsent{ConsentPurpose::marketing}), Event(RemoveContact{{FactId{1, 1}, 0}}),
          Event(OpenEntry{std::string(pin_field), std::nullopt})}) {
      shop.act(event);
      REQUIRE(shop.s.visit.proving.has_value());
      shop.act(Back{});
      CHECK_FALSE(shop.screen<CustomerPage>()->asking_consent.has_value());
      CHECK_FALSE(shop.screen<CustomerPage>()->editing.has_value());
    }
    CHECK(shop.emitted<ChangeProfile>() == 0);
  }
  SUBCASE("her own PIN") {
    shop.customers.pin = "4711";
    shop.act(OpenEntry{"name", std::nullopt});
    shop.wait(dead_time);
    shop.act(Edit{Field::pin});
    shop.type("9876");
    shop.act(Submit{});
    CHECK(shop.notice() == "pin.wrong");
    REQUIRE(shop.s.visit.proving.has_value());
    shop.act(Dismiss{});
    shop.type("4711");
    shop.act(Submit{});
    REQUIRE(shop.screen<CustomerPage>()->editing.has_value());
    CHECK(shop.s.visit.proved->how == by_pin("proved"));
  }
  SUBCASE("her card") {
    shop.act(OpenEntry{"name", std::nullopt});
    shop.scan(ingrid_card);
    REQUIRE(shop.screen<CustomerPage>() != nullptr);
    shop.act(OpenEntry{"name", std::nullopt});
    CHECK(shop.screen<CustomerPage>()->editing.has_value());
    CHECK(shop.s.visit.proved->how == by_card(ingrid_card));
  }
  SUBCASE("a note is the staff's own") {
    shop.act(OpenEntry{std::string(note_field), std::nullopt});
    CHECK(shop.screen<CustomerPage>()->editing.has_value());
  }
  SUBCASE("nobody's word outlives a lock") {
    shop.act(OpenEntry{"name", std::nullopt});
    vouch();
    shop.act(Back{});
    shop.act(Finish{});
    CHECK_FALSE(shop.s.visit.proved.has_value());
  }
}

TEST_CASE(
    "a member who stands at the till gives themselves a PIN there, and it can be taken away") {
  Shop shop = at_profile();
  shop.act(OpenEntry{std::string(pin_field), std::nullopt});
  for (int n = 0; n < 2; ++n) {
    shop.type("4711");
    shop.act(Submit{});
  }
  CHECK(shop.customers.pin == "4711");
  CHECK(shop.last<ChangeMemberPin>().requester.staff == "marit");
  CHECK_FALSE(shop.screen<CustomerPage>()->editing.has_value());
  shop.act(OpenEntry{std::string(pin_field), std::nullopt});
  CHECK(shop.screen<CustomerPage>()->editing->entry.empty());
  shop.act(RemovePin{});
  CHECK(shop.customers.pin.empty());
}
