#include "kiosk/flow/question.hpp"

#include <array>
#include <cassert>

#include "storage/domain/values/choice_members.hpp"

template struct keepsake::Choice<keepsake::flow::AnyQuestion>;

namespace keepsake::flow {

namespace {

template <class... Qs>
constexpr std::array<Wait, sizeof...(Qs)> waits(const std::variant<Qs...>*) {
  return {Qs::wait...};
}
constexpr auto all_waits = waits(static_cast<const AnyQuestion*>(nullptr));

}  // namespace

Wait wait_of(QuestionId question) {
  assert(question.value < all_waits.size());
  return all_waits[question.value];
}

Ticket ticket_of(const Question& question) {
  return std::visit([](const auto& each) { return each.ticket; }, question);
}

Requester requester_of(const Question& question) {
  return std::visit([](const auto& each) { return each.requester; }, question);
}

}  // namespace keepsake::flow
