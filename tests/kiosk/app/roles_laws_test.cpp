// Who may ask what: what the table of roles says is what the worker holds everybody to, of every
// question there is, on a real book.
#include <condition_variable>
#include <doctest/doctest.h>
#include <mutex>
#include <type_traits>

#include "kiosk/app/answers.hpp"
#include "kiosk/app/held_sales.hpp"
#include "kiosk/app/worker.hpp"
#include "kiosk/flow/roles.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/every_fact.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/journal/journal.hpp"
#include "tests/kiosk/app/asking.hpp"
#include "tests/kiosk/app/shop_folder.hpp"
#include "tests/support/fake_clock.hpp"

using namespace keepsake;
using namespace keepsake::app;
using namespace keepsake::flow;
using namespace std::chrono_literals;

namespace {

/// A book with two members, one of whom holds points and a card, and a worker that answers from it.
class Counter {
 public:
  Counter() {
    kari = join("Kari Nordmann", "+4740000001", "KC4417123456789113");
    ola = join("Ola Nordmann", "+4740000002", "");
  }

  test::FakeClock clock;
  test::ShopFolder shop{clock};
  std::unique_ptr<Reader> reader = *shop.book->reader();
  CurrentProgramme programme{*shop.book};
  CustomerRef kari;
  CustomerRef ola;

  Requester by(Viewer viewer, const char* staff) const {
    // Staff vouch; what they ask without is in the cases about proof.
    const Proof proof = viewer == Viewer::customer ? Proof::number : Proof::vouched;
    return {viewer, staff, clock.local_now(), {proof, {}}};
  }

  /// Through the worker's thread, like any question of the screen.
  Event ask(const Question& question) {
    worker_->ask(question);
    std::unique_lock lock(mutex_);
    REQUIRE(came_.wait_for(lock, 20s, [&] { return !mailbox_.empty(); }));
    lock.unlock();
    const auto events = mailbox_.take();
    REQUIRE(events.size() == 1);
    return events.front();
  }

  /// All that a question could have changed or left a trace in.
  struct Picture {
    std::uint64_t facts = 0;
    std::size_t looks = 0;
    std::size_t held = 0;
    bool operator==(const Picture&) const = default;
  };
  Picture picture() {
    const std::size_t looks = reader->audit(kari, 1000)->size() + reader->audit(ola, 1000)->size();
    const auto held = HeldSales(shop.folder, shop.book->settings().currency).all().size();
    return {reader->head()->seq, looks, held};
  }

 private:
  CustomerRef join(const char* name, const char* phone, const char* card) {
    Enrol job;
    job.profile.name = name;
    job.profile.phone = phone;
    job.card = card;
    job.at = clock.local_now();
    return test::ask(*shop.book, *reader, programme, job, by(Viewer::staff, "marit")).member->ref;
  }

