#pragma once
// Inside of reduce(): what the sale, paying and returns do with an event. Events that mean nothing on
// a screen do nothing there.

#include "kiosk/flow/turn.hpp"

namespace keepsake::flow {

void on(Turn& turn, Sale& screen, const Event& event);
void on(Turn& turn, Tendering& screen, const Event& event);
void on(Turn& turn, SaleDone& screen, const Event& event);
void on(Turn& turn, RewardsGiven& screen, const Event& event);
void on(Turn& turn, ReturnFind& screen, const Event& event);
void on(Turn& turn, Returning& screen, const Event& event);
void on(Turn& turn, ReturnDone& screen, const Event& event);
/// What the pages after a sale and after a return do alike.
void done_moves(Turn& turn, const FactId& fact, Receipt& receipt, const Event& event);
/// Goods that come back; the list is of the sale's customer, else of everybody.
void to_returns(Turn& turn);
/// The purchase that a receipt names, to take goods of it back.
void open_receipt(Turn& turn, const ReceiptScanned& receipt, Kept kept);
/// A member found at the till, by card, phone or joining. What they were recognised by stays the best
/// there was while they are the sale's customer.
void attach(Turn& turn, const CustomerView& member, Recognition how);
/// What this touch needs proof for that the customer has not given; none: it may be done.
std::optional<Proving> wants_proof(const Session& session, const Event& event, Instant now);
/// The signed-in member of staff vouches for the customer, and what was begun is done.
Event vouched(Turn& turn);
/// The member has typed a PIN; and what came of it: what was begun is done, or a notice.
void prove_by_pin(Turn& turn);
std::optional<Event> proved_by_pin(Turn& turn, const MemberProved& answer);
/// A member known by reference alone: the sale loads the rest. Refused once part of it is paid.
void serve(Turn& turn, CustomerRef customer);  ///< by value: the page left may be what names them
/// Rewards, and how their money is given, are asked for by one customer and not by the next.
void forget_claims(Till& till);
void detach(Turn& turn);
void member_loaded(Turn& turn, const MemberLoaded& answer);
/// What somebody asked for over the bare basket; true when it was one of these.
bool open_rewards(Turn& turn, Sale& sale, const Event& event);
bool open_held_sales(Turn& turn, Sale& sale, const Event& event);
/// Touches inside of a pane.
void in_pane(Turn& turn, Sale& sale, const Event& event);
/// A coupon's code, scanned or typed: false when no reward of the programme has it.
bool show_code(Turn& turn, std::string_view text);
/// The same of a code that a list holds.
void show_listed(Turn& turn, const CodeScanned& scanned);
/// The pane of a coupon that the sale has now.
void close_when_taken(Turn& turn, Sale& sale);
/// To paying, or first to the question whether points shall be used.
void go_to_tender(Turn& turn, Sale& sale);
/// Records the rewards claimed without goods.
void hand_over(Turn& turn, Sale& sale);
/// Where points are paid out in hand: the coins there are make up the amount.
bool in_coins(Money amount, CashStep step);
/// What the sale itself writes, beside its purchase: rewards handed over, a gift card's state.
void recorded(Turn& turn, Sale& sale, const Recorded& answer);
void open_serial(Turn& turn, Sale& sale, std::size_t line);
/// The serial that was refused stands so on the item, as a manager says.
void stands_so(Turn& turn, Sale& sale);
void submit(Turn& turn, Sale& sale, SerialPane& pane);
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
void held(Turn& turn, Sale& sale, const OnHold& answer);
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
