#pragma once
// Questions put to a book as the worker puts them, without a thread.

#include "kiosk/app/answers.hpp"
#include "storage/book/reader.hpp"

namespace keepsake::test {

/// `question` keeps a requester that it names; else it is asked by `by`.
template <class Q>
typename Q::Answer ask(Book& book, Reader& reader, CurrentProgramme& programme, Q question,
                       const flow::Requester& by) {
  static std::uint64_t tickets = 0;
  question.ticket = {++tickets};
  if (question.requester.at == LocalTime{}) question.requester = by;
  app::Work work{book, reader, programme};
  return get<typename Q::Answer>(app::perform(work, question));
}

}  // namespace keepsake::test
