#pragma once
// Sales of the "Online Retail" data set (UCI Machine Learning Repository, Daqing Chen, 2015), read
// and judged whole before anything is written. Columns: InvoiceNo, StockCode, Description,
// Quantity, InvoiceDate (local time), UnitPrice, CustomerID, Country. Real data, so: "NA" for
// unknown, invoices that are not contiguous or carry several times (the first counts), stock
// adjustments among the sales (negative quantity, not a cancellation).

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/sale/article.hpp"
#include "storage/domain/values/quantity.hpp"
#include "storage/exchange/csv.hpp"

namespace keepsake::cli::retail {

inline constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::uint32_t nameless = std::numeric_limits<std::uint32_t>::max();

/// Limits beside those of the CSV reader: the real file has 209,029 lines.
inline constexpr std::size_t most_lines = 3'000'000;
inline constexpr std::size_t most_refused_bytes = 64 << 20;

enum class Kind { sale, cancellation };

/// One line that will be imported.
struct Line {
  std::uint32_t file_line = 0;
  std::uint32_t invoice = 0;  ///< index into Sales::invoices, as the next two into their lists
  std::uint32_t article = 0;
  std::uint32_t name = nameless;  ///< into Sales::names
  std::int64_t pieces = 0;        ///< > 0, on cancellations too
  UnitPrice price;
};

struct Invoice {
  std::string number;  ///< with its C
  Kind kind = Kind::sale;
  std::int64_t wall_s = 0;  ///< seconds since 1970-01-01 on the shop's wall clock
  std::uint32_t customer = nobody;
  std::uint32_t begin = 0, end = 0;  ///< its lines, in Sales::by_invoice
};

enum class Refusal { stock_adjustment, not_a_sale };

struct Refused {
  std::uint32_t file_line = 0;
  Refusal refusal = Refusal::not_a_sale;
  std::string reason;  ///< stock adjustments: the note in Description, or "no description"
  std::string record;  ///< the line as it was, as CSV
};

struct ArticleInfo {
  std::string code;
  std::uint32_t name = nameless;  ///< the description most used on priced lines
  UnitPrice price;                ///< the latest on a sale that was not free
};

struct Sales {
  std::vector<ArticleInfo> articles;
  std::vector<std::string> names;
  std::vector<std::string> customers;
  std::vector<Invoice> invoices;  ///< with at least one line, in order of first appearance
  std::vector<Line> lines;        ///< in the file's order
  /// Indices into lines, grouped; within an invoice in file order.
  std::vector<std::uint32_t> by_invoice;
  std::vector<Refused> refused;
  std::uint64_t file_lines = 0;       ///< records, the header not counted; = lines + refused
  std::uint64_t anonymous_lines = 0;  ///< of file_lines, those without a customer
  std::uint64_t blank_lines = 0;

  std::span<const std::uint32_t> lines_of(const Invoice& invoice) const {
    return std::span(by_invoice).subspan(invoice.begin, invoice.end - invoice.begin);
  }
  std::string_view name_of(const Line& line) const;  ///< its own, else the article's, else the code
  std::string_view name_of(const ArticleInfo& article) const;
};

/// The currency of the file's prices.
Currency currency();

/// Reads to the end. Errors carry FILE:LINE:COLUMN (COLUMN NAME). `progress` is called now and
/// then. Failure::bad_input "retail.header", "retail.columns", "retail.number", "retail.date",
/// "retail.customer", "retail.text", "retail.empty", ::limit "retail.lines", "retail.refused", and
/// those of CsvReader.
Result<Sales> read(CsvReader& csv, const std::function<void()>& progress);

/// Sales of `kind` (indices into invoices) by time, then order of appearance.
std::vector<std::uint32_t> in_order(const Sales& sales, Kind kind);
/// All of them, of one moment the sales first.
std::vector<std::uint32_t> in_order(const Sales& sales);

}  // namespace keepsake::cli::retail
