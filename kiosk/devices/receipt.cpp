#include "kiosk/devices/receipt.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"

namespace keepsake::devices {
namespace {

/// Builds the lines in the order of the paper.
class Composer {
 public:
  Composer(const ReceiptHead& head, const ReceiptWords& words, const ReceiptFormats& formats)
      : head_(head), words_(words), formats_(formats) {
    receipt_.number = head.number;
  }

  Receipt take() { return std::move(receipt_); }

  void put(std::string left, std::string right = "", Style style = Style::normal,
           Align align = Align::left) {
    receipt_.lines.push_back(TextLine{std::move(left), std::move(right), style, align});
  }
  void rule() { receipt_.lines.push_back(Rule{}); }
  void gap() { receipt_.lines.push_back(Gap{}); }

  void heading(const std::string& title, const LocalTime& at) {
    if (!head_.shop.empty()) put(head_.shop, "", Style::title, Align::centre);
    for (const std::string& line : head_.lines) put(line, "", Style::normal, Align::centre);
    if (!head_.store.empty()) put(head_.store, "", Style::normal, Align::centre);
    gap();
    put(joined(title, head_.number), formats_.date_time(at));
    const std::string terminal =
        head_.terminal.empty() ? "" : joined(words_.terminal, head_.terminal);
    const std::string staff = head_.staff.empty() ? "" : joined(words_.served_by, head_.staff);
    if (!terminal.empty() || !staff.empty()) put(terminal, staff);
    rule();
  }

  /// "2 x 149.50" below a line of several or of weighed goods.
  void detail(const PurchaseLine& line) {
    if (is_one_piece(line.quantity, line.sold_by)) return;
    put("  " + amount_of(line.quantity, line.sold_by) + " \u00D7 " +
        formats_.unit_price(line.unit_price, line.amount.currency));
  }
  void line(const ReturnLine& line, SoldBy sold_by) {
    std::string name = line.name.empty() ? line.article : line.name;
    if (!is_one_piece(line.quantity, sold_by))
      name += " \u00D7 " + amount_of(line.quantity, sold_by);
    put(name, formats_.amount(line.amount));
  }

  void line(const PurchaseLine& line) {
    Money gross = line.amount;
    for (const Discount& discount : line.discounts) gross.minor += discount.amount.minor;
    put(line.name.empty() ? line.article : line.name, formats_.amount(gross));
    detail(line);
    for (const Discount& discount : line.discounts)
      put("  " + (discount.reason.empty() ? words_.discount : discount.reason),
          formats_.amount(negative(discount.amount)));
    if (!line.warranty) return;
    put("  " + joined(words_.warranty_to, formats_.date(line.warranty->covers.front().dates.end)));
    const std::string& serial =
        line.warranty->serial_typed.empty() ? line.warranty->serial : line.warranty->serial_typed;
    if (!serial.empty()) put("  " + joined(words_.serial, serial));
  }

  void tenders(const std::vector<Tender>& tenders) {
    Money change{0, {}};
    for (const Tender& tender : tenders) {
      const bool card = tender.kind == TenderKind::gift_card;
      put(joined(word_of(tender.kind), card ? card_end(tender.reference) : tender.reference),
          formats_.amount(tender.tendered));
      change.currency = tender.amount.currency;
      change.minor += tender.tendered.minor - tender.amount.minor;
    }
    if (change.minor != 0) put(words_.change, formats_.amount(change));
  }

  /// One line for each rate, as tax law wants it.
  void taxes(const std::map<TaxRate, Money>& taxes) {
    for (const auto& [rate, tax] : taxes)
      put(joined(words_.tax, formats_.percent(rate)), formats_.amount(tax));
  }

  /// What rewards and coupons took off, over the whole sale.
  void saved(const Purchase& purchase) {
    Money sum{0, purchase.currency};
    for (const PurchaseLine& line : purchase.lines)
      for (const Discount& discount : line.discounts) sum.minor += discount.amount.minor;
    if (sum.minor > 0) put(words_.saved, formats_.amount(sum));
  }

