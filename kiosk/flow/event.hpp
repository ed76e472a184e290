#pragma once
// All that can happen to a session. Touches come by meaning, not by widget: a screen says what its
// button means. The reducer takes any event on any screen; one that means nothing there does
// nothing.

#include <optional>
#include <string>
#include <vector>

#include "kiosk/flow/customer_event.hpp"
#include "kiosk/flow/session.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/values/choice.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/domain/views/sync_state.hpp"

namespace keepsake::flow {

// ---- from every screen ----

/// The first touch (or key) on attract. It only wakes; on a language button it also chooses.
struct Wake {
  std::optional<Language> language;
};
struct StillHere {};      ///< the countdown's one button; any other touch counts too
struct Finish {};         ///< customer: the reset. Staff: lock (a basket is kept)
struct Back {};           ///< close the pane or language screen, else one screen back
struct Dismiss {};        ///< the notice was read
struct OpenLanguages {};  ///< the globe
struct ChooseLanguage {
  Language language;
};
struct SwitchTextSize {};
struct SwitchContrast {};

/// Where a button leads. Places one may not enter (staff places without a PIN, a sale without a
/// shift) lead to the screen that lets one in.
enum class Place {
  start,
  identify,
  join,
  warranty,
  staff,
  sale,
  tender,
  shift_close,
  sync,
  why,        ///< of the member on the screen
  my_data,    ///< of the member who is identified
  customers,  ///< staff: the page of the sale's customer, else the search
  search,     ///< staff: the search
  merges,     ///< managers: who may be one person
  returns     ///< staff: goods come back
};
struct Go {
  Place place;
};

/// The primary button of the screen or pane, and Enter in a field: find, join, sign in, add, take,
/// register, open, count, close, next customer. The screen's state says which.
struct Submit {};

// ---- fields ----

struct Edit {
  Field field;
};  ///< the field was touched
struct Type {
  std::string utf8;
};                ///< into the field being edited
struct Erase {};  ///< its last character
struct ClearField {};

/// The keyboard's own keys.
struct ShowKeys {
  KeyPage page;
};
struct SwapScript {};

// ---- lists ----

struct ShowPage {
  int page;
};
struct PickArticle {
  std::size_t index;
};                      ///< of `found` on the sale's search or the warranty form
struct DropArticle {};  ///< warranty form: choose another

// ---- customer ----

struct ShowTab {
  HomeTab tab;
};
struct SetPrivacy {
  Privacy privacy;
};
struct SetConsent {
  ConsentPurpose purpose;
  bool granted;
};
struct AskReferrer {};  ///< joining: "a member brought me"

// ---- sale ----

struct OpenSearch {};
struct OpenCustomer {};  ///< attach a member
struct DetachCustomer {};
struct OpenQuantity {
  std::size_t line;
};  ///< by piece: a keypad; weighed: the weight again
struct AddPieces {
  std::size_t line;
  int pieces;
};  ///< the + and - buttons; down to 0 voids the line
struct VoidLine {
  std::size_t line;
};
struct OpenSerial {
  std::size_t line;
};                    ///< start cover on this line's item
struct OpenClear {};  ///< ask before throwing the basket away; Submit does it
struct OpenMore {};
struct OpenWhy {};
struct OpenRewards {};
struct OpenCoupon {};
struct ClaimReward {
  std::string reward;
  int steps;  ///< more or fewer
};
/// How money for points is given.
struct ChooseCashOut {
  CashOut way;
};
struct DropCode {
  std::size_t index;
};
/// The answers to "use your points now, or keep them?"; both go on to paying.
struct UsePoints {};
struct KeepPoints {};
struct OpenGiftCard {
  StoredValue kind;
};
struct AskCardState {};  ///< block the gift card of the pane, or free it; Submit does it
struct ParkSale {};
struct OpenParked {};
struct TakeUpParked {
  std::size_t index;
};                    ///< of Device::parked
struct OpenAgain {};  ///< the member's last basket; Submit puts it in

// ---- tender ----

struct ChooseTender {
  TenderKind kind;
};
struct QuickAmount {
  Money amount;
};  ///< fills the amount; Submit takes it
struct RemoveTender {
  std::size_t index;
};
struct PrintReceipt {};  ///< on the done screens; again after a failure

// ---- goods that come back; how the money goes is ChooseTender ----

struct PickPurchase {
  std::size_t index;
};  ///< of ReturnFind::recent
struct ReturnPieces {
  std::size_t line;
  int pieces;
};  ///< the + and - buttons; what is weighed comes back whole
struct ReturnAll {};
struct ChooseReason {
  ReturnReason reason;
};  ///< the one chosen already: none

// ---- warranty ----

enum class DateUnit { day, month, year };
struct StepDate {
  DateUnit unit;
  int by;
};  ///< never past today, never 10 years back
struct BoughtToday {};

// ---- sync ----

struct SyncNow {};

// ---- device ----

/// A barcode or QR code, whole, from the wedge scanner; at most limits::code_bytes of printable
/// ASCII.
struct Scan {
  std::string text;
};
/// Time passed (`now` of reduce). Sent at next_deadline(), and harmless at any other time.
struct Tick {};
struct SyncChanged {
  SyncState state;
};
struct ShiftKnown {
  std::optional<ShiftView> shift;
};  ///< at start-up
struct ParkedKnown {
  std::vector<ParkedView> parked;
};  ///< at start-up
struct ChoresDone {
  Date day;
  std::optional<Error> trouble;
};

// ---- answers of effects, by ticket ----

/// A code of a receipt's shape.
struct ReceiptScanned {
  std::optional<FactId> purchase;  ///< none: forged, or it names no purchase recorded here
};
/// What a scanned code turned out to be. monostate: nothing known.
using Scanned = std::variant<std::monostate, Article, CustomerView, ReceiptScanned, GiftCardView>;
struct ScanResolved {
  Ticket ticket;
  std::string text;
  Result<Scanned> scanned;
};
struct ArticlesFound {
  Ticket ticket;
  std::string words;
  Result<std::vector<Article>> articles;
};
struct CustomerFound {
  Ticket ticket;
  Result<std::optional<CustomerView>> customer;
};
struct MemberLoaded {
  Ticket ticket;
  CustomerRef customer;
  Result<loyalty::Member> member;
};
struct GiftCardFound {
  Ticket ticket;
  std::string card;
  Result<std::optional<GiftCardView>> found;
};
struct LinesFound {
  Ticket ticket;
  Result<std::vector<FoundLine>> lines;
  std::optional<std::vector<ParkedView>> parked;  ///< what is parked after taking one up
};
struct Parked {
  Ticket ticket;
  Result<std::vector<ParkedView>> parked;  ///< all that are
};
struct ShiftLoaded {
  Ticket ticket;
  Result<std::optional<ShiftView>> shift;
};
struct PinChecked {
  Ticket ticket;
  Result<Staff> staff;
  int tries_left;
};
/// The fact is on disk (or is not: the error). With a member, their view after it.
struct Recorded {
  Ticket ticket;
  Result<FactId> id;
  std::optional<CustomerView> member;
  std::optional<ShiftView> shift;  ///< the open shift after it
};
struct PurchasesListed {
  Ticket ticket;
  Result<std::vector<PurchaseSummary>> purchases;
};
struct PurchaseOpened {
  Ticket ticket;
  Result<ReturnBasis> basis;  ///< with one purchase; Failure::not_found "return.unknown-purchase"
};
struct Printed {
  FactId fact;
  Result<Done> outcome;
};

using AnyEvent = std::variant<
    Wake, StillHere, Finish, Back, Dismiss, OpenLanguages, ChooseLanguage, SwitchTextSize,
    SwitchContrast, Go, Submit, Edit, Type, Erase, ClearField, ShowKeys, SwapScript, ShowPage,
    PickArticle, DropArticle, ShowTab, SetPrivacy, SetConsent, AskReferrer, OpenSearch,
    OpenCustomer, DetachCustomer, OpenQuantity, AddPieces, VoidLine, OpenSerial, OpenClear,
    OpenMore, OpenWhy, OpenRewards, OpenCoupon, ClaimReward, ChooseCashOut, DropCode, UsePoints,
    KeepPoints, OpenGiftCard, AskCardState, ParkSale, OpenParked, TakeUpParked, OpenAgain,
    ChooseTender, QuickAmount, RemoveTender, PrintReceipt, PickPurchase, ReturnPieces, ReturnAll,
    ChooseReason, StepDate, BoughtToday, SyncNow, Scan, Tick, SyncChanged, ShiftKnown, ParkedKnown,
    ChoresDone, ScanResolved, ArticlesFound, CustomerFound, MemberLoaded, GiftCardFound, LinesFound,
    Parked, ShiftLoaded, PinChecked, Recorded, PurchasesListed, PurchaseOpened, Printed, ShowWhy,
    ShowOlder, AskConsent, OpenPreference, SetPreference, StandingLoaded, StoryLoaded,
    ProfileLoaded, ProfileSaved, PickPerson, ShowProfileTab, OpenEntry, PickValue, RemoveContact,
    AskWalletState, ShowFile, UseCustomer, OpenPeople, AskUndo, ShowPair, AskMerge, TellApart,
    PeopleFound, TimelineLoaded, PairsLoaded, PairLoaded, PairSettled>;
struct Event : Choice<AnyEvent> {
  using Choice::Choice;
};

}  // namespace keepsake::flow
