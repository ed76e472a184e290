#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <toml++/toml.h>

#include "storage/book.hpp"
#include "storage/book_files.hpp"
#include "storage/domain/limits.hpp"
#include "storage/engine/durable_file.hpp"

namespace keepsake {

namespace {

constexpr std::uintmax_t file_bytes = 64 * 1024;
constexpr double px_per_mm_max = 100;

Error bad(const std::filesystem::path& file, const toml::source_region& at, std::string what,
          std::string remedy) {
  return {Failure::bad_input, "settings.value", std::move(what),
          file.string() + ", line " + std::to_string(at.begin.line), std::move(remedy)};
}

/// One file being read: the first wrong value stops it.
class Entries {
 public:
  Entries(std::filesystem::path file, const toml::table& table)
      : file_(std::move(file)), table_(table) {}

  void text(std::string_view key, std::string& into) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto value = node->value_exact<std::string>();
    if (!value || value->size() > limits::name_bytes)
      return fail(*node, key, "Write a short text in quotation marks.");
    into = *value;
  }

  void number(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t& into) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < least || *value > most)
      return fail(*node, key,
                  "Write a whole number from " + std::to_string(least) + " to " +
                      std::to_string(most) + ".");
    into = *value;
  }

  void real(std::string_view key, double least, double most, double& into) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto value = node->value<double>();
    if (!value || !(*value >= least && *value <= most))
      return fail(*node, key, "Write a number of pixels to the millimetre, or 0 to guess.");
    into = *value;
  }

  void currency(std::string_view key, Currency& into) {
    std::string code;
    text(key, code);
    if (code.empty() || error_) return;
    auto parsed = Currency::parse(code);
    if (!parsed) return fail(*table_.get(key), key, "Write an ISO 4217 code such as NOK.");
    into = *parsed;
  }

  /// A misspelt key must not be a setting that silently does nothing.
  void refuse_unknown() {
    for (const auto& [key, node] : table_)
      if (std::find(known_.begin(), known_.end(), key.str()) == known_.end())
        fail(node, key.str(), "There is no such setting; known are: " + list() + ".");
  }

  const std::optional<Error>& error() const { return error_; }

 private:
  const toml::node* find(std::string_view key) {
    known_.push_back(key);
    return table_.get(key);
  }
  void fail(const toml::node& node, std::string_view key, std::string remedy) {
    if (!error_)
      error_ = bad(file_, node.source(), "The setting " + std::string(key) + " is wrong",
                   std::move(remedy));
  }
  std::string list() const {
    std::string words;
    for (const auto key : known_) words += (words.empty() ? "" : ", ") + std::string(key);
    return words;
  }

  std::filesystem::path file_;
  const toml::table& table_;
  std::vector<std::string_view> known_;
  std::optional<Error> error_;
};

Result<Settings> settings_of(const std::filesystem::path& file, const toml::table& table) {
  Settings settings;
  Entries entries(file, table);
  entries.text("shop", settings.shop);
  entries.currency("currency", settings.currency);
  entries.text("time_zone", settings.time_zone);
  entries.text("calling_code", settings.calling_code);
  entries.text("trunk_prefix", settings.trunk_prefix);
  entries.text("country", settings.country);
  entries.number("cash_step_minor", 1, 100'000, settings.cash_step.minor);
  entries.real("px_per_mm", 0, px_per_mm_max, settings.px_per_mm);
  entries.text("printer", settings.printer);
  entries.refuse_unknown();
  if (entries.error()) return *entries.error();
  return settings;
}

}  // namespace

Result<Settings> read_settings(const std::filesystem::path& folder) {
  const auto file = settings_file(folder);
  std::error_code missing;
  const auto size = std::filesystem::file_size(file, missing);
  if (missing)
    return Error{Failure::not_found, "settings.none", "There is no settings file", file.string(),
                 "Make the folder with keepsake init, or restore the file from a backup."};
  if (size > file_bytes)
    return Error{Failure::limit, "settings.size", "The settings file is too large", file.string(),
                 "It has about ten lines; remove the rest."};
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad())
    return Error{Failure::unavailable, "disk.io", "The settings file cannot be read", file.string(),
                 "Check the disk and the file's permissions."};
  try {
    return settings_of(file, toml::parse(text));
  } catch (const toml::parse_error& error) {
    Error fault = bad(file, error.source(),
                      "The settings file is not TOML: " + std::string(error.description()),
                      "Correct the line.");
    fault.code = "settings.syntax";
    return fault;
  }
}

Result<Done> write_settings(const std::filesystem::path& folder, const Settings& settings) {
  const std::string currency(settings.currency == Currency{} ? "" : settings.currency.code());
  toml::table table;
  table.insert("shop", settings.shop);
  table.insert("currency", currency);
  table.insert("time_zone", settings.time_zone);
  table.insert("calling_code", settings.calling_code);
  table.insert("trunk_prefix", settings.trunk_prefix);
  table.insert("country", settings.country);
  table.insert("cash_step_minor", settings.cash_step.minor);
  table.insert("px_per_mm", settings.px_per_mm);
  table.insert("printer", settings.printer);
  std::ostringstream out;
  out << "# Settings of this Keepsake data folder.\n" << table << "\n";
  return write_durably(settings_file(folder), out.str());
}

}  // namespace keepsake
