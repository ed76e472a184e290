#include "kiosk/screens/staff/exception_words.hpp"

#include <algorithm>
#include <array>

#include "storage/domain/values/overloaded.hpp"

namespace keepsake::screens {
namespace {

/// Says to the catalogues that this is to be translated.
constexpr const char* msg(const char* text) { return text; }

struct Title {
  std::string_view code;  ///< or what several of them begin with
  const char* words;
};
// The first that fits.
constexpr auto titles = std::to_array<Title>({
    {"points.short", msg("Points used twice")},
    {"points.shortfall", msg("Returned points were spent already")},
    {"points.", msg("Points do not add up")},
    {"wallet.short", msg("Wallet money used twice")},
    {"wallet.blocked", msg("Blocked wallet used")},
    {"wallet.expired", msg("Expired wallet used")},
    {"gift-card.short", msg("Gift card money used twice")},
    {"gift-card.unknown", msg("Unknown gift card used")},
    {"gift-card.blocked", msg("Blocked gift card used")},
    {"gift-card.expired", msg("Expired gift card used")},
    {"return.beyond-sold", msg("More returned than sold")},
    {"return.other-article", msg("Another item returned than sold")},
    {"return.unknown-purchase", msg("Return of an unknown purchase")},
    {"merge.shortfall", msg("Merge undone, wallet too low")},
    {"merge.", msg("Merge could not be done")},
    {"event.twice", msg("Points given twice")},
    {"code.used", msg("Code used twice")},
    {"codes.twice", msg("Codes added twice")},
    {"warranty.disputed", msg("Item registered twice")},
    {"cover.unknown-item", msg("Warranty of an unknown item")},
    {"card.taken", msg("Member card of another customer")},
    {"customer.twice", msg("Customer added twice")},
    {"customer.key-unreadable", msg("Details cannot be read")},
    {"customer.erased", msg("Recorded for an erased customer")},
    {"customer.unknown", msg("Unknown customer")},
    {"staff.replaced", msg("Two people with one staff ID")},
    {"date.ahead", msg("Date of the till was in the future")},
    {"date.behind", msg("Date of the till was in the past")},
    {"article.", msg("Article code conflict")},
    {"shift.", msg("Shift does not add up")},
    {"programme.", msg("Programme not accepted")},
    {"origin.duplicate", msg("Imported twice")},
    {"fact.", msg("Not counted by head office")},
    {"profile.damaged", msg("Details cannot be read")},
    {"change.damaged", msg("Details cannot be read")},
    {"note.damaged", msg("Details cannot be read")},
    {"file.", msg("Customer file problem")},
});

const char* subject_name(ExceptionSubject subject) {
  switch (subject) {
    case ExceptionSubject::purchase:
      return msg("Receipt");
    case ExceptionSubject::returned:
      return msg("Items returned");
    case ExceptionSubject::event:
      return msg("Points without a purchase");
    case ExceptionSubject::customer:
      return msg("Customer");
    case ExceptionSubject::warranty:
      return msg("Warranty");
    case ExceptionSubject::other:
      break;
  }
  return msg("Record");
}

bool can_be(const ExceptionView& exception, Decision decision) {
  const auto all = kind_of_exception(exception.name.code).decisions;
  return std::ranges::find(all, decision) != all.end();
}

}  // namespace

std::string title_of(const Scene& s, const ExceptionView& exception) {
  const std::string_view code = exception.name.code;
  for (const Title& each : titles)
    if (each.code.ends_with('.') ? code.starts_with(each.code) : code == each.code)
      return s.tr(each.words);
  return s.tr("Needs a manager's look");
}

std::string subject_of(const Scene& s, const ExceptionView& exception) {
  std::string words = s.tr(subject_name(exception.subject));
  words += " · " + s.moment(exception.at.at);
  if (exception.amount) words += " · " + s.locale().money(*exception.amount);
  if (exception.subject == ExceptionSubject::warranty && !exception.what.empty())
    words += " · " + exception.what;
  return words;
}

std::string advice_on(const Scene& s, const ExceptionView& exception) {
  if (exception.name.code == "points.shortfall")
    return s.tr("Decide whether the shop bears the loss or the customer owes it.");
  if (can_be(exception, Decision::debt))
    return s.tr(
        "Two tills without a connection used the same. Decide whether the shop bears the loss or "
        "the customer owes it.");
  if (can_be(exception, Decision::absorb))
    return s.tr("It has happened and is counted. If nobody replaces the loss, the shop bears it.");
  if (exception.name.code.starts_with("fact."))
    return s.tr("Head office keeps this record without counting it. Tell your technician.");
  return s.tr("Nothing is lost. Look into it, then mark it as seen.");
}

std::string lacking_of(const Scene& s, const ExceptionView& exception) {
  return std::visit(Overloaded{[](std::monostate) { return std::string(); },
                               [&](Points points) { return s.locale().points_words(points); },
                               [&](Money money) { return s.locale().money(money); }},
                    exception.lacking);
}

std::string words_of(const Scene& s, Decision decision) {
  switch (decision) {
    case Decision::absorb:
      return s.tr("Shop bears it");
    case Decision::debt:
      return s.tr("Customer owes it");
    case Decision::noted:
      break;
  }
  return s.tr("Mark as seen");
}

}  // namespace keepsake::screens
