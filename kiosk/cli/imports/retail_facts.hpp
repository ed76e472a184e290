#pragma once
// What is recorded of the sales that were read. Pure; each value has passed the domain's own check.

#include <span>
#include <string_view>

#include "kiosk/cli/imports/retail_match.hpp"
#include "storage/domain/values/ids.hpp"

namespace keepsake {
struct Article;
struct CustomerEnrolment;
struct Purchase;
struct Return;
}  // namespace keepsake

namespace keepsake::cli::retail {

inline constexpr std::string_view source_name = "online-retail";  ///< what an origin begins with
/// Names of imported facts, by which a second import finds them: "online-retail:536365".
std::string origin_of(const Invoice& invoice);
std::string origin_of_customer(std::string_view customer);

// Built before anything is recorded: nobody's yet, and a return's purchases not named.

/// Tender unknown. It earns no points: the programme did not run when it happened.
/// Errors are those of check(Purchase), with the invoice in `where`.
Result<Purchase> to_purchase(const Sales& sales, std::uint32_t invoice, LocalTime at);

/// A return line for each part, in their order; the parts of a cancelled line share its amount by
/// largest remainder, so that they sum to it.
Result<Return> to_return(const Sales& sales, const Matches& matches, std::uint32_t invoice,
                         LocalTime at);
/// Names the purchases that the lines of `returned` came from; `facts` by invoice. A line whose
/// purchase is not recorded comes back without receipt.
void name_purchases(Return& returned, std::span<const Part> parts, std::span<const FactId> facts);

Result<Article> to_article(const Sales& sales, const ArticleInfo& article);

/// Nothing is known of the person but that they exist.
CustomerEnrolment to_enrolment(std::string_view customer, const CustomerRef& ref, LocalTime at);

/// Price times pieces, half up, of one line.
Result<Money> amount_of(const Line& line);

}  // namespace keepsake::cli::retail
