#pragma once
// The programme that a book goes by.

#include <functional>
#include <memory>
#include <mutex>

#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

class Book;
class Reader;

/// The book's newest programme, in its shop and store. Failure as rules_of.
Result<ActiveProgramme> active_programme(const Book& book, Reader& reader);

/// The one that everything at a till shares: flow, worker, receipts and the daily work. Whoever asks
/// looks whether another was published meanwhile; its text is read once. Thread-safe.
class CurrentProgramme {
 public:
  using Shared = std::shared_ptr<const ActiveProgramme>;

  /// `book` outlives it. `changed` is called by whoever asked first, with each that replaces
  /// another, in their order; keep it short, everybody else waits. It must not ask in turn.
  explicit CurrentProgramme(const Book& book, std::function<void(const Shared&)> changed = {});

  /// Failure as active_programme(); the next question tries again.
  Result<Shared> get(Reader& reader);

 private:
  const Book& book_;
  const std::function<void(const Shared&)> changed_;
  std::mutex mutex_;
  Shared kept_;
};

}  // namespace keepsake
