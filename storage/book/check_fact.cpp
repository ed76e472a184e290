#include "storage/book/check_fact.hpp"

#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/file.hpp"
#include "storage/domain/every_fact.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake {

namespace {

constexpr std::size_t consents_max = 20;
constexpr std::size_t sealed_profile_max = 8 * 1024;
constexpr std::size_t sealed_max = 64 * 1024;
constexpr std::size_t withdrawals_max = 200;

Error wrong(const char* code, const char* what, const char* where) {
  return {Failure::bad_input, code, what, where, "Correct the entry."};
}

Result<Done> check(const Consent& consent) {
  return check_texts(
      {{consent.wording, limits::code_bytes, Presence::required, "consent wording"},
       {consent.language, limits::code_bytes, Presence::optional, "consent language"}});
}

Result<Done> check(const CustomerEnrolment& enrolment) {
  using enum Presence;
  if (enrolment.customer.nobody())
    return wrong("customer.missing", "The enrolment names no customer", "customer");
  if (auto ok = check_texts({{enrolment.origin, limits::code_bytes, optional, "origin"},
                             {enrolment.card, limits::code_bytes, optional, "card"},
                             {enrolment.language, limits::code_bytes, optional, "language"},
                             {enrolment.staff, limits::name_bytes, optional, "staff"},
                             {enrolment.place, limits::name_bytes, optional, "place"}});
      !ok)
    return ok;
  if (enrolment.sealed_profile.size() > sealed_profile_max)
    return Error{Failure::limit, "profile.limit", "The profile is too long", "sealed_profile",
                 "Shorten it."};
  if (enrolment.consents.size() > consents_max)
    return Error{Failure::limit, "consents.limit", "There are too many consents", "consents",
                 "Remove the repeated ones."};
  for (const Consent& consent : enrolment.consents)
    if (auto ok = check(consent); !ok) return ok;
  return Done{};
}

Result<Done> check_sealed(const CustomerRef& customer, std::string_view sealed,
                          std::string_view staff) {
  if (customer.nobody()) return wrong("customer.missing", "The fact names no customer", "customer");
  if (sealed.empty()) return wrong("sealed.missing", "The fact is empty", "sealed");
  if (sealed.size() > sealed_max)
    return Error{Failure::limit, "sealed.limit", "The sealed content is too long", "sealed",
                 "Shorten it."};
  return check_text(staff, limits::name_bytes, Presence::optional, "staff");
}

Result<Done> check(const CustomerChange& change) {
  return check_sealed(change.customer, change.sealed, change.staff);
}

Result<Done> check(const CustomerNote& note) {
  return check_sealed(note.customer, note.sealed, note.staff);
}

Result<Done> check(const MemberPinChange& change) {
  // An empty one takes the PIN away.
  return check_sealed(change.customer, change.sealed.empty() ? "-" : change.sealed, change.staff);
}

Result<Done> check(const ConsentChange& change) {
  if (change.customer.nobody())
    return wrong("customer.missing", "The fact names no customer", "customer");
  if (change.consents.empty() || change.consents.size() > consents_max)
    return wrong("consents.limit", "There are no consents, or too many", "consents");
  if (change.after.size() > withdrawals_max)
    return Error{Failure::limit, "consents.limit", "There are too many withdrawals", "after",
                 "Name the newest ones."};
  for (const Consent& consent : change.consents)
    if (auto ok = check(consent); !ok) return ok;
  return check_texts({{change.place, limits::name_bytes, Presence::optional, "place"},
                      {change.staff, limits::name_bytes, Presence::optional, "staff"}});
}

Result<Done> check(const FileAttached& file) {
  if (file.bytes <= 0) return wrong("file.empty", "The file is empty", "bytes");
  if (file.bytes > limits::file_bytes)
    return Error{Failure::limit, "file.limit", "The file is too large", "bytes",
                 "Make it smaller."};
  return check_sealed(file.customer, file.sealed_name, file.staff);
}

Result<Done> check(const FileRemoved& removed) {
  if (removed.customer.nobody())
    return wrong("customer.missing", "The fact names no customer", "customer");
  return check_text(removed.staff, limits::name_bytes, Presence::optional, "staff");
}

Result<Done> check(const CustomerMerge& merge) {
  if (merge.kept.nobody() || merge.merged.nobody())
    return wrong("customer.missing", "The merge names no customer", "customer");
  if (merge.kept == merge.merged)
    return wrong("merge.same", "They are already one customer", "customer");
  return check_texts({{merge.reason, limits::name_bytes, Presence::optional, "reason"},
                      {merge.staff, limits::name_bytes, Presence::optional, "staff"}});
}

Result<Done> check(const MergeUndoing& undoing) {
  return check_text(undoing.staff, limits::name_bytes, Presence::optional, "staff");
}

Result<Done> check(const CustomersApart& apart) {
  if (apart.one.nobody() || apart.other.nobody())
    return wrong("customer.missing", "The fact names no customer", "customer");
  if (apart.one == apart.other)
    return wrong("apart.same", "Both are the same customer", "customer");
  return check_text(apart.staff, limits::name_bytes, Presence::optional, "staff");
}

Result<Done> check(const CustomerErasure& erasure) {
  if (erasure.customers.empty() || erasure.customers.size() > limits::merged_customers)
    return wrong("erasure.limit", "An erasure must name one customer", "customers");
  for (const CustomerRef& customer : erasure.customers)
    if (customer.nobody())
      return wrong("customer.missing", "The fact names no customer", "customers");
  for (std::size_t i = 1; i < erasure.kept.size(); ++i)
    if (erasure.kept[i - 1].reason >= erasure.kept[i].reason)
      return wrong("erasure.kept", "A reason for keeping something stands twice", "kept");
  return check_texts({{erasure.reason, limits::name_bytes, Presence::optional, "reason"},
                      {erasure.staff, limits::name_bytes, Presence::optional, "staff"}});
}

Result<Done> check(const Programme& programme) {
  if (programme.version <= 0)
    return wrong("programme.version", "A programme's version must be 1 or higher", "version");
  if (auto ok = check_text(programme.name, limits::name_bytes, Presence::required, "name"); !ok)
    return ok;
  if (programme.currency == Currency{})
    return wrong("currency.missing", "The currency is missing", "currency");
  if (programme.per_major_unit.hundredths < 0 || programme.point_value_milli_minor < 0)
    return wrong("programme.negative", "A programme's figures must not be negative",
                 "per_major_unit");
  if (programme.source.size() > limits::programme_bytes)
    return Error{Failure::limit, "programme.limit", "The programme's text is too long", "source",
                 "Shorten it."};
  return Done{};
}

Result<Done> check(const ChainSettings& settings) {
  if (settings.source.empty())
    return wrong("settings.empty", "The settings have no text", "source");
  if (settings.source.size() > limits::settings_bytes)
    return Error{Failure::limit, "settings.size", "The settings' text is too long", "source",
                 "Shorten it."};
  return Done{};
}

Result<Done> check(const CatalogueChange& change) {
  if (change.put.size() + change.removed.size() > limits::articles_per_change)
    return Error{Failure::limit, "catalogue.limit", "Too many articles in one change", "",
                 "Split the change."};
  for (const Article& article : change.put)
    if (auto ok = keepsake::check(article); !ok) return ok;
  for (const std::string& code : change.removed)
    if (auto ok = check_text(code, limits::code_bytes, Presence::required, "removed"); !ok)
      return ok;
  return Done{};
}

Result<Done> check_cash(Money cash, const char* where) {
  if (cash.currency == Currency{})
    return wrong("currency.missing", "The currency is missing", where);
  if (cash.minor > limits::amount_minor || cash.minor < -limits::amount_minor)
    return Error{Failure::limit, "money.limit", "An amount is too large", where,
                 "Correct the entry."};
  return Done{};
}

Result<Done> check(const ShiftOpening& opening) {
  if (auto ok = check_text(opening.staff, limits::name_bytes, Presence::optional, "staff"); !ok)
    return ok;
  if (opening.cash_float.minor < 0)
    return wrong("money.negative", "The counted cash is below zero", "cash_float");
  return check_cash(opening.cash_float, "cash_float");
}

Result<Done> check(const ShiftClosing& closing) {
  if (auto ok = check_text(closing.staff, limits::name_bytes, Presence::optional, "staff"); !ok)
    return ok;
  if (auto ok = check_cash(closing.expected, "expected"); !ok) return ok;
  if (closing.counted.minor < 0)
    return wrong("money.negative", "The counted cash is below zero", "counted");
  if (closing.counted.currency != closing.expected.currency)
    return wrong("money.currency", "An amount is in another currency", "counted");
  return check_cash(closing.counted, "counted");
}

}  // namespace

Result<Done> check_fact(const Fact& fact) {
  return visit([](const auto& noun) { return check(noun); }, fact);
}

Result<Done> check_facts(std::span<const Fact> facts) {
  for (std::size_t i = 0; i < facts.size(); ++i)
    if (auto ok = check_fact(facts[i]); !ok) return among_facts(ok.error(), i, facts.size());
  return Done{};
}

Error among_facts(Error error, std::size_t index, std::size_t count) {
  if (count > 1)
    error.where =
        "fact " + std::to_string(index + 1) + (error.where.empty() ? "" : ", ") + error.where;
  return error;
}

}  // namespace keepsake
