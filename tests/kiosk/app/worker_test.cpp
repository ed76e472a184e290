#include "kiosk/app/worker.hpp"

#include <condition_variable>
#include <doctest/doctest.h>
#include <mutex>

#include "kiosk/app/answers.hpp"
#include "kiosk/flow/reduce.hpp"
#include "kiosk/flow/sale/returning.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/programme/programme_file.hpp"
#include "storage/services/receipt_code.hpp"
#include "storage/vault/vault.hpp"
#include "tests/kiosk/app/asking.hpp"
#include "tests/kiosk/app/shop_folder.hpp"
#include "tests/support/fake_clock.hpp"

using namespace keepsake;
using namespace keepsake::app;
using namespace std::chrono_literals;

namespace {

struct WorkingTill {
  test::FakeClock clock;
  test::ShopFolder shop{clock};
  std::unique_ptr<Reader> reader = *shop.book->reader();
  CurrentProgramme programme{*shop.book};

  /// At the till, and vouching for whoever she serves.
  flow::Requester marit() const {
    return {Viewer::staff, "marit", clock.local_now(), {Proof::vouched, ""}};
  }
  template <class Q>
  typename Q::Answer ask(Q question) {
    return test::ask(*shop.book, *reader, programme, std::move(question), marit());
  }

  flow::Recorded join(const char* name, const char* phone, const char* card = "") {
    flow::Enrol job;
    job.profile.name = name;
    job.profile.phone = phone;
    job.card = card;
    job.consents = {{ConsentPurpose::membership, true, "membership-1", "nb", clock.local_now()}};
    job.language = "nb";
    job.at = clock.local_now();
    return ask(job);
  }
  flow::Recorded open_shift() {
    return ask(flow::RecordFact{ShiftOpening{clock.local_now(), "marit", shop.nok("1000")}});
  }
};

/// Somewhere a thread stands until it is let on.
class Gate {
 public:
  void stand() {
    std::unique_lock lock(mutex_);
    reached_ = true;
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_; });
  }
  bool reached() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 20s, [&] { return reached_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool reached_ = false;
  bool open_ = false;
};

/// A worker one of whose lanes takes its time: whoever first hears of a new programme tells it at
/// the gate.
struct Slow : WorkingTill {
  CustomerRef kari = *join_kari();
  Gate gate;
  CurrentProgramme slow{*shop.book, [this](const CurrentProgramme::Shared&) { gate.stand(); }};
  std::mutex mutex;
  std::condition_variable came;
  std::vector<flow::Event> answers;
  Mailbox mailbox{[this] { take(); }};
  std::unique_ptr<Worker> worker;

  Slow() {
    REQUIRE(slow.get(*reader).ok());
    Programme next = *reader->programme();
    ++next.version;
    REQUIRE(shop.book->record(next).ok());
    worker = *Worker::start(*shop.book, slow, mailbox);
  }
  ~Slow() { finish(); }

  template <class Q>
  void put(std::uint64_t ticket, Q question) {
    question.ticket = {ticket};
    question.requester = marit();
    worker->ask(std::move(question));
  }
  bool answered(std::size_t count) {
    std::unique_lock lock(mutex);
    return came.wait_for(lock, 20s, [&] { return answers.size() >= count; });
  }
  /// Everything that was put is answered.
  void finish() {
    gate.open();
    worker.reset();
  }
  std::vector<std::uint64_t> tickets() {
    const std::lock_guard lock(mutex);
    std::vector<std::uint64_t> all;
    for (const flow::Event& event : answers) all.push_back(flow::ticket_of(event)->value);
    return all;
  }

 private:
  std::optional<CustomerRef> join_kari() {
    return join("Kari Nordmann", "+4740000001", "KC4417123456789113").member->ref;
  }
  void take() {
    const std::lock_guard lock(mutex);
    for (flow::Event& event : mailbox.take()) answers.push_back(std::move(event));
    came.notify_all();
  }
};

}  // namespace

