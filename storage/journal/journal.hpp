#pragma once
// The journal: a terminal's facts in order, hash-chained. Format: storage/journal/JOURNAL.md.
// Pure SQL over Database; transactions and threads are Book's business.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/record.hpp"
#include "storage/domain/values/ids.hpp"

namespace keepsake {

class Database;

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
