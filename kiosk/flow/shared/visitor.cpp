#include "kiosk/flow/shared/visitor.hpp"

#include <algorithm>

#include "kiosk/flow/question.hpp"
#include "kiosk/flow/shared/context.hpp"

namespace keepsake::flow {

Visitor::Visitor() = default;
Visitor::Visitor(const Visitor&) = default;
Visitor::Visitor(Visitor&&) noexcept = default;
Visitor& Visitor::operator=(const Visitor&) = default;
Visitor& Visitor::operator=(Visitor&&) noexcept = default;
Visitor::~Visitor() = default;
bool Visitor::operator==(const Visitor&) const = default;

Language language_of(const Visitor& visitor, const Context& context) {
  return visitor.language.value_or(context.language);
}

bool working(const Visitor& visitor) {
  return visitor.pending || std::ranges::any_of(visitor.asked, [](const Asked& each) {
           return wait_of(each.question) != Wait::background;
         });
}

}  // namespace keepsake::flow
