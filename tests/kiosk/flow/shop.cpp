#include "tests/kiosk/flow/shop.hpp"

#include <algorithm>
#include <utility>

#include "storage/domain/staff/team.hpp"
#include "storage/domain/values/tidy.hpp"
#include "tests/kiosk/flow/sold.hpp"

namespace keepsake::flow {

Shop::Shop() {
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
       terms_of({24, PeriodUnit::month})});
  add({"BULB", {}, "LED bulb E27 8 W", "Light", "", price("59.00"), {2500}, SoldBy::piece});
  add({"APPLE", {}, "Apples Discovery", "Fruit", "", price("39.90"), {1500}, SoldBy::weight});
  exceptions.resize(2);
  exceptions[0].name = {FactId::make({2}, {7}, {1}, 12), "points.short"};
  exceptions[0].lacking = Points{1100};
  exceptions[0].subject = ExceptionSubject::purchase;
  exceptions[0].amount = *parse_money("129.00", ctx.currency);
  exceptions[1].name = {FactId::make({1}, {7}, {1}, 3), "warranty.disputed"};
  exceptions[1].subject = ExceptionSubject::warranty;
  ingrid.ref.bytes[0] = 7;
  for (ExceptionView& each : exceptions) each.customer = each.owner = ingrid.ref;
  ItemView kettle;
  kettle.id = {FactId::make({9}, {7}, {1}, 40), 0};
  kettle.article = "KOK17";
  kettle.article_name = "Kettle Kok 1.7 l";
  kettle.maker = "Kok";
  kettle.serial = "COV7701";
  kettle.serial_typed = covered_serial;
  kettle.covers = makers({now.date(), add_months(now.date(), 24)});
  kettle.owner = ingrid.ref;
  kettle.purchase = kettle.id.registration;
  kettle.at = now;
  kettle.history = {{ItemEvent::Kind::sold, now}};
  items = {kettle};
  ingrid.warranties = {{kettle.id.registration, kettle.article_name, "Kitchen", covered_serial,
                        kettle.covers.front().dates, false, 0}};
  ingrid.profile.name = "Ingrid Haugen";
  ingrid.profile.phone = ingrid_phone;
  ingrid.card = ingrid_card;
  ingrid.balance = {128400};
  state.known = true;
  state.lots = {{"00000000000000000000000000000001:0", {128400}, {128400}, now.date(), {}}};
}

Shop::Shop(const Shop&) = default;

Shop::Shop(Shop&&) noexcept = default;

Shop::~Shop() = default;

Scanned Shop::resolve(const std::string& text) {
  for (const auto& [code, article] : articles) {
    if (code == text) return article;
    const auto scanned = Gtin::parse(text);
    if (scanned.ok() && article.gtin == *scanned) return article;
  }
  if (text == ingrid.card) return ingrid;
  if (const auto card = card_name(text); card.ok() && gift_cards.contains(*card))
    return gift_cards.at(*card);
  std::vector<loyalty::ListedCode> listed;
  for (const loyalty::ListedCode& each : listed_codes)
    if (code_key(each.code) == code_key(text)) listed.push_back(each);
  if (!listed.empty()) return CodeScanned{listed};
  ItemsScanned covered;
  for (const ItemView& each : items)
    if (each.serial == item_query(text).serial && !each.serial.empty())
      covered.items.push_back({each, masked_name(ingrid.profile.name)});
  if (!covered.items.empty()) return covered;
  if (text == other_receipt) return ReceiptScanned{std::nullopt};
  if (text == last_receipt && !facts.empty()) return ReceiptScanned{id_of(facts.size())};
  return std::monostate{};
}

