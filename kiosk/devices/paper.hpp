#pragma once
// Interprets the ESC/POS subset of escpos.hpp as a printer does, so that a preview drawn from it
// shows the same text as the paper.

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kiosk/devices/receipt.hpp"

namespace keepsake::devices {

struct Glyph {
  char32_t point = U' ';
  bool bold = false;
  int wide = 1;  ///< columns it takes
  int high = 1;
  bool operator==(const Glyph&) const = default;
};
struct PaperRow {
  std::vector<Glyph> glyphs;
  Align align = Align::left;
  int spacing_dots = 0;  ///< the feed that ends it, unless its glyphs are higher
  bool operator==(const PaperRow&) const = default;
};
struct PaperQr {
  std::string payload;
  int module_dots = 3;
  Align align = Align::left;
  bool operator==(const PaperQr&) const = default;
};
struct PaperCut {
  bool operator==(const PaperCut&) const = default;
};
using PaperItem = std::variant<PaperRow, PaperQr, PaperCut>;

/// Failure::bad_input "escpos.unknown" for a command outside of the subset, its offset in `where`.
Result<std::vector<PaperItem>> interpret(std::string_view escpos);

/// The rows as UTF-8 lines, without trailing spaces; for tests and for reading aloud.
std::string text_of(const std::vector<PaperItem>& paper);

}  // namespace keepsake::devices
