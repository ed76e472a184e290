#pragma once
// Sales on hold: the file parked.toml of the terminal's folder. It is no part of the book: nothing
// is owed or owned before a sale is paid, and other tills do not see it. It holds no customer.
//
// Every change is on disk when it returns. A file that cannot be read is put aside under another
// name, so that a damaged file never keeps the shop from holding the next.

#include <filesystem>
#include <vector>

#include "kiosk/flow/sale/held.hpp"

namespace keepsake::app {

class HeldSales {
 public:
  HeldSales(const std::filesystem::path& folder, Currency currency)
      : file_(folder / "parked.toml"), currency_(currency) {}

  /// Oldest first.
  std::vector<flow::HeldSale> all() const;
  /// Gives the basket its id. Failure::limit "hold.full" at flow::held_at_once, ::unavailable.
  Result<Done> put(flow::HeldSale basket) const;
  /// The basket, no longer held. Failure::not_found "hold.gone".
  Result<flow::HeldSale> take(const std::string& id) const;

 private:
  Result<Done> write(const std::vector<flow::HeldSale>& baskets) const;

  std::filesystem::path file_;
  Currency currency_;
};

std::vector<flow::HeldSaleView> views_of(const std::vector<flow::HeldSale>& baskets);

}  // namespace keepsake::app
