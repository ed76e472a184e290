// Reads the message texts of GNU .mo files (gettext manual, "The Format of GNU MO Files").
#include <algorithm>
#include <bit>
#include <cstring>
#include <fstream>
#include <span>
#include <sstream>

#include "storage/domain/values/utf8.hpp"
#include "storage/locale/locale.hpp"

namespace keepsake {
namespace {

constexpr std::size_t largest_catalogue = 16u << 20;

std::uint32_t word_at(std::span<const char> bytes, std::size_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

void collect(std::string_view text, std::vector<char32_t>& out) {
  while (!text.empty()) {
    const CodePoint first = first_code_point(text);
    if (first.well_formed && first.value >= 0x20) out.push_back(first.value);
    text.remove_prefix(first.bytes);
  }
}

void collect_catalogue(std::span<const char> bytes, std::vector<char32_t>& out) {
  constexpr std::uint32_t magic = 0x950412DEu;
  if (bytes.size() < 28 || word_at(bytes, 0) != magic) return;
  const std::uint64_t count = word_at(bytes, 8);
  const std::uint64_t table = word_at(bytes, 16);  // of the translations
  if (table + count * 8 > bytes.size()) return;
  for (std::uint64_t i = 1; i < count; ++i) {  // entry 0 is the header
    const std::uint64_t length = word_at(bytes, table + i * 8);
    const std::uint64_t offset = word_at(bytes, table + i * 8 + 4);
    if (offset + length > bytes.size()) return;
    collect({bytes.data() + offset, static_cast<std::size_t>(length)}, out);
  }
}

}  // namespace

std::vector<char32_t> code_points_of_catalogues(const std::filesystem::path& folder) {
  std::vector<char32_t> out;
  for (const auto language : all_languages) {
    collect(native_name(language), out);
    const auto file = folder / code_of(language) / "LC_MESSAGES" / "keepsake.mo";
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    if (failed || size > largest_catalogue) continue;
    const std::ifstream in(file, std::ios::binary);
    std::ostringstream all;  // a disk that fails gives what it gave; an iterator would throw
    all << in.rdbuf();
    collect_catalogue(std::move(all).str(), out);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace keepsake
