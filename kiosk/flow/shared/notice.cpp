#include "kiosk/flow/shared/notice.hpp"

#include <algorithm>
#include <array>

namespace keepsake::flow {
namespace {

constexpr auto codes = std::to_array<std::string_view>(
    {// From flow itself.
     "count.syntax", "customer.unknown", "field.full", "figure.code", "figure.is-code",
     "figure.much", "join.card", "join.consent", "join.name", "join.welcome", "join.number",
     "proof.needed", "member.left", "membership.given-up", "membership.withdrawn",
     "clock.confirmed", "pin.short", "profile.saved", "sale.empty", "sale.paid",
     "scan.finish-first", "scan.in-tender", "scan.not-here", "scan.receipt", "scan.too-fast",
     "scan.unknown", "scan.unreadable", "scan.waiting", "shift.basket", "shift.closed",
     "shift.none", "shift.opened", "staff.signed-out", "tender.amount", "tender.card-over",
     "tender.coins", "tender.reference", "warranty.article", "warranty.article-code",
     "warranty.choose", "warranty.unknown", "return.other-item", "warranty.for-member",
     "weight.syntax",
     // Rewards, coupons, points, stored value, sales on hold.
     "again.none", "again.twice", "cash-out.coins", "code.used", "coupon.customer", "coupon.early",
     "coupon.expired", "coupon.limit", "coupon.minimum", "coupon.no-member", "coupon.not-now",
     "coupon.nothing-fits", "coupon.repeated", "coupon.taken", "coupon.tier", "coupon.unknown",
     "coupon.used", "coupon.waits", "gift-card.blocked", "gift-card.empty", "gift-card.expired",
     "gift-card.freed", "gift-card.number", "gift-card.over", "gift-card.short",
     "gift-card.stopped", "gift-card.syntax", "gift-card.twice", "gift-card.unknown",
     "loyalty.refused", "member.loading", "hold.basket", "hold.full", "hold.gone", "hold.held",
     "points.none", "points.over", "points.short", "reward.alone", "reward.better", "reward.gone",
     "reward.incomplete", "reward.no-list", "reward.short", "reward.steps", "sale.requoted",
     "scan.gift-card", "reservation.gone", "spend.offline", "spend.reserved", "spend.short",
     "wallet.blocked", "wallet.empty", "wallet.expired", "wallet.in-sale", "wallet.managers",
     "wallet.member", "wallet.over", "wallet.short",
     // From the domain's rules.
     "cash.short", "lines.limit", "money.limit", "money.overflow", "phone.syntax", "phone.unknown",
     "quantity.limit", "quantity.positive", "quantity.syntax", "quantity.whole", "serial.character",
     "serial.length", "tender.over", "tender.short", "tenders.limit", "text.characters",
     "text.length", "text.missing", "warranty.none", "warranty.one-piece", "warranty.twice",
     "birthday.range", "email.syntax", "field.managers", "field.value", "cover.dates",
     "cover.limit", "cover.months", "level.managers", "level.until", "level.unknown", "serial.imei",
     "serial.imei-check", "serial.vin", "serial.vin-letters", "serial.vin-check", "serial.pattern",
     "serial.check-digit", "serial.managers", "serial.unproven", "gtin.check-digit", "gtin.digits",
     "gtin.length", "lines.none", "money.negative", "money.syntax", "number.overflow",
     "points.overflow", "price.limit", "serial.form", "tender.change", "warranty.quantity",
     // From the book, the vault and the devices.
     "apart.same", "card.taken", "clock.ahead", "clock.behind", "clock.wrong", "text.payment-card",
     "customer.erased", "customer.phone-known", "disk.full", "merge.already", "merge.same",
     "merge.undone", "exception.done", "exception.settled", "exception.unknown", "article.exists",
     "article.unknown", "catalogue.head-office", "price.same", "price.zero", "request.sent",
     "tax.syntax", "role.managers", "role.staff", "pin.common", "pin.taken", "staff.last-manager",
     "staff.none", "pin.differs", "pin.locked", "pin.shared", "pin.wrong", "print.failed",
     "referrer.unknown", "return.beyond-sold", "return.exceeds", "return.nothing",
     "return.not-on-receipt", "return.number", "return.same-card", "return.receipt-first",
     "return.unknown-purchase", "gift-card.spent", "wallet.spent", "shift.already-open",
     "shift.not-open", "worker.busy",
     // What remains, by what can be done about it.
     "failure.bad-input", "failure.not-found", "failure.refused", "failure.limit",
     "failure.corrupt", "failure.busy", "failure.unavailable", "failure.internal"});

std::string_view kind_code(Failure kind) {
  switch (kind) {
    case Failure::bad_input:
      return "failure.bad-input";
    case Failure::not_found:
      return "failure.not-found";
    case Failure::refused:
      return "failure.refused";
    case Failure::limit:
      return "failure.limit";
    case Failure::corrupt:
      return "failure.corrupt";
    case Failure::busy:
      return "failure.busy";
    case Failure::unavailable:
      return "failure.unavailable";
    case Failure::internal:
      return "failure.internal";
  }
  return "failure.internal";
}

}  // namespace

std::span<const std::string_view> notice_codes() { return codes; }

std::string notice_code(const Error& error) {
  const bool listed = std::find(codes.begin(), codes.end(), error.code) != codes.end();
  return std::string(listed ? std::string_view(error.code) : kind_code(error.kind));
}

}  // namespace keepsake::flow