  void vouchers(const std::vector<RewardUse>& rewards) {
    for (const RewardUse& use : rewards)
      for (const std::string& code : use.vouchers) put(words_.voucher, code, Style::bold);
  }
  void rewards(const std::vector<RewardUse>& rewards) {
    for (const RewardUse& use : rewards)
      put(use.steps == 1 ? use.reward : use.reward + " \u00D7 " + std::to_string(use.steps),
          formats_.points(use.cost));
  }

  void values_left() {
    for (const ValueLeft& value : head_.values_left) {
      put(value.card.empty() ? words_.in_wallet : joined(words_.on_gift_card, value.card),
          formats_.amount(value.left));
      if (value.until && value.left.minor > 0)
        put("  " + joined(words_.good_until, formats_.date(*value.until)));
    }
  }

  struct Moved {
    const std::string& word;
    Points points;
  };
  /// In the order of `moves`; those of nothing are left out.
  void points(const std::vector<Moved>& moves) {
    const bool any =
        std::ranges::any_of(moves, [](const Moved& m) { return m.points != Points{}; });
    if (head_.member.empty() && !any) return;
    rule();
    if (!head_.member.empty()) put(words_.member, head_.member);
    if (head_.points_before) put(words_.points_before, formats_.points(*head_.points_before));
    for (const Moved& move : moves) {
      if (move.points != Points{}) put(move.word, formats_.points(move.points));
      if (&move.word != &words_.points_earned) continue;
      for (const PointsFrom& from : head_.points_from)
        put("  " + from.name, formats_.points(from.points));
    }
    if (head_.points_after)
      put(words_.points_after, formats_.points(*head_.points_after), Style::bold);
    if (!head_.pending.until) return;
    put("  " + words_.points_pending, formats_.points(head_.pending.points));
    put("  " + joined(words_.usable_from, formats_.date(*head_.pending.until)));
  }

  void ending() {
    if (!head_.code.empty()) {
      gap();
      receipt_.lines.push_back(QrCode{head_.code});
      put(head_.code, "", Style::normal, Align::centre);
    }
    gap();
    put(words_.thanks, "", Style::bold, Align::centre);
  }

  static std::string joined(const std::string& word, const std::string& value) {
    return word.empty() || value.empty() ? word + value : word + " " + value;
  }

 private:
  const std::string& word_of(TenderKind kind) const {
    switch (kind) {
      case TenderKind::cash:
        return words_.cash;
      case TenderKind::card:
        return words_.card;
      case TenderKind::points:
        return words_.points_tender;
      case TenderKind::wallet:
        return words_.wallet;
      case TenderKind::gift_card:
        return words_.gift_card;
      case TenderKind::unknown:
        break;
    }
    return words_.paid;
  }
  static Money negative(Money money) { return {-money.minor, money.currency}; }
  static bool is_one_piece(Quantity quantity, SoldBy sold_by) {
    return quantity == Quantity::pieces(1) && !is_weighed(sold_by, quantity);
  }
  std::string amount_of(Quantity quantity, SoldBy sold_by) const {
    return is_weighed(sold_by, quantity) ? formats_.quantity(quantity) + " " + words_.kilogram
                                         : formats_.quantity(quantity);
  }

