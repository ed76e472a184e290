#pragma once
// How it is known that whoever stands there is the customer, and what that opens. One table; the
// worker holds every question about a customer to it.

#include <string>
#include <utility>

namespace keepsake {

enum class Proof : unsigned char {
  number,   ///< a phone number or a name was said: anybody can say it
  card,     ///< the member's card was scanned
  pin,      ///< the member typed their own PIN
  vouched,  ///< a named member of staff knows them or has seen proof; the audit trail has it
};

/// What somebody may want of a customer's account.
enum class Deed : unsigned char {
  points,  ///< how many there are
  earn,    ///< points for a sale
  see,     ///< purchases, serial numbers, contacts, consents
  change,  ///< contacts, consents, cover
  redeem,  ///< points, rewards, money of the wallet
};

bool permits(Proof proof, Deed deed);

/// How the customer at hand was recognised.
struct Recognition {
  Proof proof = Proof::number;
  /// What can be looked at again: of Proof::card the card as it was scanned, of Proof::pin what the
  /// worker gave for it. A PIN itself is kept nowhere.
  std::string shown = {};
  bool operator==(const Recognition&) const = default;
};

inline Recognition by_card(std::string scanned) { return {Proof::card, std::move(scanned)}; }
inline Recognition by_pin(std::string given) { return {Proof::pin, std::move(given)}; }

}  // namespace keepsake
