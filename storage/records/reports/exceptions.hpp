#pragma once
// What waits for a person, and what was said to what waited.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/staff/exception_view.hpp"
#include "storage/engine/database.hpp"

namespace keepsake::records {

/// An exception as a table keeps it: the records' own, or an outcome that head office gave.
struct NotedException {
  std::string store;
  ExceptionName name;
  std::string message;
};

/// Those of the records that nobody has settled, newest fact first. `store`: nullopt for those of
/// every store.
std::vector<NotedException> unsettled(Database& database, std::optional<std::string_view> store,
                                      std::size_t limit);

/// Each once, newest fact first, at most `limit`, with what the records know of its fact.
std::vector<ExceptionView> describe(Database& database, std::vector<NotedException> noted,
                                    std::size_t limit);

/// The newest settlements first. Where the records do not have the exception itself (head office
/// alone found it), its code tells what it was.
std::vector<ExceptionView> settled_exceptions(Database& database,
                                              std::optional<std::string_view> store,
                                              std::size_t limit);

}  // namespace keepsake::records
