#pragma once
// What the reducer must know of the shop and cannot change: settings and published rules.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/flow/shared/language.hpp"
#include "storage/domain/customer/consent_text.hpp"
#include "storage/domain/customer/field.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/cash.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/warranty/cover.hpp"

namespace keepsake {
struct ActiveProgramme;
}

namespace keepsake::flow {

/// Of a shop where none is published.
std::shared_ptr<const ActiveProgramme> no_programme();

struct Context {
  std::string shop;  ///< name over every screen
  Currency currency;
  CashStep cash_step;
  std::string calling_code;  ///< "+47"
  std::string country;       ///< ISO 3166-1: formats, with a language, and how numbers are dialled
  /// Never null. Replaced as a whole when another programme is published (news ProgrammeChanged).
  std::shared_ptr<const ActiveProgramme> active = no_programme();
  Article gift_card;                 ///< what a line that sells or fills up a card is called
  StoredValueTerms stored_value;     ///< how long what is paid in is good
  Article wallet;                    ///< what a line that pays onto a wallet is called
  Language language = Language::en;  ///< of a visit that chose none
  Theme theme = Theme::light;
  std::vector<CustomerField> customer_fields;  ///< that the shop declares
  std::vector<ConsentText> consent_texts;      ///< the shop's own
  std::optional<StatutoryCover> statutory;     ///< of the shop's country, where one is configured
  bool has_printer = false;                    ///< without one, no receipt is offered
};

/// Null: none is configured.
inline const StatutoryCover* statutory_of(const Context& context) {
  return context.statutory ? &*context.statutory : nullptr;
}

}  // namespace keepsake::flow
