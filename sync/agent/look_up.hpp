#pragma once
// Asks head office for a customer or a gift card that this store does not know.

#include <memory>
#include <optional>

#include "storage/domain/values/result.hpp"
#include "sync/agent/office_line.hpp"

namespace keepsake {
class Book;
struct ContactKey;
}  // namespace keepsake

namespace keepsake::sync {

/// On a connection of its own, kept between look-ups. For one thread, abort() apart.
class LookUps {
 public:
  /// Somebody stands and waits: longer than this, the till goes on without.
  static constexpr Patience patience{std::chrono::milliseconds(1500),
                                     std::chrono::milliseconds(1500)};

  explicit LookUps(Book& book) : book_(book) {}
  /// By this line: for tests.
  LookUps(Book& book, OfficeLine line) : book_(book), line_(std::move(line)) {}
  /// true: head office knows the customer or gift card, which comes with the next pull. Failure::refused
  /// "sync.not-enrolled" or as a pull's; ::unavailable where there is no line, no answer in time, or
  /// too much was asked in an hour ("look-up.busy").
  Result<bool> ask(const ContactKey& key);

 private:
  Result<bool> ask_on(OfficeLine& line, const ContactKey& key);

  Book& book_;
  std::optional<OfficeLine> line_;
};

}  // namespace keepsake::sync
