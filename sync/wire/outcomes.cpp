#include "sync/wire/outcomes.hpp"

#include "storage/domain/values/limits.hpp"
#include "sync/wire/parsing.hpp"

namespace keepsake::sync {

void put(const std::vector<FactOutcome>& from, OutcomesInMessage& into) {
  for (const FactOutcome& each : from) {
    wire::Outcome& outcome = *into.Add();
    outcome.set_seq(each.seq);
    outcome.set_code(each.code);
    outcome.set_message(each.message);
  }
}

Result<std::vector<FactOutcome>> outcomes_from(const OutcomesInMessage& from) {
  std::vector<FactOutcome> outcomes;
  for (const wire::Outcome& outcome : from) {
    if (outcome.code().size() > limits::code_bytes ||
        outcome.message().size() > limits::text_bytes) {
      return parsing::beyond("outcomes");
    }
    outcomes.push_back({outcome.seq(), outcome.code(), outcome.message()});
  }
  return outcomes;
}

}  // namespace keepsake::sync