TEST_CASE("a scanned code is an article a member a receipt or nothing") {
  WorkingTill till;
  const auto meaning = [&](const char* text) {
    const auto answer = till.ask(flow::ResolveScan{text});
    CHECK(answer.text == text);
    return *answer.scanned;
  };
  CHECK(std::get<Article>(meaning(test::kettle_gtin)).code == "KOK17");
  CHECK(std::get<Article>(meaning("BULB")).code == "BULB");
  CHECK(std::holds_alternative<flow::ReceiptScanned>(meaning("KR0123456789AB")));
  CHECK(std::holds_alternative<std::monostate>(meaning("NW8-0417731")));
}

TEST_CASE("an article is found by every reading of its code") {
  WorkingTill till;
  CatalogueChange change;
  const auto add = [&](const char* code, const char* number) {
    Article article;
    article.code = code;
    article.name = code;
    article.price = UnitPrice::from_minor(900);
    if (*number != '\0') article.gtin = Gtin::from_label(number).value();
    change.put.push_back(article);
  };
  add("GUM", "042100005264");
  add("425261", "");
  add("KZ-17/A", "");
  add("kz-17", "");
  add("ABWA", "");                              // what France reads in "QBZQ"
  add("QBYQ", "");                              // and Germany
  change.put.back().more_codes = {"ABC-1234"};  // Code 128, Code 39
  REQUIRE(till.shop.book->record(change).ok());
  const auto found = [&](const char* text) {
    const auto answer = till.ask(flow::ResolveScan{text});
    REQUIRE(answer.scanned.ok());
    const auto* article = std::get_if<Article>(&*answer.scanned);
    return article == nullptr ? std::string() : article->code;
  };
  CHECK(found("042100005264") == "GUM");
  CHECK(found("0042100005264") == "GUM");  // as EAN-13, and as an outer case is printed
  CHECK(found("00042100005264") == "GUM");
  CHECK(found("04252614") == "GUM");   // UPC-E
  CHECK(found("0425261") == "GUM");    // its check digit kept back
  CHECK(found("425261") == "425261");  // the shop's own code comes first
  CHECK(found("04252615") == "");      // misread
  CHECK(found("ABC-1234") == "QBYQ");
  CHECK(found("ABC-1235") == "");
  // A scanner set to France, Germany, or minding Caps Lock.
  CHECK(found("@()))))))))!*") == "");   // 2900000000018 is not sold here
  CHECK(found("KY/17&A") == "KZ-17/A");  // Germany
  CHECK(found("KZ-17") == "kz-17");      // Caps Lock
  CHECK(found("QBZQ") == "");            // two keyboards, two articles: nobody knows which
}

TEST_CASE("joining makes a member that phone and reference find") {
  WorkingTill till;
  const flow::Recorded joined = till.join("Kari Nordmann", "+4740000001", "KC4417123456789113");
  REQUIRE(joined.id.ok());
  REQUIRE(joined.member.has_value());
  CHECK(joined.member->profile.name == "Kari Nordmann");
  const auto found = till.ask(flow::FindCustomer{"+4740000001"});
  REQUIRE(found.customer->has_value());
  CHECK((*found.customer)->ref == joined.member->ref);
  const auto scanned = till.ask(flow::ResolveScan{"KC4417123456789113"});
  CHECK(std::get<CustomerView>(*scanned.scanned).ref == joined.member->ref);
  const auto loaded = till.ask(flow::LoadCustomer{joined.member->ref});
  CHECK(*loaded.customer == *found.customer);
  const auto nobody = till.ask(flow::FindCustomer{"+4740000002"});
  CHECK_FALSE(nobody.customer->has_value());
}

TEST_CASE("a phone belongs to one member") {
  WorkingTill till;
  REQUIRE(till.join("Kari Nordmann", "+4740000001").id.ok());
  const flow::Recorded again = till.join("Kari Nordmann", "+4740000001");
  REQUIRE_FALSE(again.id.ok());
  CHECK(again.id.error().code == "customer.phone-known");
  CHECK(till.reader->totals()->customers == 1);
}

TEST_CASE("a pin names its owner and a wrong one counts down") {
  WorkingTill till;
  const auto check = [&](const char* pin) {
    return till.ask(flow::CheckPin{pin, PinPlace::stand, till.clock.now()});
  };
  CHECK(check(test::marit_pin).staff->id == "marit");
  const auto wrong = check("0000");
  CHECK(wrong.staff.error().code == "pin.wrong");
  CHECK(wrong.tries_left == 4);
}

