#pragma once
// What must hold in a world after each step, and when all has been exchanged. Small, and by other
// means than the code that it judges: it reads journals and tables and adds up.

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "storage/domain/fact.hpp"
#include "storage/domain/values/hash.hpp"
#include "tests/world/ledger.hpp"
#include "tests/world/office.hpp"
#include "tests/world/till.hpp"

namespace keepsake::world {

class Judge {
 public:
  Judge(Office& office, std::deque<Till>& tills)
      : office_(office), tills_(tills), seen_(tills.size()) {}

  /// The till showed it as done.
  void confirmed(std::size_t till, const FactId& id) { seen_[till].confirmed[id.seq()] = id; }
  /// Closes what it reads by: files are about to become others.
  void let_go();
  /// The till was opened after a power cut: what it had not confirmed may be gone.
  void reopened(std::size_t till);
  /// Head office was put back from an older copy, a clock jumped: something may be given twice, and
  /// is for people to settle.
  void excuse() { excused_ = true; }
  void office_restored() {
    restored_ = true;
    excuse();
  }

  /// After any step. What is wrong; empty: nothing.
  std::string after_step();
  /// When all has been exchanged.
  std::string at_end();

  struct Counts {
    std::size_t facts = 0, shortfalls = 0, codes = 0;
    std::size_t left = 0, back = 0;  ///< of stores: customers
    std::uint64_t digest = 0;        ///< of all journals: whether two worlds are the same
    bool operator==(const Counts&) const = default;
  };
  Counts counts();

 private:
  struct Kept {
    FactId id;
    Hash hash;
    Fact fact;
  };
  struct Seen {
    std::vector<Kept> journal;  ///< seq n is at n - 1
    std::map<Seq, FactId> confirmed;
    Seq acknowledged = 0;
    TerminalNumber number;          ///< under which that was
    std::optional<Seq> revoked_at;  ///< what head office held when it shut the till out
    std::unique_ptr<Database> records;
  };
  /// nullptr, and wrong() where it cannot be read.
  Database* office();
  Database* records(std::size_t till);
  void read_on(std::size_t till);
  void check_confirmed(std::size_t till);
  void check_acknowledged(std::size_t till, Database& office);
  void check_prices(const std::string& of, Database& database, const std::string& store);
  void check_counted_once(Database& office);
  void check_reservations(Database& office);
  void excuse_late_holds(Database& office);
  void check_codes();
  Ledger add_up(Database& office) const;
  void check_turnover(Database& office, const Ledger& ledger);
  void check_purses(Database& office, const Ledger& ledger);
  void check_till_at_end(std::size_t till, Database& office);
  void check_upgrades();
  void check_same_at_tills();
  void check_dormant(std::size_t till, Database& here, Database& office);
  void check_forgotten(const Ledger& ledger);
  void wrong(const std::string& what) {
    if (wrong_.empty()) wrong_ = what;
  }

  Office& office_;
  std::deque<Till>& tills_;
  std::vector<Seen> seen_;
  std::set<std::string> late_;  ///< owners of whom holds may have promised too much
  std::unique_ptr<Database> office_records_;
  std::map<std::string, std::int64_t> granted_;  ///< by reservation: the most that it ever was
  bool excused_ = false;
  bool restored_ = false;
  std::string wrong_;
};

}  // namespace keepsake::world
