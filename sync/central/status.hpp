#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"
#include "sync/wire/messages.hpp"

namespace keepsake {
class Database;
}  // namespace keepsake

namespace keepsake::sync::central {

/// The figures of every store, or of one, as one consistent snapshot. `reader` is a connection of
/// its own, for one thread.
Result<Status> read_status(Database& reader, std::optional<std::string_view> store);

/// What `keepsake-central report --json` prints; its keys are told in --help.
std::string to_report_json(const Status& status);
std::string to_report_text(const Status& status);

}  // namespace keepsake::sync::central
