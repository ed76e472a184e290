// What happens to a customer: changes, notes, consents, merges, the timeline and the audit trail.
#include "storage/services/customers.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/rebuild.hpp"
#include "storage/domain/customer/consent.hpp"
#include "storage/domain/customer/duplicates.hpp"
#include "storage/domain/customer/email.hpp"
#include "storage/domain/customer/member_pin.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/domain/views/purchase_summary.hpp"
#include "storage/domain/views/reports.hpp"
#include "tests/support/shop.hpp"
#include "tests/support/staff.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

Profile whole_ingrid() {
  Profile profile;
  profile.name = "Ingrid Haugen";
  profile.phone = "+4791234417";
  profile.email = "ingrid@example.no";
  profile.address = "Storgata 1, Oslo";
  profile.birthday = std::chrono::year(1961) / 2 / 28;
  return profile;
}

Profile named(std::string name, std::string phone = "") {
  Profile profile;
  profile.name = std::move(name);
  profile.phone = std::move(phone);
  return profile;
}

FactId change(Shop& shop, const CustomerRef& ref, const ProfileChange& what) {
  auto id = change_customer(*shop.book, ref, what, hand(shop));
  REQUIRE_MESSAGE(id.ok(), why(id));
  REQUIRE(id->has_value());
  return **id;
}

CustomerProfile profile(const Shop& shop, const CustomerRef& ref) {
  auto found = shop.reader()->customer_profile(ref);
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  return **found;
}

std::vector<std::string> values(const CustomerProfile& profile, ContactKind kind) {
  std::vector<std::string> found;
  for (const Contact& each : profile.contacts)
    if (each.kind == kind) found.push_back(each.value);
  return found;
}

void publish(Shop& shop) { shop.record(programme(1)); }