TEST_CASE("wrong PINs at the stand stop no sale and lock nobody out of their till") {
  WorkingTill till;
  const auto check = [&](const char* pin, PinPlace place) {
    const auto answer = till.ask(flow::CheckPin{pin, place, till.clock.now()});
    return answer.staff.ok() ? answer.staff->id : answer.staff.error().code;
  };
  while (check("0000", PinPlace::stand) == "pin.wrong") {
  }
  CHECK(check(test::marit_pin, PinPlace::stand) == "pin.locked");
  CHECK(check(test::marit_pin, PinPlace::locked_till) == "marit");
  // Whoever is signed in goes on.
  CHECK(till.ask(flow::LoadShift{}).shift.ok());
  REQUIRE(till.open_shift().id.ok());
  CHECK(till.ask(flow::ResolveScan{"BULB"}).scanned.ok());
}

TEST_CASE("a record answers with the shift and the member after it") {
  WorkingTill till;
  const auto opened = till.open_shift();
  REQUIRE(opened.id.ok());
  REQUIRE(opened.shift.has_value());
  CHECK(opened.shift->id == *opened.id);
  const auto twice = till.open_shift();
  CHECK(twice.id.error().code == "shift.already-open");

  const auto member = till.join("Kari Nordmann", "+4740000001").member;
  const auto bulb = till.reader->article_by_code("BULB");
  Basket basket;
  basket.currency = till.shop.book->settings().currency;
  basket = *with_article(basket, **bulb, Quantity::pieces(2));
  const SaleContext sale{till.clock.local_now(),    "marit", *opened.id, member->ref,
                         *till.reader->programme(), {100}};
  const Money due = till.shop.nok("118");
  const auto state = till.ask(flow::LoadMember{member->ref, till.clock.local_now()});
  REQUIRE(state.member.ok());
  const auto purchase = to_purchase(basket, {{TenderKind::cash, due, due, ""}}, sale, {},
                                    loyalty::of_rate(sale.programme), *state.member);
  const auto recorded = till.ask(flow::RecordFact{*purchase});
  REQUIRE(recorded.id.ok());
  CHECK(recorded.member->balance == Points{1100});
  CHECK(recorded.member->last_purchases.size() == 1);
  CHECK(recorded.shift->cash_taken == due);
  CHECK(recorded.shift->expected == till.shop.nok("1118"));
}

TEST_CASE("rewards without a sale answer with the member and the drawer after them") {
  WorkingTill till;
  const auto opened = till.open_shift();
  const auto member = till.join("Kari Nordmann", "+4740000001").member;
  ProgrammeFile club = parse_programme(
      "name = \"X\"\ncurrency = \"NOK\"\n[earn]\npoints = 1\nfor_each = \"10.00\"\n", "club.toml");
  REQUIRE(club.mistakes.empty());
  club.programme.version = till.reader->programme()->version + 1;
  REQUIRE(till.shop.book->record(club.programme).ok());
  loyalty::Reward money;
  money.id = "money";
  money.name = "Money";
  money.kind = loyalty::RewardKind::cash_out;
  money.minor = 5000;
  club.rules.rewards = {money};
  const LocalTime now = till.clock.local_now();
  const auto state = till.reader->member(member->ref, club.rules, now);
  SaleRequest request;
  request.claims = {{"money", 1, {}}};
  request.cash_out = CashOut::in_hand;
  const auto event = to_event({now, "marit", *opened.id, member->ref, club.programme, {100}},
                              request, "", club.rules, *state);
  REQUIRE_MESSAGE(event.ok(), event.error().what);
  const auto recorded = till.ask(flow::RecordFact{*event});
  REQUIRE_MESSAGE(recorded.id.ok(), recorded.id.error().what);
  REQUIRE(recorded.member.has_value());
  CHECK(recorded.member->ref == member->ref);
  CHECK(recorded.shift->cash_paid_out == till.shop.nok("50"));
  CHECK(recorded.shift->expected == till.shop.nok("950"));
}