Recorded Shop::record(Ticket ticket, Fact fact) {
  if (disk_fault) return {ticket, *disk_fault, {}, shift};
  if (short_of)
    return {ticket, Error{Failure::refused, "spend.short", "", "", ""}, {}, shift, short_of};
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

void Shop::publish_rewards() {
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

MemberProved Shop::checked(const CheckMemberPin& job) {
  const bool theirs = job.customer == ingrid.ref || job.phone_e164 == ingrid.profile.phone;
  if (theirs && !customers.pin.empty() && job.pin == customers.pin)
    return {job.ticket, ingrid, "proved"};
  return {job.ticket, Error{Failure::refused, "pin.wrong", "", "", ""}, {}, 5 - ++wrong_pins};
}

PinChecked Shop::checked(const CheckPin& job) {
  for (const StaffMember& each : staff)
    if (const auto pin = pins.find(each.id); pin != pins.end() && pin->second == job.pin)
      return {job.ticket, each, 5};
  return {job.ticket, Error{Failure::refused, "pin.wrong", "", "", ""}, 5 - ++wrong_pins};
}

std::vector<StaffEntry> Shop::everybody() const {
  std::vector<StaffEntry> all;
  for (const StaffMember& each : staff) all.push_back({each, pins.contains(each.id)});
  return all;
}

StaffChanged Shop::put(const ChangeStaff& job) {
  if (disk_fault) return {job.ticket, *disk_fault};
  StaffMember member = job.member;
  if (member.id.empty()) member.id = new_staff_id(member.name, everybody());
  for (const auto& [id, pin] : pins)
    if (id != member.id && pin == job.pin)
      return {job.ticket, Error{Failure::refused, "pin.taken", "", "", ""}};
  const auto same = std::ranges::find(staff, member.id, &StaffMember::id);
  if (!job.member.id.empty() && same == staff.end())
    return {job.ticket, Error{Failure::not_found, "staff.none", "", "", ""}};
  if (same == staff.end())
    staff.push_back(member);
  else
    *same = member;
  if (!job.pin.empty()) pins[member.id] = job.pin;
  return {job.ticket, Done{}, everybody()};
}

StaffChanged Shop::removed(const RemoveStaff& job) {
  if (disk_fault) return {job.ticket, *disk_fault};
  if (std::erase_if(staff, [&](const StaffMember& each) { return each.id == job.id; }) == 0)
    return {job.ticket, Error{Failure::not_found, "staff.none", "", "", ""}};
  pins.erase(job.id);
  return {job.ticket, Done{}, everybody()};
}

ArticleChanged Shop::repriced(const ChangePrice& job) {
  if (disk_fault) return {job.ticket, *disk_fault};
  const auto article = articles.find(job.code);
  if (article == articles.end())
    return {job.ticket, Error{Failure::not_found, "article.unknown", "", "", ""}};
  ArticleRequest asked;
  asked.code = job.code;
  asked.name = article->second.name;
  asked.price = job.price;
  asked.former = std::exchange(article->second.price, job.price);
  desk.requests.insert(desk.requests.begin(), asked);
  return {job.ticket, Done{}};
}

ArticleChanged Shop::added(const AddArticle& job) {
  if (disk_fault) return {job.ticket, *disk_fault};
  if (!articles.emplace(job.article.code, job.article).second)
    return {job.ticket, Error{Failure::refused, "article.exists", "", "", ""}};
  return {job.ticket, Done{}};
}

ExceptionAnswered Shop::settled(const SettleException& job) {
  if (disk_fault) return {job.ticket, *disk_fault};
  if (std::erase_if(exceptions, [&](const auto& each) { return each.name == job.name; }) == 0)
    return {job.ticket, Error{Failure::refused, "exception.settled", "", "", ""}};
  return {job.ticket, Done{}};
}

std::optional<Event> Shop::about_exceptions(const Effect& effect) {
  if (const auto* e = get_if<LoadExceptions>(&effect))
    return ExceptionsLoaded{e->ticket, exceptions};
  if (const auto* e = get_if<SettleException>(&effect)) return settled(*e);
  return std::nullopt;
}

LinesFound Shop::recall(const Recall& job) {
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

PurchasesListed Shop::listed(const ListPurchases& job) const {
  std::vector<PurchaseSummary> found;
  for (std::size_t n = facts.size(); n > 0; --n) {
    const auto* purchase = get_if<Purchase>(&facts[n - 1]);
    if (purchase == nullptr) continue;
    if (job.customer.nobody() || job.customer == purchase->customer)
      found.push_back({id_of(n), purchase->at, purchase->total, 1, purchase->lines[0].name, {}});
  }
  return {job.ticket, found};
}

PurchaseOpened Shop::opened(const OpenPurchase& job) const {
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

std::optional<Event> Shop::about_items(const Effect& effect) {
  if (const auto* e = get_if<FindItems>(&effect)) {
    std::vector<ItemSeen> found;
    const ItemQuery query = item_query(e->words);
    for (const ItemView& each : items)
      if (each.serial == query.serial || (!query.tail.empty() && each.serial.ends_with(query.tail)))
        found.push_back({each, masked_name(ingrid.profile.name)});
    return answer(*e, found);
  }
  if (const auto* e = get_if<LoadItem>(&effect)) {
    const auto mine = std::ranges::find(items, e->item, &ItemView::id);
    if (mine == items.end() || mine->owner != e->customer)
      return answer(*e, Error{Failure::not_found, "warranty.unknown", "", "", ""});
    return answer(*e, std::vector<ItemSeen>{{*mine}});
  }
  return std::nullopt;
}

std::optional<Event> Shop::about_members(const Effect& effect) {
  using R = Result<std::optional<CustomerView>>;
  if (const auto* e = get_if<FindPoints>(&effect))
    return PointsFound{e->ticket,
                       e->phone_e164 == ingrid.profile.phone ? ingrid.balance : Points{}};
  if (const auto* e = get_if<FindCustomer>(&effect))
    return CustomerFound{e->ticket, e->phone_e164 == ingrid.profile.phone
                                        ? R(std::optional<CustomerView>(ingrid))
                                        : R(std::optional<CustomerView>())};
  if (const auto* e = get_if<LoadCustomer>(&effect))
    return CustomerFound{e->ticket, std::optional<CustomerView>(ingrid)};
  return std::nullopt;
}

Event Shop::answer_to(const Effect& effect) {
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
  if (auto told = about_items(effect)) return *std::move(told);
  if (auto told = about_members(effect)) return *std::move(told);
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
  if (const auto* e = get_if<CheckPin>(&effect)) return checked(*e);
  if (const auto* e = get_if<LoadStaff>(&effect)) return StaffLoaded{e->ticket, everybody()};
  if (const auto* e = get_if<ChangeStaff>(&effect)) return put(*e);
  if (const auto* e = get_if<RemoveStaff>(&effect)) return removed(*e);
  if (const auto* e = get_if<LoadCatalogue>(&effect)) return CatalogueLoaded{e->ticket, desk};
  if (auto answer = about_exceptions(effect)) return *std::move(answer);
  if (const auto* e = get_if<ChangePrice>(&effect)) return repriced(*e);
  if (const auto* e = get_if<AddArticle>(&effect)) return added(*e);
  if (const auto* e = get_if<CheckMemberPin>(&effect)) return checked(*e);
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

void Shop::send(const Event& event) {
  Step step = reduce(std::move(s), event, ctx, now);
  s = std::move(step.session);
  for (Effect& effect : step.effects) {
    log.push_back(effect);
    if (!is_aside(effect)) open.push_back(std::move(effect));
  }
}

void Shop::act(const Event& event) {
  send(event);
  answer_all();
}

void Shop::wait(std::chrono::milliseconds time) {
  now.at = now.at + time;
  act(Tick{});
}

void Shop::answer_next() {
  const Effect effect = std::move(open.front());
  open.pop_front();
  send(answer_to(effect));
}

ProgrammeChanged Shop::publish(ActiveProgramme next) {
  active = std::make_shared<ActiveProgramme>(std::move(next));
  ctx.active = active;
  return {active};
}

void Shop::sign_in() {
  act(Wake{});
  act(Go{Place::staff});
  type("1234");
  act(Submit{});
}

void Shop::open_till(const char* cash_float) {
  sign_in();
  type(cash_float);
  act(Submit{});
}

void Shop::identify() {
  act(Wake{});
  act(Go{Place::identify});
  scan(ingrid_card);
}

void Shop::look_up(std::string number) {
  act(Wake{});
  act(Go{Place::identify});
  type(std::move(number));
  act(Submit{});
  wait(number_answer);
}

std::vector<HeldSaleView> Shop::held_views() const {
  std::vector<HeldSaleView> views;
  for (const HeldSale& basket : held) views.push_back(view_of(basket));
  return views;
}

bool Shop::is_aside(const Effect& e) {
  return holds_alternative<Play>(e) || holds_alternative<Sync>(e) ||
         holds_alternative<OpenDrawer>(e);
}

loyalty::Member Shop::state_of(const CustomerRef& customer) const {
  if (customer == ingrid.ref) return state;
  if (customer.nobody()) return anybody;
  loyalty::Member other;
  other.known = true;
  return other;
}

void Shop::type(std::string text) { act(Type{std::move(text)}); }

void Shop::scan(std::string text) { act(Scan{std::move(text)}); }

}  // namespace keepsake::flow
