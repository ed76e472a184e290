#include "kiosk/flow/question.hpp"

#include <array>
#include <cassert>

namespace keepsake::flow {

namespace {

template <class... Qs>
constexpr std::array<Wait, sizeof...(Qs)> waits(Types<Qs...>) {
  return {Qs::wait...};
}
constexpr auto all_waits = waits(AnyQuestion{});

}  // namespace

Wait wait_of(QuestionId question) {
  assert(question.value < all_waits.size());
  return all_waits[question.value];
}

Ticket ticket_of(const Question& question) {
  return visit([](const auto& each) { return each.ticket; }, question);
}

Requester requester_of(const Question& question) {
  return visit([](const auto& each) { return each.requester; }, question);
}

}  // namespace keepsake::flow
