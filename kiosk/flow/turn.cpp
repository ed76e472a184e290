#include "kiosk/flow/turn.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "kiosk/flow/shared/timing.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/overloaded.hpp"

namespace keepsake::flow {

using namespace std::chrono_literals;

bool may_change_settings(const Session& session) {
  if (session.till.selling() || session.visit.pending) return false;
  const Screen& screen = session.visit.screen;
  return holds_alternative<Attract>(screen) || holds_alternative<Sale>(screen) ||
         holds_alternative<PinEntry>(screen) || holds_alternative<ShiftOpen>(screen) ||
         holds_alternative<ShiftClose>(screen) || holds_alternative<SyncStatus>(screen);
}

Recognition recognition_of(const Session& session, const CustomerRef& customer) {
  if (customer.nobody()) return {};
  const auto& proved = session.visit.proved;
  const bool in_sale = session.till.customer == customer;
  if (in_sale && session.till.recognised.proof != Proof::number) return session.till.recognised;
  return proved && proved->customer == customer ? proved->how : Recognition{};
}

std::optional<Ticket> Turn::register_question(QuestionId question) {
  const bool write = wait_of(question) == Wait::write;
  assert(!s.visit.pending);
  if (!write && s.visit.asked.size() >= reads_at_once) {
    refuse("scan.too-fast");
    return std::nullopt;
  }
  const Ticket ticket{++s.device.last_ticket.value};
  assert(ticket.value != 0);  // no answer to it could be told from one that nobody awaits
  if (write) {
    s.visit.asked.clear();  // nothing may move under a write, not even by an answer on its way
    s.visit.pending = Asked{ticket, question};
  } else {
    s.visit.asked.push_back({ticket, question});
  }
  return ticket;
}

void Turn::forget(QuestionId question) {
  std::erase_if(s.visit.asked, [&](const Asked& each) { return each.question == question; });
}

Requester Turn::requester(const CustomerRef& about) const {
  if (!s.visit.staff) return {Viewer::customer, {}, now, s.visit.recognised};
  return {s.visit.staff->manager ? Viewer::manager : Viewer::staff, s.visit.staff->id, now,
          recognition_of(s, about)};
}

void Turn::notify(Tone tone, std::string_view code, Kept kept, int count) {
  s.visit.notice = Notice{tone, std::string(code), kept, count};
  // Where nobody may stand to touch it away, an error leaves by itself as well.
  const auto* pin = get_if<PinEntry>(&s.visit.screen);
  const bool deserted =
      holds_alternative<Attract>(s.visit.screen) || (pin != nullptr && pin->locked);
  const bool leaves = tone == Tone::good || tone == Tone::info || deserted;
  s.visit.notice_until =
      leaves ? std::optional<Instant>(now.at + patient(done_stays)) : std::nullopt;
}

void Turn::refuse(std::string_view code, Kept kept, int count) {
  notify(Tone::warning, code, kept, count);
  play(Sound::error);
}

void Turn::remark(std::string_view code, Kept kept) {
  notify(Tone::question, code, kept);
  play(Sound::error);
}

void Turn::fail(const Error& error, Kept kept) {
  const bool theirs = error.kind == Failure::bad_input || error.kind == Failure::refused ||
                      error.kind == Failure::limit || error.kind == Failure::not_found;
  notify(theirs ? Tone::warning : Tone::error, notice_code(error), kept);
  play(Sound::error);
}

void Turn::fail(const Recorded& answer, Kept kept) {
  assert(!answer.id.ok());
  if (!answer.shortage) return fail(answer.id.error(), kept);
  constexpr std::array<std::string_view, 3> codes = {"spend.offline", "spend.reserved",
                                                     "spend.short"};
  notify(Tone::warning, codes[static_cast<std::size_t>(answer.shortage->because)], kept);
  s.visit.notice->shortage = answer.shortage;
  play(Sound::error);
}

void Turn::leave_to(Screen screen) {
  assert(!s.visit.pending);  // its answer is for the screen that asked
  s.visit.asked.clear();
  s.visit.keys = KeyPage::letters;
  s.visit.keyed.clear();
  s.visit.doubt.reset();
  s.visit.checking.reset();
  s.visit.proving.reset();
  enter(std::move(screen));
  // A lock dropped the member's view; the first look at the sale brings it back.
  if (at_the_sale()) bring_back();
}

bool Turn::at_the_sale() const {
  return holds_alternative<Sale>(s.visit.screen) || holds_alternative<Tendering>(s.visit.screen);
}

void Turn::bring_back() {
  assert(s.visit.staff);  // what comes back is personal
  // A lock dropped it with the member.
  if (!s.till.quote && !s.till.basket.lines.empty()) requote();
  if (s.till.customer.nobody()) return;
  if (!s.till.state) load_member();
  if (s.till.member) return;
  ask(LoadCustomer{s.till.customer});
}

void Turn::load_member() {
  if (asked<LoadMember>()) return;
  ask(LoadMember{s.till.customer, now, s.till.programme});
}

void Turn::follow_programme() {
  Till& till = s.till;
  if (!till.programme || till.programme == ctx.active) return;
  if (!till.tenders.empty() || s.visit.pending) return;
  till.programme = ctx.active;
  till.state.reset();
  till.anyone.reset();
  forget<LoadMember>();        // what is on its way is the other programme's view
  if (!s.visit.staff) return;  // a locked till is quoted when its owner is back
  requote();
  if (at_the_sale()) bring_back();
}

void Turn::forget_member() {
  s.till.member.reset();
  if (!s.till.tenders.empty()) return;
  s.till.state.reset();
  requote();
}

void Turn::lock() {
  assert(!s.visit.pending);
  s.till.member.reset();
  s.till.state.reset();  // it knows a birthday
  s.till.quote.reset();
  // Whoever unlocks it may be another, who knows nobody.
  if (s.till.recognised.proof != Proof::card) s.till.recognised = {};
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

std::chrono::milliseconds Turn::patient(std::chrono::milliseconds usual) const {
  const bool slower = s.visit.text == TextSize::large || s.visit.contrast == Contrast::high;
  return slower ? 2 * usual : usual;
}

void Turn::rearm() {
  s.visit.idle = Idle{};
  if (holds_alternative<Attract>(s.visit.screen)) return;
  if (const auto* pin = get_if<PinEntry>(&s.visit.screen); pin != nullptr && pin->locked) {
    // A locked till waits for its owner; only what somebody changed on it, or nothing to wait for,
    // goes away.
    Visit untouched;
    untouched.screen = PinEntry{.digits = {}, .locked = true};
    if (s.till.empty() || s.visit != untouched) s.visit.idle.at = now.at + patient(customer_idle);
    return;
  }
  s.visit.idle.at = now.at + patient(s.visit.staff ? staff_idle : customer_idle);
}

void Turn::resolve(const std::string& text) { ask(ResolveScan{text}); }

void Turn::search(const std::string& words, std::size_t limit) {
  forget<SearchArticles>();
  if (words.size() < 2) return;
  ask(SearchArticles{.words = words, .limit = limit});
}

namespace {

Editing editing(SalePane& pane) {
  return visit(Overloaded{
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

/// Rates that are chosen are not typed.
Editing editing(const ArticlePage& page, ArticleForm& form) {
  switch (form.step) {
    case ArticleForm::Step::code:
      return {&form.code, Field::reference};
    case ArticleForm::Step::name:
      return {&form.name, Field::name};
    case ArticleForm::Step::price:
      return {&form.price, Field::amount};
    case ArticleForm::Step::tax:
      break;
  }
  const bool chosen = page.desk && !page.desk->rates.empty();
  return chosen ? Editing{} : Editing{&form.tax, Field::quantity};
}

}  // namespace

Editing editing(Screen& screen) {
  return visit(
      Overloaded{
          [](Identify& i) {
            return i.pin ? Editing{&*i.pin, Field::pin} : Editing{&i.phone, Field::phone};
          },
          [](MyData& d) {
            return d.pin ? Editing{&d.pin->entry, Field::pin} : Editing{};
          },
          [](Join& j) {
            if (j.asking_own) return Editing{&j.asking_own->entry, j.asking_own->keys};
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
          [](StaffList& l) {
            if (!l.form || l.form->removing) return Editing{};
            return l.form->pin ? Editing{&l.form->pin->entry, Field::pin}
                               : Editing{&l.form->name, Field::name};
          },
          [](ArticlePage& a) {
            if (!a.form) return Editing{&a.words, Field::search};
            return editing(a, *a.form);
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

}  // namespace keepsake::flow
