#pragma once
// Whatever can happen at the test shop, by chance. Touches and news are drawn from their own lists
// (AnyTouch, News): one without an `arbitrary` here does not compile, so none can be left out.

#include <rapidcheck.h>
#include <type_traits>

#include "storage/domain/loyalty/active_programme.hpp"
#include "tests/kiosk/flow/shop.hpp"
#include "tests/support/any.hpp"

namespace keepsake::flow {

using test::any_below;
using test::any_of;
using test::maybe;

/// An index, often one too far.
inline std::size_t any_index() { return any_below(4); }
/// Of things more and fewer.
inline int any_step() { return static_cast<int>(any_below(5)) - 2; }
inline FactId any_fact() { return FactId::make({1}, {5}, {1}, static_cast<Seq>(any_below(6))); }
inline std::string any_text() {
  return *rc::gen::element<std::string>("1", "4", "9", "12", "1234", "91234417", ".", "a", "Ket",
                                        "LED", "Kari", "є", "NW8-0417", "500", "+47", "\x01");
}
inline std::string any_field() {
  return *rc::gen::element<std::string>("name", "birthday", "postcode", "household", "language",
                                        "channel", "phone", "email", "card", "label", "note", "pin",
                                        "custom.shoe", "nothing");
}

/// What has no content needs no choice.
template <class T>
requires std::is_empty_v<T> T arbitrary(std::type_identity<T>) { return {}; }

// ---- touches of every screen

inline Wake arbitrary(std::type_identity<Wake>) {
  return {maybe() ? std::optional(any_of<Language>()) : std::nullopt};
}
inline ChooseLanguage arbitrary(std::type_identity<ChooseLanguage>) { return {any_of<Language>()}; }
inline Go arbitrary(std::type_identity<Go>) { return {any_of<Place>()}; }
inline Edit arbitrary(std::type_identity<Edit>) { return {any_of<Field>()}; }
inline Hand any_hand() { return maybe() ? Hand::keyboard : Hand::finger; }
inline Type arbitrary(std::type_identity<Type>) { return {any_text(), any_hand()}; }
inline Submit arbitrary(std::type_identity<Submit>) {
  const Hand hand = any_hand();
  return {hand, hand == Hand::keyboard && any_below(4) == 0 ? any_text() : std::string()};
}
inline ShowKeys arbitrary(std::type_identity<ShowKeys>) { return {any_of<KeyPage>()}; }
inline ShowPage arbitrary(std::type_identity<ShowPage>) { return {any_step()}; }

// ---- of a customer

inline ShowTab arbitrary(std::type_identity<ShowTab>) { return {any_of<HomeTab>()}; }
inline SetPrivacy arbitrary(std::type_identity<SetPrivacy>) { return {any_of<Privacy>()}; }
inline SetConsent arbitrary(std::type_identity<SetConsent>) {
  return {any_of<ConsentPurpose>(), maybe()};
}
inline ShowWhy arbitrary(std::type_identity<ShowWhy>) { return {any_of<WhyTab>()}; }
inline AskConsent arbitrary(std::type_identity<AskConsent>) { return {any_of<ConsentPurpose>()}; }
inline OpenPreference arbitrary(std::type_identity<OpenPreference>) {
  return {any_of<Preference>()};
}
inline SetPreference arbitrary(std::type_identity<SetPreference>) {
  return {any_of<Preference>(), *rc::gen::element<std::string>("", "nb", "email", "yes")};
}

// ---- of the sale

inline OpenQuantity arbitrary(std::type_identity<OpenQuantity>) { return {any_index()}; }
inline AddPieces arbitrary(std::type_identity<AddPieces>) { return {any_index(), any_step()}; }
inline VoidLine arbitrary(std::type_identity<VoidLine>) { return {any_index()}; }
inline OpenSerial arbitrary(std::type_identity<OpenSerial>) { return {any_index()}; }
inline ClaimReward arbitrary(std::type_identity<ClaimReward>) {
  return {*rc::gen::element<std::string>("kr-50", "mug", "money", "nothing"), any_step()};
}
inline ChooseCashOut arbitrary(std::type_identity<ChooseCashOut>) { return {any_of<CashOut>()}; }
inline DropCode arbitrary(std::type_identity<DropCode>) { return {any_index()}; }
inline OpenGiftCard arbitrary(std::type_identity<OpenGiftCard>) { return {any_of<StoredValue>()}; }
inline RecallSale arbitrary(std::type_identity<RecallSale>) { return {any_index()}; }
inline ChooseTender arbitrary(std::type_identity<ChooseTender>) { return {any_of<TenderKind>()}; }
inline QuickAmount arbitrary(std::type_identity<QuickAmount>) {
  return {Money{*rc::gen::inRange<std::int64_t>(-1, 300000),
                *Currency::parse(*rc::gen::element("NOK", "NOK", "NOK", "EUR"))}};
}
inline RemoveTender arbitrary(std::type_identity<RemoveTender>) { return {any_index()}; }
inline PickPurchase arbitrary(std::type_identity<PickPurchase>) { return {any_index()}; }
inline ReturnPieces arbitrary(std::type_identity<ReturnPieces>) {
  return {any_index(), any_step()};
}
inline ChooseReason arbitrary(std::type_identity<ChooseReason>) { return {any_of<ReturnReason>()}; }

// ---- of a warranty

inline PickArticle arbitrary(std::type_identity<PickArticle>) { return {any_index()}; }
inline StepDate arbitrary(std::type_identity<StepDate>) {
  return {any_of<DateUnit>(), *rc::gen::inRange(-40, 40)};
}
inline OpenItem arbitrary(std::type_identity<OpenItem>) { return {any_index()}; }

// ---- of staff beside the sale

inline PickPerson arbitrary(std::type_identity<PickPerson>) { return {any_index()}; }
inline ShowProfileTab arbitrary(std::type_identity<ShowProfileTab>) {
  return {any_of<ProfileTab>()};
}
inline OpenEntry arbitrary(std::type_identity<OpenEntry>) {
  return {any_field(), maybe() ? std::optional(ContactTag{any_fact(), 0}) : std::nullopt};
}
inline PickValue arbitrary(std::type_identity<PickValue>) { return {any_text()}; }
inline RemoveContact arbitrary(std::type_identity<RemoveContact>) { return {{any_fact(), 0}}; }
inline ShowFile arbitrary(std::type_identity<ShowFile>) { return {any_index()}; }
inline AskUndo arbitrary(std::type_identity<AskUndo>) { return {any_fact()}; }
inline ShowPair arbitrary(std::type_identity<ShowPair>) { return {any_index()}; }
inline OpenStaffMember arbitrary(std::type_identity<OpenStaffMember>) { return {any_index()}; }
inline OpenArticle arbitrary(std::type_identity<OpenArticle>) { return {any_index()}; }
inline OpenRequest arbitrary(std::type_identity<OpenRequest>) { return {any_index()}; }
inline PickTax arbitrary(std::type_identity<PickTax>) { return {any_index()}; }
inline OpenException arbitrary(std::type_identity<OpenException>) { return {any_index()}; }
inline ChooseDecision arbitrary(std::type_identity<ChooseDecision>) {
  return {*rc::gen::element(Decision::absorb, Decision::debt, Decision::noted)};
}
inline ChooseRole arbitrary(std::type_identity<ChooseRole>) { return {maybe()}; }

template <class... Ts>
Event any_of(Types<Ts...>) {
  using Make = Event (*)();
  static constexpr Make makes[] = {[] { return Event(arbitrary(std::type_identity<Ts>())); }...};
  return makes[any_below(sizeof...(Ts))]();
}

/// What is most likely touched there. Anything may be, see any_touch().
inline Event any_touch_on(const Screen& screen) {
  const auto is = [&]<class... Screens>(Types<Screens...>) {
    return (holds_alternative<Screens>(screen) || ...);
  };
  if (is(Types<Sale, Tendering, SaleDone, RewardsGiven, ReturnFind, Returning, ReturnDone>()))
    return any_of(SaleTouches());
  if (is(Types<CustomerSearch, CustomerPage, MergeReview, StaffList, ArticlePage, ExceptionPage,
               SyncStatus>()))
    return any_of(StaffTouches());
  if (is(Types<WarrantyForm, ItemPage>())) return any_of(WarrantyTouches());
  return any_of(CustomerTouches());
}

/// A third of them lead on and a third mean something on the screen, so that lives do not end where
/// they began.
inline Event any_touch(const Screen& screen) {
  switch (any_below(3)) {
    case 0:
      return any_touch_on(screen);
    case 1:
      return any_of(Types<Submit, Submit, Submit, Type, Type, Go, Go, Back>());
    default:
      return any_of(AnyTouch());
  }
}

/// What people do in one go, wherever they are: what needs several touches in a row hardly comes up
/// by chance.
inline std::vector<Event> any_habit() {
  const std::vector<Event> identify = {Go{Place::identify}, Scan{ingrid_card}};
  const std::vector<Event> look_up = {Go{Place::identify}, ClearField{}, Type{"91234417"},
                                      Submit{}};
  const std::vector<Event> by_number = {Go{Place::sale}, OpenCustomer{}, Type{"91234417"},
                                        Submit{}};
  const std::vector<Event> join = {Go{Place::join},
                                   ClearField{},
                                   Type{"Kari"},
                                   Edit{Field::phone},
                                   ClearField{},
                                   Type{"91234417"},
                                   SetConsent{ConsentPurpose::membership, true},
                                   Submit{}};
  const std::vector<Event> page = {Go{Place::search}, Type{"ing"}, PickPerson{0}};
  const std::vector<Event> new_colleague = {
      Go{Place::staff_list}, AddStaffMember{}, Type{"Kari"}, Submit{},
      Type{"4711"},          Submit{},         Type{"4711"}, Submit{}};
  const std::vector<Event> selling = {Go{Place::sale}, Scan{kettle_gtin}, Scan{ingrid_card}};
  const std::vector<std::pair<std::vector<Event>, std::vector<Event>>> habits = {
      {{Go{Place::staff}, Type{"1234"}, Submit{}}, {}},
      {join, {}},
      {look_up, {}},
      {by_number, {OpenRewards{}, ClaimReward{"kr-50", 1}, Submit{}}},
      {by_number, {Go{Place::tender}, ChooseTender{TenderKind::points}, Back{}}},
      {identify, {Go{Place::why}, ShowOlder{}}},
      {identify, {ShowTab{HomeTab::warranties}, SetPrivacy{Privacy::shown}, OpenItem{0}}},
      {{Go{Place::staff}, Type{"1234"}, Submit{}, Go{Place::warranty}, ClearField{}},
       {Type{"7701"}, Submit{}, OpenItemReceipt{}}},
      {identify, {Go{Place::my_data}, AskConsent{ConsentPurpose::marketing}, Submit{}}},
      {selling, {OpenQuantity{0}}},
      {selling, {OpenSerial{0}, Scan{"NW8-0417731"}, Submit{}, StandsSo{}}},
      {selling, {OpenMore{}, HoldSale{}, OpenHeldSales{}, RecallSale{0}}},
      {selling, {OpenMore{}, OpenAgain{}, Submit{}}},
      {selling, {OpenMore{}, OpenGiftCard{StoredValue::gift_card}, Type{"GC4417000099"}, Submit{}}},
      {page, {OpenEntry{"note", {}}, Type{"tea"}, Submit{}}},
      // Under a question about proof, or after a number at the stand.
      {{Edit{Field::pin}}, {Type{"4711"}, Submit{}}},
      {{Edit{Field::pin}}, {Type{"1234"}, Submit{}}},
      {identify, {Go{Place::my_data}, OpenPin{}, RemovePin{}}},
      {page, {OpenEntry{"level", {}}, PickValue{""}, Type{"raffle"}, Submit{}}},
      {page, {AskUndo{any_fact()}, Submit{}}},
      {page, {AskWalletState{}, Submit{}}},
      {{Go{Place::merges}}, {AskMerge{}, Submit{}}},
      {{Go{Place::merges}}, {TellApart{}}},
      {{Go{Place::sync}}, {SayDateIsRight{}}},
      {new_colleague, {OpenStaffMember{1}, AskRemoveMember{}, Submit{}}},
      {new_colleague, {OpenStaffMember{0}, ChooseRole{false}, Submit{}}},
      {{Go{Place::exceptions}, OpenException{0}}, {ChooseDecision{Decision::debt}, Submit{}}},
      {{Go{Place::exceptions}, OpenException{1}}, {ShowExceptionCustomer{}}},
      {{Go{Place::articles}, Scan{kettle_gtin}}, {Type{"549"}, Submit{}}},
      {{Go{Place::articles}, NewArticle{}, Type{"X-1"}, Submit{}, Type{"Vase"}, Submit{}},
       {Type{"49"}, Submit{}, PickTax{0}}},
  };
  auto [touches, then] = habits[any_below(habits.size())];
  touches.insert(touches.end(), then.begin(), then.end());
  return touches;
}

// ---- news: each is true, as the book and the devices of the shop have it

inline ProgrammeChanged arbitrary(std::type_identity<ProgrammeChanged>, Shop& shop) {
  ActiveProgramme next = *shop.active;
  ++next.programme.version;
  next.rules.redeeming.point_value_milli_minor = *rc::gen::element(0, 10'000, 25'000);
  for (loyalty::Reward& reward : next.rules.rewards) {
    reward.cost.hundredths = *rc::gen::element(20000, 50000);
    reward.minor = *rc::gen::element(5000, 7500);
  }
  return shop.publish(std::move(next));
}
inline Scan arbitrary(std::type_identity<Scan>, Shop&) {
  return {*rc::gen::element<std::string>(kettle_gtin, "BULB", "APPLE", ingrid_card, "NW8-0417731",
                                         covered_serial, other_receipt, last_receipt, "unknown-1",
                                         "\x07", "ONCE", "NEWHOME", "GOLD", "GC4417000012345678",
                                         "KC4417123456789113")};
}
/// The shop's clock goes with it.
inline Tick arbitrary(std::type_identity<Tick>, Shop& shop) {
  shop.now.at = shop.now.at + std::chrono::milliseconds(*rc::gen::inRange(0, 150000));
  return {};
}
inline SyncChanged arbitrary(std::type_identity<SyncChanged>, Shop&) {
  SyncState state;
  state.link = any_of<LinkState>();
  state.waiting = any_step();
  if (maybe()) state.last_error = Error{Failure::unavailable, "sync.refused", "", "", ""};
  return {state};
}
inline ShiftKnown arbitrary(std::type_identity<ShiftKnown>, Shop& shop) { return {shop.shift}; }
/// Now and then somebody leaves, or is made less or more.
inline StaffKnown arbitrary(std::type_identity<StaffKnown>, Shop& shop) {
  const int what = *rc::gen::inRange(0, 8);
  shop.staff = what == 0 ? std::vector<StaffMember>{}
                         : std::vector<StaffMember>{{"marit", "Marit", what != 1}};
  return {shop.staff};
}
inline HeldSalesKnown arbitrary(std::type_identity<HeldSalesKnown>, Shop& shop) {
  return {shop.held_views()};
}
inline ChoresDone arbitrary(std::type_identity<ChoresDone>, Shop& shop) {
  ChoresDone done{shop.now.date(), std::nullopt};
  if (maybe())
    done.trouble = Error{Failure::unavailable,
                         *rc::gen::element<std::string>("disk.full", "clock.ahead"), "", "", ""};
  return done;
}
inline Printed arbitrary(std::type_identity<Printed>, Shop&) {
  const Error broken{Failure::unavailable, "print.failed", "", "", ""};
  return {any_fact(), maybe() ? Result<Done>(Done{}) : Result<Done>(broken)};
}

template <class... Ts>
Event any_news(Types<Ts...>, Shop& shop) {
  using Make = Event (*)(Shop&);
  static constexpr Make makes[] = {
      [](Shop& of) { return Event(arbitrary(std::type_identity<Ts>(), of)); }...};
  return makes[any_below(sizeof...(Ts))](shop);
}
inline Event any_news(Shop& shop) {
  if (maybe()) return any_news(News(), shop);
  return any_news(Types<Scan, Scan, Tick>(), shop);
}

}  // namespace keepsake::flow
