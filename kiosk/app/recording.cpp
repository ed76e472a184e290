#include "kiosk/app/recording.hpp"

#include <algorithm>

#include "kiosk/app/customer_jobs.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/every_fact.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/services/customers.hpp"
#include "storage/services/loyalty_events.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::app {
namespace {

CustomerRef customer_of(const Fact& fact) {
  return visit(Overloaded{
                   [](const Purchase& f) { return f.customer; },
                   [](const Return& f) { return f.customer; },
                   [](const CustomerEnrolment& f) { return f.customer; },
                   [](const WarrantyRegistration& f) { return f.customer; },
                   [](const LoyaltyEvent& f) { return f.customer; },
                   [](const auto&) { return CustomerRef{}; },
               },
               fact);
}

/// The first of the facts is the one that was asked for; what they earn comes with them.
Result<FactId> record_all(Work& work, std::span<const Fact> facts,
                          std::span<const EarningTrigger> more, const Actor& actor) {
  const auto programme = work.programme.get(work.reader);
  if (!programme.ok()) return programme.error();
  const auto recorded = record_earning(work.book, **programme, facts, more, actor);
  if (!recorded.ok()) return recorded.error();
  return recorded->facts.front();
}

bool in_cash(const std::vector<Tender>& tenders) {
  return std::ranges::any_of(tenders,
                             [](const Tender& each) { return each.kind == TenderKind::cash; });
}

/// What goes into the drawer or out of it is counted by the shift that is open, by whatever screen.
Result<Done> expect_shift(Work& work, const Fact& fact) {
  std::optional<FactId> named;
  bool cash = false;
  if (const auto* purchase = get_if<Purchase>(&fact)) {
    named = purchase->shift;
    cash =
        in_cash(purchase->tenders) || (purchase->loyalty && purchase->loyalty->paid_out.minor > 0);
  } else if (const auto* back = get_if<Return>(&fact)) {
    named = back->shift;
    cash = in_cash(back->tenders);
  } else if (const auto* event = get_if<LoyaltyEvent>(&fact)) {
    named = event->shift;
    cash = event->loyalty.paid_out.minor > 0;
  }
  if (!cash) return Done{};
  const auto open = work.reader.open_shift();
  if (!open.ok()) return open.error();
  if (open.value() && named == open.value()->id) return Done{};
  return Error{Failure::refused, "shift.none", "Cash moves while a shift is open", "shift",
               "Count the drawer and open one."};
}

Result<FactId> record_one(Work& work, const Fact& fact) {
  if (const auto ok = expect_shift(work, fact); !ok.ok()) return ok.error();
  const auto* warranty = get_if<WarrantyRegistration>(&fact);
  if (warranty == nullptr) return work.book.record(fact);
  return record_all(work, std::span(&fact, 1), {}, {warranty->staff, warranty->at});
}

flow::Recorded recorded(Work& work, flow::Ticket ticket, const CustomerRef& customer, LocalTime at,
                        const Result<FactId>& id) {
  flow::Recorded answer{ticket, id, {}, {}};
  // The record stands whatever the reads after it say; they only freshen the screen.
  if (const auto shift = work.reader.open_shift(); shift.ok()) answer.shift = shift.value();
  if (!answer.id.ok() || customer.nobody()) return answer;
  if (const auto member = customer_view(work, customer, at); member.ok())
    answer.member = member.value();
  return answer;
}

Result<std::optional<CustomerRef>> referrer_of(Reader& reader, const std::string& typed) {
  if (typed.empty()) return std::optional<CustomerRef>();
  const auto by_card = reader.customer_by_card(typed);
  if (!by_card.ok() || by_card.value()) return by_card;
  const auto by_phone = reader.customer_by_phone(typed);
  if (!by_phone.ok() || by_phone.value()) return by_phone;
  return Error{Failure::not_found, "referrer.unknown",
               "This card or phone number is not registered", "referred_by",
               "Correct it, or leave it out"};
}

/// What was typed at joining, as the service of enrolments takes it.
NewCustomer newcomer(const Book& book, const flow::Enrol& job) {
  NewCustomer customer;
  customer.profile.fields = {{std::string(customer_field::name), job.profile.name},
                             {std::string(customer_field::language), job.language}};
  customer.profile.fields.insert(customer.profile.fields.end(), job.own.begin(), job.own.end());
  customer.profile.added.push_back({ContactKind::phone, job.profile.phone, ""});
  if (!job.card.empty()) customer.profile.added.push_back({ContactKind::card, job.card, ""});
  customer.consents = job.consents;
  customer.place = place_of(book);
  return customer;
}

Result<FactId> enrol(Work& work, const flow::Enrol& job, CustomerRef& customer) {
  const auto known = work.reader.customer_by_phone(job.profile.phone);
  if (!known.ok()) return known.error();
  if (known.value())
    return Error{Failure::refused, "customer.phone-known", "This phone belongs to a member",
                 "phone", "Identify with the phone instead"};
  auto referrer = referrer_of(work.reader, job.referred_by);
  if (!referrer.ok()) {
    // At the stand nobody is told whether a number is a member's: then nobody brought them.
    if (job.requester.viewer != Viewer::customer || referrer.error().code != "referrer.unknown")
      return referrer.error();
    referrer = std::optional<CustomerRef>();
  }
  const auto made = work.book.vault().new_customer();
  if (!made.ok()) return made.error();
  customer = *made;
  const Actor actor{job.staff, job.at};
  const auto facts = enrolment_facts(work.book, customer, newcomer(work.book, job), actor);
  if (!facts.ok()) return facts.error();
  std::vector<EarningTrigger> more;
  if (referrer.value()) more = referral(customer, **referrer);
  return record_all(work, *facts, more, actor);
}

}  // namespace

flow::Recorded on(Work& work, const flow::RecordFact& job) {
  return recorded(work, job.ticket, customer_of(job.fact), job.requester.at,
                  record_one(work, job.fact));
}

flow::Recorded on(Work& work, const flow::Enrol& job) {
  CustomerRef customer;
  const auto id = enrol(work, job, customer);
  return recorded(work, job.ticket, customer, job.at, id);
}

}  // namespace keepsake::app
