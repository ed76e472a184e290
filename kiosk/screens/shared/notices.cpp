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
constexpr std::string_view date_in_doubt = msg("The date of this till may be wrong.");
constexpr std::string_view look_at_date =
    msg("Pay in another way. A manager can check the date on the Head office page.");
constexpr std::string_view call_staff = msg("Please ask our staff.");
constexpr std::string_view call_technician = msg("Call the technician.");

constexpr auto table = std::to_array<Entry>({
    // a person at the screen
    {"customer.unknown", msg("This number or card is not registered."),
     msg("Check the number, or join now.")},
    {"customer.phone-known", msg("This phone number is already registered."),
     msg("Go back and sign in with the number.")},
    {"field.full", msg("That is too long."), msg("Check what you typed.")},
    {"join.name", msg("The name is missing."), msg("Type your name.")},
    {"join.consent", msg("To join, we need your consent."),
     msg("Tick the first box, or tap Finish to leave.")},
    {"join.card", msg("Card scanned. It becomes yours when you join."), {}},
    {"card.taken", msg("This card belongs to somebody else."), msg("Use another card.")},
    {"referrer.unknown", msg("This number or card is not registered."),
     msg("Check the number of your friend, or leave it empty.")},
    {"join.welcome", msg("Welcome! You now earn points."), {}},
    {"profile.saved", msg("Saved."), {}},
    {"phone.syntax", msg("This phone number is incomplete."),
     msg("Check the number. For another country, start with +.")},
    {"phone.unknown", msg("This phone number does not exist."),
     msg("Check the number. For another country, start with +.")},
    {"email.syntax", msg("This e-mail address is incomplete."), msg("Check the address.")},
    {"field.value", msg("This value is not valid."), msg("Check it and type it again.")},
    {"field.managers", msg("Only managers can change this field."),
     msg("Ask a manager to change it.")},
    {"member.left", msg("This customer has left the programme."),
     msg("Sell without a member. To rejoin, they agree again under their details.")},
    {"membership.withdrawn", msg("Membership withdrawn: no points are earned any more."),
     msg("To rejoin, agree again. To have the data erased, ask our staff.")},
    {"membership.given-up",
     msg("Membership withdrawn: no points are left, and none are earned any more."),
     msg("To rejoin, agree again. To have the data erased, ask our staff.")},
    {"clock.confirmed", msg("The date is confirmed."), {}},
    {"proof.needed", msg("That takes more than a phone number."),
     msg("Scan the member card, or ask our staff.")},
    {"join.number", msg("This number collects points here."), {}},
    {"role.managers", msg("This page is for managers only."), msg("Ask a manager.")},
    {"role.staff", msg("This page is for staff only."), msg("Sign in with your PIN.")},
    {"birthday.range", msg("This date of birth is not valid."), msg("Type year, month and day.")},
    {"level.managers", msg("Only managers can give a level."), msg("Ask a manager.")},
    {"level.until", msg("This last day is over or not valid."),
     msg("Type year, month and day, or leave it empty.")},
    {"level.unknown", msg("The programme has no such level."), msg("Choose another level.")},
    {"customer.erased", msg("This customer has been erased."),
     msg("They can join again as a new member.")},
    {"merge.same", msg("These customers are already merged."), msg("Nothing to do.")},
    {"merge.already", msg("These customers are already merged."), msg("Nothing to do.")},
    {"merge.undone", msg("The merge is already undone."), msg("Nothing to do.")},
    {"apart.same", msg("These customers are already merged."),
     msg("Undo the merge on the customer page.")},
    {"text.missing", msg("Something is missing."), msg("Fill in the empty field.")},
    {"text.length", msg("That text is too long."), msg("Make it shorter.")},
    {"text.characters", msg("Some characters cannot be saved."),
     msg("Use plain letters and digits.")},
    // goods that come back
    {"return.number", msg("Which receipt?"),
     msg("Scan it, type its number, or choose the purchase.")},
    {"return.receipt-first", msg("Which purchase is it from?"),
     msg("Scan the receipt, or choose the purchase.")},
    {"return.unknown-purchase", msg("This purchase was not made at this till."),
     msg("Return the items at the till that sold them.")},
    {"return.not-on-receipt", msg("This item cannot be returned on this receipt."),
     msg("Check the receipt.")},
    {"return.nothing", msg("Nothing is selected yet."), msg("Choose the items to return.")},
    {"return.same-card", msg("This gift card is the item being returned."),
     msg("Refund the money another way.")},
    {"return.exceeds", msg("That is more than was sold."), msg("Check the quantities.")},
    {"return.beyond-sold", msg("Some of it was already returned."),
     msg("Check what is left and choose again.")},
    {"gift-card.spent", msg("Part of the gift card money is already spent."),
     msg("It cannot be returned.")},
    {"wallet.spent", msg("Part of the top-up is already spent."), msg("It cannot be returned.")},
    // scans
    {"scan.unknown", msg("Unknown code."), msg("Scan again, or search for the item by name.")},
    {"scan.unreadable", msg("The code could not be read."), msg("Scan it again, slowly.")},
    {"scan.receipt", msg("This is one of our receipts."), {}},
    {"scan.not-here", msg("This code cannot be used here."),
     msg("Finish what is on the screen first.")},
    {"scan.finish-first", msg("A question is waiting for an answer."),
     msg("Answer it, then scan the item again.")},
    {"scan.waiting", msg("Still looking up a scanned item."), msg("Wait a moment, then pay.")},
    {"scan.too-fast", msg("Too many scans at once."),
     msg("Wait a moment, then scan the last item again.")},
    // figures that may be codes
    {"figure.code", msg("This was scanned, not typed."),
     msg("To enter a number, use the keys on the screen.")},
    {"figure.is-code", msg("This is also a code."), msg("If you mean the number, confirm again.")},
    {"figure.much", msg("This number is unusually large."),
     msg("If it is right, confirm once more.")},
    {"scan.in-tender", msg("Payment has started."), msg("Go back to the sale to add the item.")},
    {"gtin.check-digit", msg("The barcode was misread."), msg("Scan it again.")},
    {"gtin.digits", msg("The barcode was misread."), msg("Scan it again.")},
    {"gtin.length", msg("The barcode was misread."), msg("Scan it again.")},
    // sale
    {"sale.empty", msg("The basket is empty."), msg("Scan an item first.")},
    {"sale.paid", msg("Part of this sale is already paid."),
     msg("Remove the payment first, then change the basket.")},
    {"weight.syntax", msg("Not a valid weight."), msg("Type it in kilograms.")},
    {"quantity.syntax", msg("Not a valid quantity."), msg("Type a number above zero.")},
    {"quantity.positive", msg("The quantity must be above zero."),
     msg("Remove the line if you do not want it.")},
    {"quantity.whole", msg("This item is sold by the piece."), msg("Type a whole number.")},
    {"quantity.limit", msg("The quantity is too large."), msg("Check it, or split the sale.")},
    {"lines.limit", msg("The basket is full."), msg("Pay for these items, then start a new sale.")},
    {"lines.none", msg("The basket is empty."), msg("Scan an item first.")},
    {"money.limit", msg("The amount is too large."), msg("Check it, or split the sale.")},
    {"money.overflow", msg("The amount is too large."), msg("Check it, or split the sale.")},
    {"points.overflow", msg("The amount is too large."), msg("Check it, or split the sale.")},
    {"price.limit", msg("The amount is too large."), msg("Check it, or split the sale.")},
    {"number.overflow", msg("The amount is too large."), msg("Check it, or split the sale.")},
    {"money.syntax", msg("Not a valid amount."), msg("Type it on the keypad.")},
    {"money.negative", msg("Not a valid amount."), msg("Type it on the keypad.")},
    // tender
    {"tender.amount", msg("Not a valid amount."), msg("Type it on the keypad.")},
    {"tender.coins", msg("There are no coins this small."), msg("Type a round amount.")},
    {"tender.card-over", msg("The card amount is more than what is left to pay."),
     msg("Type a lower amount.")},
    {"tender.reference", msg("The card terminal's reference is missing."),
     msg("Type it from the card slip.")},
    {"tender.short", msg("That is less than the amount due."), msg("Add another payment.")},
    {"tender.over", msg("That is more than the amount due."), msg("Type a lower amount.")},
    {"tender.change", msg("That is more than the amount due."), msg("Type a lower amount.")},
    {"tenders.limit", msg("Too many payments for one sale."), msg("Take the rest in one payment.")},
    {"cash.short", msg("That is less than the amount due."), msg("Add another payment.")},
    // rewards, coupons, points, stored value
    {"coupon.taken", msg("Coupon applied."), {}},
    {"coupon.waits", msg("This coupon does not apply to the basket yet."),
     msg("It is applied as soon as the basket qualifies.")},
    {"coupon.unknown", msg("Unknown coupon."), msg("Check the code.")},
    {"coupon.expired", msg("This coupon has expired."), msg("Try another coupon.")},
    {"coupon.early", msg("This coupon is not valid yet."), msg("Keep it for later.")},
    {"coupon.used", msg("This coupon has already been used."), msg("Try another coupon.")},
    {"code.used", msg("This coupon has already been used."), msg("Try another coupon.")},
    {"coupon.customer", msg("This coupon is for another customer."),
     msg("Check whose coupon it is.")},
    {"coupon.tier", msg("This coupon is for another member level."),
     msg("Check the member's level.")},
    {"coupon.not-now", msg("This coupon is not valid here or at this time."),
     msg("Check the conditions on the coupon.")},
    {"coupon.no-member", msg("This is for members only."), msg("Scan the member card first.")},
    {"coupon.minimum", msg("The total is too low for this coupon."),
     msg("Add items, then scan it again.")},
    {"coupon.nothing-fits", msg("No item in the basket qualifies for this coupon."),
     msg("Add items, then scan it again.")},
    {"coupon.repeated", msg("This coupon is already in the sale."), {}},
    {"coupon.limit", msg("No more coupons can be added to this sale."), msg("Remove one first.")},
    {"reward.short", msg("Not enough points."),
     msg("Choose a smaller reward, or save the points.")},
    {"reward.gone", msg("This reward has run out."), msg("Choose another one.")},
    {"reward.no-list", msg("This till has no codes for this reward."),
     msg("Redeem it at the till that has them.")},
    {"reward.steps", msg("This reward cannot be used again."), {}},
    {"reward.alone", msg("This reward cannot be combined with another."),
     msg("Remove the other one first.")},
    {"reward.better", msg("A better discount already applies."),
     msg("Remove this reward or coupon.")},
    {"reward.incomplete", msg("Items for this offer are still missing."),
     msg("Add items, then scan it again.")},
    {"loyalty.refused", msg("A reward or points payment is no longer valid."),
     msg("Remove it, then pay again.")},
    {"member.loading", msg("Still loading the member's points."), msg("Wait a moment, then pay.")},
    {"sale.requoted", msg("A price has changed."), msg("Check the new total, then continue.")},
    {"points.none", msg("No points to pay with."), msg("Use another payment method.")},
    {"points.over", msg("You cannot pay that much with points."), msg("Type a lower amount.")},
    {"points.short", msg("Not enough points."), msg("Type a lower amount.")},
    {"wallet.blocked", msg("This wallet is blocked."), msg("Use another payment method.")},
    {"wallet.in-sale", msg("The open sale uses this wallet."), msg("Finish the sale first.")},
    {"wallet.managers", msg("Only a manager can unblock a wallet."), msg("Ask a manager.")},
    {"wallet.expired", msg("The wallet balance has expired."), msg("Use another payment method.")},
    {"cash-out.coins", msg("There are no coins this small."),
     msg("Put it in the wallet, or redeem more points.")},
    {"wallet.empty", msg("The wallet is empty."), msg("Use another payment method.")},
    {"wallet.over", msg("Not enough money in the wallet."), msg("Type a lower amount.")},
    {"wallet.short", msg("Not enough money in the wallet."), msg("Type a lower amount.")},
    {"wallet.member", msg("A wallet top-up needs its member."),
     msg("Keep the member, or remove the top-up.")},
    {"gift-card.number", msg("Which gift card?"), msg("Scan it, or type its number.")},
    {"gift-card.syntax", msg("That is not a gift card number."),
     msg("Check the number on the card.")},
    {"gift-card.unknown", msg("Unknown gift card."), msg("Check the number on the card.")},
    {"gift-card.blocked", msg("This gift card is blocked."), msg("Use another payment method.")},
    {"gift-card.freed", msg("The gift card is unblocked."), ""},
    {"gift-card.stopped", msg("The gift card is blocked."), ""},
    {"gift-card.expired", msg("This gift card has expired."), msg("Use another payment method.")},
    {"gift-card.empty", msg("This gift card is empty."), msg("Use another payment method.")},
    {"gift-card.over", msg("Not enough money on the gift card."), msg("Type a lower amount.")},
    {"gift-card.short", msg("Not enough money on the gift card."), msg("Type a lower amount.")},
    {"gift-card.twice", msg("This gift card is already in the basket."), msg("Use another card.")},
    {"scan.gift-card", msg("This is one of our gift cards. Use it to pay at the till."), {}},
    // sales on hold
    {"hold.held", msg("The sale is on hold."), {}},
    {"hold.full", msg("Too many sales are on hold."), msg("Finish one of them first.")},
    {"hold.basket", msg("There is a sale on the screen."), msg("Pay or hold it first.")},
    {"hold.gone", msg("This sale is no longer on hold."), msg("Check the list again.")},
    {"again.twice", msg("These items are in the basket already."),
     msg("For more of one, change its quantity.")},
    {"again.none", msg("None of these items are sold any more."), {}},
    // warranty
    {"warranty.none", msg("This item has no warranty to register."), msg("The receipt is enough.")},
    {"warranty.twice", msg("This serial number is already in the basket."),
     msg("Scan the serial number of this item.")},
    {"warranty.one-piece", msg("Each item with a warranty has its own line."),
     msg("Scan the item again to add another.")},
    {"warranty.quantity", msg("Each item with a warranty has its own line."),
     msg("Scan the item again to add another.")},
    {"warranty.article", msg("Choose an item first."),
     msg("Scan the barcode on the box, or search by name.")},
    {"warranty.choose", msg("Several items match."), msg("Choose one from the list.")},
    {"warranty.unknown", msg("No registered item was found."),
     msg("Check the serial number, or scan the receipt.")},
    {"return.other-item", msg("This item is not on this receipt."),
     msg("Choose the line by hand, or find its own receipt.")},
    {"warranty.article-code", msg("That is the barcode, not the serial number."),
     msg("Scan the code marked S/N.")},
    {"warranty.for-member", msg("Card scanned. The warranty is for this member."), {}},
    {"warranty.disputed", msg("This serial number is already registered."),
     msg("Head office will check who owns the item.")},
    {"serial.length", msg("The serial number is too short or too long."),
     msg("Check it on the item.")},
    {"serial.character", msg("The serial number has characters that are not allowed."),
     msg("Use only letters and digits.")},
    {"serial.form", msg("The serial number has characters that are not allowed."),
     msg("Use only letters and digits.")},
    {"serial.imei", msg("An IMEI has 15 digits."), msg("Dial *#06# on the phone to see it.")},
    {"serial.imei-check", msg("A digit of the IMEI is wrong."), msg("Compare it with the phone.")},
    {"serial.vin", msg("A VIN has 17 letters and digits."), msg("Read it again on the vehicle.")},
    {"serial.vin-letters", msg("A VIN never has I, O or Q."),
     msg("Type 1 for I, and 0 for O or Q.")},
    {"serial.vin-check", msg("A letter or digit of the VIN is wrong."),
     msg("Read it again on the vehicle.")},
    {"serial.pattern", msg("This item has other serial numbers."),
     msg("Compare every letter and digit with the item.")},
    {"serial.check-digit", msg("A digit of the serial number is wrong."),
     msg("Compare every letter and digit with the item.")},
    {"serial.managers", msg("Only a manager can accept this serial number."),
     msg("Check it on the item, or ask a manager.")},
    {"serial.unproven", msg("This VIN has no check digit."),
     msg("Compare it once more with the vehicle.")},
    {"cover.dates", msg("The warranty dates do not match."), msg("Check the purchase date.")},
    {"cover.months", msg("The warranty dates do not match."), msg("Check the purchase date.")},
    {"cover.limit", msg("The warranty dates do not match."), msg("Check the purchase date.")},
    // what the chain has once (the words with figures are in spent_words)
    {"reservation.gone", msg("It is no longer held for this sale."), try_again},
    {"spend.offline", msg("This cannot be spent while offline."),
     msg("Pay in another way, or try again when the till is online.")},
    {"spend.reserved", msg("All of it is reserved at other tills."),
     msg("Pay in another way, or try again in a few minutes.")},
    {"spend.short", msg("All of it was spent at another till."), msg("Pay in another way.")},
    // staff
    {"pin.short", msg("A PIN has at least four digits."), msg("Type all the digits.")},
    {"pin.wrong", msg("Wrong PIN."), msg("Try again.")},
    {"pin.common", msg("This PIN is too easy to guess."), msg("Choose another.")},
    {"pin.differs", msg("The two PINs are not the same."), msg("Choose the PIN once more.")},
    {"pin.locked", msg("Too many wrong PINs. PIN entry is locked for a while."),
     msg("Wait a few minutes, or call a manager.")},
    {"pin.shared", msg("Two people have this PIN."), msg("A manager gives both a new one.")},
    {"pin.taken", msg("Somebody else has this PIN."), msg("Choose another.")},
    {"staff.last-manager", msg("Nobody else can sign in here as a manager."),
     msg("Make somebody else a manager, with a PIN, first.")},
    {"staff.none", msg("This person does not work here any more."), msg("Look at the list again.")},
    {"staff.signed-out", msg("You no longer work at this till."), msg("Ask a manager.")},
    {"exception.done", msg("Settled. Gone from every till and from head office."), {}},
    {"exception.settled", msg("Somebody else has settled this already."), {}},
    {"exception.unknown", msg("This is no longer on the list."), msg("Look at the list again.")},
    {"article.exists", msg("Another article has this code already."), msg("Choose another code.")},
    {"article.unknown", msg("This article is not sold here any more."),
     msg("Look it up once more.")},
    {"catalogue.head-office", msg("Head office sets this for all stores."),
     msg("Ask head office to change it.")},
    {"price.same", msg("It costs this already."), msg("Type another price.")},
    {"price.zero", msg("A price must be above zero."), msg("Type the price.")},
    {"tax.syntax", msg("This tax rate is not valid."), msg("Type the percentage, such as 25.")},
    {"request.sent", msg("In force here now. Head office will look at it."), {}},
    {"count.syntax", msg("Not a valid amount."), msg("Count the drawer and type the total.")},
    {"shift.none", msg("No shift is open."), msg("Count the drawer to open one.")},
    {"shift.basket", msg("A sale is still open."),
     msg("Finish or clear it, then close the shift.")},
    {"shift.opened", msg("The shift is open."), {}},
    {"shift.closed", msg("The shift is closed."), {}},
    {"shift.already-open", msg("A shift is already open."), msg("Close it first.")},
    {"shift.not-open", msg("This shift is already closed."), msg("Open a new one.")},
    // the machine
    {"print.failed", msg("The receipt was not printed."),
     msg("Check the paper, then print again.")},
    {"clock.wrong", msg("The date of this till is wrong. Nothing can be recorded."),
     msg("Set the date and the time.")},
    {"clock.ahead", date_in_doubt, look_at_date},
    {"clock.behind", date_in_doubt, look_at_date},
    {"text.payment-card", msg("This is the number of a payment card. It must not be kept."),
     msg("Leave it out.")},
    {"disk.full", msg("The disk is full. Nothing can be saved."), call_technician},
    {"worker.busy", msg("The till is busy."), msg("Wait a moment and try again.")},
    {"book.locked", msg("Another program is using this till's data."), call_technician},
    {"schema.newer", msg("This data was saved by a newer version."), call_technician},
    {"fact.quarantined", msg("Head office could not read a record."), call_technician},
    // the line
    {"link.down", msg("Head office is not responding."),
     msg("It will be tried again automatically.")},
    {"link.status", msg("Head office has a technical problem."),
     msg("It will be tried again automatically.")},
    {"answer.nothing", msg("Head office has a technical problem."),
     msg("It will be tried again automatically.")},
    {"sync.behind", msg("Head office asked for older records again."),
     msg("They will be sent automatically.")},
    {"sync.fact", msg("Head office could not read a record."), call_technician},
    {"sync.unauthorised", msg("Head office rejects this till."), call_technician},
    {"terminal.revoked", msg("Head office has revoked this till."),
     msg("You can keep selling. Only a new code from head office lets this till in again.")},
    {"certificate.expired", msg("The certificate that this till shows head office has expired."),
     msg("Check this till's date. If it is right, ask head office for a new code.")},
    {"certificate.early", msg("The certificate that this till shows head office is not valid yet."),
     msg("Check this till's date.")},
    {"authority.expired", msg("The certificate of head office has expired."),
     msg("Check this till's date. If it is right, ask head office for a new code.")},
    {"authority.early", msg("The certificate of head office is not valid yet."),
     msg("Check this till's date.")},
    {"terminal.unknown", msg("Head office no longer knows this till."),
     msg("Nothing is lost. Ask head office for a new code and enrol this till again.")},
    {"sync.retired", msg("Head office has deactivated this till."), call_technician},
    {"sync.fork", msg("Head office has different records for this till."), call_technician},
    {"enrol.code", msg("The enrolment code is wrong or already used."),
     msg("Ask head office for a new one.")},
    {"enrol.ca", msg("The connection to head office is not secure."), call_technician},
    // by kind, for whatever has no words of its own
    {"failure.bad-input", msg("Something you typed is not valid."), msg("Check it and try again.")},
    {"failure.not-found", msg("Not found."), msg("Check it and try again.")},
    {"failure.refused", msg("That is not allowed."), call_staff},
    {"failure.limit", msg("That is too much for the till."), msg("Split it into smaller parts.")},
    {"failure.corrupt", msg("Saved data is damaged. The till has stopped recording."),
     call_technician},
    {"failure.busy", msg("The till is busy."), msg("Wait a moment and try again.")},
    {"failure.unavailable", msg("Part of the till is not responding."), try_again},
    {"failure.internal", msg("Something went wrong."),
     msg("Try again. If it keeps happening, call the technician.")},
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
      return locale.tr("What you typed is saved.");
    case Kept::basket:
      return locale.tr("The basket is saved.");
    case Kept::basket_and_payments:
      return locale.tr("The basket and the payments are saved.");
    case Kept::sale:
      return locale.tr("The sale is saved.");
    case Kept::count:
      return locale.tr("Your count is saved.");
  }
  return {};
}

