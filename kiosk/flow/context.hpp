#pragma once
// What the reducer must know of the shop and cannot change: settings and published rules.

#include <string>
#include <vector>

#include "kiosk/flow/language.hpp"
#include "storage/domain/customer/consent_text.hpp"
#include "storage/domain/customer/field.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/loyalty/rules.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/cash.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/values/money.hpp"

namespace keepsake::flow {

struct Context {
  std::string shop;  ///< name over every screen
  Currency currency;
  CashStep cash_step;
  std::string calling_code;  ///< "+47"
  std::string trunk_prefix;
  std::string country;                    ///< ISO 3166-1; with a language it picks the formats
  Programme programme;                    ///< version 0: none, earns nothing
  loyalty::Rules rules;                   ///< of `programme`, in the shop's currency
  std::string store;                      ///< by which rules tell stores apart
  Article gift_card;                      ///< what a line that sells or fills up a card is called
  StoredValueTerms stored_value;          ///< how long what is paid in is good
  Article wallet;                         ///< what a line that pays onto a wallet is called
  Language language = Language::english;  ///< of a visit that chose none
  Theme theme = Theme::light;
  std::vector<CustomerField> customer_fields;  ///< that the shop declares
  std::vector<ConsentText> consent_texts;      ///< the shop's own
  bool has_printer = false;                    ///< without one, no receipt is offered
};

}  // namespace keepsake::flow
