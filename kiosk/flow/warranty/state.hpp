#pragma once
// Registering a warranty by itself.

#include <optional>
#include <string>
#include <vector>

#include "kiosk/flow/shared/field.hpp"
#include "kiosk/flow/shared/item_seen.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/warranty/warranty.hpp"

namespace keepsake::flow {

struct Context;

/// Register a warranty by itself: article, serial, day of purchase. For customers and staff.
struct WarrantyForm {
  CustomerRef customer;  ///< nobody: registered without a member
  std::string words;     ///< article search, while `article` is empty
  std::vector<Article> found;
  bool more = false;  ///< others are found by `words`, too
  std::optional<Article> article;
  std::string serial;  ///< as typed or scanned
  /// `serial` as it is breaks the article's rule; a manager may say that it stands so on the item.
  bool refused = false;
  Date bought{};
  int page = 0;  ///< of `found`
  Field editing = Field::search;
  bool operator==(const WarrantyForm&) const = default;
};
/// The first cover that the form would start; nullopt until an article with cover is chosen.
std::optional<Cover> cover_of(const WarrantyForm& form, const Context& context);

struct WarrantyDone {
  FactId id;
  std::string article_name;
  std::string serial_typed;
  Cover cover;
  Instant leaves_at;  ///< back to the home page or to attract; screens may show it as a slow bar
  bool operator==(const WarrantyDone&) const = default;
};

/// Items under cover that a scan or a look-up found, or one of them.
struct ItemPage {
  std::vector<ItemSeen> found;           ///< not empty
  std::optional<std::size_t> open = {};  ///< none: the list
  bool operator==(const ItemPage&) const = default;
};

}  // namespace keepsake::flow
