#include "kiosk/app/receipts.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "kiosk/devices/open_printer.hpp"
#include "kiosk/screens/sale/return_reasons.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/loyalty/overview.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/locale/locale.hpp"
#include "storage/services/receipt_code.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::app {
namespace {

devices::ReceiptWords words_in(const Locale& locale) {
  devices::ReceiptWords words;
  words.receipt = locale.tr("Receipt");
  words.returned = locale.tr("receipt", "Return");
  words.rewards = locale.tr("Rewards");
  words.terminal = locale.tr("Till");
  words.served_by = locale.tr("Served by");
  words.member = locale.tr("Member");
  words.total = locale.tr("Total");
  words.given_back = locale.tr("Refunded");
  words.rounding = locale.tr("Rounding");
  words.cash = locale.tr("Cash");
  words.card = locale.tr("payment", "Card");
  words.paid = locale.tr("Paid");
  words.change = locale.tr("money", "Change");
  words.tax = locale.tr("Including VAT");
  words.discount = locale.tr("Discount");
  words.kilogram = locale.tr("kg");
  words.warranty_to = locale.tr("Warranty until");
  words.serial = locale.tr("Serial no.");
  words.points_tender = locale.tr("Points");
  words.wallet = locale.tr("Wallet");
  words.gift_card = locale.tr("Gift card");
  words.on_gift_card = locale.tr("Gift card balance");
  words.in_wallet = locale.tr("Wallet balance");
  words.good_until = locale.tr("Valid until");
  words.saved = locale.tr("You saved");
  words.voucher = locale.tr("Voucher");
  words.paid_out = locale.tr("Paid out in cash");
  words.to_wallet = locale.tr("Paid into the wallet");
  words.points_used = locale.tr("Points used");
  words.points_before = locale.tr("Previous points");
  words.points_earned = locale.tr("Points earned");
  words.points_reversed = locale.tr("Points deducted");
  words.points_given_back = locale.tr("Points returned");
  words.points_settled = locale.tr("Owed points settled");
  words.points_to_settle = locale.tr("Points owed");
  words.points_after = locale.tr("Points balance");
  words.points_pending = locale.tr("Not usable yet");
  words.usable_from = locale.tr("Usable from");
  words.thanks = locale.tr("Thank you!");
  return words;
}

devices::ReceiptFormats formats_in(const Locale& locale) {
  devices::ReceiptFormats formats;
  formats.money = [locale](Money m) { return locale.money(m); };
  formats.amount = [locale](Money m) { return locale.amount(m); };
  formats.unit_price = [locale](UnitPrice p, Currency c) { return locale.unit_price(p, c); };
  formats.quantity = [locale](Quantity q) { return locale.quantity(q); };
  formats.percent = [locale](TaxRate r) { return locale.percent_bp(r.basis_points); };
  formats.points = [locale](Points p) { return locale.points(p); };
  formats.date = [locale](Date d) { return locale.date_short(d); };
  formats.date_time = [locale](LocalTime t) {
    return locale.date_short(t.date()) + "  " + locale.time(t);
  };
  return formats;
}

/// Everything that prints, for the printing thread alone.
class Counter {
 public:
  Counter(Book& book, CurrentProgramme& programme, std::unique_ptr<Reader> reader,
          std::unique_ptr<devices::Printer> printer, std::filesystem::path locale_folder)
      : book_(book),
        reader_(std::move(reader)),
        printer_(std::move(printer)),
        locale_folder_(std::move(locale_folder)),
        programme_(programme) {}

  Result<Done> print(const flow::Print& job);
  Result<Done> open_drawer() { return printer_->open_drawer(); }

