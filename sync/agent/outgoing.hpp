#pragma once
// A batch made ready to leave: read from the journal, with the keys it needs, signed, compressed.

#include <span>
#include <string>
#include <utility>

#include "storage/book/enrolment.hpp"
#include "sync/engine/engine.hpp"

namespace keepsake {
class Book;
class Reader;
}  // namespace keepsake

namespace keepsake::sync {

struct Outgoing {
  engine::Range range;
  std::string body;  ///< zstd
};

/// The chain of the journal at `seq`. Failure::not_found "journal.short" when it does not reach
/// there.
Result<Hash> chain_at(Reader& reader, Seq seq);

/// How far the journal reaches, and how much of it head office has.
struct Waiting {
  Seq acknowledged = 0;
  Seq head = 0;
};
/// Failure::corrupt "sync.beyond" where head office has more than there is.
Result<Waiting> waiting_in(Reader& reader);

class Packer {
 public:
  Packer(Book& book, Enrolment enrolment) : book_(book), enrolment_(std::move(enrolment)) {}

  /// Packs `wanted`, or its beginning when all of it would be too large. The last pack is kept, so
  /// that the same range goes out as the same bytes, whatever a sealed key has for randomness.
  Result<const Outgoing*> pack(Reader& reader, const engine::Range& wanted);
  /// The body of POST .../opaque for one record: what pack() makes of it, sealed.
  Result<std::string> seal(Reader& reader, Seq seq);

 private:
  Result<Outgoing> make(Reader& reader, const engine::Range& wanted);
  Result<std::string> body_of(std::span<const Record> records, Seq first, const Hash& base);

  Book& book_;
  Enrolment enrolment_;
  engine::Range wanted_;
  Outgoing last_;
};

}  // namespace keepsake::sync
