#pragma once
// The staff's pages about customers, behind the PIN. Part of Session (session.hpp). All that they
// hold is masked by the worker as the viewer's role says
// (storage/domain/customer/profile_access.hpp).

#include <optional>
#include <string>
#include <vector>

#include "kiosk/flow/customer/my_page.hpp"
#include "kiosk/flow/shared/field.hpp"
#include "kiosk/flow/staff/touches.hpp"
#include "storage/domain/customer/duplicates.hpp"

namespace keepsake::flow {

/// One hit of a search, ready to be shown to whoever asked.
struct FoundPerson {
  CustomerRef ref;
  std::string name;    ///< empty: unknown
  std::string detail;  ///< masked phone or the card
  bool operator==(const FoundPerson&) const = default;
};

inline constexpr std::size_t people_most = 500;  ///< listed of one search

struct CustomerSearch {
  std::string words;
  std::vector<FoundPerson> found;
  bool searched = false;  ///< `found` is the answer to `words`
  bool more = false;      ///< and not all of it
  bool operator==(const CustomerSearch&) const = default;
};

/// A level that a manager gives: which, until when, why; one after the other.
struct LevelGiving {
  enum class Step : unsigned char { level, day, reason } step = Step::level;
  std::string level = {};  ///< id; empty: what was given before ends
  std::optional<Date> until = {};
  bool operator==(const LevelGiving&) const = default;
};

/// What is being typed or chosen. `field`: one of customer_field, a contact's kind, "note", "pin" or
/// "level".
struct FieldEntry {
  std::string field;
  std::optional<ContactTag> replaces;  ///< the contact it takes the place of
  std::string entry;                   ///< dates as eight digits: 19791231
  Field keys = Field::value;
  std::string first = {};  ///< a PIN as it was typed the first time (NewPin)
  LevelGiving giving = {};
  bool operator==(const FieldEntry&) const = default;
};
inline constexpr std::string_view note_field = "note";
inline constexpr std::string_view pin_field = "pin";  ///< the member's own
inline constexpr std::string_view level_field = "level";

struct CustomerPage {
  CustomerRef customer;
  std::optional<ProfileSeen> seen = {};  ///< none until it is loaded
  ProfileTab tab = ProfileTab::details;
  std::vector<TimelineEntry> timeline = {};  ///< newest first, as far as loaded
  bool more = false;                         ///< older entries are there
  std::optional<FieldEntry> editing = {};
  std::optional<FactId> undoing = {};                 ///< "were they two after all?"
  std::optional<std::size_t> file = {};               ///< of `seen->files`: looked at closely
  bool asking_wallet = false;                         ///< "block the wallet?", "free it?"
  std::optional<ConsentPurpose> asking_consent = {};  ///< give or withdraw it for them?
  bool operator==(const CustomerPage&) const = default;
};

/// The two of a pair, as a manager may see them.
struct PairSeen {
  ProfileSeen one;
  ProfileSeen other;
  bool operator==(const PairSeen&) const = default;
};

/// Pairs that may be one person, one after the other. For managers.
struct MergeReview {
  std::vector<DuplicatePair> pairs = {};
  bool loaded = false;
  std::size_t at = 0;
  std::optional<PairSeen> pair = {};  ///< none until it is loaded
  bool asking = false;                ///< "make them one?"
  bool operator==(const MergeReview&) const = default;
};
inline constexpr std::size_t pairs_at_once = 100;

}  // namespace keepsake::flow
