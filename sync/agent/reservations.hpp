#pragma once
// The terminal's side of what head office sets aside for it: leases are brought up to date with each
// pull, holds are asked for when a sale is about to spend.

#include <memory>
#include <optional>
#include <vector>

#include "storage/domain/spending.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/wire/reservations.hpp"

namespace keepsake {
class Book;
class Clock;
class Reader;
}  // namespace keepsake

namespace keepsake::sync {

/// Tells head office what is given back and takes in what changed, until `newest` of its changes is
/// known. Failure as a pull's.
Result<Done> follow_reservations(Book& book, Reader& reader, OfficeLine& line, const Clock& clock,
                                 std::int64_t newest);

/// On a connection and with a reader of its own, kept between sales. For one thread.
class Holds {
 public:
  /// Somebody stands and waits: longer than this, what was leased has to do.
  static constexpr std::chrono::milliseconds most{1500};
  /// Head office may ask other tills to give leases back meanwhile: it is asked again so often.
  static constexpr std::chrono::milliseconds again{250};

  Holds(Book& book, const Clock& clock);
  /// By this line, and asking once: for tests.
  Holds(Book& book, const Clock& clock, OfficeLine line);
  ~Holds();

  struct Held {
    std::vector<ReservationId> granted;  ///< in the book from here on
    std::optional<Shortage> shortage;    ///< then nothing is granted
  };
  /// All of it, or nothing: what was granted beside a refusal is given back. Failure::refused
  /// "sync.not-enrolled" or as a pull's; ::unavailable where there is no line or no answer in time: what
  /// head office may hold all the same is given back with the next contact.
  Result<Held> ask(const std::vector<Spending>& spendings);
  /// They were not used.
  void give_back(const std::vector<ReservationId>& ids);

 private:
  Result<ReservationAnswer> exchange_until_settled(const std::vector<WantedHold>& wanted);
  /// Line and reader are there, and of the present enrolment.
  Result<Done> make_ready();

  Book& book_;
  const Clock& clock_;
  const std::chrono::milliseconds patience_ = most;
  std::optional<OfficeLine> line_;
  std::unique_ptr<Reader> reader_;
};

}  // namespace keepsake::sync
