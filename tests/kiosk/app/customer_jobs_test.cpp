#include "kiosk/app/customer_jobs.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>

#include "storage/book/reader.hpp"
#include "storage/services/customer_files.hpp"
#include "tests/kiosk/app/asking.hpp"
#include "tests/kiosk/app/shop_folder.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/pictures.hpp"

using namespace keepsake;
using namespace keepsake::app;

namespace {

/// Of whoever stands at the stand themselves.
constexpr const char* their_card = "KC4417123456789113";

struct Desk {
  test::FakeClock clock;
  test::ShopFolder shop{clock};
  std::unique_ptr<Reader> reader = *shop.book->reader();

  CurrentProgramme programme{*shop.book};

  template <class Q>
  typename Q::Answer ask(Q question) {
    return test::ask(*shop.book, *reader, programme, std::move(question), as(Viewer::staff));
  }
  flow::Requester as(Viewer viewer) const {
    if (viewer == Viewer::customer) return {viewer, "", clock.local_now(), by_card(their_card)};
    return {viewer, "marit", clock.local_now(), {Proof::vouched, {}}};
  }
  CustomerRef join(const char* name, const char* phone, const char* card = "") {
    flow::Enrol job;
    job.card = card;
    job.profile.name = name;
    job.profile.phone = phone;
    job.profile.address = "Storgata 14, Oslo";
    job.consents = {{ConsentPurpose::membership, true, "membership-1", "nb", clock.local_now()}};
    job.at = clock.local_now();
    const auto joined = ask(job);
    REQUIRE_MESSAGE(joined.id.ok(), (joined.id.ok() ? "" : to_line(joined.id.error())));
    return joined.member->ref;
  }
  std::vector<AuditEntry> trail(const CustomerRef& ref) { return *reader->audit(ref, 100); }
};

}  // namespace

TEST_CASE("a look by staff is masked and written down and one by the customer is neither") {
  Desk desk;
  const CustomerRef kari = desk.join("Kari Nordmann", "+4740000001", their_card);
  const auto before = desk.trail(kari).size();
  const auto own = desk.ask(flow::LoadProfile{kari, {}, desk.as(Viewer::customer)});
  REQUIRE(own.seen.ok());
  CHECK(own.seen->profile.contacts[0].value == "+4740000001");
  CHECK(desk.trail(kari).size() == before);
  const auto cashier = desk.ask(flow::LoadProfile{kari, {}, desk.as(Viewer::staff)});
  REQUIRE(cashier.seen.ok());
  CHECK(cashier.seen->profile.contacts[0].value == masked_phone("+4740000001"));
  CHECK(cashier.seen->view.profile == Profile{});
  const auto manager = desk.ask(flow::LoadProfile{kari, {}, desk.as(Viewer::manager)});
  CHECK(manager.seen->profile.contacts[0].value == "+4740000001");
  const auto trail = desk.trail(kari);
  REQUIRE(trail.size() == before + 2);
  CHECK(trail[0].action == AuditAction::looked);
  CHECK(trail[0].staff == "marit");
}

TEST_CASE("staff see a customer's files with thumbnails of those that are pictures") {
  Desk desk;
  const CustomerRef kari = desk.join("Kari Nordmann", "+4740000001", their_card);
  const Actor actor{"marit", desk.clock.local_now()};
  const std::string photo = test::jpeg_picture(600, 300);
  REQUIRE(attach_file(*desk.shop.book, kari, {FileKind::photo, "stove.jpg", photo}, actor).ok());
  REQUIRE(
      attach_file(*desk.shop.book, kari, {FileKind::invoice, "i.pdf", "%PDF-1.7\n"}, actor).ok());
  const auto page = desk.ask(flow::LoadProfile{kari, {}, desk.as(Viewer::staff)});
  REQUIRE(page.seen.ok());
  REQUIRE(page.seen->files.size() == 2);
  for (const flow::FileSeen& each : page.seen->files) {
    CHECK((each.thumbnail != nullptr) == (each.file.kind == FileKind::photo));
    if (each.thumbnail == nullptr) continue;
    CHECK(each.file.name == "stove.jpg");
    CHECK(each.thumbnail->width == 256);
    CHECK(each.thumbnail->height == 128);
    CHECK(each.thumbnail->rgb.size() == 256U * 128 * 3);
  }
  const auto invoice_in = [](const flow::ProfileSeen& seen) {
    return *std::ranges::find_if(
        seen.files, [](const flow::FileSeen& each) { return each.file.kind == FileKind::invoice; });
  };
  CHECK(invoice_in(*page.seen).withheld);  // it may tell what a cashier is not shown
  CHECK(invoice_in(*page.seen).file.name.empty());
  const auto all = desk.ask(flow::LoadProfile{kari, {}, desk.as(Viewer::manager)});
  CHECK(invoice_in(*all.seen).file.name == "i.pdf");
  const auto own = desk.ask(flow::LoadProfile{kari, {}, desk.as(Viewer::customer)});
  CHECK(own.seen->files.empty());
  std::filesystem::remove_all(desk.shop.book->folder() / "files");  // kept at another till
  const auto bare = desk.ask(flow::LoadProfile{kari, {}, desk.as(Viewer::staff)});
  REQUIRE(bare.seen.ok());
  CHECK(bare.seen->files.size() == 2);
  CHECK(std::ranges::none_of(bare.seen->files,
                             [](const flow::FileSeen& each) { return each.thumbnail != nullptr; }));
}

