#pragma once
// Which purchase a cancelled line came from.
//
// A line of a cancellation belongs to the most recent earlier purchase (by time, then by order in
// the file) of the same customer and article that still has quantity left; where too little is left
// there, what is left is taken and the next earlier purchase follows. What no purchase covers, and
// every line without a customer, is returned without receipt. Cancellations are matched by time,
// then by order in the file. Pure.

#include <optional>
#include <vector>

#include "kiosk/cli/imports/retail.hpp"

namespace keepsake::cli::retail {

struct Sold {
  std::uint32_t invoice = 0;
  std::uint32_t line_no = 0;  ///< from 0, among Sales::lines_of(invoice)
  bool operator==(const Sold&) const = default;
};

/// A piece of one cancelled line.
struct Part {
  std::uint32_t line = 0;  ///< into Sales::lines
  std::optional<Sold> from;
  std::int64_t pieces = 0;
  bool operator==(const Part&) const = default;
};

/// The parts of every cancelled line. Parts of one cancellation are together, in its lines' order;
/// a line has one part at least, and its pieces are the sum of its parts'.
struct Matches {
  std::vector<Part> parts;
  struct Range {
    std::uint32_t begin = 0, end = 0;
  };
  std::vector<Range> of_invoice;  ///< by index of invoice; empty for sales

  std::span<const Part> of(std::uint32_t invoice) const {
    const auto range = of_invoice[invoice];
    return std::span(parts).subspan(range.begin, range.end - range.begin);
  }
};

Matches match_returns(const Sales& sales);

}  // namespace keepsake::cli::retail
