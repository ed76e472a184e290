#pragma once
// All that can be asked of the worker, area by area.

#include <algorithm>
#include <vector>

#include "kiosk/flow/customer/questions.hpp"
#include "kiosk/flow/sale/questions.hpp"
#include "kiosk/flow/staff/questions.hpp"
#include "kiosk/flow/warranty/questions.hpp"
#include "storage/domain/values/choice.hpp"

namespace keepsake::flow {

using AnyQuestion = Concat<SaleQuestions, CustomerQuestions, WarrantyQuestions, StaffQuestions>;
struct Question : Choice<AnyQuestion> {
  using Choice::Choice;
};

template <class Q>
inline constexpr QuestionId question_id{index_in<Q, AnyQuestion>};

/// Whether one of these is under way.
template <class... Qs>
bool is_asked(const std::vector<Asked>& asked) {
  return std::ranges::any_of(
      asked, [](const Asked& each) { return ((each.question == question_id<Qs>) || ...); });
}

/// How the question of this id is waited for.
Wait wait_of(QuestionId question);
Ticket ticket_of(const Question& question);
Requester requester_of(const Question& question);

}  // namespace keepsake::flow
