#pragma once
// What members do at the till under the second life programme, by chance of one seed: they buy and
// pay with points, wallet and gift cards, claim rewards, show a coupon, bring goods back, also such
// as they bought before they lived here.

#include <random>
#include <string>
#include <vector>

#include "storage/book/book.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "tests/support/fake_clock.hpp"

namespace keepsake::cli::loyalty_model {

/// What may come back: only what was bought here, while an import may still say so of the rest.
enum class Returns { of_this_till, of_any };

class Days {
 public:
  /// The members are those who have bought most so far.
  Days(Book& book, test::FakeClock& clock, unsigned seed);

  void live(Date day, int actions, Returns returns);
  void expire();

 private:
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  bool one_of(int n) { return pick(n) == 0; }
  template <class T>
  const T& any(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(pick(static_cast<int>(all.size())))];
  }
  SaleContext context(const CustomerRef& who) const;
  loyalty::Member state(const CustomerRef& who) const;

  void act();
  void sell();
  void bring_back();
  void claim(const CustomerRef& who, const std::string& reward, std::int64_t steps, CashOut how);
  void claim_something();
  void spend_all();
  Basket basket();
  SaleRequest request(const loyalty::Member& member);
  std::vector<Tender> tenders(const loyalty::Member& member, std::int64_t total);
  std::vector<ReturnedPiece> pieces_of(const SoldPurchase& sold);
  /// False when it was refused; whatever else fails is a failure of the test.
  bool recorded(const Result<Fact>& fact);

  Book& book_;
  test::FakeClock& clock_;
  std::mt19937 random_;
  ActiveProgramme programme_;
  Returns returns_ = Returns::of_any;
  std::vector<CustomerRef> members_;
  std::vector<std::string> cards_;
};

}  // namespace keepsake::cli::loyalty_model
