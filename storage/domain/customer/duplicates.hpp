#pragma once
// When two customers are one person: evidence for and against, summed into a score of 0 to 1000.
//
// Agreement adds and disagreement takes away, after Fellegi and Sunter (1969, "A Theory for Record
// Linkage"): the rarer an agreement between strangers, the more it weighs. The weights are set by
// hand so that each line of the table in tests/storage/domain/customer/duplicates_test.cpp comes
// out as a shop's people would decide it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/customer/profile.hpp"

namespace keepsake {

namespace similarity {
// Names and addresses: agreement and partial agreement as Enamorado, Fifield and Imai take them
// (2019, fastLink: cut.a 0.92, cut.p 0.88), after Winkler.
inline constexpr int same_from = 920;
inline constexpr int other_below = 700;  ///< names as a whole that have little in common
inline constexpr int alike_from = 880;   ///< a word without such a partner makes another name

// Scores. Certain: two independent agreements, at least one of them a phone, an e-mail or a card,
// and nothing against: not another given name at the same phone and mailbox (a household), not a
// name that is only alike, not another birthday. Merging may be done without asking. Likely: a
// person should look.
inline constexpr int certain_from = 900;
inline constexpr int likely_from = 600;
inline constexpr int possible_from = 400;
}  // namespace similarity

/// What is compared of a person. Every list sorted, each entry once.
struct Traits {
  std::vector<std::string> phones;   ///< comparable_phone()
  std::vector<std::string> emails;   ///< comparable_email()
  std::vector<std::string> cards;    ///< cards and key fobs
  std::vector<std::string> name;     ///< romanised words
  std::vector<std::string> address;  ///< romanised words of every address
  std::optional<Date> birthday;
  std::string postcode;  ///< letters and digits only
  bool operator==(const Traits&) const = default;
};

/// An e-mail as two are compared: lower case throughout (RFC 5321 lets the part before the @ tell
/// cases apart; no provider does), without a "+tag" (RFC 5233), and at gmail.com and
/// googlemail.com, which are one and say so, without dots. Dots tell mailboxes apart everywhere
/// else.
std::string comparable_email(std::string_view normalised);

/// What was typed at an entry, as a candidate: nobody's yet. The phone in E.164.
CustomerProfile candidate_of(const Profile& typed, std::string_view card);

/// Folds a text into words (records/core/tokenize.hpp).
using Words = std::vector<std::string> (*)(std::string_view text);
Traits traits_of(const CustomerProfile& profile, Words words);

enum class SimilarityReason {
  card,
  email,
  phone,
  name,          ///< the same, in any order of its words
  similar_name,  ///< nearly, or the same single word
  birthday,
  address,
  postcode,
  other_name,      ///< against
  other_birthday,  ///< against; one digit apart weighs nothing, and is against all the same
};
std::string_view name_of(SimilarityReason reason);

struct Similarity {
  int score = 0;                          ///< 0..1000
  std::vector<SimilarityReason> reasons;  ///< for and against, each once, in the order above
  /// Something says that they are two. Then the score is never certain.
  bool against() const;
  bool certain() const { return score >= similarity::certain_from; }
  bool operator==(const Similarity&) const = default;
};

/// Symmetric. What is unknown of either says nothing.
Similarity compare(const Traits& one, const Traits& other);

/// What two people who may be one have in common, as numbers to look up by: a birthday with an
/// initial, a name's sound with the postcode or house number, an e-mail. Sorted, each once. Phones
/// and cards are looked up as they are.
std::vector<std::int64_t> similarity_keys(const Traits& person);
/// Raised whenever similarity_keys() changes what it gives: records compute theirs anew.
inline constexpr std::int64_t similarity_keys_version = 1;

/// A customer who may be the one that was asked about.
struct SimilarCustomer {
  CustomerRef ref;
  Similarity similarity;
  bool operator==(const SimilarCustomer&) const = default;
};

/// Two customers who may be one; `one` became a member first.
struct DuplicatePair {
  CustomerRef one, other;
  Similarity similarity;
  bool operator==(const DuplicatePair&) const = default;
};

}  // namespace keepsake
