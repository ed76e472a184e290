#pragma once
// A shop around the reducer: a session, its clock, and a book in memory that answers effects when
// the test says so. Every effect is kept in `log`, answered or not.

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "kiosk/flow/reduce.hpp"
#include "kiosk/flow/sale/figures.hpp"
#include "kiosk/flow/shared/timing.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/loyalty/returns.hpp"
#include "storage/domain/sale/return.hpp"
#include "tests/kiosk/flow/customer_desk.hpp"
#include "tests/kiosk/flow/sold.hpp"

namespace keepsake::flow {

using namespace std::chrono_literals;

inline constexpr const char* kettle_gtin = "7038010000010";
inline constexpr const char* ingrid_card = "4417123456789113";
inline constexpr const char* ingrid_phone = "+4791234417";
inline constexpr const char* other_receipt = "KR0123456789AB";
inline constexpr const char* last_receipt = "KR0123456789ABCDEF";  ///< of the fact recorded last

class Shop {
 public:
  Shop() {
    ctx.shop = "Lysvik Elektro";
    ctx.currency = *Currency::parse("NOK");
    ctx.cash_step = {100};
    ctx.calling_code = "+47";
    ctx.country = "NO";
    ctx.has_printer = true;
    ctx.active = active;
    active->programme.version = 3;
    active->programme.currency = ctx.currency;
    active->programme.per_major_unit = {10};
    active->rules = loyalty::of_rate(active->programme);
    ctx.gift_card.code = "GIFT-CARD";
    ctx.gift_card.name = "Gift card";
    ctx.wallet.code = "WALLET";
    ctx.wallet.name = "Wallet";
    add({"KOK17",
         gtin(),
         "Kettle Kok 1.7 l",
         "Kitchen",
         "Kok",
         price("499.00"),
         {2500},
         SoldBy::piece,
         24});
    add({"BULB", {}, "LED bulb E27 8 W", "Light", "", price("59.00"), {2500}, SoldBy::piece, 0});
    add({"APPLE", {}, "Apples Discovery", "Fruit", "", price("39.90"), {1500}, SoldBy::weight, 0});
    ingrid.ref.bytes[0] = 7;
    ingrid.profile.name = "Ingrid Haugen";
    ingrid.profile.phone = ingrid_phone;
    ingrid.card = ingrid_card;
    ingrid.balance = {128400};
    state.known = true;
    state.lots = {{"00000000000000000000000000000001:0", {128400}, {128400}, now.date(), {}}};
  }

  Session s;
  Context ctx;
  std::shared_ptr<ActiveProgramme> active = std::make_shared<ActiveProgramme>();  ///< ctx.active
  LocalTime now{{1795269720000}, 60};  // 2026-11-21 15:02 in Oslo
  std::vector<Effect> log;
  std::deque<Effect> open;  ///< asked, not yet answered

  // The world.
  std::map<std::string, Article> articles;
  CustomerView ingrid;
  loyalty::Member state;  ///< Ingrid's
  std::map<std::string, GiftCardView> gift_cards;
  std::vector<HeldSale> held;
  std::vector<FoundLine> last_lines;  ///< of Ingrid's last purchase
  std::vector<Fact> facts;
  std::optional<Error> disk_fault;  ///< the next writes fail with it
  std::optional<ShiftView> shift;
  int wrong_pins = 0;
  Points enrolment_gives;
  CustomerDesk customers;  ///< what the pages about a customer are told

  void add(const Article& article) { articles[article.code] = article; }
  UnitPrice price(const char* text) const { return *parse_unit_price(text, ctx.currency); }
  Money nok(const char* text) const { return *parse_money(text, ctx.currency); }
  static std::optional<Gtin> gtin() { return *Gtin::parse(kettle_gtin); }

  /// One event, effects left open.
  void send(const Event& event) {
    Step step = reduce(std::move(s), event, ctx, now);
    s = std::move(step.session);
    for (Effect& effect : step.effects) {
      log.push_back(effect);
      if (!is_aside(effect)) open.push_back(std::move(effect));
    }
  }
  /// One event and everything that comes of it.
  void act(const Event& event) {
    send(event);
    answer_all();
  }
  void type(std::string text) { act(Type{std::move(text)}); }
  void scan(std::string text) { act(Scan{std::move(text)}); }
  void wait(std::chrono::milliseconds time) {
    now.at = now.at + time;
    act(Tick{});
  }