TEST_CASE("a receipt opens its purchase, goods of it come back once, and the rest stays") {
  WorkingTill till;
  const auto opened = till.open_shift();
  const auto member = till.join("Kari Nordmann", "+4740000001").member;
  const auto bulb = till.reader->article_by_code("BULB");
  Basket basket;
  basket.currency = till.shop.book->settings().currency;
  basket = *with_article(basket, **bulb, Quantity::pieces(3));
  const SaleContext sale{till.clock.local_now(),    "marit", *opened.id, member->ref,
                         *till.reader->programme(), {100}};
  const Money due = till.shop.nok("177");
  const auto rules = loyalty::of_rate(sale.programme);
  const auto state = till.ask(flow::LoadMember{member->ref, till.clock.local_now()});
  const auto purchase =
      to_purchase(basket, {{TenderKind::cash, due, due, ""}}, sale, {}, rules, *state.member);
  const auto sold = till.ask(flow::RecordFact{*purchase});
  REQUIRE(sold.id.ok());
  const auto listed = till.ask(flow::ListPurchases{{}});
  REQUIRE(listed.purchases.ok());
  REQUIRE(listed.purchases->size() == 1);
  CHECK(listed.purchases->front().id == *sold.id);

  const std::string code = receipt_code(till.shop.book->vault(), *sold.id);
  const auto scan = [&](const std::string& text) {
    const auto answer = till.ask(flow::ResolveScan{text});
    return std::get<flow::ReceiptScanned>(*answer.scanned).purchase;
  };
  CHECK(scan(code) == *sold.id);
  std::string forged = code;
  forged.back() = forged.back() == 'A' ? 'B' : 'A';
  CHECK_FALSE(scan(forged).has_value());
  CHECK_FALSE(scan(code.substr(0, 18)).has_value());
  CHECK_FALSE(scan(receipt_code(till.shop.book->vault(), *opened.id)).has_value());

  const auto open = [&](std::variant<FactId, Seq> which) {
    return till.ask(flow::OpenPurchase{which, till.clock.local_now()});
  };
  const auto basis = open(sold.id->seq()).basis;
  REQUIRE(basis.ok());
  const auto back =
      to_return({{*sold.id, 0, Quantity::pieces(2)}}, {}, "faulty", sale, **basis, rules);
  REQUIRE(back.ok());
  CHECK(back->total == till.shop.nok("118"));
  const auto recorded = till.ask(flow::RecordFact{*back});
  REQUIRE(recorded.id.ok());
  CHECK(recorded.member->balance ==
        Points{sold.member->balance.hundredths - back->points_reversed.hundredths});
  CHECK(recorded.shift->expected == till.shop.nok("1059"));
  const auto twice = till.ask(flow::RecordFact{*back});
  CHECK(twice.id.error().code == "return.beyond-sold");
  const auto after = open(*sold.id).basis;
  REQUIRE(after.ok());
  CHECK(flow::left_of((*after)->purchases.at(0), 0) == Quantity::pieces(1));
  till.reader.reset();
  REQUIRE(till.shop.book->erase(member->ref, "request", "marit").ok());
  till.reader = *till.shop.book->reader();
  const auto theirs = open(*sold.id).basis;  // they have the receipt, and nobody is there any more
  REQUIRE(theirs.ok());
  CHECK((*theirs)->purchases.at(0).purchase.customer.nobody());
  CHECK_FALSE((*theirs)->member.known);
  CHECK(open(Seq{999}).basis.error().code == "return.unknown-purchase");
  CHECK(open(recorded.id->seq()).basis.error().code == "return.unknown-purchase");
}

TEST_CASE("a sale is held on disk and recalled with today's articles") {
  WorkingTill till;
  flow::HeldSale basket;
  basket.at = till.clock.local_now();
  basket.lines = {{"KOK17", "Kettle", Quantity::pieces(1)},
                  {"GONE", "Toaster", Quantity::pieces(1)}};
  const auto held = till.ask(flow::PutOnHold{basket});
  REQUIRE(held.held.ok());
  REQUIRE(held.held->size() == 1);
  const std::string id = held.held->front().id;
  const auto found = till.ask(flow::Recall{id});
  REQUIRE(found.lines.ok());
  REQUIRE(found.lines->size() == 2);
  CHECK((*found.lines)[0].article->name == "Kettle Kok 1.7 l");
  CHECK_FALSE((*found.lines)[1].article.has_value());
  CHECK(found.held->empty());
  const auto twice = till.ask(flow::Recall{id});
  CHECK(twice.lines.error().code == "hold.gone");
}

