#include "storage/records/customers/customers.hpp"

#include <doctest/doctest.h>
#include <span>
#include <utility>

#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/records/customers/profiles.hpp"
#include "storage/vault/vault.hpp"
#include "tests/storage/records/centre.hpp"

using namespace keepsake;
using namespace keepsake::test;

TEST_CASE("a profile opens when its key arrives later") {
  Shop shop;
  Profile profile;
  profile.name = "Ingrid Haugen";
  profile.phone = "+4791234417";
  profile.card = "C-1";
  CustomerEnrolment enrolment;
  enrolment.customer = *shop.book->vault().new_customer();
  enrolment.sealed_profile = *shop.book->vault().seal_profile(enrolment.customer, profile);
  enrolment.at = shop.clock.local_now();

  Centre centre;
  CHECK(centre.take("Bergen", 1, enrolment).empty());
  CHECK(records::customer(*centre.database, enrolment.customer)->profile == Profile{});
  const auto keys = *shop.book->vault().seal_keys_for(std::span(&enrolment.customer, 1),
                                                      centre.vault->box_public());
  REQUIRE(centre.vault->accept_keys(keys).ok());
  CHECK_FALSE(records::customer_by_card(*centre.database, "C-1"));
  REQUIRE(records::reveal(*centre.database, *centre.vault, enrolment.customer).ok());
  CHECK(records::customer(*centre.database, enrolment.customer)->card == "C-1");
  CHECK(records::customer_by_card(*centre.database, "C-1") == std::optional(enrolment.customer));
  profile.card.clear();
  CHECK(records::customer(*centre.database, enrolment.customer)->profile == profile);
  CHECK(records::customer_by_key(*centre.database, *centre.vault,
                                 {ContactKind::phone, profile.phone}) ==
        std::optional(enrolment.customer));
}

TEST_CASE("a card counts the same sealed and as old facts have it in clear") {
  Centre centre;
  const auto enrolment = [&](std::string_view clear, std::string_view sealed) {
    CustomerEnrolment made;
    made.customer = *centre.vault->new_customer();
    made.card = clear;
    Profile profile;
    profile.card = sealed;
    made.sealed_profile = *centre.vault->seal_profile(made.customer, profile);
    made.at = centre.clock.local_now();
    return made;
  };
  const auto old = enrolment("C-1", ""), now = enrolment("", "C-2");
  CHECK(centre.take("Bergen", 1, old).empty());
  CHECK(centre.take("Bergen", 1, now).empty());
  for (const auto& [card, who] : {std::pair("C-1", old.customer), std::pair("C-2", now.customer)}) {
    CAPTURE(card);
    CHECK(records::customer(*centre.database, who)->card == card);
    CHECK(records::customer_by_card(*centre.database, card) == std::optional(who));
    const auto contacts = records::customer_profile(*centre.database, who)->contacts;
    REQUIRE(contacts.size() == 1);
    CHECK(contacts[0].kind == ContactKind::card);
    CHECK(contacts[0].tag.n == 3);
    for (const auto& again : {enrolment(card, ""), enrolment("", card)}) {
      CHECK(centre.take("Oslo", 2, again) == Codes{"card.taken"});
      CHECK(records::customer(*centre.database, again.customer)->card == "");
      CHECK(records::customer_by_card(*centre.database, card) == std::optional(who));
    }
  }
}