TEST_CASE("who is found for a sale by phone or card or loaded again was looked at by the staff") {
  Desk desk;
  const CustomerRef kari = desk.join("Kari Nordmann", "+4740000001", "KC4417123456789113");
  const auto before = desk.trail(kari).size();
  const flow::Requester staff = desk.as(Viewer::staff);
  const flow::Requester own = desk.as(Viewer::customer);
  CHECK(desk.ask(flow::FindCustomer{"+4740000001", {}, staff}).customer->has_value());
  CHECK(desk.ask(flow::LoadCustomer{kari, {}, staff}).customer->has_value());
  CHECK_FALSE(desk.ask(flow::FindCustomer{"+4740000009", {}, staff}).customer->has_value());
  for (const flow::Requester& requester : {own, staff}) {
    const auto scanned = desk.ask(flow::ResolveScan{their_card, {}, requester});
    CHECK(std::get<CustomerView>(*scanned.scanned).ref == kari);
  }
  // Whoever stands there names nobody by a number.
  CHECK(desk.ask(flow::FindCustomer{"+4740000001", {}, own}).customer.error().code == "role.staff");
  const auto trail = desk.trail(kari);
  REQUIRE(trail.size() == before + 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(trail[i].action == AuditAction::looked);
    CHECK(trail[i].staff == "marit");
  }
}

TEST_CASE("a consent withdrawn on the screen stands with its place") {
  Desk desk;
  const CustomerRef kari = desk.join("Kari Nordmann", "+4740000001", their_card);
  const Consent no{ConsentPurpose::membership, false, "membership-1", "uk", desk.clock.local_now()};
  const auto saved = desk.ask(flow::ChangeConsents{kari, {no}, {}, desk.as(Viewer::customer)});
  REQUIRE(saved.outcome.ok());
  REQUIRE(saved.seen.has_value());
  const auto joined = desk.reader->timeline(kari, {}, 20);
  REQUIRE(joined.ok());
  CHECK(std::ranges::any_of(*joined, [](const TimelineEntry& each) {
    return each.kind == TimelineKind::consent &&
           each.text == "membership given, membership-1 (nb), Lysvik Elektro";
  }));
  const ConsentState* state = flow::consent_of(saved.seen->profile, ConsentPurpose::membership);
  REQUIRE(state != nullptr);
  CHECK_FALSE(state->granted);
  CHECK(state->last.language == "uk");
  CHECK(state->place == "Lysvik Elektro");
  Consent yes = no;
  yes.granted = true;
  const auto again = desk.ask(flow::ChangeConsents{kari, {yes}, {}, desk.as(Viewer::customer)});
  CHECK(flow::consent_of(again.seen->profile, ConsentPurpose::membership)->granted);
}

