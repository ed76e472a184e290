#pragma once
// What the pages of a customer ask of the worker, and the answers.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/flow/customer/my_page.hpp"
#include "kiosk/flow/sale/questions.hpp"
#include "kiosk/flow/shared/question.hpp"
#include "kiosk/flow/shared/requester.hpp"
#include "kiosk/flow/staff/customer_pages.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/loyalty/lots.hpp"
#include "storage/domain/loyalty/points_story.hpp"
#include "storage/domain/values/types.hpp"
#include "storage/domain/views/customer_view.hpp"

namespace keepsake::flow {

struct CustomerFound {
  Ticket ticket = {};
  Result<std::optional<CustomerView>> customer;
};

struct PointsFound {
  Ticket ticket = {};
  Result<Points> points;
  loyalty::Pending pending = {};  ///< the part of them that cannot be spent yet
};

/// How many points a number has: all that a number opens to whoever types it, so that the answer
/// names nobody. A number that nobody has has none.
struct FindPoints {
  using Answer = PointsFound;
  static constexpr Wait wait = Wait::person;
  std::string phone_e164;
  LocalTime at;
  Ticket ticket = {};
  Requester requester = {};
};

struct FindCustomer {
  using Answer = CustomerFound;
  static constexpr Wait wait = Wait::person;
  std::string phone_e164;
  Ticket ticket = {};
  Requester requester = {};
};

struct LoadCustomer {
  using Answer = CustomerFound;
  static constexpr Wait wait = Wait::person;
  CustomerRef customer;
  Ticket ticket = {};
  Requester requester = {};
};

/// Makes the member's key, seals the profile, records CustomerEnrolment -> Recorded with the
/// member. Failure::refused "customer.phone-known" when the phone is somebody's already.
struct Enrol {
  using Answer = Recorded;
  static constexpr Wait wait = Wait::write;
  Profile profile;
  std::string card;  ///< may be empty
  std::vector<Consent> consents;
  std::string language;
  std::string staff;
  LocalTime at;
  std::string referred_by = {};       ///< card or phone (E.164) of who brought them, or empty
  std::vector<FieldChange> own = {};  ///< fields of the shop's own
  Ticket ticket = {};
  Requester requester = {};
};

/// Whose PIN it was, and what proves it from then on (Recognition::shown).
struct MemberProved {
  Ticket ticket = {};
  Result<CustomerView> customer;
  std::string proof = {};
  int tries_left = {};
};

/// A PIN that a member typed: at the stand after a number, at the till of the customer at hand.
/// Numbers of nobody and members without a PIN are answered as a wrong one is, after the same time.
struct CheckMemberPin {
  using Answer = MemberProved;
  static constexpr Wait wait = Wait::write;
  std::string pin;
  std::string phone_e164 = {};
  CustomerRef customer = {};  ///< nobody: whoever has the number
  Ticket ticket = {};
  Requester requester = {};
};

struct StandingLoaded {
  Ticket ticket = {};
  Result<MemberStanding> standing;
};

struct LoadStanding {
  using Answer = StandingLoaded;
  static constexpr Wait wait = Wait::background;
  CustomerRef customer;
  LocalTime at;
  Ticket ticket = {};
  Requester requester = {};
};

struct StoryLoaded {
  Ticket ticket = {};
  Result<std::vector<PointsEntry>> entries;
};

struct LoadStory {
  using Answer = StoryLoaded;
  static constexpr Wait wait = Wait::background;
  CustomerRef customer;
  std::optional<TimelinePlace> before;
  Ticket ticket = {};
  Requester requester = {};
};  ///< story_page entries -> StoryLoaded

struct ProfileLoaded {
  Ticket ticket = {};
  Result<ProfileSeen> seen;
};

struct LoadProfile {
  using Answer = ProfileLoaded;
  static constexpr Wait wait = Wait::background;
  CustomerRef customer;
  Ticket ticket = {};
  Requester requester = {};
};

/// A change of a customer is on disk (or is not), and the page after it.
struct ProfileSaved {
  Ticket ticket = {};
  Result<Done> outcome;
  std::optional<ProfileSeen> seen = {};
};

struct ChangeConsents {
  using Answer = ProfileSaved;
  static constexpr Wait wait = Wait::write;
  CustomerRef customer;
  std::vector<Consent> consents;
  Ticket ticket = {};
  Requester requester = {};
};

struct ChangeProfile {
  using Answer = ProfileSaved;
  static constexpr Wait wait = Wait::write;
  CustomerRef customer;
  ProfileChange change;
  Ticket ticket = {};
  Requester requester = {};
};

/// Their own PIN, in place of any other; empty: none any more.
struct ChangeMemberPin {
  using Answer = ProfileSaved;
  static constexpr Wait wait = Wait::write;
  CustomerRef customer;
  std::string pin;
  Ticket ticket = {};
  Requester requester = {};
};

struct PeopleFound {
  Ticket ticket = {};
  Result<std::vector<FoundPerson>> people;
  bool more = false;  ///< of a search: there are others after these
};

/// Members who may be the person that is about to join, most similar first.
struct FindSimilar {
  using Answer = PeopleFound;
  static constexpr Wait wait = Wait::person;
  Profile typed;
  std::string card;  ///< may be empty
  Ticket ticket = {};
  Requester requester = {};
};

using CustomerQuestions =
    Types<FindPoints, FindCustomer, LoadCustomer, Enrol, CheckMemberPin, LoadStanding, LoadStory,
          LoadProfile, ChangeConsents, ChangeProfile, ChangeMemberPin, FindSimilar>;
using CustomerAnswers = Types<PointsFound, CustomerFound, MemberProved, StandingLoaded, StoryLoaded,
                              ProfileLoaded, ProfileSaved, PeopleFound>;

}  // namespace keepsake::flow
