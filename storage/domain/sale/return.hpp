#pragma once
// Items that came back, as it happened: one fact.

#include <optional>
#include <string>
#include <vector>

#include "storage/domain/sale/loyalty_result.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/quantity.hpp"

namespace keepsake {

struct ReturnLine {
  std::string article;
  std::string name;
  Quantity quantity;  ///< > 0
  Money amount;       ///< given back for it, >= 0
  Money tax;
  std::optional<FactId> purchase;  ///< none: without receipt
  /// Index into that purchase's lines, from 0; set with purchase.
  std::optional<std::uint32_t> line_no;
  bool operator==(const ReturnLine&) const = default;
};

struct Return {
  LocalTime at;
  std::string origin;
  std::string staff;
  std::optional<FactId> shift;
  CustomerRef customer;
  Currency currency;
  std::string reason;
  std::vector<ReturnLine> lines;
  Money total;  ///< >= 0: what the customer got back
  Money tax;
  std::vector<Tender> tenders;  ///< how it was given back; amounts >= 0
  Points points_reversed;       ///< >= 0: taken back from the customer
  /// None: taken from any lots, a shortfall is the programme's loss.
  std::optional<ReturnResult> loyalty;
  bool operator==(const Return&) const = default;
};
/// Every rule a return must satisfy, as check(Purchase).
Result<Done> check(const Return& returned);

}  // namespace keepsake
