#pragma once
// What staff ask of the worker beside the sale, and the answers.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/flow/customer/questions.hpp"
#include "kiosk/flow/shared/question.hpp"
#include "kiosk/flow/shared/requester.hpp"
#include "kiosk/flow/staff/article_page.hpp"
#include "kiosk/flow/staff/customer_pages.hpp"
#include "kiosk/flow/staff/exception_page.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/staff/staff_member.hpp"
#include "storage/domain/values/pin_place.hpp"
#include "storage/domain/values/types.hpp"

namespace keepsake::flow {

struct ShiftLoaded {
  Ticket ticket = {};
  Result<std::optional<ShiftView>> shift;
};

struct LoadShift {
  using Answer = ShiftLoaded;
  static constexpr Wait wait = Wait::person;
  Ticket ticket = {};
  Requester requester = {};
};

struct PinChecked {
  Ticket ticket = {};
  Result<StaffMember> staff;
  int tries_left = {};
};

struct CheckPin {
  using Answer = PinChecked;
  static constexpr Wait wait = Wait::write;
  std::string pin;
  PinPlace place = PinPlace::stand;
  Instant at;
  Ticket ticket = {};
  Requester requester = {};
};

struct ClockConfirmed {
  Ticket ticket = {};
  Result<Done> outcome;
};

/// A manager says that the machine's date is right.
struct ConfirmClock {
  using Answer = ClockConfirmed;
  static constexpr Wait wait = Wait::write;
  Ticket ticket = {};
  Requester requester = {};
};

struct AddNote {
  using Answer = ProfileSaved;
  static constexpr Wait wait = Wait::write;
  CustomerRef customer;
  std::string text;
  Ticket ticket = {};
  Requester requester = {};
};

/// Whoever is told of a loss blocks a wallet; managers free it.
struct ChangeWallet {
  using Answer = ProfileSaved;
  static constexpr Wait wait = Wait::write;
  CustomerRef customer;
  WalletState state;
  Ticket ticket = {};
  Requester requester = {};
};

/// "": what was given before ends.
struct GiveLevel {
  using Answer = ProfileSaved;
  static constexpr Wait wait = Wait::write;
  CustomerRef customer;
  std::string level;
  std::optional<Date> until;  ///< the last day; none: no end
  std::string reason;
  Ticket ticket = {};
  Requester requester = {};
};

struct UndoMerge {
  using Answer = ProfileSaved;
  static constexpr Wait wait = Wait::write;
  CustomerRef customer;
  FactId merge;
  Ticket ticket = {};
  Requester requester = {};
};

struct SearchCustomers {
  using Answer = PeopleFound;
  static constexpr Wait wait = Wait::background;
  std::string words;
  Ticket ticket = {};
  Requester requester = {};
  std::size_t skip = 0;  ///< so many of the first are known already
};

struct TimelineLoaded {
  Ticket ticket = {};
  Result<std::vector<TimelineEntry>> entries;
};

struct LoadTimeline {
  using Answer = TimelineLoaded;
  static constexpr Wait wait = Wait::background;
  CustomerRef customer;
  std::optional<TimelinePlace> before;
  Ticket ticket = {};
  Requester requester = {};
};  ///< story_page entries -> TimelineLoaded

struct PairsLoaded {
  Ticket ticket = {};
  Result<std::vector<DuplicatePair>> pairs;
};

struct LoadPairs {
  using Answer = PairsLoaded;
  static constexpr Wait wait = Wait::background;
  Ticket ticket = {};
  Requester requester = {};
};

struct PairLoaded {
  Ticket ticket = {};
  Result<PairSeen> pair;
};

struct LoadPair {
  using Answer = PairLoaded;
  static constexpr Wait wait = Wait::background;
  CustomerRef one;
  CustomerRef other;
  Ticket ticket = {};
  Requester requester = {};
};

/// The two are one now, or told apart.
struct PairSettled {
  Ticket ticket = {};
  Result<Done> outcome;
};

struct MergePair {
  using Answer = PairSettled;
  static constexpr Wait wait = Wait::write;
  CustomerRef kept;
  CustomerRef merged;
  std::string reason;
  Ticket ticket = {};
  Requester requester = {};
};

struct PartPair {
  using Answer = PairSettled;
  static constexpr Wait wait = Wait::write;
  CustomerRef one;
  CustomerRef other;
  Ticket ticket = {};
  Requester requester = {};
};

struct StaffLoaded {
  Ticket ticket = {};
  Result<std::vector<StaffEntry>> staff;  ///< by id
};

struct LoadStaff {
  using Answer = StaffLoaded;
  static constexpr Wait wait = Wait::background;
  Ticket ticket = {};
  Requester requester = {};
};

struct StaffChanged {
  Ticket ticket = {};
  Result<Done> outcome;
  std::optional<std::vector<StaffEntry>> staff =
      {};  ///< as it is now; none where it cannot be read
};

/// Takes somebody on, who gets an id by their name, or changes them.
struct ChangeStaff {
  using Answer = StaffChanged;
  static constexpr Wait wait = Wait::write;
  StaffMember member;  ///< its id empty: somebody new
  std::string pin;     ///< empty: it stays as it is
  Ticket ticket = {};
  Requester requester = {};
};

struct RemoveStaff {
  using Answer = StaffChanged;
  static constexpr Wait wait = Wait::write;
  std::string id;
  Ticket ticket = {};
  Requester requester = {};
};

struct CatalogueLoaded {
  Ticket ticket = {};
  Result<CatalogueDesk> desk;
};

struct LoadCatalogue {
  using Answer = CatalogueLoaded;
  static constexpr Wait wait = Wait::background;
  Ticket ticket = {};
  Requester requester = {};
};

struct ArticleChanged {
  Ticket ticket = {};
  Result<Done> outcome;
};

struct ChangePrice {
  using Answer = ArticleChanged;
  static constexpr Wait wait = Wait::write;
  std::string code;
  UnitPrice price;
  Ticket ticket = {};
  Requester requester = {};
};

struct AddArticle {
  using Answer = ArticleChanged;
  static constexpr Wait wait = Wait::write;
  Article article;
  Ticket ticket = {};
  Requester requester = {};
};

struct ExceptionsLoaded {
  Ticket ticket = {};
  Result<std::vector<ExceptionView>> open;
};

struct LoadExceptions {
  using Answer = ExceptionsLoaded;
  static constexpr Wait wait = Wait::background;
  Ticket ticket = {};
  Requester requester = {};
};

struct ExceptionAnswered {
  Ticket ticket = {};
  Result<Done> outcome;
};

struct SettleException {
  using Answer = ExceptionAnswered;
  static constexpr Wait wait = Wait::write;
  ExceptionName name;
  Decision decision;
  Ticket ticket = {};
  Requester requester = {};
};

using StaffQuestions =
    Types<LoadShift, CheckPin, ConfirmClock, AddNote, ChangeWallet, GiveLevel, UndoMerge,
          SearchCustomers, LoadTimeline, LoadPairs, LoadPair, MergePair, PartPair, LoadStaff,
          ChangeStaff, RemoveStaff, LoadCatalogue, ChangePrice, AddArticle, LoadExceptions,
          SettleException>;
using StaffAnswers = Types<ShiftLoaded, PinChecked, ClockConfirmed, TimelineLoaded, PairsLoaded,
                           PairLoaded, PairSettled, StaffLoaded, StaffChanged, CatalogueLoaded,
                           ArticleChanged, ExceptionsLoaded, ExceptionAnswered>;

}  // namespace keepsake::flow
