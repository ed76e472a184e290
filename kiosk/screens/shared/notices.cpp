#include "kiosk/screens/shared/notices.hpp"

#include <algorithm>
#include <array>

namespace keepsake::screens {
namespace {

using flow::Kept;

/// Marks a msgid for the catalogues; it is translated where it is shown.
constexpr std::string_view msg(std::string_view msgid) { return msgid; }

struct Entry {
  std::string_view code;
  std::string_view what;
  std::string_view next;
};

constexpr std::string_view try_again = msg("Please try again.");
constexpr std::string_view call_staff = msg("Please ask the staff.");
constexpr std::string_view call_technician = msg("Call the technician.");

constexpr auto table = std::to_array<Entry>({
    // a person at the screen
    {"customer.unknown", msg("Nobody has that number or card."),
     msg("Check the number, or join now.")},
    {"customer.phone-known", msg("That phone number already has an account."),
     msg("Go back and sign in with the number.")},
    {"field.full", msg("That key does not fit here."), msg("Check what you have typed.")},
    {"join.name", msg("The name is missing."), msg("Type your name.")},
    {"join.consent", msg("To join, we need your consent."),
     msg("Tick the first box, or leave with Finish.")},
    {"join.card", msg("The card is read. It becomes yours when you join."), {}},
    {"card.taken", msg("This card belongs to somebody else."), msg("Take another card.")},
    {"referrer.unknown", msg("Nobody has that number or card."),
     msg("Correct who brought you, or leave it empty.")},
    {"join.welcome", msg("Welcome! You collect points from now on."), {}},
    {"profile.saved", msg("Saved."), {}},
    {"phone.syntax", msg("That is not a complete phone number."),
     msg("Check the number. Start with + for another country.")},
    {"email.syntax", msg("That is not a complete e-mail address."), msg("Check the address.")},
    {"field.value", msg("That value does not fit the field."), msg("Check it and type it again.")},
    {"field.managers", msg("This field is for managers."), msg("Ask a manager to change it.")},
    {"role.managers", msg("This page is for managers."), msg("Ask a manager.")},
    {"role.staff", msg("This page is for the staff."), msg("Sign in with the PIN.")},
    {"birthday.range", msg("That cannot be a birthday."), msg("Type year, month and day.")},
    {"customer.erased", msg("This customer has been erased."),
     msg("They may join again as somebody new.")},
    {"merge.same", msg("They are one customer already."), msg("Nothing needs to be done.")},
    {"merge.already", msg("They are one customer already."), msg("Nothing needs to be done.")},
    {"merge.undone", msg("They are two customers again already."),
     msg("Nothing needs to be done.")},
    {"apart.same", msg("They are one customer already."),
     msg("Undo the joining on the customer's page.")},
    {"text.missing", msg("Something is missing."), msg("Fill in the empty field.")},
    {"text.length", msg("That text is too long."), msg("Make it shorter.")},
    {"text.characters", msg("That text has characters that cannot be kept."),
     msg("Type it with plain letters and digits.")},
    // goods that come back
    {"return.number", msg("Which receipt?"),
     msg("Scan it, type its number, or choose the purchase.")},
    {"return.receipt-first", msg("Which purchase is it from?"),
     msg("Scan the receipt, or choose the purchase.")},
    {"return.unknown-purchase", msg("This purchase was not recorded at this till."),
     msg("Take the goods back at the till that sold them.")},
    {"return.not-on-receipt", msg("This article is not among what can come back."),
     msg("Check the receipt.")},
    {"return.nothing", msg("Nothing is chosen yet."), msg("Choose what comes back.")},
    {"return.same-card", msg("This gift card is what comes back."),
     msg("Give the money back another way.")},
    {"return.exceeds", msg("More would come back than was sold."), msg("Check the quantities.")},
    {"return.beyond-sold", msg("Some of it has come back already."),
     msg("Look at what is left, and choose again.")},
    {"gift-card.spent", msg("What was paid onto the card is partly spent."),
     msg("It cannot come back.")},
    {"wallet.spent", msg("What was paid onto the wallet is partly spent."),
     msg("It cannot come back.")},
    // scans
    {"scan.unknown", msg("This code is not known here."),
     msg("Scan again, or search for the article by name.")},
    {"scan.unreadable", msg("The code could not be read."), msg("Scan it once more, slowly.")},
    {"scan.receipt", msg("This is one of our receipts."), {}},
    {"scan.not-here", msg("This code does not belong here."),
     msg("Finish what is on the screen first.")},
    {"scan.finish-first", msg("One question is still open."),
     msg("Answer it, then scan the article again.")},
    {"scan.waiting", msg("A scan is still being looked up."), msg("Wait a moment, then pay.")},
    {"scan.too-fast", msg("Too many scans at once."),
     msg("Wait a moment, then scan the last again.")},
    {"scan.in-tender", msg("The sale is being paid."),
     msg("Go back to the sale to add the article.")},
    {"gtin.check-digit", msg("The barcode was misread."), msg("Scan it again.")},
    {"gtin.digits", msg("The barcode was misread."), msg("Scan it again.")},
    {"gtin.length", msg("The barcode was misread."), msg("Scan it again.")},
    // sale
    {"sale.empty", msg("The basket is empty."), msg("Scan an article first.")},
    {"sale.paid", msg("Part of this sale is already paid."),
     msg("Take the payment back first, then change the basket.")},
    {"weight.syntax", msg("That is not a weight."), msg("Type it in kilograms.")},
    {"quantity.syntax", msg("That is not a quantity."), msg("Type a number above zero.")},
    {"quantity.positive", msg("The quantity must be above zero."),
     msg("Remove the line if it is not wanted.")},
    {"quantity.whole", msg("This article is sold by the piece."), msg("Type a whole number.")},
    {"quantity.limit", msg("That quantity is too large."), msg("Check it, or split the sale.")},
    {"lines.limit", msg("The basket is full."), msg("Pay these articles, then start a new sale.")},
    {"lines.none", msg("The basket is empty."), msg("Scan an article first.")},
    {"money.limit", msg("The amount is too large."), msg("Check it, or split the sale.")},
    {"money.overflow", msg("The amount is too large."), msg("Check it, or split the sale.")},
    {"points.overflow", msg("The amount is too large."), msg("Check it, or split the sale.")},
    {"price.limit", msg("The amount is too large."), msg("Check it, or split the sale.")},
    {"number.overflow", msg("The amount is too large."), msg("Check it, or split the sale.")},
    {"money.syntax", msg("That is not an amount."), msg("Type it with the keypad.")},
    {"money.negative", msg("That is not an amount."), msg("Type it with the keypad.")},
    // tender
    {"tender.amount", msg("That is not an amount."), msg("Type it with the keypad.")},
    {"tender.coins", msg("There are no coins that small."), msg("Type a round amount.")},
    {"tender.card-over", msg("A card cannot pay more than what is left."),
     msg("Type a lower amount.")},
    {"tender.reference", msg("The card terminal's reference is missing."),
     msg("Type it from the terminal's slip.")},
    {"tender.short", msg("That is less than what is due."), msg("Take another payment.")},
    {"tender.over", msg("That is more than what is due."), msg("Type a lower amount.")},
    {"tender.change", msg("That is more than what is due."), msg("Type a lower amount.")},
    {"tenders.limit", msg("Too many payments for one sale."), msg("Take the rest in one payment.")},
    {"cash.short", msg("That is less than what is due."), msg("Take another payment.")},
    // rewards, coupons, points, stored value
    {"coupon.taken", msg("The coupon is taken."), {}},
    {"coupon.waits", msg("The coupon does not fit this basket yet. It waits."),
     msg("It counts as soon as it fits.")},
    {"coupon.unknown", msg("This coupon is not known here."), msg("Check the code.")},
    {"coupon.expired", msg("This coupon is past its last day."),
     msg("Look whether another one is valid.")},
    {"coupon.early", msg("This coupon is not valid yet."), msg("Keep it for later.")},
    {"coupon.used", msg("This coupon is used up."), msg("Look whether another one is valid.")},
    {"coupon.customer", msg("This coupon is meant for other customers."),
     msg("Check whose coupon it is.")},
    {"coupon.tier", msg("This coupon is for another member level."),
     msg("Check the member's level.")},
    {"coupon.not-now", msg("This coupon is not valid here and now."),
     msg("Read on it when and where it is valid.")},
    {"coupon.no-member", msg("This is for members only."), msg("Scan the member's card first.")},
    {"coupon.minimum", msg("The basket is too small for this coupon."),
     msg("Add articles, then show it again.")},
    {"coupon.nothing-fits", msg("Nothing in the basket fits this coupon."),
     msg("Add articles, then show it again.")},
    {"coupon.repeated", msg("This coupon is already in the sale."), {}},
    {"coupon.limit", msg("No more coupons fit into one sale."), msg("Take one off first.")},
    {"reward.short", msg("There are not enough points for that."),
     msg("Choose a smaller reward, or keep the points.")},
    {"reward.gone", msg("This reward is used up."), msg("Choose another one.")},
    {"reward.steps", msg("This reward is not given more often."), {}},
    {"reward.alone", msg("This reward does not go with another one."),
     msg("Take the other one off first.")},
    {"loyalty.refused", msg("A reward or points payment does not fit any more."),
     msg("Take it off, then pay again.")},
    {"member.loading", msg("The member's points are still being read."),
     msg("Wait a moment, then pay.")},
    {"sale.requoted", msg("A price has changed with the time."),
     msg("Look at the new total, then go on.")},
    {"points.none", msg("There are no points to pay with."), msg("Take another payment.")},
    {"points.over", msg("Points cannot pay that much here."), msg("Type a lower amount.")},
    {"points.short", msg("There are not enough points for that."), msg("Type a lower amount.")},
    {"wallet.blocked", msg("This wallet is blocked."), msg("Choose another way.")},
    {"wallet.in-sale", msg("The sale pays with this wallet or fills it up."),
     msg("Finish the sale first.")},
    {"wallet.managers", msg("Only a manager frees a wallet."), msg("Ask a manager.")},
    {"wallet.expired", msg("The money in the wallet is past its last day."),
     msg("Choose another way.")},
    {"cash-out.coins", msg("There are no coins that small."),
     msg("Let it go onto the wallet, or claim more of it.")},
    {"wallet.empty", msg("The wallet is empty."), msg("Take another payment.")},
    {"wallet.over", msg("There is less in the wallet."), msg("Type a lower amount.")},
    {"wallet.short", msg("There is less in the wallet."), msg("Type a lower amount.")},
    {"wallet.member", msg("The wallet belongs to a member."),
     msg("Keep the member in the sale, or remove the wallet's line.")},
    {"gift-card.number", msg("Which gift card pays?"), msg("Scan it, or type its number.")},
    {"gift-card.syntax", msg("That is not a gift card's number."),
     msg("Check the number on the card.")},
    {"gift-card.unknown", msg("This gift card is not known here."),
     msg("Check the number on the card.")},
    {"gift-card.blocked", msg("This gift card is blocked."), msg("Take another payment.")},
    {"gift-card.freed", msg("The gift card pays again."), ""},
    {"gift-card.stopped", msg("The gift card is blocked now."), ""},
    {"gift-card.expired", msg("This gift card is past its last day."),
     msg("Take another payment.")},
    {"gift-card.empty", msg("Nothing is left on this gift card."), msg("Take another payment.")},
    {"gift-card.over", msg("There is less on the gift card."), msg("Type a lower amount.")},
    {"gift-card.short", msg("There is less on the gift card."), msg("Type a lower amount.")},
    {"gift-card.twice", msg("This gift card is already in the basket."), msg("Take another card.")},
    {"scan.gift-card", msg("This is one of our gift cards. It pays at the till."), {}},
    // parking
    {"park.parked", msg("The sale is parked."), {}},
    {"park.full", msg("Too many sales are parked."), msg("Finish one of them first.")},
    {"park.basket", msg("There is a sale on the screen."), msg("Pay or park it first.")},
    {"park.gone", msg("This sale is not parked any more."), msg("Look at the list again.")},
    {"again.none", msg("Nothing of it is sold any more."), {}},
    // warranty
    {"warranty.none", msg("This article has no warranty to register."),
     msg("The receipt covers it.")},
    {"warranty.twice", msg("This serial number is already in the basket."),
     msg("Scan the serial number of this item.")},
    {"warranty.one-piece", msg("This item has its own warranty."),
     msg("Scan the article again for another piece.")},
    {"warranty.quantity", msg("This item has its own warranty."),
     msg("Scan the article again for another piece.")},
    {"warranty.article", msg("No article is chosen yet."),
     msg("Scan the barcode on the box, or search by name.")},
    {"warranty.article-code", msg("That is the article's barcode, not the serial number."),
     msg("Scan the code marked S/N.")},
    {"warranty.for-member", msg("The card is read. The warranty goes to this member."), {}},
    {"warranty.disputed", msg("This serial number was registered before."),
     msg("Head office decides who owns the item.")},
    {"serial.length", msg("The serial number is too short or too long."),
     msg("Check it on the item.")},
    {"serial.character", msg("The serial number has characters that do not belong there."),
     msg("Type only letters and digits.")},
    {"serial.form", msg("The serial number has characters that do not belong there."),
     msg("Type only letters and digits.")},
    {"cover.dates", msg("The dates of the cover do not fit."), msg("Check the day of purchase.")},
    {"cover.months", msg("The dates of the cover do not fit."), msg("Check the day of purchase.")},
    {"cover.limit", msg("The dates of the cover do not fit."), msg("Check the day of purchase.")},
    // staff
    {"pin.short", msg("A PIN has at least four digits."), msg("Type all of it.")},
    {"pin.wrong", msg("The PIN is wrong."), msg("Type it again.")},
    {"pin.locked", msg("Too many wrong PINs. The till is closed to PINs for a while."),
     msg("Wait a few minutes, or call the manager.")},
    {"count.syntax", msg("That is not an amount."), msg("Count the drawer and type the sum.")},
    {"shift.none", msg("No shift is open."), msg("Open one: count the drawer.")},
    {"shift.basket", msg("A sale is still open."),
     msg("Finish or clear it, then close the shift.")},
    {"shift.opened", msg("The shift is open."), {}},
    {"shift.closed", msg("The shift is closed."), {}},
    {"shift.already-open", msg("A shift is already open."), msg("Close it first.")},
    {"shift.not-open", msg("This shift is not open any more."), msg("Open a new one.")},
    // the machine
    {"print.failed", msg("The receipt was not printed."),
     msg("Check the paper, then print again.")},
    {"disk.full", msg("The disk is full. Nothing can be recorded."), call_technician},
    {"worker.busy", msg("The till is busy."), msg("Wait a moment and try again.")},
    {"book.locked", msg("Another program uses this till's data."), call_technician},
    {"schema.newer", msg("The data is from a newer version."), call_technician},
    {"fact.quarantined", msg("Head office could not make sense of a record."), call_technician},
    // the line
    {"link.down", msg("Head office does not answer."), msg("It is tried again by itself.")},
    {"link.status", msg("Head office has trouble of its own."),
     msg("It is tried again by itself.")},
    {"answer.nothing", msg("Head office has trouble of its own."),
     msg("It is tried again by itself.")},
    {"sync.behind", msg("Head office asked for older records again."),
     msg("They are sent by themselves.")},
    {"sync.fact", msg("Head office could not make sense of a record."), call_technician},
    {"sync.unauthorised", msg("Head office refuses this till."), call_technician},
    {"sync.retired", msg("Head office has retired this till's identity."), call_technician},
    {"sync.fork", msg("Head office has other records for this till."), call_technician},
    {"enrol.code", msg("The enrolment code is wrong or used up."),
     msg("Ask head office for a new one.")},
    {"enrol.ca", msg("The connection to head office is not trusted."), call_technician},
    // by kind, for whatever has no words of its own
    {"failure.bad-input", msg("Something typed is not right."), msg("Check it and try again.")},
    {"failure.not-found", msg("That was not found."), msg("Check it and try again.")},
    {"failure.refused", msg("That is not allowed."), call_staff},
    {"failure.limit", msg("That is more than the till can take."), msg("Make it less, in parts.")},
    {"failure.corrupt", msg("Stored data is damaged. The till stops recording."), call_technician},
    {"failure.busy", msg("The till is busy."), msg("Wait a moment and try again.")},
    {"failure.unavailable", msg("A part of the till does not answer."), try_again},
    {"failure.internal", msg("Something went wrong inside the till."),
     msg("Try again. If it stays so, call the technician.")},
});

const Entry* find(std::string_view code) {
  const auto* entry =
      std::find_if(table.begin(), table.end(), [&](const Entry& e) { return e.code == code; });
  return entry == table.end() || entry->code.empty() ? nullptr : entry;
}

std::string kept_words(const Locale& locale, Kept kept) {
  switch (kept) {
    case Kept::nothing_to_keep:
      return {};
    case Kept::form:
      return locale.tr("What you typed is kept.");
    case Kept::basket:
      return locale.tr("The basket is kept.");
    case Kept::basket_and_payments:
      return locale.tr("The basket and the payments are kept.");
    case Kept::sale:
      return locale.tr("The sale is recorded.");
    case Kept::count:
      return locale.tr("What you counted is kept.");
  }
  return {};
}

std::string translated(const Locale& locale, std::string_view msgid) {
  return msgid.empty() ? std::string() : locale.tr(msgid);
}

std::string_view kind_code(Failure kind) {
  constexpr std::array<std::string_view, 8> codes = {
      "failure.bad-input", "failure.not-found", "failure.refused",     "failure.limit",
      "failure.corrupt",   "failure.busy",      "failure.unavailable", "failure.internal"};
  return codes[static_cast<std::size_t>(kind)];
}

}  // namespace

bool has_words(std::string_view code) { return find(code) != nullptr; }

NoticeWords notice_words(const Locale& locale, const flow::Notice& notice) {
  const Entry* entry = find(notice.code);
  if (entry == nullptr) entry = find("failure.internal");
  NoticeWords words{translated(locale, entry->what), kept_words(locale, notice.kept),
                    translated(locale, entry->next)};
  if (notice.code == "pin.wrong" && notice.count > 0)
    words.next =
        locale.trn("Type it again. {n} try left.", "Type it again. {n} tries left.", notice.count);
  if (notice.code == "join.welcome" && notice.points.hundredths > 0)
    words.what = locale.tr("Welcome! Your first points are here: {points}.",
                           {{"points", locale.points(notice.points)}});
  return words;
}

NoticeWords error_words(const Locale& locale, const Error& error) {
  const Entry* entry = find(error.code);
  if (entry == nullptr) entry = find(kind_code(error.kind));
  return {translated(locale, entry->what), {}, translated(locale, entry->next)};
}

}  // namespace keepsake::screens
