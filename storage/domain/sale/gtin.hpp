#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// A Global Trade Item Number, kept as 14 digits (GS1 General Specifications 7.9: check digit mod
/// 10, weights 3 and 1 from the right). GTIN-8, -12 and -13 are the same number with leading zeros.
class Gtin {
 public:
  /// 8, 12, 13 or 14 digits. Failure::bad_input "gtin.length", "gtin.digits" or "gtin.check-digit".
  static Result<Gtin> parse(std::string_view digits);
  /// What a label or a file has printed: as parse(), and the eight digits of a UPC-E, which stand for
  /// a UPC-A. What is sound as a GTIN-8 is one. Errors of parse().
  static Result<Gtin> from_label(std::string_view digits);
  /// All that scanned digits may mean, the likeliest first; empty when nothing. Eight digits may be a
  /// GTIN-8 or a UPC-E; six and seven a UPC-E of which the scanner kept the number system, the check
  /// digit or both to itself.
  static std::vector<Gtin> readings(std::string_view digits);
  const std::string& digits14() const { return digits_; }
  std::string shortest() const;  ///< as printed: 13 digits, or 8, 12, 14 where that is its form
  auto operator<=>(const Gtin&) const = default;

 private:
  std::string digits_;
};

}  // namespace keepsake
