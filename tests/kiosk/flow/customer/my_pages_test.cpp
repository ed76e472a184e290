#include <doctest/doctest.h>

#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

PointsEntry entry(std::int64_t ms, std::int64_t points) {
  PointsEntry e;
  e.place.at_ms = ms;
  e.change = {points};
  return e;
}

Shop at_my_data() {
  Shop shop;
  shop.identify();
  shop.act(Go{Place::my_data});
  return shop;
}

}  // namespace

TEST_CASE("the standing of a member is loaded with their page") {
  Shop shop;
  shop.customers.standing.overview.balance = {128400};
  shop.identify();
  REQUIRE(shop.screen<CustomerHome>() != nullptr);
  REQUIRE(shop.screen<CustomerHome>()->standing.has_value());
  CHECK(shop.screen<CustomerHome>()->standing->overview.balance == Points{128400});
  CHECK(shop.screen<CustomerHome>()->privacy == Privacy::masked);
}

TEST_CASE("why this number shows what moved the points and loads older ones on demand") {
  Shop shop;
  for (std::int64_t i = 0; i < 40; ++i) shop.customers.story.push_back(entry(1000 - i, 100));
  shop.identify();
  shop.act(Go{Place::why});
  REQUIRE(shop.screen<PointsWhy>() != nullptr);
  CHECK(shop.screen<PointsWhy>()->entries.size() == story_page);
  CHECK(shop.screen<PointsWhy>()->more);
  shop.act(ShowOlder{});
  CHECK(shop.screen<PointsWhy>()->entries.size() == 40);
  CHECK_FALSE(shop.screen<PointsWhy>()->more);
  shop.act(ShowOlder{});
  CHECK(shop.emitted<LoadStory>() == 2);
  shop.act(ShowWhy{WhyTab::expiry});
  CHECK(shop.screen<PointsWhy>()->tab == WhyTab::expiry);
  shop.act(Back{});
  CHECK(shop.screen<CustomerHome>() != nullptr);
}

TEST_CASE("nobody sees why or my data without being identified") {
  Shop shop;
  shop.act(Wake{});
  for (const Place place : {Place::why, Place::my_data}) {
    shop.act(Go{place});
    CHECK(shop.screen<Identify>() != nullptr);
    shop.act(Back{});
  }
  CHECK(shop.emitted<LoadProfile>() == 0);
}

TEST_CASE("a consent is given and withdrawn only after it was asked again") {
  Shop shop = at_my_data();
  REQUIRE(shop.screen<MyData>() != nullptr);
  shop.act(Submit{});
  CHECK(shop.emitted<ChangeConsents>() == 0);
  shop.act(AskConsent{ConsentPurpose::marketing});
  shop.act(Back{});
  CHECK(shop.screen<MyData>() != nullptr);
  CHECK(shop.emitted<ChangeConsents>() == 0);
  shop.act(AskConsent{ConsentPurpose::marketing});
  shop.act(Submit{});
  REQUIRE(shop.customers.consents.size() == 1);
  CHECK(shop.customers.consents[0].granted);
  CHECK(shop.customers.consents[0].wording == "marketing-1");
  CHECK(shop.customers.consents[0].language == "en");
  CHECK(shop.notice() == "profile.saved");
  shop.act(ChooseLanguage{Language::uk});
  shop.act(AskConsent{ConsentPurpose::marketing});
  shop.act(Submit{});
  REQUIRE(shop.customers.consents.size() == 2);
  CHECK_FALSE(shop.customers.consents[1].granted);
  CHECK(shop.customers.consents[1].language == "uk");
  const ConsentState* now =
      consent_of(shop.screen<MyData>()->seen->profile, ConsentPurpose::marketing);
  REQUIRE(now != nullptr);
  CHECK_FALSE(now->granted);
}

TEST_CASE("a consent that could not be recorded is said and nothing is shown as changed") {
  Shop shop = at_my_data();
  shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
  shop.act(AskConsent{ConsentPurpose::sharing});
  shop.act(Submit{});
  CHECK(shop.notice() == "disk.full");
  CHECK(consent_of(shop.screen<MyData>()->seen->profile, ConsentPurpose::sharing) == nullptr);
}

