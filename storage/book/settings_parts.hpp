#pragma once
// Inside storage/book only: what the files of settings have in common.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/book/offline_terms.hpp"
#include "storage/book/retention_settings.hpp"
#include "storage/domain/customer/consent_text.hpp"
#include "storage/domain/customer/dormancy.hpp"
#include "storage/domain/customer/field.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/warranty/cover.hpp"
#include "storage/toml/table_reader.hpp"

namespace keepsake {

/// The code of whatever is wrong with a value.
inline constexpr std::string_view wrong_setting = "settings.value";

/// As the owner writes it: nothing too, and lines and signs of their choice.
inline TextRule any_text(std::size_t most) { return {most, Presence::optional, Characters::any}; }
inline TextRule some_text(std::size_t most) { return {most, Presence::required, Characters::any}; }

inline void take(std::optional<std::string> value, std::string& into) {
  if (value) into = std::move(*value);
}
inline void take(std::optional<std::int64_t> value, std::int64_t& into) {
  if (value) into = *value;
}

/// A list of at most `most` short texts; an empty one is none.
void read_list(TableReader& reader, std::string_view key, std::size_t most,
               std::vector<std::string>& into);

/// What head office may say for all its stores, too (chain_settings.hpp).
struct ChainPart {
  Retention& retention;
  StoredValueTerms& stored_value;
  std::vector<CustomerField>& customer_fields;
  std::vector<ConsentText>& consent_texts;
  std::vector<StatutoryCover>& statutory_covers;
};
void read_chain_part(TableReader& reader, const ChainPart& into);
/// [offline] and [customers], which head office alone says.
void read_offline(TableReader& reader, OfflineTerms& into);
void read_dormancy(TableReader& reader, DormancyTerms& into);

}  // namespace keepsake
