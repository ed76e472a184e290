#include "tests/bench/sorted_file.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <utility>

namespace keepsake::bench {

namespace {

constexpr std::size_t sample_lines = 200'000;
constexpr std::size_t parts_count = 64;

void require(bool holds) {
  if (!holds) throw std::runtime_error("sorting: no room on the disk, or it cannot be read");
}

/// Each line behind its length in two bytes.
std::vector<std::string_view> lines_in(std::string_view bytes) {
  std::vector<std::string_view> lines;
  while (!bytes.empty()) {
    const auto at = [&](std::size_t n) { return static_cast<std::uint8_t>(bytes[n]); };
    const std::size_t size = at(0) + std::size_t{256} * at(1);
    lines.push_back(bytes.substr(2, size));
    bytes.remove_prefix(2 + size);
  }
  return lines;
}

std::string content_of(const std::filesystem::path& file) {
  std::string bytes(std::filesystem::file_size(file), '\0');
  std::FILE* in = std::fopen(file.c_str(), "rb");
  require(in != nullptr);
  const std::size_t count = std::fread(bytes.data(), 1, bytes.size(), in);
  std::fclose(in);
  require(count == bytes.size());
  return bytes;
}

}  // namespace

SortedFile::~SortedFile() {
  for (std::FILE* part : parts_)
    if (part != nullptr) std::fclose(part);
  std::error_code ignored;
  for (std::size_t n = 0; n < parts_.size(); ++n) std::filesystem::remove(name(n), ignored);
}

void SortedFile::add(std::string_view line) {
  if (!parts_.empty()) return write(line);
  sample_.emplace_back(line);
  if (sample_.size() == sample_lines) divide();
}

void SortedFile::read(const std::function<void(std::string_view)>& each) {
  std::ranges::sort(sample_);
  for (const std::string& line : sample_) each(line);
  sample_.clear();
  for (std::size_t n = 0; n < parts_.size(); ++n) {
    const int closed = std::fclose(std::exchange(parts_[n], nullptr));
    require(closed == 0);
    const std::string bytes = content_of(name(n));
    std::filesystem::remove(name(n));
    auto lines = lines_in(bytes);
    std::ranges::sort(lines);
    for (const std::string_view line : lines) each(line);
  }
}

void SortedFile::divide() {
  std::ranges::sort(sample_);
  for (std::size_t n = 0; n < parts_count; ++n) {
    if (n > 0) begins_.push_back(sample_[n * sample_.size() / parts_count]);
    parts_.push_back(std::fopen(name(n).c_str(), "wb"));
    require(parts_.back() != nullptr);
  }
  for (const std::string& line : sample_) write(line);
  sample_.clear();
}

void SortedFile::write(std::string_view line) {
  const auto part =
      std::ranges::upper_bound(begins_, line, std::less<std::string_view>()) - begins_.begin();
  std::FILE* out = parts_[static_cast<std::size_t>(part)];
  const char size[] = {static_cast<char>(line.size() % 256), static_cast<char>(line.size() / 256)};
  require(std::fwrite(size, 1, sizeof size, out) == sizeof size &&
          std::fwrite(line.data(), 1, line.size(), out) == line.size());
}

std::filesystem::path SortedFile::name(std::size_t part) const {
  return files_.string() + "." + std::to_string(part);
}

}  // namespace keepsake::bench
