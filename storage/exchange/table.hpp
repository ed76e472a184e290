#pragma once
// Plain text tables for people at a terminal.

#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/money.hpp"

namespace keepsake {

enum class Align { left, right };

class Table {
 public:
  struct Column {
    std::string title;
    Align align = Align::left;
  };
  explicit Table(std::vector<Column> columns);

  void row(std::vector<std::string> cells);  ///< as many as there are columns
  void rule();                               ///< a line before the next row, for sums
  std::string text() const;                  ///< columns two blanks apart, no trailing blanks

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;  // an empty one is a rule
};

std::size_t width_of(std::string_view utf8);  ///< in characters
std::string grouped(std::int64_t number);     ///< "59,976"
std::string grouped(Money money);             ///< "4,064,726.59"

}  // namespace keepsake
