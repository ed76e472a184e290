#pragma once
// What people do at a till, through the same services as the kiosk's pages. A deed that does not make
// sense at the moment, or is refused, does nothing.

#include <functional>
#include <vector>

#include "storage/domain/sale/reservation.hpp"
#include "storage/domain/sale/tender.hpp"
#include "tests/world/chance.hpp"
#include "tests/world/people.hpp"
#include "tests/world/steps.hpp"
#include "tests/world/till.hpp"

namespace keepsake::world {

struct Deeds {
  Till& till;
  Chance& chance;
  People& people;
  /// What the till showed as done.
  std::function<void(const FactId&)> confirmed;

  /// false: no deed of people.
  bool perform(What what);

 private:
  struct Counter;
  std::optional<CustomerRef> somebody();
  std::string some_card();
  std::int64_t balance_here(const Resource& resource);
  std::optional<Counter> counter(const CustomerRef& customer);
  bool done(const Result<FactId>& id);
  bool cover_and_record(Fact fact);
  std::optional<Fact> sale(Counter& at, std::vector<Tender> before);
  void sell();
  void pay_with(TenderKind kind, bool hold);
  void sell_card();
  void claim(const std::string& reward);
  void bring_back();
  void join();
  void change_profile();
  void merge();
  void undo_merge();
  void change_price();
  void settle();
  void look_up();
  void forget_hold();
};

}  // namespace keepsake::world
