#pragma once
// One fact being applied: what every noun's apply() needs, and where it reports contradictions.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/core/columns.hpp"

namespace keepsake {
class Vault;
}

namespace keepsake::records {

struct FactHeader {
  FactId id;
  std::string_view store;  ///< whose totals it counts in; a terminal's own records use ""
  /// Numbers that the terminal had before: it is still the same till, with the same drawer.
  std::span<const TerminalNumber> former{};
  /// Of another store than this terminal's: judged there and by the centre, and here for the sake of
  /// a customer of both. What contradicts it is nobody's business here, and gift cards stay as they
  /// are: their value comes with their own facts.
  bool elsewhere = false;
};

/// What to do with a fact that makes no sense beside those before it.
enum class Contradiction {
  refuse,  ///< at the moment it happens: Failure::refused, nothing may be kept of the transaction
  note,    ///< it has happened: apply what can be applied and tell a person
};

/// Something a person has to look at; also kept in the table `exception`.
struct Exception {
  std::string code;     ///< "return.beyond-sold", "warranty.disputed", "customer.unknown", ...
  std::string message;  ///< plain words, no personal data
};

struct Applying {
  Database& database;
  const FactHeader& header;
  Bytes16 id;
  Vault* vault;
  Contradiction contradiction;
  std::vector<Exception> exceptions;

  /// Refuses (an Error) or notes and lets the caller go on, as this application was told.
  Result<Done> contradict(const char* code, std::string what, const char* remedy);
  /// Keeps a word for a person; never refuses.
  void note(const char* code, std::string message);
};

}  // namespace keepsake::records
