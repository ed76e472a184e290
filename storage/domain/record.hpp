#pragma once
// A fact as it is stored and as it travels.

#include <cstdint>
#include <string>

#include "storage/domain/values/hash.hpp"
#include "storage/domain/values/ids.hpp"

namespace keepsake {

/// Its bytes never change; an unknown type is kept as it came.
struct Record {
  Seq seq = 0;
  FactId id;  ///< may name an earlier terminal or epoch: made before it was enrolled (again)
  std::uint16_t type = 0;
  std::string body;
  Hash hash{};  ///< of the chain, after this record
  bool operator==(const Record&) const = default;
};

/// An unusual outcome of one fact, as the centre found it and the terminal keeps it. What applying
/// a fact notes of it is records::Exception, which knows no seq yet.
struct FactOutcome {
  Seq seq = 0;
  std::string code;     ///< "warranty.disputed", "fact.quarantined", ...
  std::string message;  ///< plain words, no personal data
  bool operator==(const FactOutcome&) const = default;
};

}  // namespace keepsake