  std::mutex mutex_;
  std::condition_variable came_;
  Mailbox mailbox_{[this] {
    const std::lock_guard lock(mutex_);
    came_.notify_one();
  }};
  std::unique_ptr<Worker> worker_ = *Worker::start(*shop.book, programme, mailbox_);
};

// ---- one question of each kind, or one of each that its role depends on. Those that would change
// something do so when they are let through.

template <class Q>
using Some = std::vector<Q>;

Some<ResolveScan> asked(std::type_identity<ResolveScan>, Counter&) {
  return {{"KC4417123456789113"}};
}
Some<SearchArticles> asked(std::type_identity<SearchArticles>, Counter&) { return {{"kettle"}}; }
Some<LoadMember> asked(std::type_identity<LoadMember>, Counter& at) {
  return {{at.kari, at.clock.local_now()}};
}
Some<LookUpGiftCard> asked(std::type_identity<LookUpGiftCard>, Counter&) {
  return {{"GC4417000012345678"}};
}
Some<LoadLines> asked(std::type_identity<LoadLines>, Counter&) { return {{FactId{1, 1}}}; }
Some<PutOnHold> asked(std::type_identity<PutOnHold>, Counter& at) {
  HeldSale basket;
  basket.at = at.clock.local_now();
  basket.lines = {{"BULB", "LED bulb", Quantity::pieces(1)}};
  return {{basket}};
}
Some<Recall> asked(std::type_identity<Recall>, Counter&) { return {{"1"}}; }
template <class... Facts>
Some<RecordFact> one_of_each(Types<Facts...>) {
  return {RecordFact{Fact(Facts{})}...};
}
Some<RecordFact> asked(std::type_identity<RecordFact>, Counter& at) {
  Some<RecordFact> all = one_of_each(AnyFact());
  const LocalTime now = at.clock.local_now();
  all.push_back({ShiftOpening{now, "marit", at.shop.nok("1000")}});
  all.push_back({GiftCardChange{now, "ola", "GC4417000012345678", GiftCardState::blocked, ""}});
  all.push_back({GiftCardChange{now, "marit", "GC4417000012345678", GiftCardState::active, ""}});
  all.push_back({WalletChange{now, "marit", at.kari, WalletState::blocked, ""}});
  return all;
}
Some<ListPurchases> asked(std::type_identity<ListPurchases>, Counter& at) { return {{at.kari}}; }
Some<OpenPurchase> asked(std::type_identity<OpenPurchase>, Counter& at) {
  return {{Seq{1}, at.clock.local_now()}};
}
Some<FindPoints> asked(std::type_identity<FindPoints>, Counter& at) {
  return {{"+4740000001", at.clock.local_now()}};
}
Some<FindCustomer> asked(std::type_identity<FindCustomer>, Counter&) { return {{"+4740000001"}}; }
Some<LoadCustomer> asked(std::type_identity<LoadCustomer>, Counter& at) { return {{at.kari}}; }
Some<Enrol> asked(std::type_identity<Enrol>, Counter& at) {
  Enrol job;
  job.profile.name = "Per Hansen";
  job.profile.phone = "+4740000003";
  job.at = at.clock.local_now();
  return {job};
}
Some<LoadStanding> asked(std::type_identity<LoadStanding>, Counter& at) {
  return {{at.kari, at.clock.local_now()}};
}
Some<LoadStory> asked(std::type_identity<LoadStory>, Counter& at) { return {{at.kari, {}}}; }
Some<LoadProfile> asked(std::type_identity<LoadProfile>, Counter& at) { return {{at.kari}}; }
Some<ChangeConsents> asked(std::type_identity<ChangeConsents>, Counter& at) {
  return {
      {at.kari, {{ConsentPurpose::marketing, true, "marketing-1", "nb", at.clock.local_now()}}}};
}
Some<ChangeProfile> asked(std::type_identity<ChangeProfile>, Counter& at) {
  return {{at.kari, {{{"postcode", "0150"}}, {}, {}}}};
}
Some<CheckMemberPin> asked(std::type_identity<CheckMemberPin>, Counter& at) {
  return {{.pin = "4711", .phone_e164 = "+4740000001"}, {.pin = "4711", .customer = at.kari}};
}
Some<ChangeMemberPin> asked(std::type_identity<ChangeMemberPin>, Counter& at) {
  return {{at.kari, "4711"}, {at.kari, ""}};
}
Some<FindSimilar> asked(std::type_identity<FindSimilar>, Counter&) {
  Profile typed;
  typed.name = "Kari Nordmann";
  return {{typed, ""}};
}
Some<FindItems> asked(std::type_identity<FindItems>, Counter&) { return {{"KC4417123456789113"}}; }
Some<LoadItem> asked(std::type_identity<LoadItem>, Counter& at) { return {{at.kari, {}}}; }
Some<LoadShift> asked(std::type_identity<LoadShift>, Counter&) { return {{}}; }
Some<CheckPin> asked(std::type_identity<CheckPin>, Counter& at) {
  return {{test::ola_pin, PinPlace::stand, at.clock.now()}};
}
Some<ConfirmClock> asked(std::type_identity<ConfirmClock>, Counter&) { return {{}}; }
Some<AddNote> asked(std::type_identity<AddNote>, Counter& at) { return {{at.kari, "likes tea"}}; }
Some<ChangeWallet> asked(std::type_identity<ChangeWallet>, Counter& at) {
  return {{at.kari, WalletState::blocked}, {at.kari, WalletState::active}};
}
Some<GiveLevel> asked(std::type_identity<GiveLevel>, Counter& at) {
  return {{at.kari, "", std::nullopt, "raffle was void"}};
}
Some<UndoMerge> asked(std::type_identity<UndoMerge>, Counter& at) { return {{at.kari, {1, 1}}}; }
Some<SearchCustomers> asked(std::type_identity<SearchCustomers>, Counter&) { return {{"nordm"}}; }
Some<LoadTimeline> asked(std::type_identity<LoadTimeline>, Counter& at) { return {{at.kari, {}}}; }
Some<LoadPairs> asked(std::type_identity<LoadPairs>, Counter&) { return {{}}; }
Some<LoadPair> asked(std::type_identity<LoadPair>, Counter& at) { return {{at.kari, at.ola}}; }
Some<PartPair> asked(std::type_identity<PartPair>, Counter& at) { return {{at.kari, at.ola}}; }
Some<MergePair> asked(std::type_identity<MergePair>, Counter& at) {
  return {{at.kari, at.ola, "by hand"}};
}

Some<LoadStaff> asked(std::type_identity<LoadStaff>, Counter&) { return {{}}; }
Some<ChangeStaff> asked(std::type_identity<ChangeStaff>, Counter&) {
  return {{{"", "Eva Lie", false}, "60912"}, {{"eva", "Eva Lien", true}, ""}};
}
Some<RemoveStaff> asked(std::type_identity<RemoveStaff>, Counter&) { return {{"eva"}}; }

Some<LoadExceptions> asked(std::type_identity<LoadExceptions>, Counter&) { return {{}}; }
Some<SettleException> asked(std::type_identity<SettleException>, Counter&) {
  return {{{FactId::make({1}, {7}, {1}, 3), "points.short"}, Decision::absorb}};
}
Some<LoadCatalogue> asked(std::type_identity<LoadCatalogue>, Counter&) { return {{}}; }
Some<ChangePrice> asked(std::type_identity<ChangePrice>, Counter&) { return {{"1001", {500'000}}}; }
Some<AddArticle> asked(std::type_identity<AddArticle>, Counter&) {
  Article vase;
  vase.code = "X-1";
  vase.name = "Vase";
  vase.price = {500'000};
  return {{vase}};
}

// ---- what came of it

const auto& outcome(const ScanResolved& a) { return a.scanned; }
const auto& outcome(const ArticlesFound& a) { return a.articles; }
const auto& outcome(const MemberLoaded& a) { return a.member; }
const auto& outcome(const GiftCardFound& a) { return a.found; }
const auto& outcome(const LinesFound& a) { return a.lines; }
const auto& outcome(const OnHold& a) { return a.held; }
const auto& outcome(const Recorded& a) { return a.id; }
const auto& outcome(const PurchasesListed& a) { return a.purchases; }
const auto& outcome(const PurchaseOpened& a) { return a.basis; }
const auto& outcome(const PointsFound& a) { return a.points; }
const auto& outcome(const CustomerFound& a) { return a.customer; }
const auto& outcome(const MemberProved& a) { return a.customer; }
const auto& outcome(const StandingLoaded& a) { return a.standing; }
const auto& outcome(const StoryLoaded& a) { return a.entries; }
const auto& outcome(const ProfileLoaded& a) { return a.seen; }
const auto& outcome(const ProfileSaved& a) { return a.outcome; }
const auto& outcome(const PeopleFound& a) { return a.people; }
const auto& outcome(const ShiftLoaded& a) { return a.shift; }
const auto& outcome(const PinChecked& a) { return a.staff; }
const auto& outcome(const ClockConfirmed& a) { return a.outcome; }
const auto& outcome(const TimelineLoaded& a) { return a.entries; }
const auto& outcome(const PairsLoaded& a) { return a.pairs; }
const auto& outcome(const PairLoaded& a) { return a.pair; }
const auto& outcome(const PairSettled& a) { return a.outcome; }
const auto& outcome(const StaffLoaded& a) { return a.staff; }
const auto& outcome(const StaffChanged& a) { return a.outcome; }
const auto& outcome(const ExceptionsLoaded& a) { return a.open; }
const auto& outcome(const ExceptionAnswered& a) { return a.outcome; }
const auto& outcome(const CatalogueLoaded& a) { return a.desk; }
const auto& outcome(const ArticleChanged& a) { return a.outcome; }
const auto& outcome(const ItemsFound& a) { return a.items; }

/// "role.staff", "role.managers", or "" when the role was enough, whatever came of it then.
template <class Q>
std::string refused(Counter& at, Q question, const Requester& by) {
  question.ticket = {7};
  question.requester = by;
  const auto answer = get<typename Q::Answer>(at.ask(Question(question)));
  CHECK(answer.ticket == question.ticket);
  const auto& came = outcome(answer);
  if (came.ok() || (!came.error().code.starts_with("role.") && came.error().code != "proof.needed"))
    return {};
  CHECK(came.error().kind == Failure::refused);
  return came.error().code;
}

template <class Q>
void hold_to_roles(Counter& at, const Q& question) {
  const Role least = role_for(Question(question));
  CAPTURE(typeid(Q).name());
  CAPTURE(static_cast<int>(least));
  struct Case {
    Viewer viewer;
    const char* staff;
    std::string expected;
  };
  const bool anyone = least == Role::anyone;
  const Case cases[] = {
      {Viewer::customer, "",
       anyone                  ? ""
       : least == Role::holder ? "proof.needed"
                               : "role.staff"},
      {Viewer::staff, "ola", least == Role::manager ? "role.managers" : ""},
      {Viewer::staff, "marit", least == Role::manager ? "role.managers" : ""},  // signed in as less
      {Viewer::manager, "marit", ""},
      // Whoever says to be somebody must be it, even for what anyone may ask.
      {Viewer::manager, "ola", "role.managers"},
      {Viewer::staff, "gone", "role.staff"},
      {Viewer::manager, "gone", "role.staff"},
      {Viewer::staff, "", "role.staff"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.staff);
    CAPTURE(static_cast<int>(each.viewer));
    if (each.expected.empty()) continue;
    const auto before = at.picture();
    CHECK(refused(at, question, at.by(each.viewer, each.staff)) == each.expected);
    CHECK(at.picture() == before);
  }
  for (const Case& each : cases)
    if (each.expected.empty()) CHECK(refused(at, question, at.by(each.viewer, each.staff)) == "");
}

template <class... Qs>
void hold_all_to_roles(Counter& at, Types<Qs...>) {
  const auto each = [&](const auto& questions) {
    REQUIRE_FALSE(questions.empty());
    for (const auto& question : questions) hold_to_roles(at, question);
  };
  (each(asked(std::type_identity<Qs>(), at)), ...);
}

}  // namespace

TEST_CASE("every question is answered to those whose role is enough, and to nobody else") {
  Counter at;
  const auto before = at.picture();
  hold_all_to_roles(at, AnyQuestion());
  // The questions were no empty ones: let through, they changed what the refused ones did not.
  CHECK(at.picture().facts > before.facts);
  CHECK(at.picture().looks > before.looks);
  CHECK(at.picture().held > before.held);
}

TEST_CASE("a customer's own account opens to their card and to no number, name or other card") {
  Counter at;
  const auto own = [&](Recognition how) {
    Requester requester = at.by(Viewer::customer, "");
    requester.recognised = std::move(how);
    return requester;
  };
  const LoadProfile profile{at.kari};
  CHECK(refused(at, profile, own({})) == "proof.needed");
  CHECK(refused(at, profile, own(by_card("KC4417123456789113"))) == "");
  CHECK(refused(at, profile, own(by_card("KC4417123456789114"))) == "proof.needed");
  CHECK(refused(at, profile, own(by_card(""))) == "proof.needed");
  CHECK(refused(at, profile, own(by_card("+4740000001"))) == "proof.needed");
  CHECK(refused(at, LoadProfile{at.ola}, own(by_card("KC4417123456789113"))) == "proof.needed");
  // Nobody vouches for themselves.
  CHECK(refused(at, profile, own({Proof::vouched, ""})) == "proof.needed");
  WarrantyRegistration cover;
  CHECK(refused(at, RecordFact{cover}, own({})) == "");
  cover.customer = at.kari;
  CHECK(refused(at, RecordFact{cover}, own({})) == "proof.needed");
}

TEST_CASE(
    "what takes value of a customer's is recorded on proof, and who vouched is in the trail") {
  Counter at;
  Purchase points;
  points.customer = at.kari;
  points.tenders = {{TenderKind::points, {}, {}, ""}};
  Purchase wallet = points;
  wallet.tenders.front().kind = TenderKind::wallet;
  Purchase reward = points;
  reward.tenders.clear();
  reward.loyalty.emplace().used = {{{}, {100}}};
  LoyaltyEvent gift;
  gift.customer = at.kari;
  gift.loyalty.rewards = {{}};
  const auto by = [&](Recognition how) {
    Requester requester = at.by(Viewer::staff, "ola");
    requester.recognised = std::move(how);
    return requester;
  };
  for (const Fact& fact : {Fact(points), Fact(wallet), Fact(reward), Fact(gift)}) {
    const auto before = at.reader->audit(at.kari, 1000)->size();
    CHECK(refused(at, RecordFact{fact}, by({})) == "proof.needed");
    CHECK(refused(at, RecordFact{fact}, by(by_card("KC4417123456789114"))) == "proof.needed");
    CHECK(at.reader->audit(at.kari, 1000)->size() == before);
    CHECK(refused(at, RecordFact{fact}, by(by_card("KC4417123456789113"))) == "");
    CHECK(at.reader->audit(at.kari, 1000)->size() == before);
    CHECK(refused(at, RecordFact{fact}, by({Proof::vouched, ""})) == "");
    const auto trail = *at.reader->audit(at.kari, 1000);
    REQUIRE(trail.size() == before + 1);
    CHECK(trail.front().action == AuditAction::vouched);
    CHECK(trail.front().staff == "ola");
  }
  // Points are earned by whoever says the number.
  Purchase earning = points;
  earning.tenders = {{TenderKind::cash, {}, {}, ""}};
  CHECK(refused(at, RecordFact{earning}, by({})) == "");
}

TEST_CASE("a number is answered with its points, and one that nobody has with none") {
  Counter at;
  const auto points_of = [&](const char* number) {
    FindPoints question{number, at.clock.local_now()};
    question.requester = at.by(Viewer::customer, "");
    return *get<PointsFound>(at.ask(Question(question))).points;
  };
  CHECK(points_of("+4740000009") == Points{});
  CHECK(points_of("+4740000001") == points_of("+4740000002"));
}

TEST_CASE("who brought somebody is not told to whoever joins at the stand") {
  Counter at;
  Enrol join = asked(std::type_identity<Enrol>(), at).front();
  join.referred_by = "+4740000009";
  CHECK(join.requester.viewer == Viewer::customer);
  join.requester.at = at.clock.local_now();
  CHECK(get<Recorded>(at.ask(Question(join))).id.ok());
  join.profile.phone = "+4740000010";
  join.requester = at.by(Viewer::staff, "marit");
  CHECK(get<Recorded>(at.ask(Question(join))).id.error().code == "referrer.unknown");
}

TEST_CASE("what is known of a customer is changed by staff on proof, and who vouched is kept") {
  Counter at;
  const auto by = [&](Recognition how) {
    Requester requester = at.by(Viewer::manager, "marit");
    requester.recognised = std::move(how);
    return requester;
  };
  const ChangeProfile change{at.kari, {{{"postcode", "0151"}}, {}, {}}};
  const ChangeConsents consent = asked(std::type_identity<ChangeConsents>(), at).front();
  const auto refused_to = [&](Recognition how) {
    return std::vector{refused(at, change, by(how)), refused(at, consent, by(how)),
                       refused(at, ChangeMemberPin{at.kari, "4711"}, by(how)),
                       refused(at, ChangeWallet{at.kari, WalletState::active}, by(how))};
  };
  CHECK(refused_to({}) == std::vector<std::string>(4, "proof.needed"));
  CHECK(refused_to({Proof::vouched, ""}) == std::vector<std::string>(4, ""));
  CHECK(refused_to(by_card("KC4417123456789113")) == std::vector<std::string>(4, ""));
  // Whoever is told of a loss blocks the wallet at once.
  CHECK(refused(at, ChangeWallet{at.kari, WalletState::blocked}, by({})) == "");
  const auto trail = *at.reader->audit(at.kari, 1000);
  CHECK(std::ranges::count(trail, AuditAction::vouched, &AuditEntry::action) == 4);
}

TEST_CASE("levels are given by managers, who need no proof for it") {
  Counter at;
  const GiveLevel end = asked(std::type_identity<GiveLevel>(), at).front();
  CHECK(refused(at, end, at.by(Viewer::customer, "")) != "");
  CHECK(refused(at, end, at.by(Viewer::staff, "ola")) == "role.managers");
  CHECK(refused(at, end, at.by(Viewer::manager, "marit")) == "");
  GiveLevel unknown = end;
  unknown.level = "platinum";
  unknown.requester = at.by(Viewer::manager, "marit");
  CHECK(get<ProfileSaved>(at.ask(Question(unknown))).outcome.error().code == "level.unknown");
}

TEST_CASE("a PIN proves who somebody is for as long as a visit, and only its own member") {
  Counter at;
  Requester staff = at.by(Viewer::staff, "ola");
  ChangeMemberPin give{at.kari, "4711"};
  give.requester = staff;
  REQUIRE(get<ProfileSaved>(at.ask(Question(give))).outcome.ok());
  Requester anybody = at.by(Viewer::customer, "");
  const auto check = [&](const char* pin, const char* phone) {
    CheckMemberPin question{.pin = pin, .phone_e164 = phone};
    question.requester = anybody;
    return get<MemberProved>(at.ask(Question(question)));
  };
  const auto right = check("4711", "+4740000001");
  REQUIRE(right.customer.ok());
  CHECK(right.customer->ref == at.kari);
  const auto wrong = check("4712", "+4740000001");
  CHECK(wrong.customer.error().code == "pin.wrong");
  CHECK(wrong.tries_left == 4);
  // A member without a PIN, and nobody.
  for (const char* phone : {"+4740000002", "+4740000009"}) {
    const auto none = check("4711", phone);
    CHECK(none.customer.error().code == "pin.wrong");
    CHECK(none.tries_left == 4);
  }
  anybody.recognised = by_pin(right.proof);
  CHECK(refused(at, LoadProfile{at.kari}, anybody) == "");
  CHECK(refused(at, ChangeMemberPin{at.kari, "60912"}, anybody) == "");
  CHECK(refused(at, LoadProfile{at.ola}, anybody) == "proof.needed");
  anybody.recognised = by_pin("4711");
  CHECK(refused(at, LoadProfile{at.kari}, anybody) == "proof.needed");
  anybody.recognised = by_pin(right.proof);
  at.clock.advance(61min);
  anybody.at = at.clock.local_now();
  CHECK(refused(at, LoadProfile{at.kari}, anybody) == "proof.needed");
  // The timeline has it, with who vouched.
  const auto timeline = *at.reader->timeline(at.kari, {}, 100);
  CHECK(std::ranges::count(timeline, TimelineKind::pin_given, &TimelineEntry::kind) == 2);
}
