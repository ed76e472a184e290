#pragma once
// The second life programme worked out from the facts of a journal alone, with arithmetic of its
// own and none of storage/domain/loyalty. Of what a fact says, it takes what was asked (goods,
// tenders, rewards and steps, pieces that come back) and compares the rest with its own.
// Points are in hundredths, amounts in pence, days since 1970; months are counted by the domain.

#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "tests/kiosk/cli/loyalty/shares.hpp"

namespace keepsake::cli::loyalty_model {

inline constexpr Int never = std::numeric_limits<Int>::max();

struct Lot {
  LotId id;
  Int earned_day = 0;
  Int last_day = never;
  Int left = 0;
};

struct Use {
  FactId by;
  Int day = 0;
  Int times = 1;
  Int points = 0;
};
using Uses = std::map<std::string, std::vector<Use>>;  // by rule, reward or code

/// Money on a gift card, by the day until which it is good.
struct CardMoney {
  Int last_day = never;
  Int left = 0;
  bool top_up = true;  ///< or it came back
};

struct Level {
  std::string tier;
  std::optional<Int> since;
};

struct Person {
  std::vector<Lot> lots;
  Int debt = 0, wallet = 0, visits = 0;
  std::optional<Int> first_day;
  Level held;
  std::vector<std::pair<Int, Int>> spend;  // day and amount; below zero for what came back
  Uses uses;

  Int balance(Int day) const;
};

Level level_on(const Person& person, Int day);
/// After spending so much on that day, having been at `before`.
Level level_after(const Person& person, Level before, Int day, Int minor);

struct SaleLine {
  std::string article;
  Int thousandths = 0;
  Int gross = 0;
  Int net = 0;        ///< after rewards
  Int by_points = 0;  ///< of it
  bool load = false;  ///< a gift card or the wallet is paid in to
};

/// What one rule gives.
struct Given {
  std::string rule;
  Int points = 0;
  Parts lines;  ///< empty for a bonus on all of it
  Int last_day = never;
  Int uncut = 0;  ///< before caps
};
/// Rules that give something before caps, in the programme's order. `medium_uses` are by all.
/// What pays in to a gift card or the wallet is no visit.
bool has_goods(const std::vector<SaleLine>& lines);
std::vector<Given> earned_by(const std::vector<SaleLine>& lines, const Person& person,
                             const std::string& tier, Int day, Int medium_uses);

struct Spent {
  Int on_goods = 0;   ///< points for discounts and as a tender
  Int on_others = 0;  ///< for what was handed over or paid out
  Parts by_line;      ///< of those on goods
};
/// Takes the rewards off the lines, which come with their gross amounts, and lays the points tender
/// on what is left. `asked`: which rewards and how many steps.
Spent spent_on(std::vector<SaleLine>& lines, const std::vector<RewardUse>& asked,
               Int points_tender_minor);
Int cost_of(const std::string& reward);  ///< of one step
Int value_of(const std::string& reward);
bool is_discount(const std::string& reward);

/// How often things happened, so that a test can tell that it tested them.
struct Tally {
  std::map<std::string, Int> of;
  Int& operator[](const std::string& what) { return of[what]; }
};

class Recount {
 public:
  void take(const FactId& id, const Fact& fact);
  void finish();  ///< once, after the last fact

  std::map<CustomerRef, Person> people;
  std::map<std::string, std::vector<CardMoney>> cards;
  Uses uses_by_all;
  Int issued = 0, redeemed = 0, expired = 0;  ///< the programme's own accounts
  std::vector<std::string> differences;       ///< in words; none when the facts are right
  Tally tally;

 private:
  struct Sold {
    CustomerRef customer;
    std::vector<SaleLine> lines;
    Parts earned, spent, returned;            // by line; `returned` in thousandths
    std::vector<std::pair<LotId, Int>> used;  // on goods, in the order they were taken
    Int expired = 0;                          // of the lots it issued
    bool whole = false;                       // all of it has come back
  };
  struct Part {  // of a return: what one purchase gives and takes
    Int reversed = 0, given_back = 0, amount = 0;
    Int reversed_before = 0, given_before = 0;
  };

  void bought(const FactId& id, const Purchase& purchase);
  void brought_back(const FactId& id, const Return& returned);
  void expire(const PointsExpired& run);
  void happened(const FactId& id, const LoyaltyEvent& event);

  void move_value(const Purchase& purchase);
  void pay_by_card(const std::string& card, Int minor, Int day);
  std::vector<std::pair<LotId, Int>> consume(Person& person, Int points, Int day);
  std::vector<IssuedLot> put_lots(const FactId& id, Person& person, Int day,
                                  const std::vector<Given>& given);
  void count_uses(const FactId& id, Person& person, Int day, const std::vector<Given>& given,
                  const std::vector<RewardUse>& rewards);
  Part share(const Return& returned, const FactId& id, Sold& sold);
  void give_back(Person& person, const Sold& sold, const Part& part, Int day,
                 std::vector<Lot>& fresh);
  void take_back(Person& person, const FactId& id, const Sold& sold, const Part& part, Int day,
                 std::vector<Lot>& fresh);
  void undo_whole(Person& person, const FactId& id, Sold& sold);
  void run_is_complete();
  void same(const FactId& id, const char* what, Int told, Int worked_out);
  void same_level(const FactId& id, const LoyaltyResult& told, const Level& before,
                  const Level& after);

  std::map<FactId, Sold> sold_;
  std::optional<Int> run_day_;  // of a run of expiry that goes on
};

}  // namespace keepsake::cli::loyalty_model