TEST_CASE("language channel and peace are chosen by touch") {
  Shop shop = at_my_data();
  shop.act(OpenPreference{Preference::language});
  CHECK(shop.screen<MyData>()->choosing == Preference::language);
  shop.act(SetPreference{Preference::language, "nl"});
  CHECK_FALSE(shop.screen<MyData>()->choosing.has_value());
  shop.act(SetPreference{Preference::channel, "sms"});
  shop.act(SetPreference{Preference::do_not_contact, "yes"});
  shop.act(SetPreference{Preference::do_not_contact, "yes"});
  CHECK(shop.customers.changes.size() == 3);
  const CustomerProfile& profile = shop.screen<MyData>()->seen->profile;
  CHECK(profile.value(customer_field::language) == "nl");
  CHECK(profile.value(customer_field::channel) == "sms");
  CHECK(profile.value(customer_field::do_not_contact) == "yes");
}

TEST_CASE("at the warning nothing of my data is left beneath it") {
  Shop shop = at_my_data();
  shop.wait(customer_idle);
  CHECK(shop.s.visit.idle.gone_at.has_value());
  REQUIRE(shop.screen<CustomerHome>() != nullptr);
  CHECK(shop.screen<CustomerHome>()->privacy == Privacy::masked);
  shop.act(StillHere{});
  CHECK(shop.screen<CustomerHome>() != nullptr);
}

TEST_CASE("a consent names the shop's own text, the newest of its purpose") {
  Shop shop;
  shop.ctx.consent_texts = {{ConsentPurpose::marketing, "offers-2024", "Old words"},
                            {ConsentPurpose::marketing, "offers-2026", "New words"},
                            {ConsentPurpose::sharing, "partners-1", "Partners"}};
  shop.identify();
  shop.act(Go{Place::my_data});
  shop.act(AskConsent{ConsentPurpose::marketing});
  shop.act(Submit{});
  CHECK(shop.last<ChangeConsents>().consents.at(0).wording == "offers-2026");
  CHECK(wording_of(shop.ctx, ConsentPurpose::membership) == "membership-1");
}

TEST_CASE("a withdrawn membership is said in words, with what can be done now") {
  Shop shop = at_my_data();
  shop.act(AskConsent{ConsentPurpose::membership});
  shop.act(Submit{});
  CHECK(shop.notice() == "profile.saved");
  shop.act(AskConsent{ConsentPurpose::membership});
  shop.act(Submit{});
  CHECK(shop.notice() == "membership.withdrawn");
}

TEST_CASE("a member chooses a PIN of their own by typing it twice, changes it and takes it away") {
  Shop shop = at_my_data();
  shop.act(OpenPin{});
  const auto choose = [&](const char* first, const char* again) {
    shop.type(first);
    shop.act(Submit{});
    if (again == nullptr) return;
    shop.type(again);
    shop.act(Submit{});
  };
  choose("47", nullptr);
  CHECK(shop.notice() == "pin.short");
  choose("1234", nullptr);
  CHECK(shop.notice() == "pin.common");
  choose("4711", "4712");
  CHECK(shop.notice() == "pin.differs");
  CHECK(shop.emitted<ChangeMemberPin>() == 0);
  choose("4711", "4711");
  CHECK(shop.customers.pin == "4711");
  CHECK(shop.last<ChangeMemberPin>().requester.recognised.proof == Proof::card);
  REQUIRE(shop.screen<MyData>() != nullptr);
  CHECK_FALSE(shop.screen<MyData>()->pin.has_value());
  CHECK(shop.screen<MyData>()->seen->has_pin);
  CHECK(shop.notice() == "profile.saved");
  shop.act(RemovePin{});  // the pane is not open
  CHECK(shop.customers.pin == "4711");
  shop.act(OpenPin{});
  shop.act(RemovePin{});
  CHECK(shop.customers.pin.empty());
  shop.act(OpenPin{});
  shop.act(Back{});
  CHECK(shop.screen<MyData>() != nullptr);
}

TEST_CASE("who gave up their points with the membership is told so") {
  Shop shop = at_my_data();
  shop.active->rules.points_at_withdrawal = loyalty::PointsAtWithdrawal::given_up;
  for (int n = 0; n < 2; ++n) {
    shop.act(AskConsent{ConsentPurpose::membership});
    shop.act(Submit{});
  }
  CHECK(shop.notice() == "membership.given-up");
}