 private:
  Result<Done> print(Purchase purchase, const flow::Print& job, const Locale& locale);
  Result<Done> print(Return returned, const flow::Print& job, const Locale& locale);
  Result<Done> print(LoyaltyEvent event, const flow::Print& job, const Locale& locale);
  devices::ReceiptHead head_of(const flow::Print& job);
  /// The points now, and before what `gained` says was added.
  Result<Done> tell_member(const CustomerRef& customer, LocalTime at, std::int64_t gained,
                           devices::ReceiptHead& head);
  /// What gave the points and what was taken off, as the programme calls them in this language.
  Result<Done> tell_rules(Purchase& purchase, const Locale& locale, devices::ReceiptHead& head);
  Result<Done> tell_given(const Purchase& purchase, const Locale& locale,
                          devices::ReceiptHead& head);
  Result<Done> tell_sold_by(const Return& returned, devices::ReceiptHead& head);
  Result<Done> tell_cards(const std::set<std::string>& cards, Date day, devices::ReceiptHead& head);
  Result<Done> tell_wallet(const CustomerRef& customer, LocalTime at, Currency currency,
                           devices::ReceiptHead& head);

  Book& book_;
  std::unique_ptr<Reader> reader_;
  std::unique_ptr<devices::Printer> printer_;
  std::filesystem::path locale_folder_;
  CurrentProgramme& programme_;
};

std::int64_t sum_of(const auto& entries) {
  std::int64_t sum = 0;
  for (const auto& each : entries) sum += each.points.hundredths;
  return sum;
}

/// What the purchase added to the lots, as far as it lies there still.
std::int64_t gained_by(const Purchase& purchase) {
  std::int64_t gained = purchase.points_earned.hundredths;
  if (purchase.loyalty)
    gained -= purchase.loyalty->debt_settled.hundredths + sum_of(purchase.loyalty->used);
  return gained;
}

std::int64_t gained_by(const LoyaltyEvent& event) {
  return event.points_earned.hundredths - event.loyalty.debt_settled.hundredths -
         sum_of(event.loyalty.used);
}

std::int64_t gained_by(const Return& returned) {
  if (!returned.loyalty) return -returned.points_reversed.hundredths;
  const ReturnResult& outcome = *returned.loyalty;
  return sum_of(outcome.restored) + sum_of(outcome.issued) - sum_of(outcome.taken);
}

/// Gift cards and wallet that the document moved.
struct Values {
  std::set<std::string> cards;
  bool wallet = false;

