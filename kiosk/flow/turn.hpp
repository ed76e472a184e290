#pragma once
// Inside of reduce(): one event's turn at the session, and the moves that several screens share.
// Not for screens.

#include <cassert>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/flow/effect.hpp"
#include "kiosk/flow/event.hpp"
#include "kiosk/flow/session.hpp"
#include "kiosk/flow/shared/context.hpp"

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
  std::optional<Doubt> doubted = {};  ///< what this touch may be the answer to

  void emit(Effect effect) { effects_.push_back(std::move(effect)); }
  void play(Sound sound) { emit(Play{sound}); }

  /// Asks the worker, with a ticket and in the name of who is at the screen. A write freezes the
  /// session until its answer; of reads there are at most reads_at_once: false, and a notice, beyond
  /// them.
  template <class Q>
  bool ask(Q question) {
    const auto ticket = register_question(question_id<Q>);
    if (!ticket) return false;
    question.ticket = *ticket;
    if constexpr (requires { CustomerRef(question.customer); })
      question.requester = requester(question.customer);
    else
      question.requester = requester(s.till.customer);
    emit(std::move(question));
    return true;
  }
  /// Whether one of these is under way.
  template <class... Qs>
  bool asked() const {
    return is_asked<Qs...>(s.visit.asked);
  }
  template <class... Qs>
  void forget() {
    (forget(question_id<Qs>), ...);
  }
  /// Who is at the screen and asks about this customer, as the worker and the audit trail need it.
  Requester requester(const CustomerRef& about) const;

  void notify(Tone tone, std::string_view code, Kept kept = Kept::nothing_to_keep, int count = 0);
  void refuse(std::string_view code, Kept kept = Kept::nothing_to_keep, int count = 0);
  void fail(const Error& error, Kept kept);
  /// What was to be recorded is not.
  void fail(const Recorded& answer, Kept kept);
  /// Beside what it is about: all that can be touched stays so.
  void remark(std::string_view code, Kept kept = Kept::nothing_to_keep);

  void enter(Screen screen) { s.visit.screen = std::move(screen); }
  /// Another screen by choice: reads of the old one are of no interest any more.
  void leave_to(Screen screen);

  /// The customer's way out, and the only one: nothing of the visit is left.
  void reset() {
    assert(!s.visit.pending);
    s.visit = Visit{};
  }
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
  /// Panes that show figures of the quote show those of the till's as it is now.
  void show_quote();
  /// Another programme is in force than the till goes by: unless part is paid, or something is being
  /// written, the sale is quoted by it and its member read again.
  void follow_programme();
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
  void search(const std::string& words, std::size_t limit = articles_shown);

 private:
  bool at_the_sale() const;
  std::optional<Ticket> register_question(QuestionId question);
  void forget(QuestionId question);

  std::vector<Effect>& effects_;
};

/// The text being edited on the current screen; {nullptr, ...} where there is none.
struct Editing {
  std::string* text = nullptr;
  Field field = Field::search;
};
Editing editing(Screen& screen);

bool scannable(std::string_view text);

}  // namespace keepsake::flow
