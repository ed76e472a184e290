#include "kiosk/cli/imports/retail_facts.hpp"

#include <utility>

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/tender.hpp"

namespace keepsake::cli::retail {
namespace {

Error in_invoice(Error error, const Invoice& invoice) {
  error.where = "invoice " + invoice.number + (error.where.empty() ? "" : ", " + error.where);
  return error;
}

Result<Money> sum(const std::vector<Money>& amounts) {
  Money total{0, currency()};
  for (const auto& amount : amounts) {
    const auto more = add(total, amount);
    if (!more) return more;
    total = *more;
  }
  return total;
}

std::vector<Tender> unknown_tender(Money total) {
  return {Tender{TenderKind::unknown, total, total, {}}};
}

// The parts of one cancelled line as return lines.
Result<Done> add_lines(const Sales& sales, std::span<const Part> parts, Return& returned) {
  const auto& line = sales.lines[parts.front().line];
  const auto amount = amount_of(line);
  if (!amount) return amount.error();
  std::vector<std::int64_t> weights;
  for (const auto& part : parts) weights.push_back(part.pieces);
  const auto shares = allocate(*amount, weights);
  if (!shares) return shares.error();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    ReturnLine out{sales.articles[line.article].code,
                   std::string(sales.name_of(line)),
                   Quantity::pieces(parts[i].pieces),
                   (*shares)[i],
                   Money{0, currency()},
                   std::nullopt,
                   std::nullopt};
    if (parts[i].from) {
      out.purchase = FactId{};
      out.line_no = parts[i].from->line_no;
    }
    returned.lines.push_back(std::move(out));
  }
  return Done{};
}

std::string origin(std::string_view number) {
  return std::string(source_name) + ":" + std::string(number);
}

}  // namespace

std::string origin_of(const Invoice& invoice) { return origin(invoice.number); }
std::string origin_of_customer(std::string_view customer) { return origin(customer); }

Result<Money> amount_of(const Line& line) {
  return line_amount(line.price, Quantity::pieces(line.pieces), currency());
}

Result<Purchase> to_purchase(const Sales& sales, std::uint32_t index, LocalTime at) {
  const auto& invoice = sales.invoices[index];
  Purchase purchase;
  purchase.at = at;
  purchase.origin = origin_of(invoice);
  purchase.currency = currency();
  std::vector<Money> amounts;
  const auto lines = sales.lines_of(invoice);
  purchase.lines.reserve(lines.size());
  for (const std::uint32_t line_index : lines) {
    const auto& line = sales.lines[line_index];
    const auto amount = amount_of(line);
    if (!amount) return in_invoice(amount.error(), invoice);
    amounts.push_back(*amount);
    PurchaseLine out;
    out.article = sales.articles[line.article].code;
    out.name = sales.name_of(line);
    out.quantity = Quantity::pieces(line.pieces);
    out.unit_price = line.price;
    out.amount = *amount;
    out.tax = Money{0, currency()};
    purchase.lines.push_back(std::move(out));
  }
  const auto total = sum(amounts);
  if (!total) return in_invoice(total.error(), invoice);
  purchase.total = *total;
  purchase.tax = Money{0, currency()};
  purchase.cash_rounding = Money{0, currency()};
  purchase.tenders = unknown_tender(*total);
  if (const auto ok = check(purchase); !ok) return in_invoice(ok.error(), invoice);
  return purchase;
}

Result<Return> to_return(const Sales& sales, const Matches& matches, std::uint32_t index,
                         LocalTime at) {
  const auto& invoice = sales.invoices[index];
  Return returned;
  returned.at = at;
  returned.origin = origin_of(invoice);
  returned.currency = currency();
  returned.reason = "cancelled";
  const auto parts = matches.of(index);
  for (std::size_t begin = 0; begin < parts.size();) {
    std::size_t end = begin + 1;
    while (end < parts.size() && parts[end].line == parts[begin].line) ++end;
    const auto ok = add_lines(sales, parts.subspan(begin, end - begin), returned);
    if (!ok) return in_invoice(ok.error(), invoice);
    begin = end;
  }
  std::vector<Money> amounts;
  for (const auto& line : returned.lines) amounts.push_back(line.amount);
  const auto total = sum(amounts);
  if (!total) return in_invoice(total.error(), invoice);
  returned.total = *total;
  returned.tax = Money{0, currency()};
  returned.tenders = unknown_tender(*total);
  if (const auto ok = check(returned); !ok) return in_invoice(ok.error(), invoice);
  return returned;
}

void name_purchases(Return& returned, std::span<const Part> parts, std::span<const FactId> facts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i].from) continue;
    ReturnLine& line = returned.lines[i];
    line.purchase = facts[parts[i].from->invoice];
    if (line.purchase != FactId{}) continue;
    line.purchase.reset();
    line.line_no.reset();
  }
}

Result<Article> to_article(const Sales& sales, const ArticleInfo& info) {
  Article article;
  article.code = info.code;
  article.name = sales.name_of(info);
  article.price = info.price;
  if (const auto ok = check(article); !ok) {
    Error error = ok.error();
    error.where = "article " + info.code + ", " + error.where;
    return error;
  }
  return article;
}

CustomerEnrolment to_enrolment(std::string_view customer, const CustomerRef& ref, LocalTime at) {
  CustomerEnrolment enrolment;
  enrolment.customer = ref;
  enrolment.origin = origin_of_customer(customer);
  enrolment.at = at;
  return enrolment;
}

}  // namespace keepsake::cli::retail
