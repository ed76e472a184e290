#pragma once
// A till's part in the copies that tills of one store keep for each other (MIRROR.md): it gives two of
// them what head office has not acknowledged, keeps theirs, and hands in what it keeps.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "storage/domain/values/result.hpp"
#include "storage/domain/views/mirror_state.hpp"
#include "sync/mirror/mirror_file.hpp"

namespace keepsake {
class Book;
class Clock;
}  // namespace keepsake

namespace keepsake::sync::mirror {

/// Owns threads of its own: one that listens, if the settings say where; one for head office, two for
/// copies. None of them writes to the book, but for an acknowledgement. Thread-safe.
class Mirror {
 public:
  /// Called on its threads; keep them short. changed: state() is another. acknowledged: head office's
  /// acknowledgement came by another till, and is in the book.
  struct Told {
    std::function<void()> changed;
    std::function<void()> acknowledged;
  };
  /// nullptr: by its settings this till takes no part. An address that cannot be listened at is tried
  /// again, and told by trouble(). Failure as MirrorFile::open().
  static Result<std::unique_ptr<Mirror>> start(Book& book, const Clock& clock, Told told,
                                               const KeepingLimits& limits = {});
  ~Mirror();  ///< stops and joins; aborts what is under way
  Mirror(const Mirror&) = delete;
  Mirror& operator=(const Mirror&) = delete;

  void recorded();    ///< there is something new
  void line_is_up();  ///< head office answers again: what is kept is handed in now
  MirrorState state() const;
  std::optional<Error> trouble() const;       ///< why it does not listen
  std::optional<std::uint16_t> port() const;  ///< where it does

 private:
  struct Inside;
  explicit Mirror(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace keepsake::sync::mirror