TEST_CASE("a page is changed by staff and what is wrong is refused") {
  Desk desk;
  const CustomerRef kari = desk.join("Kari Nordmann", "+4740000001");
  ProfileChange change;
  change.fields = {{"name", "Kari Hansen"}};
  change.added = {{ContactKind::email, "Kari@Example.NO", ""}};
  const auto saved = desk.ask(flow::ChangeProfile{kari, change, {}, desk.as(Viewer::staff)});
  REQUIRE(saved.outcome.ok());
  CHECK(saved.seen->profile.value("name") == "Kari Hansen");
  change = {};
  change.added = {{ContactKind::email, "kari@", ""}};
  const auto wrong = desk.ask(flow::ChangeProfile{kari, change, {}, desk.as(Viewer::staff)});
  CHECK(wrong.outcome.error().code == "email.syntax");
  change = {};
  change.fields = {{"custom.credit", "A"}};
  const auto hidden = desk.ask(flow::ChangeProfile{kari, change, {}, desk.as(Viewer::staff)});
  CHECK(hidden.outcome.error().code == "field.managers");
  const auto note = desk.ask(flow::AddNote{kari, "Likes blue", {}, desk.as(Viewer::staff)});
  CHECK(note.outcome.ok());
  const auto timeline = desk.ask(flow::LoadTimeline{kari, {}, {}, desk.as(Viewer::staff)});
  REQUIRE(timeline.entries.ok());
  CHECK(timeline.entries->front().text == "Likes blue");
}

TEST_CASE("a search shows cashiers masked phones and names whom it showed") {
  Desk desk;
  const CustomerRef kari = desk.join("Kari Nordmann", "+4740000001");
  const auto found = desk.ask(flow::SearchCustomers{"kar", {}, desk.as(Viewer::staff)});
  REQUIRE(found.people.ok());
  REQUIRE(found.people->size() == 1);
  CHECK(found.people->front().ref == kari);
  CHECK(found.people->front().detail == masked_phone("+4740000001"));
  CHECK(desk.trail(kari).front().action == AuditAction::searched);
}

TEST_CASE("two who are one are merged by a manager and parted again") {
  Desk desk;
  const CustomerRef one = desk.join("Kari Nordmann", "+4740000001");
  const CustomerRef other = desk.join("Kari Nordman", "+4740000002");
  const auto refused = desk.ask(flow::MergePair{one, other, "name", {}, desk.as(Viewer::staff)});
  CHECK(refused.outcome.error().kind == Failure::refused);
  REQUIRE(desk.ask(flow::MergePair{one, other, "name", {}, desk.as(Viewer::manager)}).outcome.ok());
  const auto seen = desk.ask(flow::LoadProfile{other, {}, desk.as(Viewer::manager)});
  REQUIRE(seen.seen.ok());
  CHECK(seen.seen->profile.ref == one);
  REQUIRE(seen.seen->merges.size() == 1);
  const auto undone =
      desk.ask(flow::UndoMerge{one, seen.seen->merges[0].fact, {}, desk.as(Viewer::manager)});
  REQUIRE(undone.outcome.ok());
  CHECK(undone.seen->merges[0].undone);
  CHECK(desk.ask(flow::PartPair{one, other, {}, desk.as(Viewer::manager)}).outcome.ok());
  const auto pairs = desk.ask(flow::LoadPairs{{}, desk.as(Viewer::manager)});
  REQUIRE(pairs.pairs.ok());
  CHECK(pairs.pairs->empty());
}

TEST_CASE("staff block a wallet and only a manager frees it") {
  Desk desk;
  const CustomerRef kari = desk.join("Kari Nordmann", "+4740000001", their_card);
  const auto change = [&](WalletState state, const flow::Requester& requester) {
    return desk.ask(flow::ChangeWallet{kari, state, {}, requester});
  };
  using enum WalletState;
  CHECK(change(blocked, desk.as(Viewer::customer)).outcome.error().code == "role.staff");
  const auto stopped = change(blocked, desk.as(Viewer::staff));
  REQUIRE(stopped.outcome.ok());
  CHECK(stopped.seen->standing->overview.wallet_state == blocked);
  CHECK(change(active, desk.as(Viewer::staff)).outcome.error().code == "role.managers");
  const auto freed = change(active, desk.as(Viewer::manager));
  REQUIRE(freed.outcome.ok());
  CHECK(freed.seen->standing->overview.wallet_state == active);
  const auto happened = *desk.reader->timeline(kari, {}, 10);
  REQUIRE(happened.size() > 2);
  CHECK(happened[0].kind == TimelineKind::wallet_freed);
  CHECK(happened[0].staff == "marit");
  CHECK(happened[1].kind == TimelineKind::wallet_blocked);
  CHECK(desk.trail(kari)[1].action == AuditAction::changed);  // and looked at after it
}

