#pragma once
// Parked baskets: the file parked.toml of the terminal's folder. It is no part of the book: nothing
// is owed or owned before a sale is paid, and other tills do not see it. It holds no customer.
//
// Every change is on disk when it returns. A file that cannot be read is put aside under another
// name, so that a damaged basket never keeps the shop from parking the next.

#include <filesystem>
#include <vector>

#include "kiosk/flow/sale/held.hpp"

namespace keepsake::app {

class Parking {
 public:
  Parking(const std::filesystem::path& folder, Currency currency)
      : file_(folder / "parked.toml"), currency_(currency) {}

  /// Oldest first.
  std::vector<flow::ParkedBasket> all() const;
  /// Gives the basket its id. Failure::limit "park.full" at flow::parked_at_once, ::unavailable.
  Result<Done> put(flow::ParkedBasket basket) const;
  /// The basket, no longer parked. Failure::not_found "park.gone".
  Result<flow::ParkedBasket> take(const std::string& id) const;

 private:
  Result<Done> write(const std::vector<flow::ParkedBasket>& baskets) const;

  std::filesystem::path file_;
  Currency currency_;
};

std::vector<flow::ParkedView> views_of(const std::vector<flow::ParkedBasket>& baskets);

}  // namespace keepsake::app
