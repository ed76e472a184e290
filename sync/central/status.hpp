#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"
#include "sync/wire/messages.hpp"

namespace keepsake {
class Database;
}  // namespace keepsake

namespace keepsake::sync::central {

/// The figures of every store, or of one, as one consistent snapshot. Points are counted as a till
/// counts them on the store's day: past their last day they are owed to nobody, whether the run that
/// takes them has come or not. `reader` is a connection of its own, for one thread.
Result<Status> read_status(Database& reader, std::optional<std::string_view> store, Instant now);

/// What `keepsake-central report --json` prints; its keys are told in --help.
std::string to_report_json(const Status& status);
std::string to_report_text(const Status& status);

}  // namespace keepsake::sync::central