  void answer_all() {
    while (!open.empty()) answer_next();
  }
  void answer_next() {
    const Effect effect = std::move(open.front());
    open.pop_front();
    send(answer_to(effect));
  }

  template <class T>
  T* screen() {
    return get_if<T>(&s.visit.screen);
  }
  /// What lies over the basket of the sale.
  template <class Pane>
  Pane* pane() {
    auto* sale = screen<Sale>();
    return sale == nullptr ? nullptr : get_if<Pane>(&sale->pane);
  }
  template <class T>
  int emitted() const {
    int n = 0;
    for (const Effect& e : log) n += holds_alternative<T>(e);
    return n;
  }
  /// The newest effect of its kind.
  template <class T>
  const T& last() const {
    for (auto e = log.rbegin();; ++e)
      if (const auto* found = get_if<T>(&*e)) return *found;
  }
  std::string notice() const { return s.visit.notice ? s.visit.notice->code : std::string(); }

  /// A programme with rewards, a coupon each of a kind, and points that pay 0.10 each.
  void publish_rewards();
  /// Another programme is in force from now on: the news of it.
  ProgrammeChanged publish(ActiveProgramme next) {
    active = std::make_shared<ActiveProgramme>(std::move(next));
    ctx.active = active;
    return {active};
  }

  // Ways to a place.
  void sign_in() {
    act(Wake{});
    act(Go{Place::staff});
    type("1234");
    act(Submit{});
  }
  void open_till(const char* cash_float = "1000") {
    sign_in();
    type(cash_float);
    act(Submit{});
  }
  /// By their card: a number opens nothing but its points.
  void identify() {
    act(Wake{});
    act(Go{Place::identify});
    scan(ingrid_card);
  }
  /// A number at the stand, and the time until it is answered.
  void look_up(std::string number) {
    act(Wake{});
    act(Go{Place::identify});
    type(std::move(number));
    act(Submit{});
    wait(number_answer);
  }

  Event answer_to(const Effect& effect);
  std::vector<HeldSaleView> held_views() const {
    std::vector<HeldSaleView> views;
    for (const HeldSale& basket : held) views.push_back(view_of(basket));
    return views;
  }

