#include "sync/wire/endpoints.hpp"

#include <charconv>
#include <cstdint>

namespace keepsake::sync {

namespace {

constexpr std::string_view prefix = "/v1/t/";
constexpr std::string_view suffix = "/batch";

/// A decimal number without sign or leading zero, at most `most`.
bool take_number(std::string_view text, std::uint32_t most, std::uint32_t& into) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
  return error == std::errc{} && end == text.data() + text.size() && into <= most;
}

}  // namespace

std::string batch_path(TerminalNumber terminal, Epoch epoch) {
  return std::string(prefix) + std::to_string(terminal.value) + "/" + std::to_string(epoch.value) +
         std::string(suffix);
}

bool parse_batch_path(std::string_view path, BatchPath& into) {
  if (!path.starts_with(prefix) || !path.ends_with(suffix)) return false;
  path.remove_prefix(prefix.size());
  if (path.size() < suffix.size()) return false;
  path.remove_suffix(suffix.size());
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return false;
  std::uint32_t epoch = 0;
  if (!take_number(path.substr(0, slash), TerminalNumber::max, into.terminal.value) ||
      !take_number(path.substr(slash + 1), 255, epoch)) {
    return false;
  }
  into.epoch.value = static_cast<std::uint8_t>(epoch);
  return true;
}

}  // namespace keepsake::sync
