#pragma once
// What flow asks of the worker. A question is a struct in its area's questions.hpp with
//
//   using Answer = ...;                        // the event that answers it: {ticket, Result<...>, ...}
//   static constexpr Wait wait = Wait::...;    // how it is waited for
//   ...                                        // what is asked
//   Ticket ticket = {};                        // given by Turn::ask()
//   Requester requester = {};                  // who asks; given by Turn::ask()
//   void echo(Answer&) const;                  // optional: what of the question the answer repeats
//
// and a name in its area's list. The rest follows: the freeze while it is written, whether a button
// shows that it works, which lane of the worker takes it, and the answer that is an error.

#include <cstddef>
#include <utility>

#include "kiosk/flow/shared/ticket.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake::flow {

enum class Wait {
  write,      ///< something is recorded or changed: the session is frozen until it is answered
  person,     ///< a read that somebody stands and waits for
  background  ///< a read that fills in a page: nothing shows that it is under way
};

/// Which question, by its place in AnyQuestion (question.hpp).
struct QuestionId {
  std::size_t value = 0;
  bool operator==(const QuestionId&) const = default;
};

/// A question that the worker has and has not answered.
struct Asked {
  Ticket ticket;
  QuestionId question;
  bool operator==(const Asked&) const = default;
};
/// At once, in one visit: a cashier scans faster than a disk turns.
inline constexpr std::size_t reads_at_once = 32;

/// The answer to `question`, whatever came of it.
template <class Question, class Outcome>
typename Question::Answer answer(const Question& question, Outcome&& outcome) {
  typename Question::Answer made{question.ticket, std::forward<Outcome>(outcome)};
  if constexpr (requires { question.echo(made); }) question.echo(made);
  return made;
}

}  // namespace keepsake::flow
