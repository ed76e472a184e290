#include "storage/domain/staff/settlement.hpp"

#include <algorithm>
#include <array>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake {

namespace {

using enum Decision;

constexpr std::array owed{absorb, debt};    // somebody who is known had too little
constexpr std::array borne{absorb, noted};  // value is gone, and nobody who is known has it
constexpr std::array seen{noted};           // nothing is lost by it

// Sorted by code.
constexpr std::array kinds{
    ExceptionKind{"article.exists", seen,
                  "Two tills gave one code to two new articles; the first stays",
                  "Give the other article a code of its own"},
    ExceptionKind{"article.unknown", seen,
                  "A price was set for an article that the store does not have",
                  "Add the article if it is sold"},
    ExceptionKind{"card.taken", seen, "The card is another customer's; nobody was given it again",
                  "Give the customer another card"},
    ExceptionKind{"change.damaged", seen, "A change of a customer's details cannot be opened",
                  "Enter the change again"},
    ExceptionKind{"code.used", borne, "A code of a list was used twice",
                  "Do not accept the code again"},
    ExceptionKind{"codes.twice", seen, "A list of codes was brought in twice; each counts once",
                  "Nothing, if it was the same list"},
    ExceptionKind{"cover.unknown-item", seen,
                  "A cover was said to begin of an item that is not registered",
                  "Compare with the receipt, and register the item"},
    ExceptionKind{"customer.erased", seen, "Something was recorded of a customer who was erased",
                  "Enrol the person again if they come back"},
    ExceptionKind{"customer.key-unreadable", seen,
                  "A customer's key was not sealed to head office; the details stay sealed there",
                  "Enrol the terminal again"},
    ExceptionKind{"customer.twice", seen, "The customer was enrolled before; the first counts",
                  "Nothing, if an import was repeated"},
    ExceptionKind{"customer.unknown", seen,
                  "A fact names a customer whose enrolment did not arrive",
                  "Look whether the enrolment was set aside"},
    ExceptionKind{"date.ahead", seen, "A till recorded this under a date that had not come yet",
                  "Set the till's date; look what runs from this one: cover, gift cards, points"},
    ExceptionKind{"date.behind", seen, "A till recorded this under a date that was over",
                  "Set the till's date; look what runs from this one: cover, gift cards, points"},
    ExceptionKind{"erasure.owed", seen,
                  "Somebody was erased who had money, points owed or running cover here",
                  "Pay out or settle it by the receipt or the serial number"},
    ExceptionKind{"event.twice", borne, "Points for one occasion were given twice; the first stand",
                  "Nothing, unless cash was paid out for it"},
    ExceptionKind{"fact.opaque", seen, "Head office failed at this fact; it is kept, not counted",
                  "Report it as a defect; keepsake-central judge-again opens it"},
    ExceptionKind{"fact.quarantined", seen,
                  "The fact cannot be read or contradicts itself; it is kept, not counted",
                  "Find the receipt at the till and report it as a defect"},
    ExceptionKind{"fact.unknown-type", seen,
                  "The terminal is newer than head office; the fact is kept, not counted",
                  "Update head office: it is counted then"},
    ExceptionKind{"file.damaged", seen, "The name of a customer's file cannot be opened",
                  "Attach the file again"},
    ExceptionKind{"file.none", seen, "A file was removed that was not there", "Nothing"},
    ExceptionKind{"gift-card.blocked", borne, "A blocked gift card was used",
                  "Look who has the card"},
    ExceptionKind{"gift-card.expired", borne, "A gift card paid after its last day", "Nothing"},
    ExceptionKind{"gift-card.short", borne, "A gift card paid more than was left on it",
                  "Two tills took the same money: the shop bears it"},
    ExceptionKind{"gift-card.unknown", borne, "A gift card was used that nobody sold",
                  "Look where the card came from"},
    ExceptionKind{"merge.already", seen, "Two customers were merged twice", "Nothing"},
    ExceptionKind{"merge.limit", seen, "Too many customers are merged into one",
                  "Undo some of the merges"},
    ExceptionKind{"merge.none", seen, "A merge was undone that is not known", "Nothing"},
    ExceptionKind{"merge.shortfall", borne,
                  "A merge was undone, and the wallet no longer held all that goes back",
                  "Correct the wallet by a top-up if the customer asks"},
    ExceptionKind{"merge.undone", seen, "A merge was undone twice", "Nothing"},
    ExceptionKind{"note.damaged", seen, "A note cannot be opened", "Write the note again"},
    ExceptionKind{"origin.duplicate", seen, "The document was imported before; the first counts",
                  "Nothing, if an import was repeated"},
    ExceptionKind{"points.debt", seen, "More owed points were paid off than were owed",
                  "Give the rest back with keepsake member adjust"},
    ExceptionKind{"points.restored", seen, "More points came back by a return than had been spent",
                  "Look at the customer's points"},
    ExceptionKind{"points.short", owed, "More points were used than the customer had",
                  "Two tills used the same points: the shop bears it, or the customer owes it"},
    ExceptionKind{"points.shortfall", owed,
                  "A return took back points that the customer had spent already",
                  "The shop bears it, or the customer owes it"},
    ExceptionKind{"profile.damaged", seen, "A customer's details cannot be opened",
                  "Enrol the customer again"},
    ExceptionKind{"programme.unknown", seen,
                  "Points were earned under a programme that is not known here",
                  "Publish the programme again with a higher version"},
    ExceptionKind{"programme.version", seen,
                  "A programme came that is not newer than the one in force",
                  "Publish the programme again with a higher version"},
    ExceptionKind{"request.foreign", seen,
                  "A terminal tried to answer its store's requests; nothing came of it",
                  "Look at that terminal"},
    ExceptionKind{"return.beyond-sold", borne, "More came back than was sold",
                  "Look at the return"},
    ExceptionKind{"return.other-article", borne, "Another article came back than was sold",
                  "Look at the return"},
    ExceptionKind{"return.unknown-purchase", borne, "Items came back whose purchase is not known",
                  "Look at the return"},
    ExceptionKind{"settings.foreign", seen,
                  "A terminal tried to set what head office sets; nothing came of it",
                  "Look at that terminal"},
    ExceptionKind{"shift.already-open", seen, "A shift was opened while one was open",
                  "Count the drawer"},
    ExceptionKind{"shift.expected", seen, "The cash that a shift expected does not match its sales",
                  "Count the drawer"},
    ExceptionKind{"shift.not-open", seen, "A sale or closing names a shift that was not open",
                  "Count the drawer"},
    ExceptionKind{"staff.replaced", seen,
                  "Two people were given one staff id; the one entered last has it",
                  "Add the other one under another id"},
    ExceptionKind{"wallet.blocked", borne, "A blocked wallet was used", "Ask the customer"},
    ExceptionKind{"wallet.expired", borne, "A wallet paid after its last day", "Nothing"},
    ExceptionKind{"wallet.short", owed, "A wallet paid more than was in it",
                  "Two tills took the same money: the shop bears it, or the customer owes it"},
    ExceptionKind{"warranty.disputed", seen,
                  "The item was registered before; the first registration stands",
                  "Compare the receipts"},
};
static_assert(std::ranges::is_sorted(kinds, {}, &ExceptionKind::code));

constexpr ExceptionKind newer{{}, seen, "A newer version has to say what it is", "Update"};

bool is_code(std::string_view code) {
  return !code.empty() && code.size() <= limits::code_bytes &&
         std::ranges::all_of(
             code, [](char c) { return is_lower(c) || is_digit(c) || c == '.' || c == '-'; });
}

}  // namespace

