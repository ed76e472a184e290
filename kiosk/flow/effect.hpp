#pragma once
// What the reducer asks the world to do. kiosk/app performs them; each with a ticket is answered
// exactly once by the event of the same noun.

#include <string>

#include "kiosk/flow/customer_effect.hpp"
#include "kiosk/flow/session.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/values/choice.hpp"

namespace keepsake::flow {

/// Article by GTIN or code, else member by card, else receipt -> ScanResolved.
struct ResolveScan {
  Ticket ticket;
  std::string text;
  Requester requester;
};
struct SearchArticles {
  Ticket ticket;
  std::string words;
};  ///< -> ArticlesFound
struct FindCustomer {
  Ticket ticket;
  std::string phone_e164;
  Requester requester;
};  ///< -> CustomerFound
struct LoadCustomer {
  Ticket ticket;
  CustomerRef customer;
  Requester requester;
};  ///< -> CustomerFound
/// What the rules know of the customer -> MemberLoaded.
struct LoadMember {
  Ticket ticket;
  CustomerRef customer;
  LocalTime at;
};
struct LookUpGiftCard {
  Ticket ticket;
  std::string card;  ///< card_name()
};                   ///< -> GiftCardFound
/// The lines of a purchase with their articles as they are sold today -> LinesFound.
struct LoadLines {
  Ticket ticket;
  FactId purchase;
};
/// Keeps the basket on this terminal, over a restart too -> Parked.
struct Park {
  Ticket ticket;
  ParkedBasket basket;
};
/// Takes a parked basket up; it is kept no longer -> LinesFound.
struct TakeUp {
  Ticket ticket;
  std::string id;
};
struct LoadShift {
  Ticket ticket;
};  ///< -> ShiftLoaded
struct CheckPin {
  Ticket ticket;
  std::string pin;
  Instant at;
};  ///< -> PinChecked
struct RecordFact {
  Ticket ticket;
  Fact fact;
};  ///< -> Recorded
/// Makes the member's key, seals the profile, records CustomerEnrolment -> Recorded with the
/// member. Failure::refused "customer.phone-known" when the phone is somebody's already.
struct Enrol {
  Ticket ticket;
  Profile profile;
  std::string card;  ///< may be empty
  std::vector<Consent> consents;
  std::string language;
  std::string staff;
  LocalTime at;
  std::string referred_by = {};  ///< card or phone (E.164) of who brought them, or empty
};

/// -> PurchasesListed, newest first; of everybody where `customer` is nobody.
struct ListPurchases {
  Ticket ticket;
  CustomerRef customer;
};
/// By its id or by the number on its receipt -> PurchaseOpened.
struct OpenPurchase {
  Ticket ticket;
  std::variant<FactId, Seq> which;
  LocalTime at;
};
struct Print {  ///< receipt of a recorded purchase or return -> Printed; on the printer's own
                ///< thread
  FactId fact;
  Language language = Language::english;
  std::string staff_name;
};
struct OpenDrawer {};
struct Sync {};  ///< nudge the agent

enum class Sound { click, scan_ok, good, error };
struct Play {
  Sound sound = Sound::click;
};

using AnyEffect = std::variant<ResolveScan, SearchArticles, FindCustomer, LoadCustomer, LoadMember,
                               LookUpGiftCard, LoadLines, Park, TakeUp, LoadShift, CheckPin,
                               RecordFact, Enrol, ListPurchases, OpenPurchase, Print, OpenDrawer,
                               Sync, Play, LoadStanding, LoadStory, LoadProfile, ChangeConsents,
                               ChangeProfile, AddNote, ChangeWallet, UndoMerge, SearchCustomers,
                               LoadTimeline, FindSimilar, LoadPairs, LoadPair, MergePair, PartPair>;
struct Effect : Choice<AnyEffect> {
  using Choice::Choice;
};

}  // namespace keepsake::flow
