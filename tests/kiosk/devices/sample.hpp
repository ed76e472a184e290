#pragma once
// A sale with everything that a receipt can say.

#include <filesystem>
#include <random>

#include "kiosk/devices/receipt.hpp"
#include "storage/domain/sale/purchase.hpp"

namespace keepsake::devices::sample {

inline Currency nok() { return Currency::parse("NOK").value(); }
inline Money money(std::int64_t minor) { return {minor, nok()}; }

inline Purchase purchase() {
  Purchase p;
  p.at = {{1'795'269'727'123}, 60};
  p.currency = nok();
  p.customer.bytes[0] = 1;
  p.lines.push_back(
      {"K-100",
       "Kettle",
       Quantity::pieces(1),
       UnitPrice::from_minor(29900),
       {{"Week offer", money(1000)}},
       money(28900),
       {2500},
       money(5780),
       LineWarranty{"AB123", "ab-123", "Acme",
                    makers({parse_date("2026-11-21").value(), parse_date("2028-11-20").value()})}});
  p.lines.push_back({"C-7",
                     "Cheese",
                     {742},
                     UnitPrice::from_minor(19900),
                     {},
                     money(14766),
                     {1500},
                     money(1926),
                     std::nullopt});
  p.total = money(43666);
  p.tax = money(7706);
  p.cash_rounding = money(34);
  p.tenders = {{TenderKind::cash, money(43700), money(50000), ""}};
  p.programme_version = 1;
  p.points_earned = {4300};
  return p;
}

inline ReceiptHead head() {
  return {.shop = "Haugen",
          .lines = {"Torggata 12, 0183 Oslo", "Org.nr. 912 345 678 MVA"},
          .store = "Oslo 2",
          .terminal = "3",
          .number = "3-000417",
          .code = "KR7Q2M9F3MX4TB",
          .staff = "Kari",
          .member = "Ingrid H.",
          .points_before = Points{128'400},
          .points_after = Points{132'700}};
}

inline Receipt receipt() {
  return make_receipt(purchase(), head(), ReceiptWords{}, ReceiptFormats{});
}

/// A folder of its own, removed with everything in it.
class Folder {
 public:
  Folder() {
    std::random_device random;
    path_ =
        std::filesystem::temp_directory_path() / ("keepsake-devices-" + std::to_string(random()));
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace keepsake::devices::sample