  const ReceiptHead& head_;
  const ReceiptWords& words_;
  const ReceiptFormats& formats_;
  Receipt receipt_;
};

}  // namespace

ReceiptFormats::ReceiptFormats()
    : money([](Money m) { return std::string(m.currency.code()) + " " + to_decimal(m); }),
      amount([](Money m) { return to_decimal(m); }),
      unit_price([](UnitPrice price, Currency c) { return to_decimal(price, c); }),
      quantity([](Quantity q) { return to_decimal(q); }),
      percent([](TaxRate rate) {
        // Basis points are hundredths of a percent, as points are hundredths of a point.
        return to_decimal(Points{rate.basis_points}) + " %";
      }),
      points([](Points p) { return to_decimal(p); }),
      date([](Date d) { return to_iso(d); }),
      date_time([](LocalTime t) { return to_iso(t).substr(0, 16).replace(10, 1, " "); }) {}

Receipt make_receipt(const Purchase& purchase, const ReceiptHead& head, const ReceiptWords& words,
                     const ReceiptFormats& formats) {
  Composer paper(head, words, formats);
  paper.heading(words.receipt, purchase.at);
  std::map<TaxRate, Money> taxes;
  for (const PurchaseLine& line : purchase.lines) {
    paper.line(line);
    Money& tax = taxes.try_emplace(line.tax_rate, Money{0, purchase.currency}).first->second;
    tax.minor += line.tax.minor;
  }
  paper.rule();
  paper.put(words.total, formats.money(purchase.total), Style::total);
  paper.gap();
  if (purchase.cash_rounding.minor != 0)
    paper.put(words.rounding, formats.amount(purchase.cash_rounding));
  paper.tenders(purchase.tenders);
  paper.gap();
  paper.taxes(taxes);
  paper.saved(purchase);
  paper.values_left();
  const LoyaltyResult none;
  const LoyaltyResult& outcome = purchase.loyalty ? *purchase.loyalty : none;
  if (outcome.paid_out.minor > 0) paper.put(words.paid_out, formats.amount(outcome.paid_out));
  if (outcome.to_wallet.minor > 0) paper.put(words.to_wallet, formats.amount(outcome.to_wallet));
  paper.rewards(head.given);
  paper.points({{words.points_used, {-spent_by(outcome).hundredths}},
                {words.points_earned, purchase.points_earned},
                {words.points_settled, {-outcome.debt_settled.hundredths}}});
  paper.vouchers(outcome.rewards);
  paper.ending();
  return paper.take();
}

Receipt make_receipt(const Return& returned, const ReceiptHead& head, const ReceiptWords& words,
                     const ReceiptFormats& formats) {
  Composer paper(head, words, formats);
  paper.heading(words.returned, returned.at);
  for (std::size_t i = 0; i < returned.lines.size(); ++i)
    paper.line(returned.lines[i], i < head.sold_by.size() ? head.sold_by[i] : SoldBy::piece);
  if (!returned.reason.empty()) paper.put(returned.reason);
  paper.rule();
  paper.put(words.given_back, formats.money(returned.total), Style::total);
  paper.gap();
  Money rounding{-returned.total.minor, returned.currency};
  for (const Tender& tender : returned.tenders) rounding.minor += tender.amount.minor;
  if (rounding.minor != 0 && !returned.tenders.empty())
    paper.put(words.rounding, formats.amount(rounding));
  paper.tenders(returned.tenders);
  paper.gap();
  paper.put(words.tax, formats.amount(returned.tax));
  paper.values_left();
  const ReturnResult none;
  const ReturnResult& outcome = returned.loyalty ? *returned.loyalty : none;
  // What has expired by itself is not taken again; what is spent already becomes a debt.
  const std::int64_t taken = returned.points_reversed.hundredths - outcome.expired.hundredths;
  paper.points({{words.points_reversed, {-taken}},
                {words.points_to_settle, outcome.debt_added},
                {words.points_given_back, outcome.given_back},
                {words.points_settled, {-outcome.debt_settled.hundredths}}});
  paper.ending();
  return paper.take();
}

Receipt make_receipt(const LoyaltyEvent& event, const ReceiptHead& head, const ReceiptWords& words,
                     const ReceiptFormats& formats) {
  const LoyaltyResult& outcome = event.loyalty;
  Composer paper(head, words, formats);
  paper.heading(words.rewards, event.at);
  paper.rewards(outcome.rewards);
  paper.vouchers(outcome.rewards);
  if (outcome.paid_out.minor > 0) {
    paper.rule();
    paper.put(words.paid_out, formats.money({outcome.paid_out.minor, event.currency}),
              Style::total);
  }
  if (outcome.to_wallet.minor > 0) {
    paper.rule();
    paper.put(words.to_wallet, formats.money({outcome.to_wallet.minor, event.currency}),
              Style::total);
  }
  paper.values_left();
  paper.points({{words.points_used, {-spent_by(outcome).hundredths}},
                {words.points_earned, event.points_earned},
                {words.points_settled, {-outcome.debt_settled.hundredths}}});
  paper.ending();
  return paper.take();
}

}  // namespace keepsake::devices