 private:
  static bool is_aside(const Effect& e) {
    return holds_alternative<Play>(e) || holds_alternative<Sync>(e) ||
           holds_alternative<OpenDrawer>(e);
  }
  loyalty::Member state_of(const CustomerRef& customer) const {
    if (customer == ingrid.ref) return state;
    loyalty::Member other;
    other.known = true;
    return other;
  }
  static FactId id_of(std::size_t number) {
    return FactId::make({1}, {5}, {1}, static_cast<Seq>(number));
  }
  LinesFound recall(const Recall& job);
  PurchasesListed listed(const ListPurchases& job) const;
  PurchaseOpened opened(const OpenPurchase& job) const;
  int held_sales = 0;
  Recorded record(Ticket ticket, Fact fact);
  Scanned resolve(const std::string& text);
};

inline Scanned Shop::resolve(const std::string& text) {
  for (const auto& [code, article] : articles) {
    if (code == text) return article;
    const auto scanned = Gtin::parse(text);
    if (scanned.ok() && article.gtin == *scanned) return article;
  }
  if (text == ingrid.card) return ingrid;
  if (const auto card = card_name(text); card.ok() && gift_cards.contains(*card))
    return gift_cards.at(*card);
  if (text == other_receipt) return ReceiptScanned{std::nullopt};
  if (text == last_receipt && !facts.empty()) return ReceiptScanned{id_of(facts.size())};
  return std::monostate{};
}

inline Recorded Shop::record(Ticket ticket, Fact fact) {
  if (disk_fault) return {ticket, *disk_fault, {}, shift};
  const FactId id = id_of(facts.size() + 1);
  std::optional<CustomerView> member;
  if (const auto* opening = get_if<ShiftOpening>(&fact))
    shift = ShiftView{id, *opening, 0, {0, ctx.currency}, {0, ctx.currency}, opening->cash_float};
  if (holds_alternative<ShiftClosing>(fact)) shift.reset();
  if (const auto* purchase = get_if<Purchase>(&fact)) {
    for (const Tender& t : purchase->tenders)
      if (t.kind == TenderKind::cash) shift->expected.minor += t.amount.minor;
    if (purchase->customer == ingrid.ref) {
      ingrid.balance.hundredths += purchase->points_earned.hundredths;
      member = ingrid;
    }
  }
  if (const auto* event = get_if<LoyaltyEvent>(&fact); event && event->customer == ingrid.ref) {
    for (const LotPoints& use : event->loyalty.used)
      ingrid.balance.hundredths -= use.points.hundredths;
    member = ingrid;
  }
  if (const auto* back = get_if<Return>(&fact)) {
    for (const Tender& t : back->tenders)
      if (t.kind == TenderKind::cash) shift->expected.minor -= t.amount.minor;
    if (back->customer == ingrid.ref) {
      ingrid.balance.hundredths -= back->points_reversed.hundredths;
      member = ingrid;
    }
  }
  facts.push_back(std::move(fact));
  return {ticket, id, member, shift};
}

inline void Shop::publish_rewards() {
  loyalty::Reward off;
  off.id = "kr-50";
  off.name = "50 kroner off";
  off.cost = {50000};
  off.minor = 5000;
  loyalty::Reward set;
  set.id = "coffee-set";
  set.name = "Coffee set";
  set.kind = loyalty::RewardKind::gift;
  set.article = "SET";
  set.cost = {180000};
  loyalty::Reward home;
  home.id = "new-home";
  home.name = "New home";
  home.trigger = loyalty::Trigger::code;
  home.minor = 15000;
  home.minimum.minor = 50000;
  home.codes = {{"NEWHOME", std::nullopt, 1}};
  loyalty::Reward old = home;
  old.id = "summer";
  old.minimum = {};
  old.filter.order.until = parse_date("2026-08-31").value();
  old.codes = {{"SUMMER", std::nullopt, 1}};
  loyalty::Reward gold = old;
  gold.id = "gold";
  gold.filter = {};
  gold.filter.order.tiers = {"gold"};
  gold.codes = {{"GOLD", std::nullopt, 1}};
  loyalty::Reward once = home;
  once.id = "once";
  once.minimum = {};
  once.codes = {{"ONCE", 1, 1}};
  active->rules.rewards = {off, set, home, old, gold, once};
  active->rules.redeeming.point_value_milli_minor = 10'000;
}

inline LinesFound Shop::recall(const Recall& job) {
  std::vector<FoundLine> lines;
  for (const HeldSale& basket : held) {
    if (basket.id != job.id) continue;
    for (const WantedLine& line : basket.lines) {
      const auto article = articles.find(line.article);
      lines.push_back({line, article == articles.end() ? std::optional<Article>()
                                                       : std::optional(article->second)});
    }
  }
  std::erase_if(held, [&](const HeldSale& basket) { return basket.id == job.id; });
  return {job.ticket, lines, held_views()};
}

inline PurchasesListed Shop::listed(const ListPurchases& job) const {
  std::vector<PurchaseSummary> found;
  for (std::size_t n = facts.size(); n > 0; --n) {
    const auto* purchase = get_if<Purchase>(&facts[n - 1]);
    if (purchase == nullptr) continue;
    if (job.customer.nobody() || job.customer == purchase->customer)
      found.push_back({id_of(n), purchase->at, purchase->total, 1, purchase->lines[0].name, {}});
  }
  return {job.ticket, found};
}

inline PurchaseOpened Shop::opened(const OpenPurchase& job) const {
  const auto* number = std::get_if<Seq>(&job.which);
  const FactId id = number != nullptr ? id_of(*number) : std::get<FactId>(job.which);
  const std::size_t n = id.seq();
  const auto* purchase = n == 0 || n > facts.size() ? nullptr : get_if<Purchase>(&facts[n - 1]);
  if (purchase == nullptr)
    return {job.ticket, Error{Failure::not_found, "return.unknown-purchase", "", "", ""}};
  std::vector<loyalty::LineQuantity> back;
  std::vector<Tender> refunds;
  for (const Fact& fact : facts) {
    const auto* returned = get_if<Return>(&fact);
    if (returned == nullptr || returned->lines.front().purchase != id) continue;
    for (const ReturnLine& line : returned->lines) back.push_back({*line.line_no, line.quantity});
    refunds.insert(refunds.end(), returned->tenders.begin(), returned->tenders.end());
  }
  return {job.ticket, basis_of(id, *purchase, state_of(purchase->customer), back), refunds};
}

inline Event Shop::answer_to(const Effect& effect) {
  using R = Result<std::optional<CustomerView>>;
  if (const auto* e = get_if<ResolveScan>(&effect)) return answer(*e, resolve(e->text));
  if (const auto* e = get_if<SearchArticles>(&effect)) {
    std::vector<Article> found;
    for (const auto& [code, article] : articles)
      if (article.name.find(e->words) != std::string::npos) found.push_back(article);
    const bool more = found.size() > e->limit;
    if (more) found.resize(e->limit);
    auto articles_found = answer(*e, found);
    articles_found.more = more;
    return articles_found;
  }
  if (const auto* e = get_if<FindPoints>(&effect))
    return PointsFound{e->ticket,
                       e->phone_e164 == ingrid.profile.phone ? ingrid.balance : Points{}};
  if (const auto* e = get_if<FindCustomer>(&effect))
    return CustomerFound{e->ticket, e->phone_e164 == ingrid.profile.phone
                                        ? R(std::optional<CustomerView>(ingrid))
                                        : R(std::optional<CustomerView>())};
  if (const auto* e = get_if<LoadCustomer>(&effect))
    return CustomerFound{e->ticket, std::optional<CustomerView>(ingrid)};
  if (const auto* e = get_if<LoadMember>(&effect)) return answer(*e, state_of(e->customer));
  if (const auto* e = get_if<LookUpGiftCard>(&effect)) {
    const auto found = gift_cards.find(e->card);
    return answer(*e, found == gift_cards.end() ? std::optional<GiftCardView>()
                                                : std::optional(found->second));
  }
  if (const auto* e = get_if<LoadLines>(&effect)) return LinesFound{e->ticket, last_lines, {}};
  if (const auto* e = get_if<PutOnHold>(&effect)) {
    if (disk_fault) return OnHold{e->ticket, *disk_fault};
    held.push_back(e->basket);
    held.back().id = "p" + std::to_string(++held_sales);
    return OnHold{e->ticket, held_views()};
  }
  if (const auto* e = get_if<Recall>(&effect)) return recall(*e);
  if (const auto* e = get_if<LoadShift>(&effect)) return ShiftLoaded{e->ticket, shift};
  if (const auto* e = get_if<ListPurchases>(&effect)) return listed(*e);
  if (const auto* e = get_if<OpenPurchase>(&effect)) return opened(*e);
  if (const auto* e = get_if<CheckPin>(&effect)) {
    if (e->pin == "1234") return PinChecked{e->ticket, StaffMember{"marit", "Marit", true}, 5};
    return PinChecked{e->ticket, Error{Failure::refused, "pin.wrong", "", "", ""},
                      5 - ++wrong_pins};
  }
  if (const auto* e = get_if<RecordFact>(&effect)) return record(e->ticket, e->fact);
  if (const auto* e = get_if<Enrol>(&effect)) {
    CustomerEnrolment fact;
    fact.customer.bytes[0] = 9;
    fact.card = e->card;
    fact.consents = e->consents;
    fact.language = e->language;
    fact.staff = e->staff;
    Recorded recorded = record(e->ticket, fact);
    if (recorded.id.ok()) {
      CustomerView member;
      member.ref = fact.customer;
      member.profile = e->profile;
      member.balance = enrolment_gives;
      recorded.member = member;
    }
    return recorded;
  }
  if (const auto answer = customers.answer_to(effect, disk_fault)) return *answer;
  const auto* print = get_if<Print>(&effect);
  return Printed{print->fact, Done{}};
}

}  // namespace keepsake::flow
