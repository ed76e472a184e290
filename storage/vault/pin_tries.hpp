#pragma once
// Wrong PINs, counted for whom they were tried and where they were typed, inside the vault's
// database. So many wrong ones lock a source for a minute, the next for two, and so on up to an
// hour; a day without wrong ones starts over.

#include <string>
#include <utility>
#include <vector>

#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/engine/database.hpp"

namespace keepsake::pins {

inline constexpr int tries_of_one = 5;

/// What wrong PINs are counted for.
struct Source {
  std::string name;  ///< says nothing of a person: a place, an id of staff, a hash of a member
  int tries = tries_of_one;
};

/// One try at a PIN. It counts as wrong before anything is looked at: pulling the plug gives no free
/// tries, and where nothing can be written nothing can be tried.
class Try {
 public:
  /// Counts it for every one of `sources`. Failure::refused "pin.locked" where one of them is
  /// locked, with the seconds in `where`; then it counts for none.
  static Result<Try> count(Database& database, const std::vector<Source>& sources, Instant now);
  /// It was right, or could not be judged. A right one gives back its own count and nobody else's:
  /// whoever knows one PIN must not find the next with it.
  void give_back();
  /// Failure::refused "pin.wrong" with the tries left in `where`, of the first source; "pin.locked"
  /// when this was the last.
  Error wrong() const;

 private:
  struct Tries {
    std::int64_t wrong = 0;  ///< since the last lock-out
    std::int64_t locks = 0;  ///< lock-outs without a quiet day between
    std::int64_t locked_until_ms = 0;
    std::int64_t last_ms = 0;  ///< of the last wrong one
  };
  struct Counted {
    Source source;
    Tries before;
    Tries after;
  };
  Try(Database& database, Instant now) : database_(&database), now_(now) {}
  static Tries so_far(Database& database, const std::string& source);
  static void keep(Database& database, const std::string& source, const Tries& now);
  static Tries more(Tries tries, int allowed, Instant now);

  Database* database_;
  Instant now_;
  std::vector<Counted> counted_;
};

}  // namespace keepsake::pins
