#include "kiosk/cli/imports/retail_match.hpp"

#include <algorithm>
#include <unordered_map>

namespace keepsake::cli::retail {
namespace {

struct Stock {
  Sold sold;
  std::int64_t left = 0;
};

// What each customer bought of each article, earliest first. Within a purchase the lines stand in
// reverse, because matching goes backwards and shall meet them in order.
class Shelf {
 public:
  explicit Shelf(const Sales& sales) : sales_(sales) {
    for (const auto& line : sales.lines) {  // only what somebody brought back needs a place
      const auto& invoice = sales.invoices[line.invoice];
      if (invoice.kind == Kind::cancellation && invoice.customer != nobody)
        stock_.try_emplace(key(invoice.customer, line.article));
    }
    for (const std::uint32_t index : in_order(sales, Kind::sale)) {
      const auto& invoice = sales.invoices[index];
      if (invoice.customer == nobody) continue;
      const auto lines = sales.lines_of(invoice);
      for (std::size_t i = lines.size(); i-- > 0;) {
        const auto& line = sales.lines[lines[i]];
        const auto place = stock_.find(key(invoice.customer, line.article));
        if (place == stock_.end()) continue;
        place->second.push_back({{index, static_cast<std::uint32_t>(i)}, line.pieces});
      }
    }
  }

  void take(std::uint32_t index, std::uint32_t line_index, std::vector<Part>& parts) {
    const auto& line = sales_.lines[line_index];
    const auto& cancellation = sales_.invoices[index];
    std::int64_t wanted = line.pieces;
    const auto found = cancellation.customer == nobody
                           ? stock_.end()
                           : stock_.find(key(cancellation.customer, line.article));
    if (found != stock_.end()) {
      auto& stock = found->second;
      for (std::size_t i = stock.size(); i-- > 0 && wanted > 0;) {
        if (stock[i].left == 0 || !earlier(stock[i].sold.invoice, index)) continue;
        const std::int64_t taken = std::min(wanted, stock[i].left);
        parts.push_back({line_index, stock[i].sold, taken});
        stock[i].left -= taken;
        wanted -= taken;
      }
    }
    if (wanted > 0) parts.push_back({line_index, std::nullopt, wanted});
  }

 private:
  static std::uint64_t key(std::uint32_t customer, std::uint32_t article) {
    return std::uint64_t{customer} << 32 | article;
  }
  // Invoices are numbered in order of appearance.
  bool earlier(std::uint32_t purchase, std::uint32_t cancellation) const {
    const auto& a = sales_.invoices[purchase];
    const auto& b = sales_.invoices[cancellation];
    return a.wall_s != b.wall_s ? a.wall_s < b.wall_s : purchase < cancellation;
  }

  const Sales& sales_;
  std::unordered_map<std::uint64_t, std::vector<Stock>> stock_;
};

}  // namespace

Matches match_returns(const Sales& sales) {
  Shelf shelf(sales);
  Matches matches;
  matches.of_invoice.resize(sales.invoices.size());
  for (const std::uint32_t index : in_order(sales, Kind::cancellation)) {
    const auto begin = static_cast<std::uint32_t>(matches.parts.size());
    for (const std::uint32_t line : sales.lines_of(sales.invoices[index]))
      shelf.take(index, line, matches.parts);
    matches.of_invoice[index] = {begin, static_cast<std::uint32_t>(matches.parts.size())};
  }
  return matches;
}

}  // namespace keepsake::cli::retail
