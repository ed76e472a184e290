#pragma once
// A sale under way. A lock keeps it; only "done" and "clear" end it. While the till is locked it
// holds no personal data: the customer is a bare reference, loaded again at the next PIN.

#include <memory>
#include <optional>
#include <vector>

#include "storage/domain/customer/proof.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "storage/domain/sale/basket.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/views/customer_view.hpp"

namespace keepsake {
struct ActiveProgramme;
}

namespace keepsake::flow {

/// "Use your points now, or keep them?" is asked once in a sale.
enum class PointsChoice { open, made };

struct Till {
  Basket basket;                               ///< its currency is set with the first line
  CustomerRef customer;                        ///< nobody: anonymous
  std::optional<CustomerView> member;          ///< dropped at a lock, loaded again after it
  Recognition recognised = {};                 ///< how `customer` was; no vouching outlives a lock
  std::vector<Tender> tenders;                 ///< taken so far; the last one ends the sale
  SaleRequest request = {};                    ///< rewards claimed, codes shown
  std::vector<GiftCardView> cards = {};        ///< that pay here, as they were looked up
  std::optional<loyalty::Member> state = {};   ///< what the rules know; comes and goes as `member`
  std::optional<loyalty::Member> anyone = {};  ///< what is counted for all, in a sale of nobody
  PointsChoice choice = PointsChoice::open;    ///< of this sale
  std::optional<FactId> again_of = {};         ///< the purchase whose lines were put in once more
  std::optional<loyalty::Quote> quote = {};    ///< quote_of() all the above at `quoted_at`
  LocalTime quoted_at = {};
  /// By which `quote` and `state` are; null before the first of them. Another that is published takes
  /// its place at once, or when nothing is paid any more: what is paid in part ends as it began.
  std::shared_ptr<const ActiveProgramme> programme = {};
  bool empty() const {
    return basket.lines.empty() && customer.nobody() && tenders.empty() && request.codes.empty();
  }

  /// Something is being sold: until it is done, cleared or put aside, prices stay as they are.
  bool selling() const { return !basket.lines.empty() || !tenders.empty(); }

  // Generated once, in till.cpp.
  Till();
  Till(const Till&);
  Till(Till&&) noexcept;
  Till& operator=(const Till&);
  Till& operator=(Till&&) noexcept;
  ~Till();
  bool operator==(const Till&) const;
};

}  // namespace keepsake::flow