std::string used_when(const Locale& locale, const flow::Notice& notice) {
  const std::string date = locale.date_short(notice.at->date()), time = locale.time(*notice.at);
  if (notice.by.empty())
    return locale.tr("This coupon was used on {date} at {time}.", {{"date", date}, {"time", time}});
  return locale.tr("This coupon was used on {date} at {time} ({name}).",
                   {{"date", date}, {"time", time}, {"name", notice.by}});
}

/// How much of what may be spent after all: of points, a gift card or the wallet.
std::string spent_words(const Locale& locale, const Shortage& shortage) {
  const Resource& resource = shortage.wanted.resource;
  const bool card = resource.kind == resource::gift_card;
  const auto currency = Currency::parse(resource.unit);
  const std::string amount = currency.ok() ? locale.money(Money{shortage.here, *currency})
                                           : locale.points_words(Points{shortage.here});
  const auto say = [&](std::string_view points, std::string_view on_card, std::string_view wallet) {
    return locale.tr(!currency.ok() ? points : card ? on_card : wallet, {{"amount", amount}});
  };
  switch (shortage.because) {
    case ShortBecause::offline:
      return say(msg("Only {amount} can be spent while offline."),
                 msg("Only {amount} of the gift card can be spent while offline."),
                 msg("Only {amount} of the wallet can be spent while offline."));
    case ShortBecause::reserved:
      return say(
          msg("Only {amount} can be spent now. The rest is reserved at other tills."),
          msg("Only {amount} of the gift card can be spent now. The rest is reserved at other "
              "tills."),
          msg("Only {amount} of the wallet can be spent now. The rest is reserved at other "
              "tills."));
    case ShortBecause::spent:
      return say(msg("Only {amount} left. The rest was spent at another till."),
                 msg("Only {amount} left on the gift card. The rest was spent at another till."),
                 msg("Only {amount} left in the wallet. The rest was spent at another till."));
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
        locale.trn("Try again. {n} attempt left.", "Try again. {n} attempts left.", notice.count);
  if (notice.code == "join.welcome" && notice.points.hundredths > 0)
    words.what = locale.tr("Welcome! You already have {points}.",
                           {{"points", locale.points_words(notice.points)}});
  if (notice.shortage && notice.shortage->here > 0)
    words.what = spent_words(locale, *notice.shortage);
  if (notice.code == "coupon.used" && notice.at) words.what = used_when(locale, notice);
  return words;
}

NoticeWords error_words(const Locale& locale, const Error& error) {
  const Entry* entry = find(error.code);
  if (entry == nullptr) entry = find(kind_code(error.kind));
  return {translated(locale, entry->what), {}, translated(locale, entry->next)};
}

}  // namespace keepsake::screens
