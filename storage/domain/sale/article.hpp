#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/domain/sale/gtin.hpp"
#include "storage/domain/sale/tax.hpp"
#include "storage/domain/values/quantity.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/domain/warranty/cover.hpp"

namespace keepsake {

/// What the shop sells: one entry of the catalogue.
struct Article {
  std::string code;  ///< the shop's own, unique, 1..limits::code_bytes of printable characters
  std::optional<Gtin> gtin;
  std::string name;
  std::string category;  ///< may be empty
  std::string maker;     ///< may be empty; with the serial it identifies an item
  UnitPrice price;       ///< tax included
  TaxRate tax;
  SoldBy sold_by = SoldBy::piece;
  CoverTerms cover = {};                 ///< the maker's, and whether a serial number goes with it
  std::vector<std::string> labels = {};  ///< by which a programme chooses lines; each once
  std::vector<Gtin> more_gtins =
      {};  ///< further barcodes of the same goods: rising, without `gtin`
  /// What else its labels say, and is no GTIN: "ABC-1234" in Code 128, a supplier's number. Rising by
  /// code_key(), each once.
  std::vector<std::string> more_codes = {};
  bool operator==(const Article&) const = default;
};

/// Every barcode of it that is a GTIN.
std::vector<Gtin> all_gtins(const Article& article);

/// What covers a piece of it that is sold on `start`; empty: nothing, and what is weighed has none.
Covers covers_of(const Article& article, Date start, const StatutoryCover* statutory);

/// Whether a piece of it is registered by its serial number.
bool takes_serial(const Article& article, const StatutoryCover* statutory);

/// In the order in which an article has them, each once.
std::vector<std::string> in_order_of_keys(std::vector<std::string> codes);

/// Failure::bad_input or ::limit, the field in `where`.
Result<Done> check(const Article& article);

/// Whether the label of the article itself was scanned: one of its codes, or any reading of its number.
bool is_code_of(std::string_view scanned, const Article& article);

/// Catalogue changed: articles added or replaced by code, and codes taken off sale.
struct CatalogueChange {
  std::vector<Article> put;
  std::vector<std::string> removed;
  bool operator==(const CatalogueChange&) const = default;
};

}  // namespace keepsake
