#include "kiosk/app/answers.hpp"

#include "kiosk/app/article_jobs.hpp"
#include "kiosk/app/customer_jobs.hpp"
#include "kiosk/app/exception_jobs.hpp"
#include "kiosk/app/item_jobs.hpp"
#include "kiosk/app/lookups.hpp"
#include "kiosk/app/pin_proof.hpp"
#include "kiosk/app/recording.hpp"
#include "kiosk/app/return_jobs.hpp"
#include "kiosk/app/sale_jobs.hpp"
#include "kiosk/app/staff_jobs.hpp"
#include "kiosk/flow/roles.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/services/staff.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::app {
namespace {

Error no_proof() {
  return {Failure::refused, "proof.needed", "This takes proof of who the customer is", "",
          "Scan the member card, or let a member of staff vouch."};
}

/// Whoever asks as staff is what they say they are, and enough, by the records' word: what the
/// screen believes opens nothing, and whoever was removed at another till is nobody here at once.
Result<Done> expect_role(Reader& reader, const flow::Requester& requester, flow::Role least) {
  if (least == flow::Role::anyone && requester.viewer == Viewer::customer) return Done{};
  const auto role = role_of(reader, requester.staff);
  if (!role) return role.error();
  if (requester.viewer == Viewer::customer || *role == StaffRole::none)
    return Error{Failure::refused, "role.staff", "This is for staff only", "", "Sign in."};
  const bool manager = requester.viewer == Viewer::manager;
  if ((manager || least == flow::Role::manager) && !(manager && *role == StaffRole::manager))
    return Error{Failure::refused, "role.managers", "This is for managers only", "",
                 "Ask a manager."};
  return Done{};
}

/// The card that was scanned is the customer's: it is looked up once more.
Result<Done> expect_card(Work& work, const std::string& scanned, const CustomerRef& customer) {
  const auto holder = holder_of(work, scanned);
  if (!holder.ok()) return holder.error();
  if (!holder.value() || **holder != customer) return no_proof();
  return Done{};
}

/// Whoever asks showed that they are the customer whom it is about, or staff vouch for it: their
/// word is in the audit trail before anything is done on it.
Result<Done> expect_proof(Work& work, const flow::Requester& requester, const CustomerRef& customer,
                          Deed deed) {
  if (!permits(requester.recognised.proof, deed)) return no_proof();
  if (requester.recognised.proof == Proof::card)
    return expect_card(work, requester.recognised.shown, customer);
  if (requester.recognised.proof == Proof::pin)
    return is_proof_of_pin(work.book.vault(), requester.recognised.shown, customer, requester.at.at)
               ? Result<Done>(Done{})
               : no_proof();
  if (requester.viewer == Viewer::customer) return no_proof();
  return work.book.audit({requester.at, requester.staff, AuditAction::vouched, customer});
}

}  // namespace

Result<Done> expect_allowed(Work& work, const flow::Question& question) {
  const flow::Requester requester = flow::requester_of(question);
  const flow::Role least = flow::role_for(question);
  if (least == flow::Role::holder && requester.viewer == Viewer::customer)
    return expect_proof(work, requester, flow::customer_of(question), Deed::change);
  if (const auto ok = expect_role(work.reader, requester, least); !ok.ok()) return ok;
  if (const auto deed = flow::deed_of(question))
    return expect_proof(work, requester, flow::customer_of(question), *deed);
  return Done{};
}

flow::Event perform(Work& work, const flow::Question& question) {
  const auto allowed = expect_allowed(work, question);
  if (!allowed.ok()) return refusal(question, allowed.error());
  return visit([&](const auto& each) { return flow::Event(on(work, each)); }, question);
}

flow::Event refusal(const flow::Question& question, const Error& error) {
  return visit([&](const auto& each) { return flow::Event(flow::answer(each, error)); }, question);
}

}  // namespace keepsake::app