FactId buy(Shop& shop, const CustomerRef& ref, std::int64_t kroner_each) {
  Purchase bought = purchase(shop.clock, {line("1001", 1, kroner_each * 100)});
  bought.customer = ref;
  bought.programme_version = 1;
  bought.points_earned = {kroner_each * 10};
  return shop.record(bought);
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("what came with the enrolment can be changed and cleared") {
  Shop shop;
  const CustomerRef ref = shop.enrol(whole_ingrid(), "C-1");
  CHECK(profile(shop, ref).value(customer_field::name) == "Ingrid Haugen");
  CHECK(profile(shop, ref).value(customer_field::birthday) == "1961-02-28");
  CHECK(profile(shop, ref).value(customer_field::language) == "nb");

  change(shop, ref, {{{"name", "Інгрід Гауґен"}, {"birthday", ""}, {"household", "3"}}, {}, {}});
  const auto now = profile(shop, ref);
  CHECK(now.value(customer_field::name) == "Інгрід Гауґен");
  CHECK(now.value(customer_field::birthday).empty());
  CHECK(now.value(customer_field::household) == "3");
  const auto view = **shop.reader()->customer(ref);
  CHECK(view.profile.name == "Інгрід Гауґен");
  CHECK_FALSE(view.profile.birthday.has_value());
  CHECK(view.profile.phone == "+4791234417");
  CHECK(view.card == "C-1");
  CHECK(rebuilt(shop) == "");
  CHECK(findings_of(shop.data()) == "");
}

TEST_CASE("phones and cards are added and taken away and found by each of them") {
  Shop shop;
  const CustomerRef ref = shop.enrol(whole_ingrid(), "C-1");
  change(shop, ref,
         {{},
          {{ContactKind::phone, "922 33 445", "work"},
           {ContactKind::key_fob, "F-7", ""},
           {ContactKind::email, "i@example.org", ""}},
          {}});
  auto reader = shop.reader();
  CHECK(*reader->customer_by_phone("+4791234417") == ref);
  CHECK(*reader->customer_by_phone("+4792233445") == ref);
  CHECK(*reader->customer_by_card("F-7") == ref);
  CHECK(*reader->customer_by_card("C-1") == ref);
  CHECK(*reader->customer_by_email("i@example.org") == ref);
  CHECK_FALSE(reader->customer_by_email("other@example.org")->has_value());

  std::vector<ContactTag> first_phone_and_card;
  for (const Contact& each : profile(shop, ref).contacts)
    if (each.value == "+4791234417" || each.value == "C-1")
      first_phone_and_card.push_back(each.tag);
  REQUIRE(first_phone_and_card.size() == 2);
  change(shop, ref, {{}, {}, first_phone_and_card});
  CHECK(values(profile(shop, ref), ContactKind::phone) == Strings{"+4792233445"});
  CHECK_FALSE(shop.reader()->customer_by_phone("+4791234417")->has_value());
  CHECK_FALSE(shop.reader()->customer_by_card("C-1")->has_value());
  CHECK((*shop.reader()->customer(ref))->profile.phone == "+4792233445");
  CHECK((*shop.reader()->customer(ref))->card == "");
  CHECK(rebuilt(shop) == "");
}

TEST_CASE("a customer is found by phone and e-mail however they were kept and are asked for") {
  Shop shop;
  // As they were kept before numbers were checked: the country's code twice, the zero behind it.
  const CustomerRef twice = shop.enrol({"Ola Nordmann", "+474791234417", "Ola@example.no", "", {}});
  const CustomerRef zero = shop.enrol({"Emma Jones", "+4402079460958", "", "", {}});
  const auto by_phone = [&](const char* typed) {
    return shop.reader()->customer_by_phone(*normalise_phone(typed, "+47", "NO"));
  };
  CHECK(by_phone("4791234417").value() == twice);
  CHECK(by_phone("912 34 417").value() == twice);
  CHECK(by_phone("+44 20 7946 0958").value() == zero);
  CHECK_FALSE(by_phone("92233445").value().has_value());
  for (const char* typed : {"ola@example.no", "OLA@EXAMPLE.NO", " Ola@example.no\u00A0"})
    CHECK(shop.reader()->customer_by_email(*normalise_email(typed)).value() == twice);
  CHECK_FALSE(shop.reader()->customer_by_email("ola@example.com").value().has_value());
  // The same person, written as it is read today, is nobody new.
  Profile again;
  again.name = "Ola Nordmann";
  again.phone = "+4791234417";
  const auto similar = shop.reader()->similar_customers(candidate_of(again, ""), 5);
  REQUIRE(similar.value().size() == 1);
  CHECK(similar.value()[0].ref == twice);
  CHECK(similar.value()[0].similarity.certain());
  REQUIRE(shop.book->erase(twice, "request", "marit").ok());
  CHECK_FALSE(shop.reader()->customer_by_email("ola@example.no").value().has_value());
}

TEST_CASE("what is typed is kept as it looks") {
  Shop shop;
  const CustomerRef ref = shop.enrol(whole_ingrid());
  change(shop, ref,
         {{{"name", "\u200BIngrid\u00A0 Haugen "}, {"gender", "\t"}},
          {{ContactKind::email, "ih@example.no\u00A0", ""},
           {ContactKind::card, "C\u00A01\u200B2", ""},
           {ContactKind::phone, "922\u201333\u2013445", "home\u00A0"}},
          {}});
  const CustomerProfile now = profile(shop, ref);
  CHECK(now.value("name") == "Ingrid Haugen");
  CHECK(now.value("gender").empty());
  CHECK(shop.reader()->customer_by_email("ih@example.no").value() == ref);
  CHECK(shop.reader()->customer_by_card("C12").value() == ref);
  CHECK(shop.reader()->customer_by_phone("+4792233445").value() == ref);
}

TEST_CASE("saving the same form twice is one fact") {
  Shop shop;
  const CustomerRef ref = shop.enrol(whole_ingrid());
  const ProfileChange form{
      {{"heard_from", "a friend"}, {"gender", ""}}, {{ContactKind::label, "VIP", ""}}, {}};
  change(shop, ref, form);
  const auto again = change_customer(*shop.book, ref, form, hand(shop));
  REQUIRE(again.ok());
  CHECK_FALSE(again->has_value());
  CHECK(shop.reader()->head()->seq == 2);
}

TEST_CASE("what cannot be a change of a customer is refused and names no value") {
  Shop shop;
  const CustomerRef ref = shop.enrol(whole_ingrid(), "C-1");
  const CustomerRef other = shop.enrol(named("Ola"), "C-2");
  const auto refused = [&](const CustomerRef& who, const ProfileChange& what) {
    const auto result = change_customer(*shop.book, who, what, hand(shop));
    REQUIRE_FALSE(result.ok());
    CHECK(to_line(result.error()).find("secret") == std::string::npos);
    return result.error().code;
  };
  CHECK(refused(ref, {{{"birthday", "secret"}}, {}, {}}) == "birthday.range");
  CHECK(refused(ref, {{{"birthday", "2061-01-01"}}, {}, {}}) == "birthday.range");
  CHECK(refused(ref, {{{"name", " \u00A0\u200B"}}, {}, {}}) == "text.missing");
  CHECK(refused(ref, {{}, {{ContactKind::phone, "12345678", ""}}, {}}) == "phone.unknown");
  CHECK(refused(ref, {{{"custom.hat", "secret"}}, {}, {}}) == "field.unknown");
  CHECK(refused(ref, {{}, {{ContactKind::phone, "secret", ""}}, {}}) == "phone.syntax");
  CHECK(refused(other, {{}, {{ContactKind::card, "C-1", ""}}, {}}) == "card.taken");
  CHECK(refused(CustomerRef{{9}}, {{{"name", "x"}}, {}, {}}) == "customer.unknown");
  CHECK(add_note(*shop.book, ref, " \n", hand(shop)).error().code == "text.missing");
  CHECK(add_note(*shop.book, ref, "\u00A0\u200B", hand(shop)).error().code == "text.missing");
  CHECK(add_note(*shop.book, ref, std::string(3000, 'x'), hand(shop)).error().code ==
        "text.length");
  CHECK(shop.reader()->head()->seq == 2);
}

TEST_CASE("facts about a customer hold nothing personal in clear") {
  Shop shop;
  const CustomerRef ref = shop.enrol(whole_ingrid());
  change(shop, ref,
         {{{"name", "Mathilde"}}, {{ContactKind::address, "Kirkeveien 99", "home"}}, {}});
  REQUIRE(add_note(*shop.book, ref, "prefers lamps\nfrom Ørsta", hand(shop)).ok());
  const auto records = shop.reader()->read(1, 10, 1 << 20);
  REQUIRE(records->size() == 3);
  for (const Record& record : *records)
    for (const char* personal : {"Ingrid", "Mathilde", "Kirkeveien", "lamps", "rsta", "home"})
      CHECK(record.body.find(personal) == std::string::npos);
}

TEST_CASE("a withdrawal wins until a later grant answers it") {
  Shop shop;
  const CustomerRef ref = shop.enrol(whole_ingrid());
  const auto say = [&](bool granted, std::vector<FactId> after) {
    shop.clock.advance(std::chrono::seconds(1));
    const LocalTime at = shop.clock.local_now();
    return shop.record(
        ConsentChange{ref,
                      {{ConsentPurpose::marketing, granted, "marketing-2", "nb", at}},
                      std::move(after),
                      "Oslo",
                      "marit",
                      at});
  };
  const auto marketing = [&] {
    for (const ConsentState& each : profile(shop, ref).consents)
      if (each.purpose == ConsentPurpose::marketing) return each.granted;
    return false;
  };
  CHECK_FALSE(marketing());
  say(true, {});
  CHECK(marketing());
  const FactId withdrawal = say(false, {});
  CHECK_FALSE(marketing());
  say(true, {});  // by somebody who had not heard of the withdrawal
  CHECK_FALSE(marketing());
  say(true, {withdrawal});
  CHECK(marketing());
  say(false, {});
  CHECK_FALSE(marketing());
  const LocalTime at = shop.clock.local_now();
  REQUIRE(change_consents(*shop.book, ref,
                          {{ConsentPurpose::marketing, true, "marketing-1", "nb", at}}, "Oslo",
                          hand(shop))
              .ok());
  CHECK(marketing());
  CHECK(rebuilt(shop) == "");
}

TEST_CASE("where consents stand does not depend on the order they arrive in") {
  CHECK(rc::check([] {
    std::vector<ConsentEvent> events;
    const auto count = *rc::gen::inRange(1, 9);
    for (std::uint64_t n = 1; n <= static_cast<std::uint64_t>(count); ++n) {
      ConsentEvent event;
      event.fact = {n, n};
      event.consent.purpose = *rc::gen::element(ConsentPurpose::marketing, ConsentPurpose::sharing);
      event.consent.granted = *rc::gen::arbitrary<bool>();
      for (const ConsentEvent& earlier : events)
        if (!earlier.consent.granted && *rc::gen::arbitrary<bool>())
          event.after.push_back(earlier.fact);
      events.push_back(event);
    }
    const auto states = standing(events);
    auto shuffled = events;
    for (std::size_t i = shuffled.size(); i > 1; --i)
      std::swap(shuffled[i - 1], shuffled[*rc::gen::inRange<std::size_t>(0, i)]);
    RC_ASSERT(standing(shuffled) == states);
    // The newest word of a purpose, when it withdraws, decides.
    for (const ConsentState& state : states) {
      const ConsentEvent* last = nullptr;
      for (const ConsentEvent& each : events)
        if (each.consent.purpose == state.purpose) last = &each;
      if (!last->consent.granted) RC_ASSERT(!state.granted);
    }
  }));
}

TEST_CASE("two customers who are one are read as one") {
  Shop shop;
  publish(shop);
  const CustomerRef kept = shop.enrol(named("Ingrid Haugen", "+4791234417"), "C-1");
  const CustomerRef merged = shop.enrol(named("I. Haugen", "+4792233445"), "C-2");
  change(shop, merged, {{{"household", "2"}}, {}, {}});
  buy(shop, kept, 100);
  const FactId later = buy(shop, merged, 50);
  const FactId merge = *merge_customers(*shop.book, kept, merged, "by hand", hand(shop));

  const auto view = **shop.reader()->customer(merged);
  CHECK(view.ref == kept);
  CHECK(view.profile.name == "Ingrid Haugen");
  CHECK(view.balance == Points{1500});
  REQUIRE(view.last_purchases.size() == 2);
  CHECK(view.last_purchases[0].id == later);
  CHECK(*shop.reader()->customer_by_card("C-2") == kept);
  CHECK(*shop.reader()->customer_by_phone("+4792233445") == kept);
  const auto both = profile(shop, kept);
  CHECK(both.aliases == std::vector<CustomerRef>{merged});
  CHECK(both.value(customer_field::household) == "2");
  CHECK(values(both, ContactKind::phone) == Strings{"+4791234417", "+4792233445"});

  CHECK(merge_customers(*shop.book, merged, kept, "", hand(shop)).error().code == "merge.same");
  CHECK(findings_of(shop.data()) == "");
  CHECK(rebuilt(shop) == "");

  // What is bought with the old card meanwhile goes back with it.
  buy(shop, merged, 30);
  REQUIRE(undo_merge(*shop.book, merge, hand(shop)).ok());
  CHECK((*shop.reader()->customer(kept))->balance == Points{1000});
  CHECK((*shop.reader()->customer(merged))->balance == Points{800});
  CHECK(undo_merge(*shop.book, merge, hand(shop)).error().code == "merge.undone");
  CHECK(undo_merge(*shop.book, later, hand(shop)).error().code == "merge.none");
  CHECK(findings_of(shop.data()) == "");
  CHECK(rebuilt(shop) == "");
}

TEST_CASE("merging and undoing the merges restores every customer exactly") {
  CHECK(rc::check([] {
    Shop shop;
    publish(shop);
    std::vector<CustomerRef> refs;
    for (int n = 0; n < 5; ++n) {
      refs.push_back(shop.enrol(named("Kunde " + std::to_string(n)), "C-" + std::to_string(n)));
      if (*rc::gen::arbitrary<bool>()) buy(shop, refs.back(), *rc::gen::inRange(1, 100));
      if (*rc::gen::arbitrary<bool>())
        change(shop, refs.back(), {{{"household", "2"}}, {{ContactKind::label, "VIP", ""}}, {}});
    }
    const auto all = [&] {
      std::vector<std::pair<CustomerView, CustomerProfile>> seen;
      for (const CustomerRef& ref : refs) {
        seen.emplace_back(**shop.reader()->customer(ref), profile(shop, ref));
        seen.back().first.balance_as_of = {};
      }
      return seen;
    };
    const auto before = all();
    const Totals totals = *shop.reader()->totals();
    std::vector<FactId> merges;
    for (int n = 0; n < 6; ++n) {
      const auto one = refs[*rc::gen::inRange<std::size_t>(0, refs.size())];
      const auto other = refs[*rc::gen::inRange<std::size_t>(0, refs.size())];
      const auto merge = merge_customers(*shop.book, one, other, "by hand", hand(shop));
      if (merge) merges.push_back(*merge);
    }
    RC_ASSERT(shop.reader()->totals()->points_outstanding == totals.points_outstanding);
    RC_ASSERT(shop.reader()->totals()->customers == totals.customers);
    while (!merges.empty()) {
      // In any order: each merge remembers what went over with it.
      const auto which = merges.end() - 1;
      RC_ASSERT(undo_merge(*shop.book, *which, hand(shop)).ok());
      merges.erase(which);
    }
    RC_ASSERT(all() == before);
    RC_ASSERT(findings_of(shop.data()) == "");
    RC_ASSERT(rebuilt(shop) == "");
  }));
}

TEST_CASE("the timeline has everything in order and comes in pages") {
  Shop shop;
  publish(shop);
  const CustomerRef ref = shop.enrol(whole_ingrid(), "C-1");
  const CustomerRef other = shop.enrol(named("I. Haugen"));
  const FactId sold = buy(shop, ref, 100);
  Purchase bought = *(*shop.reader()->purchase(sold));
  Return back = bring_back(shop.clock, bought, sold, 0, 1);
  back.points_reversed = {1000};
  shop.record(back);
  Purchase lamp = purchase(shop.clock, {line("1002", 1, 49900)});
  lamp.lines[0].warranty = item("SN100");
  lamp.customer = other;
  shop.record(lamp);
  change(shop, ref, {{{"household", "2"}}, {{ContactKind::label, "VIP", ""}}, {}});
  REQUIRE(add_note(*shop.book, ref, "prefers lamps", hand(shop)).ok());
  const FactId merge = *merge_customers(*shop.book, ref, other, "by hand", hand(shop));

  auto reader = shop.reader();
  const auto all = *reader->timeline(ref, {}, 100);
  std::vector<std::pair<TimelineKind, std::string>> seen;
  for (const auto& each : all) seen.emplace_back(each.kind, each.text);
  const std::vector<std::pair<TimelineKind, std::string>> expected{
      {TimelineKind::merged, "by hand"},
      {TimelineKind::note, "prefers lamps"},
      {TimelineKind::changed, "household, label added"},
      {TimelineKind::warranty, "Article 1002, SN100"},
      {TimelineKind::purchase, "Article 1002"},
      {TimelineKind::returned, "changed mind"},
      {TimelineKind::purchase, "Article 1001"},
      {TimelineKind::consent, "membership given, membership-1 (nb)"},
      {TimelineKind::enrolled, ""},
      {TimelineKind::consent, "membership given, membership-1 (nb)"},
      {TimelineKind::enrolled, ""}};
  CHECK(seen.size() == expected.size());
  CHECK((seen == expected));
  CHECK(all[5].points == Points{-1000});
  CHECK(all[6].amount == kroner(10000));

  std::vector<TimelineEntry> paged;
  std::optional<TimelinePlace> from;
  for (;;) {
    const auto page = *reader->timeline(other, from, 3);
    if (page.empty()) break;
    paged.insert(paged.end(), page.begin(), page.end());
    from = page.back().place;
  }
  CHECK((paged == all));

  REQUIRE(undo_merge(*shop.book, merge, hand(shop)).ok());
  CHECK(shop.reader()->timeline(other, {}, 100)->front().kind == TimelineKind::unmerged);
  CHECK(shop.reader()->timeline(other, {}, 100)->size() == 6);
}

TEST_CASE("the audit trail says who looked and who changed") {
  Shop shop;
  const CustomerRef ref = shop.enrol(whole_ingrid());
  const CustomerRef other = shop.enrol(named("Ola"));
  REQUIRE(shop.book->audit({shop.clock.local_now(), "anna", AuditAction::looked, ref}).ok());
  change(shop, ref, {{{"household", "2"}}, {}, {}});
  REQUIRE(merge_customers(*shop.book, ref, other, "", hand(shop)).ok());
  const auto of_one = *shop.reader()->audit(ref, 10);
  REQUIRE(of_one.size() == 4);
  CHECK(of_one[0].action == AuditAction::merged);
  CHECK(of_one[2].action == AuditAction::changed);
  CHECK(of_one[2].staff == "marit");
  CHECK(of_one[3].action == AuditAction::looked);
  CHECK(of_one[3].staff == "anna");
  CHECK(shop.reader()->audit({}, 2)->size() == 2);
  CHECK(rebuilt(shop) == "");
}

TEST_CASE("a member's own PIN is the latest that was given, under whichever of their references") {
  Shop shop;
  const CustomerRef one = shop.enrol(named("Kari", "+4740000001"));
  const CustomerRef other = shop.enrol(named("Kari N", "+4740000002"));
  const auto check = [&](const PinClaim& claim, const char* pin) {
    const auto reader = shop.reader();
    const auto who =
        check_member_pin(*shop.book, *reader, claim, pin, PinPlace::stand, hand(shop).at.at);
    return who.ok() ? to_hex(*who) : who.error().code;
  };
  const PinClaim first{{}, "+4740000001"}, second{{}, "+4740000002"};
  CHECK(check(first, "4711") == "pin.wrong");
  REQUIRE(set_member_pin(*shop.book, one, "4711", hand(shop)).ok());
  CHECK(check(first, "4711") == to_hex(one));
  CHECK(check(PinClaim{one, ""}, "4711") == to_hex(one));
  CHECK(check(second, "4711") == "pin.wrong");
  CHECK(check(PinClaim{{}, "+4740000009"}, "4711") == "pin.wrong");
  REQUIRE(set_member_pin(*shop.book, one, "60912", hand(shop)).ok());
  CHECK(check(first, "4711") == "pin.wrong");
  CHECK(check(first, "60912") == to_hex(one));
  REQUIRE(merge_customers(*shop.book, other, one, "phone", hand(shop)).ok());
  CHECK(check(second, "60912") == to_hex(other));
  REQUIRE(remove_member_pin(*shop.book, other, hand(shop)).ok());
  CHECK(check(second, "60912") == "pin.wrong");
  CHECK_FALSE(remove_member_pin(*shop.book, other, hand(shop))->has_value());
  const auto trail = *shop.reader()->audit(one, 100);
  CHECK(std::ranges::count(trail, "marit", &AuditEntry::staff) >= 3);
  CHECK(findings_of(shop.data()) == "");
}

TEST_CASE("a PIN is gone with the person who is erased") {
  Shop shop;
  const CustomerRef kari = shop.enrol(named("Kari", "+4740000001"));
  REQUIRE(set_member_pin(*shop.book, kari, "4711", hand(shop)).ok());
  CHECK(shop.reader()->member_pin(kari)->has_value());
  REQUIRE(shop.book->erase(kari, "request", "marit").ok());
  CHECK_FALSE(shop.reader()->member_pin(kari)->has_value());
  const auto reader = shop.reader();
  CHECK(check_member_pin(*shop.book, *reader, {kari, ""}, "4711", PinPlace::stand, hand(shop).at.at)
            .error()
            .code == "pin.wrong");
}
