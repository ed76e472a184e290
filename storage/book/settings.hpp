#pragma once
// keepsake.toml (SETTINGS.md): what the owner decides for one data folder.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "storage/book/mirror_settings.hpp"
#include "storage/book/offline_terms.hpp"
#include "storage/book/retention_settings.hpp"
#include "storage/domain/customer/consent_text.hpp"
#include "storage/domain/customer/dormancy.hpp"
#include "storage/domain/customer/field.hpp"
#include "storage/domain/sale/cash.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/values/key_layout.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/warranty/cover.hpp"

namespace keepsake {

/// Settings of a data folder, keepsake.toml. Written by `keepsake init`.
struct Settings {
  std::string shop = "Keepsake";
  Currency currency;
  std::string time_zone = "UTC";  ///< IANA name
  std::string calling_code = "+47";
  std::string country = "NO";  ///< ISO 3166-1; with a language it picks the formats
  CashStep cash_step;
  double px_per_mm = 0;                      ///< 0: guess from the display
  KeyLayout scanner_layout = KeyLayout::us;  ///< the keyboard that the scanner takes itself for
  std::string printer;                       ///< "file:DIR", "tcp:HOST:PORT" or empty
  std::int64_t paper_mm = 80;                ///< width of the receipt paper: 58 or 80
  std::int64_t printer_columns = 0;          ///< letters a line, 32 to 64; 0: what the paper takes
  /// Under the shop's name on receipts: address, organisation number. At most
  /// limits::receipt_lines.
  std::vector<std::string> receipt_lines;
  MirrorSettings mirror;
  Retention retention;
  StoredValueTerms stored_value;
  OfflineTerms offline;    ///< head office's word; not in keepsake.toml
  DormancyTerms dormancy;  ///< as above
  std::vector<CustomerField> customer_fields;
  std::vector<StatutoryCover> statutory_covers;  ///< each country once
  std::vector<ConsentText> consent_texts;        ///< the shop's own; without one, the product's
  bool operator==(const Settings&) const = default;
};
/// Of the shop's own country; null: none is configured.
const StatutoryCover* statutory_cover(const Settings& settings);

struct SettingsFile {
  Settings settings;  ///< only valid without mistakes
  std::vector<Error> mistakes;
};
/// Every mistake, with FILE:LINE:COLUMN (key), in the order of the lines: "settings.syntax" alone,
/// or "settings.value".
SettingsFile parse_settings(std::string_view text, const std::string& file);

/// The first mistake; or Failure::not_found "settings.none", ::limit "settings.size".
Result<Settings> read_settings(const std::filesystem::path& folder);
/// Why read_settings() fails: all of it. Empty: it does not.
std::vector<Error> settings_mistakes(const std::filesystem::path& folder);
Result<Done> write_settings(const std::filesystem::path& folder, const Settings& settings);

}  // namespace keepsake
