#pragma once
// What looking items up asks of the worker, and the answers.

#include <string>
#include <vector>

#include "kiosk/flow/shared/item_seen.hpp"
#include "kiosk/flow/shared/question.hpp"
#include "kiosk/flow/shared/requester.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/types.hpp"

namespace keepsake::flow {

struct ItemsFound {
  Ticket ticket = {};
  Result<std::vector<ItemSeen>> items;
};

/// What staff type: a serial or its last four characters, a receipt's number or code, a member's card
/// or phone. A look-up by member is written to the audit trail.
struct FindItems {
  using Answer = ItemsFound;
  static constexpr Wait wait = Wait::person;
  std::string words;
  Ticket ticket = {};
  Requester requester = {};
};

/// One of this customer's own. Failure::not_found "warranty.unknown" where it is not theirs.
struct LoadItem {
  using Answer = ItemsFound;
  static constexpr Wait wait = Wait::person;
  CustomerRef customer;
  ItemId item;
  Ticket ticket = {};
  Requester requester = {};
};

using WarrantyAnswers = Types<ItemsFound>;
using WarrantyQuestions = Types<FindItems, LoadItem>;

}  // namespace keepsake::flow
