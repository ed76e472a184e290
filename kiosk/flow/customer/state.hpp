#pragma once
// The screens of a customer at the stand.

#include <optional>
#include <string>
#include <vector>

#include "kiosk/flow/customer/my_page.hpp"
#include "kiosk/flow/shared/field.hpp"
#include "kiosk/flow/staff/customer_pages.hpp"
#include "storage/domain/loyalty/lots.hpp"
#include "storage/domain/sale/article.hpp"

namespace keepsake::flow {

/// The invitation. Nothing on it is pressed: any touch only wakes it (event Wake).
struct Attract {
  bool operator==(const Attract&) const = default;
};

/// Languages and tasks: my points, join, register a warranty, staff.
struct Start {
  bool operator==(const Start&) const = default;
};

/// "Scan your card, or type your phone number." A number shows how many points it has and no more,
/// whoever's it is: one that nobody has shows none, and after the same time. With the PIN that the
/// number's member gave themselves it opens their page, as the card does.
struct Identify {
  std::string phone;                     ///< as typed
  std::optional<Points> points = {};     ///< of `phone`
  loyalty::Pending pending = {};         ///< of them
  std::optional<Points> withheld = {};   ///< known, until `shows_at`
  std::optional<Instant> shows_at = {};  ///< set when it is asked
  std::optional<std::string> pin = {};   ///< it is being typed, after the number
  bool operator==(const Identify&) const = default;
};

struct Join {
  std::string name;
  std::string phone;
  std::string card;         ///< scanned: a card of the shop that nobody has yet; may stay empty
  bool membership = false;  ///< consent: needed to join
  bool marketing = false;   ///< consent: free to refuse
  Field editing = Field::name;
  std::optional<CustomerRef> known = {};  ///< the phone is this member's: "is this you?"
  std::string known_as;                   ///< their initials: enough for them, little for others
  std::vector<FoundPerson> similar = {};  ///< staff: members who may be the one who joins
  bool compared = false;                  ///< none of them is, or there is nobody alike
  std::string referrer = {};              ///< phone of who brought them, as typed
  std::string referrer_card = {};         ///< or their card, scanned
  bool asking_referrer = false;           ///< it is being typed
  /// What was answered of the shop's own fields that are asked at joining; an empty value was left
  /// out. One after the other, once the rest is there.
  std::vector<FieldChange> own = {};
  std::optional<FieldEntry> asking_own = {};
  /// Where a display is too low for all of it: 0 what is typed, 1 the consents.
  int page = 0;
  bool operator==(const Join&) const = default;
};

/// An article scanned by somebody who is not selling: its price and cover. Leaves by itself.
struct PriceCheck {
  Article article;
  Instant leaves_at;
  bool operator==(const PriceCheck&) const = default;
};

}  // namespace keepsake::flow
