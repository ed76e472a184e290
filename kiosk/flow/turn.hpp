#pragma once
// Inside of reduce(): one event's turn at the session, and the moves that several screens share.
// Not for screens.

#include <string>
#include <utility>
#include <vector>

#include "kiosk/flow/reduce.hpp"
#include "storage/domain/values/overloaded.hpp"

namespace keepsake::flow {

/// Entering another screen ends the life of references into the old one: handlers that call
/// enter(), leave(), lock() or go() return at once.
class Turn {
 public:
  Turn(Session& session, std::vector<Effect>& effects, const Context& context, LocalTime time)
      : s(session), ctx(context), now(time), effects_(effects) {}

  Session& s;
  const Context& ctx;
  const LocalTime now;

  void emit(Effect effect) { effects_.push_back(std::move(effect)); }
  void play(Sound sound) { emit(Play{sound}); }

  /// A ticket for a read; nullopt (and a notice) when reads_at_once are under way.
  std::optional<Ticket> ask(Read read);
  /// A ticket for a write; the session is frozen until its answer.
  Ticket write(Write write);
  bool asked(Read read) const;
  void forget(Read read);

  void say(Tone tone, std::string_view code, Kept kept = Kept::nothing_to_keep, int count = 0);
  void refuse(std::string_view code, Kept kept = Kept::nothing_to_keep, int count = 0);
  void fail(const Error& error, Kept kept);

  void enter(Screen screen) { s.visit.screen = std::move(screen); }
  /// Another screen by choice: reads of the old one are of no interest any more.
  void leave_to(Screen screen);
  void go(Place place);

  /// The customer's way out, and the only one: nothing of the visit is left.
  void reset() { s.visit = Visit{}; }
  /// The staff's way out: the till keeps its basket and payments, without personal data.
  void lock();
  void staff_home();
  void customer_home();  ///< the member's page, or the tasks when nobody is identified

  /// x2 for people who asked for large text or high contrast.
  std::chrono::milliseconds patient(std::chrono::milliseconds usual) const;
  void rearm();

  /// The till as changed, with its quote made anew. False, and a notice, when its totals do not
  /// stand or what was paid already does not fit into it: the till stays as it was.
  bool accept(Till next);
  /// The quote as of now, where only time has passed.
  void requote();
  /// Asks for what the till knows by reference alone: its quote, its customer and their points.
  void bring_back();
  /// Asks what the rules know of the till's customer.
  void load_member();
  /// What the till knows of its customer is out of date; the next look at the sale reads it again.
  /// The rules keep their view while part is paid: by it the rest was judged.
  void forget_member();
  Kept kept() const { return s.till.tenders.empty() ? Kept::basket : Kept::basket_and_payments; }

  /// A scanned code is looked up; the screen gets ScanResolved.
  void resolve(const std::string& text);
  /// Starts a search when there is something to search for; the last one asked wins.
  void search(const std::string& words);

