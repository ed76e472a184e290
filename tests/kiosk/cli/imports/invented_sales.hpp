#pragma once
// Half a year of a small shop, as an online-retail file: 30 customers, returns of parts, postage,
// Sundays.

#include <array>
#include <chrono>
#include <cstdio>
#include <random>
#include <string>

#include "tests/kiosk/cli/imports/retail_text.hpp"

namespace keepsake::cli::retail {

inline std::string invented_sales() {
  std::mt19937 random(20101201);
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const std::array<const char*, 7> codes{"85123A", "A3", "B7", "C1", "POST", "D9", "M"};
  std::vector<Row> rows, back;
  for (int n = 0; n < 600; ++n) {
    const int day = n * 170 / 600;
    const auto date = std::chrono::year_month_day(
        std::chrono::sys_days(std::chrono::year(2010) / 12 / 1) + std::chrono::days(day));
    char when[32];
    std::snprintf(when, sizeof when, "%d-%02u-%02u %02d:%02d:00", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  9 + pick(9), pick(60));
    const std::string customer = std::to_string(17000 + pick(30));
    const int first = pick(7);
    for (int line = 0; line <= pick(4); ++line) {
      const std::string code = codes[static_cast<std::size_t>((first + line) % 7)];
      const int pieces = 1 + pick(40);
      const std::string price = std::to_string(pick(9)) + "." + std::to_string(10 + pick(90));
      const auto number = std::to_string(500000 + n);
      rows.push_back({number, code, std::to_string(pieces), customer, when, price});
      if (pick(6) == 0)
        back.push_back({"C" + std::to_string(600000 + n), code, std::to_string(-1 - pick(pieces)),
                        customer, "2011-05-2" + std::to_string(pick(9)) + " 10:00:00", price});
    }
  }
  rows.insert(rows.end(), back.begin(), back.end());
  return text_of(rows);
}

}  // namespace keepsake::cli::retail