TEST_CASE("a level that a manager gives is on the page at once, and so is its end") {
  Desk desk;
  Programme levels = *desk.reader->programme();
  ++levels.version;
  levels.source =
      "name = \"Lysvik\"\ncurrency = \"NOK\"\n[earn]\npoints = 1\nfor_each = \"10\"\n[tiers]\n"
      "basis = \"spend\"\nwindow = \"lifetime\"\n[[tiers.level]]\nid = \"gold\"\n"
      "threshold = \"5000\"\n";
  REQUIRE(desk.shop.book->record(levels).ok());
  const CustomerRef kari = desk.join("Kari Nordmann", "+4740000001");
  const Date last = from_days(to_days(desk.clock.local_now().date()) + 30);
  const auto give = [&](const char* level, std::optional<Date> until) {
    return desk.ask(
        flow::GiveLevel{kari, level, until, "opening guest", {}, desk.as(Viewer::manager)});
  };
  const auto given = give("gold", last);
  REQUIRE_MESSAGE(given.outcome.ok(), (given.outcome.ok() ? "" : to_line(given.outcome.error())));
  const auto& tier = given.seen->standing->overview.tier;
  REQUIRE(tier.has_value());
  CHECK(tier->level == "gold");
  REQUIRE(tier->given.has_value());
  CHECK(tier->given->until == last);
  CHECK(desk.trail(kari)[1].action == AuditAction::changed);  // and looked at after it
  const auto ended = give("", std::nullopt);
  REQUIRE(ended.outcome.ok());
  CHECK(ended.seen->standing->overview.tier->level == "");
  CHECK_FALSE(ended.seen->standing->overview.tier->given.has_value());
  CHECK(desk.reader->timeline(kari, {}, 10)->front().text == "opening guest");
}

TEST_CASE("the standing of a member follows the programme") {
  Desk desk;
  const CustomerRef kari = desk.join("Kari Nordmann", "+4740000001");
  const auto answer = desk.ask(flow::LoadStanding{kari, desk.clock.local_now()});
  REQUIRE(answer.standing.ok());
  CHECK(answer.standing->overview.balance == Points{});
  CHECK(desk.ask(flow::LoadStory{kari, {}}).entries->empty());
}

namespace {

/// The code of the refusal; empty: it was answered.
template <class Outcome>
std::string refused(const Outcome& outcome) {
  return outcome.ok() ? std::string() : outcome.error().code;
}

/// What each job that is for managers says to `requester`.
std::vector<std::string> managers_jobs(Desk& desk, const CustomerRef& one, const CustomerRef& other,
                                       const flow::Requester& requester) {
  return {refused(desk.ask(flow::LoadPairs{{}, requester}).pairs),
          refused(desk.ask(flow::LoadPair{one, other, {}, requester}).pair),
          refused(desk.ask(flow::MergePair{one, other, "name", {}, requester}).outcome),
          refused(desk.ask(flow::PartPair{one, other, {}, requester}).outcome),
          refused(desk.ask(flow::UndoMerge{one, FactId{1, 2}, {}, requester}).outcome)};
}

std::vector<std::string> staffs_jobs(Desk& desk, const CustomerRef& one,
                                     const flow::Requester& requester) {
  return {refused(desk.ask(flow::SearchCustomers{"kari", {}, requester}).people),
          refused(desk.ask(flow::FindSimilar{{}, "", {}, requester}).people),
          refused(desk.ask(flow::LoadTimeline{one, {}, {}, requester}).entries),
          refused(desk.ask(flow::AddNote{one, "A note", {}, requester}).outcome)};
}

}  // namespace

TEST_CASE("what is for managers is refused to cashiers and to nobody in particular") {
  Desk desk;
  const CustomerRef one = desk.join("Kari Nordmann", "+4740000001");
  const CustomerRef other = desk.join("Kari Nordman", "+4740000002");
  const LocalTime at = desk.clock.local_now();
  const auto all = [](const char* code) { return std::vector<std::string>(5, code); };
  CHECK(managers_jobs(desk, one, other, {Viewer::staff, "ola", at}) == all("role.managers"));
  CHECK(managers_jobs(desk, one, other, {Viewer::manager, "ola", at}) == all("role.managers"));
  CHECK(managers_jobs(desk, one, other, {Viewer::staff, "marit", at}) == all("role.managers"));
  CHECK(managers_jobs(desk, one, other, {Viewer::manager, "", at}) == all("role.staff"));
  CHECK(managers_jobs(desk, one, other, {Viewer::manager, "nobody", at}) == all("role.staff"));
  CHECK(managers_jobs(desk, one, other, {Viewer::customer, "", at}) == all("role.staff"));
  CHECK(desk.ask(flow::LoadPairs{{}, desk.as(Viewer::manager)}).pairs.ok());
}

