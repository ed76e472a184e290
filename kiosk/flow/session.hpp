#pragma once
// Everything the screen is, as one value. Three parts, by how long they live:
//
//   Device  outlasts everybody: the line to head office, the open shift, counters.
//   Till    a sale under way. A lock keeps it; only "done" and "clear" end it. While the till is
//           locked it holds no personal data: the customer is a bare reference, loaded again at the
//           next PIN.
//   Visit   one person at the screen, customer or staff. Its end is `visit = Visit{}`, which is the
//           privacy reset: fields, language, text size, contrast, customer, staff and screen all go
//           at once.
//
// Screens read it const. Text fields are plain UTF-8 with the caret at the end; their limits are in
// field.hpp. Amounts and weights are typed as "1234.50" ('.' in every language; screens format).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/flow/field.hpp"
#include "kiosk/flow/language.hpp"
#include "kiosk/flow/my_page.hpp"
#include "kiosk/flow/notice.hpp"
#include "kiosk/flow/returning.hpp"
#include "kiosk/flow/sale_panes.hpp"
#include "kiosk/flow/staff_customer.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/values/choice.hpp"
#include "storage/domain/views/sync_state.hpp"

namespace keepsake::flow {

/// Who works at the till. `id` goes into facts, `name` onto screens and receipts.
struct Staff {
  std::string id;
  std::string name;
  bool manager = false;
  bool operator==(const Staff&) const = default;
};

// ---- customer screens ----

/// The invitation. Nothing on it is pressed: any touch only wakes it (event Wake).
struct Attract {
  bool operator==(const Attract&) const = default;
};

/// Languages and tasks: my points, join, register a warranty, staff.
struct Start {
  bool operator==(const Start&) const = default;
};

/// "Scan your card, or type your phone number."
struct Identify {
  std::string phone;       ///< as typed
  bool not_found = false;  ///< nobody has that phone or card: the screen offers Go{Place::join}
  bool operator==(const Identify&) const = default;
};

struct Join {
  std::string name;
  std::string phone;
  std::string card;         ///< scanned: a card of the shop that nobody has yet; may stay empty
  bool membership = false;  ///< consent: needed to join
  bool marketing = false;   ///< consent: free to refuse
  Field editing = Field::name;
  std::optional<CustomerRef> known = {};  ///< the phone is this member's: "is this you?"
  std::string known_as;                   ///< their initials: enough for them, little for others
  std::vector<FoundPerson> similar = {};  ///< staff: members who may be the one who joins
  bool compared = false;                  ///< none of them is, or there is nobody alike
  std::string referrer = {};              ///< phone of who brought them, as typed
  std::string referrer_card = {};         ///< or their card, scanned
  bool asking_referrer = false;           ///< it is being typed
  bool operator==(const Join&) const = default;
};

/// An article scanned by somebody who is not selling: its price and cover. Leaves by itself.
struct PriceCheck {
  Article article;
  Instant leaves_at;
  bool operator==(const PriceCheck&) const = default;
};

/// Register a warranty by itself: article, serial, day of purchase. For customers and staff.
struct WarrantyForm {
  CustomerRef customer;  ///< nobody: registered without a member
  std::string words;     ///< article search, while `article` is empty
  std::vector<Article> found;
  std::optional<Article> article;
  std::string serial;  ///< as typed or scanned
  Date bought{};
  int page = 0;  ///< of `found`
  Field editing = Field::search;
  bool operator==(const WarrantyForm&) const = default;
};

struct WarrantyDone {
  FactId id;
  std::string article_name;
  std::string serial_typed;
  Cover cover;
  Instant leaves_at;  ///< back to the home page or to attract; screens may show it as a slow bar
  bool operator==(const WarrantyDone&) const = default;
};

// ---- staff screens ----

struct PinEntry {
  std::string digits;   ///< draw dots
  bool locked = false;  ///< a staff member locked the till (or let it); a basket may be waiting
  bool operator==(const PinEntry&) const = default;
};

/// The sale itself is Session::till; this is only how one looks at it.
struct Sale {
  SalePane pane;
  std::optional<std::size_t> touched;  ///< the line last added or changed: highlight, keep in view
  int page = 0;
  std::optional<LoyaltyEvent> recording = {};  ///< rewards that the worker has, while it writes
  bool operator==(const Sale&) const = default;
};

/// Paying. What was taken so far is Session::till.tenders; figures: figures.hpp.
struct Tendering {
  TenderKind kind = TenderKind::cash;
  Field editing = Field::amount;
  std::string amount;     ///< empty: all that is left, or all that this tender can pay of it
  std::string reference;  ///< card: the terminal's reference; gift card: its number as typed
  std::optional<GiftCardView> card = {};   ///< the gift card that pays
  std::optional<Purchase> recording = {};  ///< what the worker has, while a write is pending
  bool operator==(const Tendering&) const = default;
};

enum class Receipt { not_asked, printing, printed, failed };

struct CardLeft {
  std::string card;  ///< card_name(); empty: the member's wallet
  Money left;
  bool operator==(const CardLeft&) const = default;
};

/// Shown only after the record is on disk.
struct SaleDone {
  FactId id;
  Money total;
  Money cash_rounding;
  Money change;
  bool cash = false;
  bool member = false;
  Points earned;
  std::optional<Points> balance;  ///< of the member, after this sale
  int warranties = 0;             ///< covers that started with it
  Receipt receipt = Receipt::not_asked;
  Points spent = {};                       ///< on rewards and as payment
  Money saved = {};                        ///< by rewards and coupons
  std::vector<RulePoints> rules = {};      ///< what earned
  std::vector<std::string> vouchers = {};  ///< codes to hand over
  std::string reached = {};                ///< the level that this sale reached; empty: none
  std::vector<CardLeft> cards = {};        ///< gift cards and wallet that the sale used or filled
  Money in_hand = {};                      ///< for points, out of the drawer
  bool operator==(const SaleDone&) const = default;
};

/// Rewards without a sale: to be handed over now. Shown only after the record is on disk.
struct RewardsGiven {
  FactId id;
  std::vector<RewardUse> rewards;
  Money in_hand;    ///< out of the drawer
  Money to_wallet;  ///< and `wallet` is what is there now
  Money wallet;
  Points spent;
  std::optional<Points> balance;  ///< of the member, after this
  Receipt receipt = Receipt::not_asked;
  bool operator==(const RewardsGiven&) const = default;
};

/// Shown only after the return is on disk.
struct ReturnDone {
  FactId id;
  Money total;  ///< of the goods
  Money given;  ///< `total` rounded to coins where it was cash
  TenderKind kind = TenderKind::cash;
  std::string card = {};  ///< that the money went to
  bool member = false;
  Points taken;                   ///< earned points that went
  Points given_back;              ///< spent points that came
  Points debt;                    ///< what of `taken` was spent already: later points settle it
  std::optional<Points> balance;  ///< of the member, after this return
  int covers_ended = 0;           ///< warranties of what came back
  Receipt receipt = Receipt::not_asked;
  bool operator==(const ReturnDone&) const = default;
};

struct ShiftOpen {
  std::string counted;  ///< cash in the drawer at the start
  bool operator==(const ShiftOpen&) const = default;
};

/// First the blind count; then `shift` (fresh from the book) and the difference; then confirm.
struct ShiftClose {
  std::string counted;
  std::optional<ShiftView> shift;  ///< set once the count was given
  bool closed = false;             ///< recorded; the figures stay until "finish"
  bool operator==(const ShiftClose&) const = default;
};

/// Session::device.sync in words. `staff_menu` things start here too: leave with Back.
struct SyncStatus {
  bool operator==(const SyncStatus&) const = default;
};

using AnyScreen =
    std::variant<Attract, Start, Identify, CustomerHome, PointsWhy, MyData, Join, PriceCheck,
                 WarrantyForm, WarrantyDone, PinEntry, Sale, Tendering, SaleDone, RewardsGiven,
                 ShiftOpen, ShiftClose, SyncStatus, CustomerSearch, CustomerPage, MergeReview,
                 ReturnFind, Returning, ReturnDone>;
struct Screen : Choice<AnyScreen> {
  using Choice::Choice;
  bool operator==(const Screen&) const = default;
};

// ---- the parts ----

/// Numbers an effect and its answer, so that an answer that comes too late is known and dropped.
struct Ticket {
  std::uint64_t value = 0;
  auto operator<=>(const Ticket&) const = default;
};

/// A write (or PIN check) that the worker has and has not answered. While there is one, the screen
/// takes no touches, no scans, and never idles away.
enum class Write {
  pin,
  purchase,
  goods_return,
  enrolment,
  rewards,
  gift_card,
  warranty,
  shift_opening,
  shift_closing,
  parking,
  taking_up,
  consent,
  profile,
  merge
};
struct Pending {
  Ticket ticket;
  Write write = Write::purchase;
  bool operator==(const Pending&) const = default;
};

/// A read under way. Many may be: a cashier scans faster than a disk turns.
enum class Read {
  scan,
  search,
  customer,
  shift,
  member,
  gift_card,
  again,
  standing,
  story,
  profile,
  people,
  similar,
  pairs,
  purchases,
  purchase
};
struct Asked {
  Ticket ticket;
  Read read = Read::scan;
  bool operator==(const Asked&) const = default;
};
inline constexpr std::size_t reads_at_once = 32;

/// The daily work on points and old data that the program does by itself.
struct Chores {
  std::optional<Date> done_on;  ///< the last day on which all went well
  std::optional<Error> trouble;
  bool operator==(const Chores&) const = default;
};

struct Device {
  SyncState sync;
  std::optional<ShiftView> shift;  ///< the open one; figures as of its last load
  Ticket last_ticket;
  std::vector<ParkedView> parked = {};  ///< oldest first
  Chores chores = {};
  // Generated once, in session.cpp.
  Device();
  Device(const Device&);
  Device(Device&&) noexcept;
  Device& operator=(const Device&);
  Device& operator=(Device&&) noexcept;
  ~Device();
  bool operator==(const Device&) const;
};

/// "Use your points now, or keep them?" is asked once in a sale.
enum class PointsChoice { open, made };

struct Till {
  Basket basket;                              ///< its currency is set with the first line
  CustomerRef customer;                       ///< nobody: anonymous
  std::optional<CustomerView> member;         ///< dropped at a lock, loaded again after it
  std::vector<Tender> tenders;                ///< taken so far; the last one ends the sale
  SaleRequest request = {};                   ///< rewards claimed, codes shown
  std::vector<GiftCardView> cards = {};       ///< that pay here, as they were looked up
  std::optional<loyalty::Member> state = {};  ///< what the rules know; comes and goes as `member`
  PointsChoice choice = PointsChoice::open;   ///< of this sale
  std::optional<loyalty::Quote> quote = {};   ///< quote_of() all the above at `quoted_at`
  LocalTime quoted_at = {};
  bool empty() const {
    return basket.lines.empty() && customer.nobody() && tenders.empty() && request.codes.empty();
  }
  // Generated once, in session.cpp.
  Till();
  Till(const Till&);
  Till(Till&&) noexcept;
  Till& operator=(const Till&);
  Till& operator=(Till&&) noexcept;
  ~Till();
  bool operator==(const Till&) const;
};

/// nullopt on attract and on a locked till: nothing to take away.
struct Idle {
  std::optional<Instant> at;       ///< customer: the warning comes; staff: the till locks
  std::optional<Instant> gone_at;  ///< the warning is up and this is when the visit ends. Draw the
                                   ///< warning alone: nothing of the screen beneath may show.
  bool operator==(const Idle&) const = default;
};

/// The page of the on-screen keyboard; back to letters after one shifted letter.
enum class KeyPage { letters, shifted, digits };
/// Which letters it shows: those of the language, or Latin ones for a language in another script.
enum class KeyScript { own, latin };

struct Visit {
  Screen screen;
  KeyPage keys = KeyPage::letters;
  KeyScript script = KeyScript::own;
  std::optional<Language> language;  ///< chosen in this visit
  TextSize text = TextSize::normal;
  Contrast contrast = Contrast::normal;
  bool choosing_language =
      false;                   ///< the language screen lies over `screen`, which keeps its fields
  std::optional<Staff> staff;  ///< signed in
  std::optional<CustomerView> member;  ///< identified on the customer side
  std::optional<Pending> pending;
  std::vector<Asked> asked;  ///< at most reads_at_once
  std::optional<Notice> notice;
  std::optional<Instant>
      notice_until;  ///< good news leaves by itself; errors wait for the next touch
  Idle idle;
  // Generated once, in session.cpp.
  Visit();
  Visit(const Visit&);
  Visit(Visit&&) noexcept;
  Visit& operator=(const Visit&);
  Visit& operator=(Visit&&) noexcept;
  ~Visit();
  bool operator==(const Visit&) const;
};

struct Session {
  Device device;
  Till till;
  Visit visit;
  bool operator==(const Session&) const = default;
};

}  // namespace keepsake::flow
