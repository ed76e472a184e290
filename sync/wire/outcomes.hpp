#pragma once
// Inside sync/wire only: outcomes in messages.

#include <vector>

#include "storage/domain/record.hpp"
#include "storage/domain/values/result.hpp"
#include "sync/wire/push.pb.h"

namespace keepsake::sync {

using OutcomesInMessage = google::protobuf::RepeatedPtrField<wire::Outcome>;

void put(const std::vector<FactOutcome>& from, OutcomesInMessage& into);
/// How many there may be is checked before. Failure::limit "wire.limit".
Result<std::vector<FactOutcome>> outcomes_from(const OutcomesInMessage& from);

}  // namespace keepsake::sync
