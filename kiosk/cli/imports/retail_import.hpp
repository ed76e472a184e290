#pragma once
// Sales into a book, so that an import cut short at any point is continued by the next one.
//
// Purchases and returns in the order in which they happened, because a level and points depend on
// it; of one moment purchases first, because a return names the recorded purchase. Each customer,
// purchase and return carries an origin; what the book already has of an origin is not recorded
// again, and named where its total is another than the file's. Articles that the catalogue has stay
// as they are.

#include <cstdint>
#include <functional>

#include "kiosk/cli/imports/retail_match.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {
class Book;
}  // namespace keepsake

namespace keepsake::cli::retail {

inline constexpr std::size_t facts_per_commit = 1000;

struct Tally {
  std::uint64_t added = 0;
  std::uint64_t already_there = 0;
  std::vector<std::string> differing = {};  ///< of those there: recorded with another total
};

/// A document that no shop can have made, or that fits no fact: left out, the others are recorded.
struct Rejected {
  std::uint32_t invoice = 0;  ///< of Sales
  Error error;
};

struct Imported {
  Tally articles, customers, purchases, returns;
  std::vector<Rejected> rejected;  ///< in the file's order
};

using Advance = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Everything is built and checked once before the first write: an article that breaks a rule leaves
/// the book as it was, an invoice is left out. What comes back of one that was left out comes back
/// without receipt. Later errors are those of Book; what was committed before stays, and
/// the next import goes on from there.
Result<Imported> import(Book& book, const Clock& clock, const Sales& sales, const Matches& matches,
                        const Advance& advance);

}  // namespace keepsake::cli::retail
