#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// The personal values. Never in a log, never plain in a fact.
struct Profile {
  std::string name;
  std::string phone;  ///< E.164 or empty
  std::string email;
  std::string address;
  std::optional<Date> birthday;
  std::string card = {};  ///< handed over at joining; a customer's cards are their contacts
  bool operator==(const Profile&) const = default;
};
Result<Done> check(const Profile& profile);

std::string masked_name(std::string_view name);   ///< "Ingrid Haugen" -> "Ingrid H."
std::string masked_phone(std::string_view e164);  ///< "+4791234417" -> "•••• 4417"

enum class ConsentPurpose { membership, marketing, sharing };

struct Consent {
  ConsentPurpose purpose = ConsentPurpose::membership;
  bool granted = false;
  std::string wording;   ///< version of the text shown: "membership-1"
  std::string language;  ///< BCP 47
  LocalTime at;
  bool operator==(const Consent&) const = default;
};

/// Customer enrolled. The profile is sealed under the customer's own key (storage/vault); look-up
/// goes by keyed hashes of the exact values.
struct CustomerEnrolment {
  CustomerRef customer;
  std::string origin;          ///< "", or as kept_origin() has it; unique
  std::string card;            ///< of facts from before it was sealed: read, never written; unique
  std::string sealed_profile;  ///< bytes; empty: nothing is known of this person
  std::vector<Consent> consents;
  std::string language;
  std::string staff;
  LocalTime at;
  std::string place = {};  ///< where the consents were given, as ConsentChange::place
  /// A member of the shop since then, where an import says so; else since `at`.
  std::optional<Date> member_since = {};
  bool operator==(const CustomerEnrolment&) const = default;
};

/// How lists and reports name a customer: masked name, else card, else origin, else the reference's
/// beginning.
std::string label_of(const CustomerRef& ref, std::string_view name, std::string_view card,
                     std::string_view origin);

}  // namespace keepsake
