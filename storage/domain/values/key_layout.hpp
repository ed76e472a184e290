#pragma once
// Keyboards of the world, as far as barcodes go. A scanner types the keys that its own country's
// keyboard has for a code; read by another keyboard's table they are another text: "2900" of a
// scanner set to French is "@())" on a US keyboard. Letters and signs beyond ASCII stand in no code.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keepsake {

/// us_caps: US with capitals and small letters swapped, of a scanner that minds Caps Lock.
enum class KeyLayout : std::uint8_t {
  us,
  us_caps,
  uk,
  fr,
  be,
  de,
  ch,
  cz,
  hu,
  tr,
  es,
  it,
  pt,
  nordic
};
inline constexpr std::array<std::string_view, 14> key_layout_names = {
    "us", "us-caps", "uk", "fr", "be", "de", "ch", "cz", "hu", "tr", "es", "it", "pt", "nordic"};
std::string_view name_of(KeyLayout layout);
std::optional<KeyLayout> parse_key_layout(std::string_view name);

/// What a scanner set to `layout` meant by the keys that a US keyboard reads as `us_text`; nullopt
/// when one of them has no ASCII character there.
std::optional<std::string> read_by(KeyLayout layout, std::string_view us_text);

/// What it may have meant instead: each reading once, without `us_text` itself.
std::vector<std::string> other_readings(std::string_view us_text);

}  // namespace keepsake
