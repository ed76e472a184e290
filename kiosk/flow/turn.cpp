#include "kiosk/flow/turn.hpp"

#include <algorithm>

#include "kiosk/flow/figures.hpp"
#include "storage/domain/values/limits.hpp"

namespace keepsake::flow {

using namespace std::chrono_literals;

std::optional<Ticket> Turn::ask(Read read) {
  if (s.visit.asked.size() >= reads_at_once) {
    refuse("scan.too-fast");
    return std::nullopt;
  }
  const Ticket ticket{++s.device.last_ticket.value};
  s.visit.asked.push_back({ticket, read});
  return ticket;
}

Ticket Turn::write(Write write) {
  assert(!s.visit.pending);
  s.visit.asked.clear();  // nothing may move under a write, not even by an answer still on its way
  const Ticket ticket{++s.device.last_ticket.value};
  s.visit.pending = Pending{ticket, write};
  return ticket;
}

bool Turn::asked(Read read) const {
  return std::any_of(s.visit.asked.begin(), s.visit.asked.end(),
                     [&](const Asked& a) { return a.read == read; });
}

void Turn::forget(Read read) {
  std::erase_if(s.visit.asked, [&](const Asked& a) { return a.read == read; });
}

void Turn::say(Tone tone, std::string_view code, Kept kept, int count) {
  s.visit.notice = Notice{tone, std::string(code), kept, count};
  // Where nobody may stand to touch it away, an error leaves by itself as well.
  const auto* pin = std::get_if<PinEntry>(&s.visit.screen);
  const bool deserted =
      std::holds_alternative<Attract>(s.visit.screen) || (pin != nullptr && pin->locked);
  const bool leaves = tone == Tone::good || tone == Tone::info || deserted;
  s.visit.notice_until =
      leaves ? std::optional<Instant>(now.at + patient(done_stays)) : std::nullopt;
}

void Turn::refuse(std::string_view code, Kept kept, int count) {
  say(Tone::warning, code, kept, count);
  play(Sound::error);
}

void Turn::fail(const Error& error, Kept kept) {
  const bool theirs = error.kind == Failure::bad_input || error.kind == Failure::refused ||
                      error.kind == Failure::limit || error.kind == Failure::not_found;
  say(theirs ? Tone::warning : Tone::error, notice_code(error), kept);
  play(Sound::error);
}

void Turn::leave_to(Screen screen) {
  s.visit.asked.clear();
  s.visit.keys = KeyPage::letters;
  enter(std::move(screen));
  // A lock dropped the member's view; the first look at the sale brings it back.
  const bool sale = std::holds_alternative<Sale>(s.visit.screen) ||
                    std::holds_alternative<Tendering>(s.visit.screen);
  if (sale) bring_back();
}

void Turn::bring_back() {
  // A lock dropped it with the member.
  if (!s.till.quote && !s.till.basket.lines.empty()) requote();
  if (s.till.customer.nobody()) return;
  if (!s.till.state) load_member();
  if (s.till.member) return;
  if (const auto ticket = ask(Read::customer))
    emit(LoadCustomer{*ticket, s.till.customer, requester_of(*this)});
}

void Turn::load_member() {
  if (asked(Read::member)) return;
  if (const auto ticket = ask(Read::member)) emit(LoadMember{*ticket, s.till.customer, now});
}

void Turn::forget_member() {
  s.till.member.reset();
  if (s.till.tenders.empty()) s.till.state.reset();
}

void Turn::lock() {
  s.till.member.reset();
  s.till.state.reset();  // it knows a birthday
  s.till.quote.reset();
  s.visit = Visit{};
  s.visit.screen = PinEntry{.digits = {}, .locked = true};
  rearm();
}

void Turn::staff_home() {
  if (!s.device.shift)
    leave_to(ShiftOpen{});
  else if (!s.till.tenders.empty())
    leave_to(Tendering{});
  else
    leave_to(Sale{});
}

namespace {

/// A phone typed to look somebody up is the first field of joining.
std::string typed_phone(const Screen& screen) {
  if (const auto* identify = std::get_if<Identify>(&screen)) return identify->phone;
  if (const auto* sale = std::get_if<Sale>(&screen))
    if (const auto* pane = std::get_if<CustomerPane>(&sale->pane)) return pane->phone;
  return {};
}

/// And a name typed to look somebody up is the other one.
std::string typed_name(const Screen& screen) {
  const auto* sale = std::get_if<Sale>(&screen);
  const auto* pane = sale == nullptr ? nullptr : std::get_if<PeoplePane>(&sale->pane);
  if (pane == nullptr) return {};
  const std::string& words = pane->search.words;
  const bool name =
      std::ranges::none_of(words, [](char c) { return (c >= '0' && c <= '9') || c == '@'; });
  return name ? words : std::string();
}

void to_tender(Turn& turn) {
  if (turn.s.till.basket.lines.empty()) return turn.refuse("sale.empty");
  if (turn.asked(Read::scan)) return turn.refuse("scan.waiting", Kept::basket);
  turn.leave_to(Tendering{});
}

void to_warranty(Turn& turn) {
  WarrantyForm form;
  form.bought = turn.now.date();
  if (turn.s.visit.staff)
    form.customer = turn.s.till.customer;
  else if (turn.s.visit.member)
    form.customer = turn.s.visit.member->ref;
  turn.leave_to(std::move(form));
}

void go_as_staff(Turn& turn, Place place) {
  const bool shift = turn.s.device.shift.has_value();
  switch (place) {
    case Place::start:
    case Place::staff:
      return turn.staff_home();
    case Place::identify:
      if (!shift) return turn.leave_to(ShiftOpen{});
      return turn.leave_to(Sale{.pane = CustomerPane{}, .touched = {}, .page = 0});
    case Place::sale:
      return turn.leave_to(shift ? Screen(Sale{}) : Screen(ShiftOpen{}));
    case Place::tender:
      return shift ? to_tender(turn) : turn.leave_to(ShiftOpen{});
    case Place::shift_close:
      if (!shift) return turn.leave_to(ShiftOpen{});
      if (!turn.s.till.empty()) return turn.refuse("shift.basket", Kept::basket);
      return turn.leave_to(ShiftClose{});
    case Place::sync:
      return turn.leave_to(SyncStatus{});
    case Place::returns:
      return shift ? to_returns(turn) : turn.leave_to(ShiftOpen{});
    case Place::customers:
    case Place::search:
    case Place::merges:
      return to_staff_customer(turn, place);
    case Place::why:
    case Place::my_data:
      return turn.staff_home();  // a customer's own
    case Place::join:
    case Place::warranty:
      break;  // the same for both sides
  }
}

}  // namespace

void Turn::go(Place place) {
  if (place == Place::join) {
    Join form;
    form.phone = typed_phone(s.visit.screen);
    form.name = typed_name(s.visit.screen);
    leave_to(std::move(form));
    return capitalise(*this, std::get<Join>(s.visit.screen));
  }
  if (place == Place::warranty) return to_warranty(*this);
  if (s.visit.staff) return go_as_staff(*this, place);
  switch (place) {
    case Place::start:
      return leave_to(Start{});
    case Place::identify:
      return s.visit.member ? customer_home() : leave_to(Identify{});
    case Place::why:
      return to_why(*this);
    case Place::my_data:
      return to_my_data(*this);
    default:
      return leave_to(PinEntry{.digits = {}, .locked = !s.till.empty()});
  }
}

std::chrono::milliseconds Turn::patient(std::chrono::milliseconds usual) const {
  const bool slower = s.visit.text == TextSize::large || s.visit.contrast == Contrast::high;
  return slower ? 2 * usual : usual;
}

void Turn::rearm() {
  s.visit.idle = Idle{};
  if (std::holds_alternative<Attract>(s.visit.screen)) return;
  if (const auto* pin = std::get_if<PinEntry>(&s.visit.screen); pin != nullptr && pin->locked) {
    // A locked till waits for its owner; only what somebody changed on it, or nothing to wait for,
    // goes away.
    Visit untouched;
    untouched.screen = PinEntry{.digits = {}, .locked = true};
    if (s.till.empty() || s.visit != untouched) s.visit.idle.at = now.at + patient(customer_idle);
    return;
  }
  s.visit.idle.at = now.at + patient(s.visit.staff ? staff_idle : customer_idle);
}

void Turn::resolve(const std::string& text) {
  if (const auto ticket = ask(Read::scan)) emit(ResolveScan{*ticket, text, requester_of(*this)});
}

void Turn::search(const std::string& words) {
  forget(Read::search);
  if (words.size() < 2) return;
  if (const auto ticket = ask(Read::search)) emit(SearchArticles{*ticket, words});
}

namespace {

Editing editing(SalePane& pane) {
  return std::visit(Overloaded{
                        [](SearchPane& p) {
                          return Editing{&p.words, Field::search};
                        },
                        [](WeightPane& p) {
                          return Editing{&p.entry, Field::quantity};
                        },
                        [](QuantityPane& p) {
                          return Editing{&p.entry, Field::quantity};
                        },
                        [](CustomerPane& p) {
                          return Editing{&p.phone, Field::phone};
                        },
                        [](PeoplePane& p) {
                          return Editing{&p.search.words, Field::search};
                        },
                        [](SerialPane& p) {
                          return Editing{&p.serial, Field::serial};
                        },
                        [](CouponPane& p) {
                          return Editing{&p.code, Field::reference};
                        },
                        [](GiftCardPane& p) {
                          if (p.asking) return Editing{};
                          return p.editing == Field::amount ? Editing{&p.amount, Field::amount}
                                                            : Editing{&p.card, Field::reference};
                        },
                        [](auto&) { return Editing{}; },
                    },
                    pane);
}

}  // namespace

Editing editing(Screen& screen) {
  return std::visit(
      Overloaded{
          [](Identify& i) {
            return Editing{&i.phone, Field::phone};
          },
          [](Join& j) {
            if (j.asking_referrer) return Editing{&j.referrer, Field::phone};
            return j.editing == Field::phone ? Editing{&j.phone, Field::phone}
                                             : Editing{&j.name, Field::name};
          },
          [](WarrantyForm& w) {
            return w.article ? Editing{&w.serial, Field::serial} : Editing{&w.words, Field::search};
          },
          [](CustomerSearch& c) {
            return Editing{&c.words, Field::search};
          },
          [](CustomerPage& p) {
            return p.editing ? Editing{&p.editing->entry, p.editing->keys} : Editing{};
          },
          [](PinEntry& p) {
            return Editing{&p.digits, Field::pin};
          },
          [](Sale& sale) { return editing(sale.pane); },
          [](Tendering& t) {
            return t.editing == Field::reference ? Editing{&t.reference, Field::reference}
                                                 : Editing{&t.amount, Field::amount};
          },
          [](ReturnFind& r) {
            return Editing{&r.number, Field::receipt};
          },
          [](Returning& r) {
            return r.editing == Field::reference ? Editing{&r.reference, Field::reference}
                                                 : Editing{};
          },
          [](ShiftOpen& o) {
            return Editing{&o.counted, Field::counted};
          },
          [](ShiftClose& c) {
            return c.shift ? Editing{} : Editing{&c.counted, Field::counted};
          },
          [](auto&) { return Editing{}; },
      },
      screen);
}

bool scannable(std::string_view text) {
  return !text.empty() && text.size() <= limits::code_bytes &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::optional<Money> entered_amount(std::string_view text, Currency currency) {
  if (text.ends_with('.')) text.remove_suffix(1);
  const std::string padded = text.starts_with('.') ? "0" + std::string(text) : std::string(text);
  const Result<Money> money = parse_money(padded, currency);
  if (!money.ok() || money->minor < 0) return std::nullopt;
  return *money;
}

}  // namespace keepsake::flow