TEST_CASE("a gift card is sold looked up scanned and its purchase asked for again") {
  WorkingTill till;
  const auto opened = till.open_shift();
  const auto bulb = till.reader->article_by_code("BULB");
  Article card;
  card.code = "GIFT-CARD";
  card.name = "Gift card";
  card.price = UnitPrice::from_minor(30000);
  Basket basket;
  basket.currency = till.shop.book->settings().currency;
  basket = *with_article(basket, **bulb, Quantity::pieces(2));
  basket = *with_article(basket, card, Quantity::pieces(1));
  basket = *with_top_up(basket, 1, {1, StoredValue::gift_card, "GC441700001", {}, {}});
  const SaleContext sale{till.clock.local_now(),    "marit", *opened.id, {},
                         *till.reader->programme(), {100}};
  const Money due = till.shop.nok("418");
  const auto purchase = to_purchase(basket, {{TenderKind::cash, due, due, ""}}, sale, {},
                                    loyalty::of_rate(sale.programme), {});
  REQUIRE(purchase.ok());
  const auto recorded = till.ask(flow::RecordFact{*purchase});
  REQUIRE(recorded.id.ok());
  const auto found = till.ask(flow::LookUpGiftCard{"GC441700001"});
  REQUIRE(found.found->has_value());
  CHECK((*found.found)->balance == till.shop.nok("300"));
  const auto scanned = till.ask(flow::ResolveScan{"gc 4417-00001"});
  CHECK(std::holds_alternative<GiftCardView>(*scanned.scanned));
  const auto again = till.ask(flow::LoadLines{*recorded.id});
  REQUIRE(again.lines.ok());
  REQUIRE(again.lines->size() == 1);  // a card is never filled up by asking for the same again
  CHECK((*again.lines)[0].wanted.quantity == Quantity::pieces(2));
}

TEST_CASE("the thread answers every job once and in order") {
  WorkingTill till;
  std::mutex mutex;
  std::condition_variable came;
  int wakes = 0;
  Mailbox mailbox([&] {
    const std::lock_guard lock(mutex);
    ++wakes;
    came.notify_one();
  });
  constexpr int jobs = 50;
  {
    auto worker = *Worker::start(*till.shop.book, till.programme, mailbox);
    for (int i = 0; i < jobs; ++i)
      worker->ask(flow::SearchArticles{"kettle", {static_cast<std::uint64_t>(i) + 1}});
    std::unique_lock lock(mutex);
    CHECK(came.wait_for(lock, 20s, [&] { return wakes == jobs; }));
  }
  const auto events = mailbox.take();
  REQUIRE(events.size() == jobs);
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto& found = get<flow::ArticlesFound>(events[i]);
    CHECK(found.ticket.value == i + 1);
    CHECK(found.articles->size() == 1);
  }
}

TEST_CASE("a write asked for before the end is still done") {
  WorkingTill till;
  Mailbox mailbox([] {});
  {
    auto worker = *Worker::start(*till.shop.book, till.programme, mailbox);
    worker->ask(flow::RecordFact{
        ShiftOpening{till.clock.local_now(), "marit", till.shop.nok("1000")}, {1}, till.marit()});
  }
  CHECK(till.reader->open_shift()->has_value());
  CHECK(mailbox.take().size() == 1);
}

TEST_CASE("more than the queue holds is refused at once and never lost") {
  WorkingTill till;
  Mailbox mailbox([] {});
  constexpr std::size_t jobs = 400;
  {
    auto worker = *Worker::start(*till.shop.book, till.programme, mailbox);
    for (std::size_t i = 0; i < jobs; ++i)
      worker->ask(flow::CheckPin{"0000", PinPlace::stand, till.clock.now()});
  }
  const auto events = mailbox.take();
  REQUIRE(events.size() == jobs);
  std::size_t busy = 0;
  for (const auto& event : events) {
    const auto& answer = get<flow::PinChecked>(event);
    REQUIRE_FALSE(answer.staff.ok());
    busy += answer.staff.error().code == "worker.busy";
  }
  CHECK(busy >= jobs - 2 * Worker::queue_limit);
}

