#pragma once
// The journal: a terminal's facts in order, hash-chained. Format: storage/journal/JOURNAL.md.
// Pure SQL over Database; transactions and threads are Book's business.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/fact.hpp"
#include "storage/domain/values/hash.hpp"
#include "storage/engine/database.hpp"

namespace keepsake {

/// One fact as stored. Its bytes never change; an unknown type is kept as it came.
struct Record {
  Seq seq = 0;
  FactId id;
  std::uint16_t type = 0;
  std::string body;
  Hash hash{};  ///< chain value after this record
  bool operator==(const Record&) const = default;
};

/// hash_n = SHA-256("v1" | hash_{n-1} | seq, id, type, body length, body), integers big-endian.
Hash chain(const Hash& previous, const Record& record);

namespace journal {
struct Head {
  Seq seq = 0;  ///< 0: empty
  Hash hash{};
  HybridTime time;
};
Head head(Database& db);
void append(Database& db, const Record& record);
std::vector<Record> read(Database& db, Seq from, std::size_t max_facts, std::size_t max_bytes);
/// Recomputes the chain from the start; the first contradiction is Failure::corrupt with its seq in
/// `where`. `progress` gets the seq reached, now and then.
Result<Head> verify(Database& db, const std::function<void(Seq)>& progress);
}  // namespace journal

}  // namespace keepsake