std::string_view name_of(Decision decision) {
  switch (decision) {
    case absorb:
      return "absorb";
    case debt:
      return "debt";
    case noted:
      break;
  }
  return "noted";
}

Result<Decision> parse_decision(std::string_view name) {
  for (const Decision each : {absorb, debt, noted})
    if (name == name_of(each)) return each;
  return Error{Failure::bad_input, "exception.decision", "There is no such decision",
               std::string(name), "Use absorb, debt or noted"};
}

std::span<const ExceptionKind> exception_kinds() { return kinds; }

const ExceptionKind& kind_of_exception(std::string_view code) {
  const auto found = std::ranges::lower_bound(kinds, code, {}, &ExceptionKind::code);
  return found != kinds.end() && found->code == code ? *found : newer;
}

bool is_something(const Lacking& lacking) {
  return std::visit(Overloaded{[](std::monostate) { return false; },
                               [](Points points) { return points.hundredths > 0; },
                               [](Money money) { return money.minor > 0; }},
                    lacking);
}

std::string to_text(const Lacking& lacking) {
  return std::visit(
      Overloaded{
          [](std::monostate) { return std::string(); },
          [](Points points) { return to_decimal(points) + " points"; },
          [](Money money) { return to_decimal(money) + " " + std::string(money.currency.code()); }},
      lacking);
}

std::string to_text(const ExceptionName& name) {
  return std::to_string(name.fact.terminal().value) + "-" +
         std::to_string(name.fact.epoch().value) + "-" + std::to_string(name.fact.seq()) + "/" +
         name.code;
}

Result<Done> check(const ExceptionSettled& settled) {
  if (!is_code(settled.exception.code))
    return Error{Failure::bad_input, "exception.code", "Not the code of an exception", "code",
                 "Copy it from the list of exceptions."};
  const bool owes = settled.decision == Decision::debt;
  const bool sound = owes ? !settled.customer.nobody() && is_something(settled.owed)
                          : std::holds_alternative<std::monostate>(settled.owed);
  if (!sound)
    return Error{Failure::bad_input, "exception.debt",
                 owes ? "A debt needs somebody who owes it, and how much"
                      : "Only of a debt something is owed",
                 "owed", "Correct the entry."};
  return check_texts({{settled.reason, limits::name_bytes, Presence::optional, "reason"},
                      {settled.staff, limits::name_bytes, Presence::optional, "staff"}});
}

}  // namespace keepsake