TEST_CASE("what a person waits for is answered while a page is still being filled in") {
  Slow till;
  till.put(1, flow::LoadStanding{till.kari, till.clock.local_now()});
  REQUIRE(till.gate.reached());
  till.put(2, flow::ResolveScan{"BULB"});
  till.put(3, flow::CheckPin{test::marit_pin, PinPlace::stand, till.clock.now()});
  till.put(4,
           flow::RecordFact{ShiftOpening{till.clock.local_now(), "marit", till.shop.nok("1000")}});
  REQUIRE(till.answered(3));
  CHECK(till.tickets() == std::vector<std::uint64_t>{2, 3, 4});
  CHECK(get<flow::PinChecked>(till.answers[1]).staff.ok());
  CHECK(get<flow::Recorded>(till.answers[2]).id.ok());
  till.finish();
  CHECK(till.tickets() == std::vector<std::uint64_t>{2, 3, 4, 1});
}

TEST_CASE("pages fill in while something is still being looked up or written") {
  Slow till;
  till.put(1, flow::LoadMember{till.kari, till.clock.local_now()});
  REQUIRE(till.gate.reached());
  till.put(2, flow::LoadStory{till.kari, {}});
  till.put(3, flow::SearchArticles{"kettle"});
  REQUIRE(till.answered(2));
  CHECK(till.tickets() == std::vector<std::uint64_t>{2, 3});
}

TEST_CASE("reads that nobody awaits any more are dropped, writes never, in either lane") {
  Slow till;
  SUBCASE("of the pages") {
    till.put(1, flow::LoadStanding{till.kari, till.clock.local_now()});
    REQUIRE(till.gate.reached());
    for (std::uint64_t n = 2; n < 10; ++n) till.put(n, flow::SearchArticles{"kettle"});
    const flow::Ticket awaited[] = {{5}, {9}};
    till.worker->keep_only(awaited);
    till.finish();
    CHECK(till.tickets() == std::vector<std::uint64_t>{1, 5, 9});  // 1 was under way already
  }
  SUBCASE("of what a person waits for") {
    till.put(1, flow::LoadMember{till.kari, till.clock.local_now()});
    REQUIRE(till.gate.reached());
    till.put(2, flow::ResolveScan{"BULB"});
    till.put(
        3, flow::RecordFact{ShiftOpening{till.clock.local_now(), "marit", till.shop.nok("1000")}});
    till.put(4, flow::FindCustomer{"+4740000001"});
    till.worker->keep_only({});
    till.finish();
    CHECK(till.tickets() == std::vector<std::uint64_t>{1, 3});
    CHECK(till.reader->open_shift()->has_value());
  }
}

TEST_CASE("an answer to a page that is gone comes up on no other") {
  Slow till;
  flow::Context context;
  context.currency = till.shop.book->settings().currency;
  context.calling_code = "+47";
  flow::Session session;
  const auto handle = [&](const flow::Event& event) {
    flow::Step step = flow::reduce(std::move(session), event, context, till.clock.local_now());
    session = std::move(step.session);
    for (const flow::Effect& effect : step.effects)
      visit(Overloaded{
                [](const flow::Print&) {},
                [](const flow::OpenDrawer&) {},
                [](const flow::Sync&) {},
                [](const flow::Play&) {},
                [&](const auto& question) { till.worker->ask(flow::Question(question)); },
            },
            effect);
    std::vector<flow::Ticket> awaited;
    for (const flow::Asked& each : session.visit.asked) awaited.push_back(each.ticket);
    till.worker->keep_only(awaited);
  };
  handle(flow::Wake{});
  const auto kari = till.reader->customer(till.kari);
  REQUIRE(kari.ok());
  // She is known by her card, whose page asks where she stands; then somebody else comes.
  session.visit.member = **kari;
  session.visit.recognised = by_card((*kari)->card);
  handle(flow::Go{flow::Place::identify});
  REQUIRE(holds_alternative<flow::CustomerHome>(session.visit.screen));
  REQUIRE(till.gate.reached());
  handle(flow::Finish{});
  handle(flow::Wake{});
  const flow::Session other = session;
  till.finish();
  REQUIRE(till.answers.size() == 1);
  REQUIRE(get<flow::StandingLoaded>(till.answers.front()).standing.ok());
  session = flow::reduce(session, till.answers.front(), context, till.clock.local_now()).session;
  CHECK(session == other);
}