 private:
  std::vector<Effect>& effects_;
};

/// The text being edited on the current screen; {nullptr, ...} where there is none.
struct Editing {
  std::string* text = nullptr;
  Field field = Field::search;
};
Editing editing(Screen& screen);

bool scannable(std::string_view text);

/// "12." and "12" are the same amount while somebody types; nullopt when empty or no amount.
std::optional<Money> entered_amount(std::string_view text, Currency currency);

// One per screen (on_*.cpp). Events that mean nothing there do nothing.
void on(Turn& turn, Attract& screen, const Event& event);
void on(Turn& turn, Start& screen, const Event& event);
void on(Turn& turn, Identify& screen, const Event& event);
void on(Turn& turn, CustomerHome& screen, const Event& event);
void on(Turn& turn, PointsWhy& screen, const Event& event);
void on(Turn& turn, MyData& screen, const Event& event);
void on(Turn& turn, Join& screen, const Event& event);
void on(Turn& turn, PriceCheck& screen, const Event& event);
void on(Turn& turn, WarrantyForm& screen, const Event& event);
void on(Turn& turn, WarrantyDone& screen, const Event& event);
void on(Turn& turn, PinEntry& screen, const Event& event);
void on(Turn& turn, Sale& screen, const Event& event);
void on(Turn& turn, Tendering& screen, const Event& event);
void on(Turn& turn, SaleDone& screen, const Event& event);
void on(Turn& turn, RewardsGiven& screen, const Event& event);
void on(Turn& turn, ShiftOpen& screen, const Event& event);
void on(Turn& turn, ShiftClose& screen, const Event& event);
void on(Turn& turn, SyncStatus& screen, const Event& event);

/// What a customer-side screen does with a scan's meaning: a card opens its page, an article its
/// price.
void on_customer_scan(Turn& turn, const ScanResolved& answer);
/// What all customer-side screens do alike: buttons that lead elsewhere, scans and their meaning.
void customer_moves(Turn& turn, const Event& event);
void on(Turn& turn, CustomerSearch& screen, const Event& event);
void on(Turn& turn, CustomerPage& screen, const Event& event);
void on(Turn& turn, MergeReview& screen, const Event& event);
void on(Turn& turn, ReturnFind& screen, const Event& event);
void on(Turn& turn, Returning& screen, const Event& event);
void on(Turn& turn, ReturnDone& screen, const Event& event);

/// Who is signed in, as the worker and the audit trail need it. Only on staff pages.
Requester requester_of(const Turn& turn);
/// The staff's pages about customers.
void to_staff_customer(Turn& turn, Place place);
/// What the pages after a sale and after a return do alike.
void done_moves(Turn& turn, const FactId& fact, Receipt& receipt, const Event& event);
/// Goods that come back; the list is of the sale's customer, else of everybody.
void to_returns(Turn& turn);
/// The purchase that a receipt names, to take goods of it back.
void open_receipt(Turn& turn, const ReceiptScanned& receipt, Kept kept);
/// Where a member's own pages lead; without a member, to identifying.
void to_why(Turn& turn);
void to_my_data(Turn& turn);
/// A member found at the till, by card, phone or joining.
void attach(Turn& turn, const CustomerView& member);
/// A member known by reference alone: the sale loads the rest. Refused once part of it is paid.
void serve(Turn& turn, CustomerRef customer);  ///< by value: the page left may be what names them
/// Names begin with a capital: the keyboard shows them where one begins.
void capitalise(Turn& turn, const Join& join);
/// Search as staff type: asks for people, or forgets those found where there is too little to go
/// by.
void search_people(Turn& turn, CustomerSearch& search);
/// Rewards, and how their money is given, are asked for by one customer and not by the next.
void forget_claims(Till& till);
void detach(Turn& turn);
void member_loaded(Turn& turn, const MemberLoaded& answer);

// ---- parts of the sale in files of their own: rewards, stored value, parking ----

/// What somebody asked for over the bare basket; true when it was one of these.
bool open_rewards(Turn& turn, Sale& sale, const Event& event);
bool open_parking(Turn& turn, Sale& sale, const Event& event);
/// Touches inside of a pane.
void in_pane(Turn& turn, Sale& sale, const Event& event);
/// A coupon's code, scanned or typed: false when no reward of the programme has it.
bool show_code(Turn& turn, std::string_view text);
/// To paying, or first to the question whether points shall be used.
void go_to_tender(Turn& turn, Sale& sale);
/// Records the rewards claimed without goods.
void hand_over(Turn& turn, Sale& sale);
/// Where points are paid out in hand: the coins there are make up the amount.
bool in_coins(Money amount, CashStep step);
/// What the sale itself writes, beside its purchase: rewards handed over, a gift card's state.
void recorded(Turn& turn, Sale& sale, const Recorded& answer);

void submit(Turn& turn, Sale& sale, CouponPane& pane);
void submit(Turn& turn, Sale& sale, GiftCardPane& pane);
void submit(Turn& turn, Sale& sale, AgainPane& pane);
void gift_card_scanned(Turn& turn, Sale& sale, const std::string& card,
                       const std::optional<GiftCardView>& known);
/// "Block it?", or "free it?".
void ask_card_state(Turn& turn, GiftCardPane& pane);
/// The change is on disk.
void card_changed(Turn& turn, Sale& sale);
void gift_card_found(Turn& turn, Sale& sale, const GiftCardFound& answer);
void parked(Turn& turn, Sale& sale, const Parked& answer);
void lines_found(Turn& turn, Sale& sale, const LinesFound& answer);
/// nullptr when money may go off and onto the card, else the notice that says why not.
const char* unfit(const GiftCardView& card, Date today);
/// The same of a member's wallet, which may be empty.
const char* unfit(const loyalty::Member& member, Date today);
/// A line pays onto the wallet of the member.
bool fills_wallet(const Till& till);
/// The sale pays onto the wallet of its member, or out of it.
bool uses_wallet(const Till& till);
/// A line pays onto a wallet that takes nothing; said before anybody pays for it.
bool fills_blocked_wallet(const Till& till);
/// nullptr when the card can pay, else the notice that says why not.
const char* unfit_to_pay(const GiftCardView& card, Date today);

}  // namespace keepsake::flow
