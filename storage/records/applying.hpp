#pragma once
// One fact being applied: what every noun's apply() needs, and where it reports contradictions.

#include <string>
#include <vector>

#include "storage/records/apply.hpp"
#include "storage/records/columns.hpp"

namespace keepsake::records {

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