TEST_CASE("what is for staff is refused to customers and to whom the vault does not know") {
  Desk desk;
  const CustomerRef kari = desk.join("Kari Nordmann", "+4740000001");
  const LocalTime at = desk.clock.local_now();
  const std::vector<std::string> no(4, "role.staff");
  CHECK(staffs_jobs(desk, kari, {Viewer::customer, "", at}) == no);
  CHECK(staffs_jobs(desk, kari, {Viewer::staff, "", at}) == no);
  CHECK(staffs_jobs(desk, kari, {Viewer::staff, "nobody", at}) == no);
  CHECK(staffs_jobs(desk, kari, {Viewer::manager, "ola", at}) ==
        std::vector<std::string>(4, "role.managers"));
  CHECK(staffs_jobs(desk, kari, {Viewer::staff, "ola", at}) == std::vector<std::string>(4));
  const auto look = desk.ask(flow::LoadProfile{kari, {}, {Viewer::manager, "ola", at}});
  CHECK(refused(look.seen) == "role.managers");
}

TEST_CASE("a refused question answers with its ticket and the error") {
  const Error busy{Failure::busy, "worker.busy", "", "", ""};
  const auto people = flow::answer(flow::FindSimilar{{}, "", {7}, {}}, busy);
  CHECK(people.ticket == flow::Ticket{7});
  CHECK(people.people.error().code == "worker.busy");
  const auto saved = flow::answer(flow::AddNote{{}, "", {8}, {}}, busy);
  CHECK(saved.outcome.error().code == "worker.busy");
  CHECK_FALSE(saved.seen.has_value());
}

TEST_CASE("staff who enrol somebody hear of their namesakes and of the phone") {
  Desk desk;
  const CustomerRef kari = desk.join("Kari Nordmann", "+4740000001");
  desk.join("Bo Lund", "+4740000009");
  Profile typed;
  typed.name = "Kari Nordmann";
  typed.phone = "+4740000002";
  const auto name = desk.ask(flow::FindSimilar{typed, "", {}, desk.as(Viewer::staff)});
  REQUIRE(name.people.ok());
  REQUIRE(name.people->size() == 1);
  CHECK(name.people->front().ref == kari);
  CHECK(name.people->front().detail == masked_phone("+4740000001"));
  CHECK(desk.trail(kari).front().action == AuditAction::searched);
  typed.name = "Karri Nordman";
  typed.phone = "+4740000001";
  const auto phone = desk.ask(flow::FindSimilar{typed, "", {}, desk.as(Viewer::staff)});
  REQUIRE(phone.people->size() == 1);
  CHECK(phone.people->front().ref == kari);
  typed = {};
  typed.name = "Olena Shevchenko";
  typed.phone = "+380501234567";
  CHECK(desk.ask(flow::FindSimilar{typed, "", {}, desk.as(Viewer::staff)}).people->empty());
  typed.name = std::string(150, 'k');
  CHECK(desk.ask(flow::FindSimilar{typed, "", {}, desk.as(Viewer::staff)}).people.ok());
}

TEST_CASE("whoever withdrew from the programme is no member until they agree again") {
  Desk desk;
  const CustomerRef kari = desk.join("Kari Nordmann", "+4740000001", their_card);
  const auto is_member = [&] {
    return desk.ask(flow::LoadMember{kari, desk.clock.local_now()}).member->known;
  };
  const auto say = [&](ConsentPurpose purpose, bool granted) {
    const Consent consent{purpose, granted, std::string(product_version(purpose)), "nb",
                          desk.clock.local_now()};
    REQUIRE(desk.ask(flow::ChangeConsents{kari, {consent}, {}, desk.as(Viewer::customer)})
                .outcome.ok());
  };
  CHECK(is_member());
  say(ConsentPurpose::marketing, false);
  CHECK(is_member());
  say(ConsentPurpose::membership, false);
  CHECK_FALSE(is_member());
  say(ConsentPurpose::membership, true);
  CHECK(is_member());
}
