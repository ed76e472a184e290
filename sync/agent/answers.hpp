#pragma once
// What of an answer of head office has to hold before it counts, whether it came over the line or in
// a file.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/book/enrolment.hpp"
#include "storage/domain/feed.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake {
class Book;
class Reader;
}  // namespace keepsake

namespace keepsake::sync {

/// A checked acknowledgement, as Book::acknowledge takes it.
struct CheckedAnswer {
  Acknowledged acknowledged;
  std::vector<FactOutcome> outcomes;
  std::string bytes;  ///< as they came
};

/// Signed by this head office, for this terminal and epoch, and our own chain at `acked`.
/// Failure::unavailable "answer.untrusted"; ::refused "sync.fork" when it is properly signed and names
/// a chain that is not ours; else the journal cannot be read.
Result<CheckedAnswer> check_acknowledgement(Reader& reader, const Enrolment& enrolment,
                                            std::string bytes, Format format);

/// Failure::unavailable "answer.untrusted".
Result<FeedPage> check_feed_page(const Enrolment& enrolment, std::string_view bytes, Format format);

/// A page of another order than the one that was asked for says only that: it is begun. true: it was
/// such a page. Failure as Book::begin_feed.
Result<bool> begin_other_order(Book& book, const FeedCursor& cursor, const FeedPage& page);

}  // namespace keepsake::sync
