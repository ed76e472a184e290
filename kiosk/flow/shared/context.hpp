#pragma once
// What the reducer must know of the shop and cannot change: settings and published rules.

#include <memory>
#include <string>
#include <vector>

#include "kiosk/flow/shared/language.hpp"
#include "storage/domain/customer/consent_text.hpp"
#include "storage/domain/customer/field.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/cash.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/values/money.hpp"

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
  bool has_printer = false;                    ///< without one, no receipt is offered
};

}  // namespace keepsake::flow
