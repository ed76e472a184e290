#pragma once
// The line to one other till of the store: what head office has not acknowledged goes there, sealed to
// head office, and head office's answers come back with it.

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "storage/book/enrolment.hpp"
#include "storage/domain/values/result.hpp"
#include "sync/agent/outgoing.hpp"
#include "sync/agent/transport.hpp"
#include "sync/wire/mirror.hpp"

namespace keepsake {
class Book;
class Reader;
}  // namespace keepsake

namespace keepsake::sync::mirror {

/// For one thread, abort() apart.
class NeighbourLine {
 public:
  /// `transport`: to that neighbour, and nobody else (TlsIdentity::neighbour).
  NeighbourLine(Book& book, Enrolment enrolment, std::unique_ptr<Reader> reader,
                std::unique_ptr<Transport> transport);
  ~NeighbourLine();

  struct Done {
    Seq held = 0;               ///< up to this record of ours it keeps; 0: nothing
    bool full = false;          ///< it keeps no more
    bool acknowledged = false;  ///< it brought more of head office's acknowledgement than was known
  };
  enum class Ask { if_there_is_news, anyway };
  /// Until it has everything that head office has not acknowledged, or is full. Without anything to
  /// give or to show, it is asked only the first time and `anyway`: it may have an acknowledgement.
  /// Failure as Transport::exchange; ::unavailable "neighbour.refused" (its status in `where`),
  /// "answer.untrusted"; of the book.
  Result<Done> bring_up_to_date(Ask ask, const std::stop_token& token);
  void abort() noexcept { transport_->abort(); }

 private:
  struct Next {
    MirrorRequest request;
    bool news = false;
  };
  Result<Next> next();
  Result<MirrorAnswer> exchange(const MirrorRequest& request);
  Result<bool> take_acknowledgement(std::string bytes);

  Book& book_;
  const Enrolment enrolment_;
  const std::unique_ptr<Reader> reader_;
  const std::unique_ptr<Transport> transport_;
  Packer packer_;
  std::optional<MirrorAnswer> known_;  ///< what it said last; nothing: it was not asked yet
  Seq shown_ = 0;                      ///< an acknowledgement of so much was shown to it
};

}  // namespace keepsake::sync::mirror
