#include "kiosk/app/return_jobs.hpp"

#include "storage/book/reader.hpp"
#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/services/receipt_code.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::app {
namespace {

Error unknown_purchase() {
  return {Failure::not_found, "return.unknown-purchase", "This purchase was not made at this till",
          "", "Return the items at the till that sold them"};
}

Result<std::shared_ptr<const ReturnBasis>> basis_of(Work& work, const FactId& id, LocalTime at) {
  Reader& reader = work.reader;
  const auto purchase = reader.purchase(id);
  if (!purchase.ok()) return purchase.error();
  if (!purchase.value()) return unknown_purchase();
  const auto programme = work.programme.get(reader);
  if (!programme.ok()) return programme.error();
  CustomerRef customer = (*purchase)->customer;
  if (!customer.nobody()) {
    const auto profile = reader.customer_profile(customer);
    if (!profile.ok()) return profile.error();
    // Nobody could use what went back to somebody who is erased.
    if (!profile.value() || (*profile)->erased) customer = {};
  }
  auto basis = reader.return_basis(customer, std::span(&id, 1), (*programme)->rules, at);
  if (!basis.ok()) return basis.error();
  if (basis->purchases.size() != 1) return unknown_purchase();
  if (customer.nobody()) basis->purchases.front().purchase.customer = {};
  return std::make_shared<const ReturnBasis>(*std::move(basis));
}

}  // namespace

Result<flow::ReceiptScanned> receipt_scanned(Work& work, const std::string& code) {
  Reader& reader = work.reader;
  const auto id = fact_of_receipt(work.book.vault(), reader, code);
  if (!id.ok()) return id.error();
  if (!id.value()) return flow::ReceiptScanned{};
  const auto purchase = reader.purchase(**id);  // a return's receipt opens nothing
  if (!purchase.ok()) return purchase.error();
  return flow::ReceiptScanned{purchase.value() ? *id : std::nullopt};
}

flow::PurchasesListed on(Work& work, const flow::ListPurchases& job) {
  return {job.ticket, work.reader.last_purchases(job.customer, purchases_listed)};
}

flow::PurchaseOpened on(Work& work, const flow::OpenPurchase& job) {
  const auto id = std::visit(
      Overloaded{
          [&](const FactId& fact) -> Result<std::optional<FactId>> { return std::optional(fact); },
          [&](Seq number) { return fact_numbered(work.reader, number); },
      },
      job.which);
  if (!id.ok()) return {job.ticket, id.error()};
  if (!id.value()) return {job.ticket, unknown_purchase()};
  auto refunds = work.reader.refunds_of(**id);
  if (!refunds.ok()) return {job.ticket, refunds.error()};
  return {job.ticket, basis_of(work, **id, job.at), *std::move(refunds)};
}

}  // namespace keepsake::app
