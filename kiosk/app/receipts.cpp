#include "kiosk/app/receipts.hpp"

#include <algorithm>
#include <utility>

#include "kiosk/app/sale_jobs.hpp"
#include "kiosk/devices/printer.hpp"
#include "kiosk/locale/locale.hpp"

namespace keepsake::app {
namespace {

devices::ReceiptWords words_in(const Locale& locale) {
  devices::ReceiptWords words;
  words.receipt = locale.tr("Receipt");
  words.returned = locale.tr("Return");
  words.terminal = locale.tr("Till");
  words.served_by = locale.tr("Served by");
  words.member = locale.tr("Member");
  words.total = locale.tr("Total");
  words.given_back = locale.tr("Given back");
  words.rounding = locale.tr("Rounding");
  words.cash = locale.tr("Cash");
  words.card = locale.tr("Card");
  words.paid = locale.tr("Paid");
  words.change = locale.tr("Change");
  words.tax = locale.tr("Including VAT");
  words.discount = locale.tr("Discount");
  words.kilogram = locale.tr("kg");
  words.warranty_to = locale.tr("Warranty to");
  words.serial = locale.tr("Serial");
  words.points_tender = locale.tr("Points");
  words.wallet = locale.tr("Wallet");
  words.gift_card = locale.tr("Gift card");
  words.on_gift_card = locale.tr("On gift card");
  words.in_wallet = locale.tr("In the wallet");
  words.saved = locale.tr("You saved");
  words.voucher = locale.tr("Voucher");
  words.points_used = locale.tr("Points used");
  words.points_before = locale.tr("Points before");
  words.points_earned = locale.tr("Points earned");
  words.points_reversed = locale.tr("Points taken back");
  words.points_after = locale.tr("Points now");
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
  Counter(Book& book, std::unique_ptr<Reader> reader, std::unique_ptr<devices::Printer> printer,
          std::filesystem::path locale_folder)
      : book_(book),
        reader_(std::move(reader)),
        printer_(std::move(printer)),
        locale_folder_(std::move(locale_folder)),
        rules_(book.settings().currency) {}

  Result<Done> print(const flow::Print& job);
  Result<Done> open_drawer() { return printer_->open_drawer(); }

 private:
  Result<devices::ReceiptHead> head_of(const flow::Print& job, const Purchase& purchase);
  Result<Done> tell_member(const Purchase& purchase, devices::ReceiptHead& head);
  Result<Done> tell_values(const Purchase& purchase, devices::ReceiptHead& head);

  Book& book_;
  std::unique_ptr<Reader> reader_;
  std::unique_ptr<devices::Printer> printer_;
  std::filesystem::path locale_folder_;
  RulesInForce rules_;
};

/// What the receipt's QR code says: "KR", who recorded it where (terminal, epoch and seq, 16
/// digits), and the keyed code that cannot be guessed. The scanner tells receipts by this shape
/// (input::shape_of_scan).
std::string scannable_code(const FactId& purchase, std::string_view keyed) {
  std::string code = "KR" + to_hex(purchase).substr(16);
  std::ranges::transform(code, code.begin(), [](char c) {
    return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return code.append(keyed);
}

Result<devices::ReceiptHead> Counter::head_of(const flow::Print& job, const Purchase& purchase) {
  devices::ReceiptHead head;
  head.shop = book_.settings().shop;
  head.lines = book_.settings().receipt_lines;
  if (const auto enrolment = book_.enrolment()) head.store = enrolment->store;
  if (!job.purchase.terminal().provisional())
    head.terminal = std::to_string(job.purchase.terminal().value);
  head.number = std::to_string(job.purchase.seq());
  head.code = scannable_code(job.purchase, book_.vault().receipt_code(job.purchase));
  head.staff = job.staff_name;
  if (auto told = tell_values(purchase, head); !told.ok()) return told.error();
  if (purchase.customer.nobody()) return head;
  if (auto told = tell_member(purchase, head); !told.ok()) return told.error();
  return head;
}

Result<Done> Counter::tell_member(const Purchase& purchase, devices::ReceiptHead& head) {
  const auto member = reader_->customer(purchase.customer);
  if (!member.ok()) return member.error();
  if (!member.value()) return Done{};
  head.member = masked_name((*member)->profile.name);
  head.points_after = (*member)->balance;
  std::int64_t before = (*member)->balance.hundredths - purchase.points_earned.hundredths;
  if (purchase.loyalty) {
    before += purchase.loyalty->debt_settled.hundredths;
    for (const LotPoints& use : purchase.loyalty->used) before += use.points.hundredths;
  }
  head.points_before = Points{before};
  if (!purchase.loyalty) return Done{};
  const auto programme = rules_now(book_, *reader_, rules_);
  if (!programme.ok()) return programme.error();
  const loyalty::Programme& rules = (*programme)->rules;
  // One rule alone is the programme's own: its name says nothing that the sum does not.
  if (purchase.loyalty->rules.size() < 2) return Done{};
  for (const RulePoints& from : purchase.loyalty->rules) {
    const loyalty::EarningRule* rule = loyalty::find_rule(rules, from.rule);
    const bool named = rule != nullptr && !rule->name.empty();
    head.points_from.push_back({named ? rule->name : rules.name, from.points});
  }
  return Done{};
}

Result<Done> Counter::tell_values(const Purchase& purchase, devices::ReceiptHead& head) {
  std::vector<std::string> cards;
  bool wallet = false;
  const auto note = [&](StoredValue kind, const std::string& card) {
    wallet = wallet || kind == StoredValue::wallet;
    if (kind == StoredValue::gift_card && std::ranges::find(cards, card) == cards.end())
      cards.push_back(card);
  };
  for (const Tender& tender : purchase.tenders) {
    if (tender.kind == TenderKind::gift_card) note(StoredValue::gift_card, tender.reference);
    if (tender.kind == TenderKind::wallet) note(StoredValue::wallet, {});
  }
  for (const ValueLoad& load : purchase.loads) note(load.kind, load.card);
  for (const std::string& card : cards) {
    const auto known = reader_->gift_card(card);
    if (!known.ok()) return known.error();
    if (!known.value()) continue;
    const std::size_t end = card.size() > 4 ? card.size() - 4 : 0;
    head.values_left.push_back({"\u00B7\u00B7" + card.substr(end), (*known)->balance});
  }
  if (!wallet || purchase.customer.nobody()) return Done{};
  const auto programme = rules_now(book_, *reader_, rules_);
  if (!programme.ok()) return programme.error();
  const loyalty::Programme& rules = (*programme)->rules;
  const auto member = reader_->member(purchase.customer, rules, purchase.at);
  if (!member.ok()) return member.error();
  head.values_left.push_back({"", Money{member->wallet_minor, purchase.currency}});
  return Done{};
}

Result<Done> Counter::print(const flow::Print& job) {
  const auto purchase = reader_->purchase(job.purchase);
  if (!purchase.ok()) return purchase.error();
  if (!purchase.value())
    return Error{Failure::not_found, "print.no-purchase", "This purchase is not in the book",
                 to_hex(job.purchase), "Call the technician"};
  const auto head = head_of(job, **purchase);
  if (!head.ok()) return head.error();
  const auto language = parse_language(flow::tag_of(job.language)).value_or(Language::en);
  const Locale locale = Locale::make(language, book_.settings().country, locale_folder_);
  return printer_->print(make_receipt(**purchase, *head, words_in(locale), formats_in(locale)));
}

}  // namespace

Result<Devices> devices_of(Book& book, const std::filesystem::path& locale_folder) {
  auto printer = devices::open_printer(book.settings().printer);
  if (!printer.ok()) return printer.error();
  auto reader = book.reader();
  if (!reader.ok()) return reader.error();
  const auto counter =
      std::make_shared<Counter>(book, *std::move(reader), *std::move(printer), locale_folder);
  return Devices{[counter](const flow::Print& job) { return counter->print(job); },
                 [counter] { return counter->open_drawer(); }};
}

}  // namespace keepsake::app
