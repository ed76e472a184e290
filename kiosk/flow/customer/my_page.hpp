#pragma once
// A member's own pages. Part of Session (session.hpp).

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/flow/customer/touches.hpp"
#include "storage/domain/customer/file.hpp"
#include "storage/domain/customer/profile_access.hpp"
#include "storage/domain/loyalty/points_story.hpp"
#include "storage/domain/values/picture.hpp"
#include "storage/domain/views/customer_view.hpp"

namespace keepsake::flow {

struct Context;

/// A member's own page. While masked, show masked_name(), masked_phone() and no purchases or
/// serials; points, tier and rewards may be seen (they alone identify nobody).
struct CustomerHome {
  CustomerView customer;
  Privacy privacy = Privacy::masked;
  HomeTab tab = HomeTab::points;
  int page = 0;  ///< of the tab's list; screens clamp to what they can show
  std::optional<MemberStanding> standing = {};  ///< none until it is loaded
  bool operator==(const CustomerHome&) const = default;
};

struct PointsWhy {
  CustomerRef customer;
  MemberStanding standing;
  WhyTab tab = WhyTab::story;
  std::vector<PointsEntry> entries = {};  ///< newest first, as far as loaded
  bool more = false;                      ///< older ones are there
  bool operator==(const PointsWhy&) const = default;
};
inline constexpr std::size_t story_page = 30;     ///< entries of one load
inline constexpr std::size_t story_limit = 3000;  ///< entries held; older ones are for the programs

/// One of a customer's files; of a photo or scan, what it looks like.
struct FileSeen {
  AttachedFile file;
  std::shared_ptr<const Picture> thumbnail = {};  ///< none: no picture, or not on this terminal
  bool withheld = false;                          ///< it is for managers: papers may tell anything
  bool operator==(const FileSeen&) const = default;
};
inline constexpr std::size_t files_shown = 24;

/// What is known of a customer, as its viewer may see it (profile_access.hpp).
struct ProfileSeen {
  CustomerProfile profile;
  CustomerView view;  ///< its profile empty: `profile` has the masked values
  std::optional<MemberStanding> standing;
  std::vector<MergeRecord> merges;   ///< newest first; for managers
  std::vector<FileSeen> files = {};  ///< newest first, at most files_shown; for staff
  bool has_pin = false;              ///< of their own
  bool operator==(const ProfileSeen&) const = default;
};

/// A PIN that is chosen: typed twice, for nobody can read it again.
struct NewPin {
  std::string entry;
  std::string first = {};  ///< what was typed the first time; empty: it is being typed
  bool operator==(const NewPin&) const = default;
};
/// The step that Submit is: the PIN once it was typed twice alike; else what was wrong is empty and
/// the second time begins, or a notice's code says what was.
struct PinStep {
  std::string pin = {};
  std::string_view wrong = {};
};
PinStep take_step(NewPin& pin);

/// My data: consents, language, channel, PIN.
struct MyData {
  CustomerRef customer;
  std::optional<ProfileSeen> seen = {};       ///< none until it is loaded
  std::optional<ConsentPurpose> asking = {};  ///< give or withdraw it? Submit does
  std::optional<Preference> choosing = {};    ///< a choice is open
  std::optional<NewPin> pin = {};             ///< one is being chosen
  bool operator==(const MyData&) const = default;
};

/// Where `purpose` stands; nullptr: never asked.
const ConsentState* consent_of(const CustomerProfile& profile, ConsentPurpose purpose);
/// The version of the text that screens show, by which a consent names it: the shop's own, else the
/// product's.
std::string wording_of(const Context& context, ConsentPurpose purpose);

}  // namespace keepsake::flow
