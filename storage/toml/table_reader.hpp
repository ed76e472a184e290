#pragma once
// One TOML table, read key by key: each key has a type and limits, and a key that nobody asked for
// is a mistake. All mistakes are told, each at its line and column. For programmes, settings and the
// maps of imports. JSON has its own reader of the same shape (storage/exchange/json_reader.hpp):
// its objects know no lines, and their texts and numbers have other rules.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <vector>

#include "storage/domain/loyalty/enum_names.hpp"
#include "storage/domain/values/decimal.hpp"
#include "storage/domain/values/localized_text.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/toml/mistakes.hpp"

namespace keepsake {

enum class Need { required, optional };

enum class Characters { printable, any };
/// What a text may be. A number of bytes alone is a printable text that is not empty.
struct TextRule {
  TextRule(std::size_t most, Presence empty = Presence::required,
           Characters allowed = Characters::printable)
      : max_bytes(most), presence(empty), characters(allowed) {}
  std::size_t max_bytes;
  Presence presence;
  Characters characters;
};

inline Place place_of(const toml::source_region& source) {
  return {source.begin.line, source.begin.column, source.path ? *source.path : std::string()};
}
inline Place place_of(const toml::node& node) { return place_of(node.source()); }

class TableReader {
 public:
  /// `name` goes before keys in messages: "earn", "rule base"; empty for the file itself.
  TableReader(const toml::table& table, std::string name, Currency currency, Mistakes& mistakes)
      : table_(table), name_(std::move(name)), currency_(currency), mistakes_(mistakes) {}

  // Nothing when the key is missing or wrong; a required one that is missing is told.
  std::optional<std::string> text(std::string_view key, Need need, const TextRule& rule);
  /// One text, or a table of texts by language with "default" for every other.
  std::optional<LocalizedText> wording(std::string_view key, Need need, const TextRule& rule);
  std::optional<std::int64_t> decimal(std::string_view key, Need need, const DecimalRule& rule);
  std::optional<std::int64_t> whole(std::string_view key, Need need, std::int64_t least,
                                    std::int64_t most);
  std::optional<double> real(std::string_view key, double least, double most);
  std::optional<bool> flag(std::string_view key);
  std::optional<Points> points(std::string_view key, Need need);       ///< above zero
  std::optional<std::int64_t> money(std::string_view key, Need need);  ///< above zero, minor units
  /// 0 < it <= 100, in basis points.
  std::optional<std::int64_t> percent(std::string_view key, Need need);
  std::optional<Date> date(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  const toml::table* table(std::string_view key);
  std::vector<const toml::table*> tables(std::string_view key);  ///< [[key]]
  const toml::node* node(std::string_view key);

  template <class E>
  std::optional<E> word(std::string_view key, Need need) {
    const auto text = this->text(key, need, 64);
    if (!text) return std::nullopt;
    if (const auto value = loyalty::from_name<E>(*text)) return value;
    std::vector<std::string_view> known;
    for (const auto& each : loyalty::words_for<E>()) known.push_back(each.word);
    tell_choice(key, *text, known, loyalty::names_of<E>());
    return std::nullopt;
  }

  bool has(std::string_view key) const { return table_.contains(key); }
  /// A key that has no place beside what the table says elsewhere.
  void refuse(std::string_view key, std::string what, std::string remedy);
  void add_error(std::string_view key, std::string_view code, std::string what, std::string remedy);
  /// With a code of the file's family: `kind` "type" gives "programme.type".
  void wrong(std::string_view key, std::string_view kind, std::string what, std::string remedy);
  void tell_choice(std::string_view key, std::string_view written,
                   const std::vector<std::string_view>& known, const std::string& list);
  /// Tells every key that was not asked for. Call it last.
  void finish();

  Place place(std::string_view key) const;  ///< of its value, or of the table
  const std::string& name() const { return name_; }
  std::string dotted(std::string_view key) const;
  Mistakes& mistakes() { return mistakes_; }
  Currency currency() const { return currency_; }

 private:
  const toml::node* find(std::string_view key, Need need);

  const toml::table& table_;
  std::string name_;
  Currency currency_;
  Mistakes& mistakes_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace keepsake