  void note(const std::vector<Tender>& tenders) {
    for (const Tender& tender : tenders) {
      if (tender.kind == TenderKind::gift_card) cards.insert(tender.reference);
      wallet = wallet || tender.kind == TenderKind::wallet;
    }
  }
  void note(const std::vector<TopUp>& top_ups) {
    for (const TopUp& top_up : top_ups) {
      if (top_up.kind == StoredValue::gift_card) cards.insert(top_up.card);
      wallet = wallet || top_up.kind == StoredValue::wallet;
    }
  }
};

devices::ReceiptHead Counter::head_of(const flow::Print& job) {
  devices::ReceiptHead head;
  head.shop = book_.settings().shop;
  head.lines = book_.settings().receipt_lines;
  const auto enrolment = book_.enrolment();
  if (enrolment) head.store = enrolment->store;
  // Another till's sale, printed once more here, has the number that all tills know it by.
  if (enrolment && enrolment->till != 0 && job.fact.terminal() == enrolment->terminal)
    head.terminal = std::to_string(enrolment->till);
  else if (!job.fact.terminal().provisional())
    head.terminal = std::to_string(job.fact.terminal().value);
  head.number = std::to_string(job.fact.seq());
  head.staff = job.staff_name;
  return head;
}

Result<Done> Counter::tell_member(const CustomerRef& customer, LocalTime at, std::int64_t gained,
                                  devices::ReceiptHead& head) {
  const auto member = reader_->customer(customer);
  if (!member.ok()) return member.error();
  if (!member.value()) return Done{};
  const auto programme = programme_.get(*reader_);
  if (!programme.ok()) return programme.error();
  const loyalty::Rules& rules = (*programme)->rules;
  const auto state = reader_->member(customer, rules, at);
  if (!state.ok()) return state.error();
  head.member = masked_name((*member)->profile.name);
  const Points balance = loyalty::balance(rules, *state, at.date());
  head.points_after = balance;
  head.points_before = Points{balance.hundredths - gained};
  head.pending = loyalty::pending(rules, *state, at.date());
  return Done{};
}

/// A discount is recorded by the usual name of its reward. Where several rewards share that name
/// and differ in this language, it stays as it was recorded.
std::string discount_in(std::string_view language, const loyalty::Rules& rules,
                        const std::string& recorded) {
  std::optional<std::string> said;
  for (const loyalty::Reward& reward : rules.rewards) {
    if (reward.name.usual != recorded) continue;
    const std::string& words = reward.name.in(language);
    if (said && *said != words) return recorded;
    said = words;
  }
  return said.value_or(recorded);
}

bool any_discount(const Purchase& purchase) {
  return std::ranges::any_of(purchase.lines,
                             [](const PurchaseLine& line) { return !line.discounts.empty(); });
}

Result<Done> Counter::tell_rules(Purchase& purchase, const Locale& locale,
                                 devices::ReceiptHead& head) {
  // One rule alone is the programme's own: its name says nothing that the sum does not.
  const bool several = purchase.loyalty && purchase.loyalty->rules.size() > 1;
  if (!several && !any_discount(purchase)) return Done{};
  const auto programme = programme_.get(*reader_);
  if (!programme.ok()) return programme.error();
  const loyalty::Rules& rules = (*programme)->rules;
  const std::string_view language = code_of(locale.language());
  for (PurchaseLine& line : purchase.lines)
    for (Discount& each : line.discounts) each.reason = discount_in(language, rules, each.reason);
  if (!several) return Done{};
  for (const RulePoints& from : purchase.loyalty->rules) {
    const loyalty::EarningRule* rule = loyalty::find_rule(rules, from.rule);
    const std::string name = rule == nullptr ? std::string() : rule->name.in(language);
    head.points_from.push_back({name.empty() ? rules.name : name, from.points});
  }
  return Done{};
}

/// What was handed over or given away for points in the sale, by name.
Result<Done> Counter::tell_given(const Purchase& purchase, const Locale& locale,
                                 devices::ReceiptHead& head) {
  if (!purchase.loyalty || purchase.loyalty->rewards.empty()) return Done{};
  const auto programme = programme_.get(*reader_);
  if (!programme.ok()) return programme.error();
  for (RewardUse use : purchase.loyalty->rewards) {
    const auto* reward = loyalty::find_reward((*programme)->rules, use.reward);
    if (reward == nullptr || !loyalty::is_given(reward->kind)) continue;
    use.reward = reward->name.in(code_of(locale.language()));
    head.given.push_back(std::move(use));
  }
  return Done{};
}

Result<Done> Counter::tell_cards(const std::set<std::string>& cards, Date day,
                                 devices::ReceiptHead& head) {
  for (const std::string& card : cards) {
    const auto known = reader_->gift_card(card, day);
    if (!known.ok()) return known.error();
    if (!known.value()) continue;
    head.values_left.push_back({card_end(card), (*known)->balance, (*known)->expires});
  }
  return Done{};
}

Result<Done> Counter::tell_wallet(const CustomerRef& customer, LocalTime at, Currency currency,
                                  devices::ReceiptHead& head) {
  if (customer.nobody()) return Done{};
  const auto programme = programme_.get(*reader_);
  if (!programme.ok()) return programme.error();
  const auto member = reader_->member(customer, (*programme)->rules, at);
  if (!member.ok()) return member.error();
  head.values_left.push_back({"", Money{member->wallet_minor, currency}});
  return Done{};
}

Result<Done> Counter::print(Purchase purchase, const flow::Print& job, const Locale& locale) {
  devices::ReceiptHead head = head_of(job);
  head.code = receipt_code(book_.vault(), job.fact);
  Values values;
  values.note(purchase.tenders);
  values.note(purchase.top_ups);
  if (auto ok = tell_cards(values.cards, purchase.at.date(), head); !ok.ok()) return ok;
  if (values.wallet || (purchase.loyalty && purchase.loyalty->to_wallet.minor > 0))
    if (auto ok = tell_wallet(purchase.customer, purchase.at, purchase.currency, head); !ok.ok())
      return ok;
  if (!purchase.customer.nobody())
    if (auto ok = tell_member(purchase.customer, purchase.at, gained_by(purchase), head); !ok.ok())
      return ok;
  if (auto ok = tell_rules(purchase, locale, head); !ok.ok()) return ok;
  if (auto ok = tell_given(purchase, locale, head); !ok.ok()) return ok;
  return printer_->print(make_receipt(purchase, head, words_in(locale), formats_in(locale)));
}

/// As the purchase has it: 2 kg that come back are not two pieces.
Result<Done> Counter::tell_sold_by(const Return& returned, devices::ReceiptHead& head) {
  std::map<FactId, std::optional<Purchase>> sold;
  for (const ReturnLine& line : returned.lines) {
    head.sold_by.push_back(SoldBy::piece);
    if (!line.purchase) continue;
    auto known = sold.find(*line.purchase);
    if (known == sold.end()) {
      auto purchase = reader_->purchase(*line.purchase);
      if (!purchase.ok()) return purchase.error();
      known = sold.emplace(*line.purchase, *std::move(purchase)).first;
    }
    const auto& of = known->second;
    if (of && *line.line_no < of->lines.size())
      head.sold_by.back() = of->lines[*line.line_no].sold_by;
  }
  return Done{};
}

/// Without a code: nothing comes back on a return's receipt.
Result<Done> Counter::print(Return returned, const flow::Print& job, const Locale& locale) {
  devices::ReceiptHead head = head_of(job);
  Values values;
  values.note(returned.tenders);
  if (auto ok = tell_cards(values.cards, returned.at.date(), head); !ok.ok()) return ok;
  if (values.wallet)
    if (auto ok = tell_wallet(returned.customer, returned.at, returned.currency, head); !ok.ok())
      return ok;
  if (!returned.customer.nobody())
    if (auto ok = tell_member(returned.customer, returned.at, gained_by(returned), head); !ok.ok())
      return ok;
  if (auto ok = tell_sold_by(returned, head); !ok.ok()) return ok;
  returned.reason = screens::return_reason(locale, returned.reason);
  return printer_->print(make_receipt(returned, head, words_in(locale), formats_in(locale)));
}

/// Without a code: what was handed over for points is not taken back.
Result<Done> Counter::print(LoyaltyEvent event, const flow::Print& job, const Locale& locale) {
  devices::ReceiptHead head = head_of(job);
  const auto programme = programme_.get(*reader_);
  if (!programme.ok()) return programme.error();
  for (RewardUse& use : event.loyalty.rewards) {
    const auto* reward = loyalty::find_reward((*programme)->rules, use.reward);
    if (reward != nullptr) use.reward = reward->name.in(code_of(locale.language()));
  }
  if (event.loyalty.to_wallet.minor > 0)
    if (auto ok = tell_wallet(event.customer, event.at, event.currency, head); !ok.ok()) return ok;
  if (auto ok = tell_member(event.customer, event.at, gained_by(event), head); !ok.ok()) return ok;
  return printer_->print(make_receipt(event, head, words_in(locale), formats_in(locale)));
}

Result<Done> Counter::print(const flow::Print& job) {
  const auto language = job.language;
  const Locale locale = Locale::make(language, book_.settings().country, locale_folder_);
  auto fact = fact_of(*reader_, job.fact);
  if (!fact.ok()) return fact.error();
  if (fact.value()) {
    if (auto* purchase = get_if<Purchase>(&**fact)) return print(std::move(*purchase), job, locale);
    if (auto* back = get_if<Return>(&**fact)) return print(std::move(*back), job, locale);
    if (auto* event = get_if<LoyaltyEvent>(&**fact)) return print(std::move(*event), job, locale);
  }
  return Error{Failure::not_found, "print.no-receipt",
               "There is no sale or return with this number", to_hex(job.fact),
               "Call the technician"};
}

}  // namespace

Result<Devices> devices_of(Book& book, CurrentProgramme& programme,
                           const std::filesystem::path& locale_folder) {
  const Settings& settings = book.settings();
  auto printer = devices::open_printer(
      settings.printer, devices::profile_of(settings.paper_mm, settings.printer_columns));
  if (!printer.ok()) return printer.error();
  auto reader = book.reader();
  if (!reader.ok()) return reader.error();
  const auto counter = std::make_shared<Counter>(book, programme, *std::move(reader),
                                                 *std::move(printer), locale_folder);
  return Devices{[counter](const flow::Print& job) { return counter->print(job); },
                 [counter] { return counter->open_drawer(); }};
}

}  // namespace keepsake::app
