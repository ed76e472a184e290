#pragma once
// What a shop sells that is not: some thousand articles, few of them frequent, baskets of one to five
// lines, four in ten sold to a member who earns points by one rule.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/purchase.hpp"

namespace keepsake::bench {

struct Till;

/// So many people join at the till, with phone, e-mail and card.
std::vector<CustomerRef> enrol_people(Till& till, std::size_t size);

/// The same sales in the same order for the same seed and members.
class Trade {
 public:
  Trade(std::uint64_t seed, std::vector<CustomerRef> members);
  /// To be recorded before the first sale.
  static Programme programme();
  Purchase sale(const LocalTime& at);
  /// So many sales, one after the other as the clock goes on.
  void sell(Till& till, int count);
  /// Until the next one, a minute and a half on the average, to the millisecond.
  std::chrono::milliseconds pause();

 private:
  struct Ware {
    std::string code, name;
    std::int64_t price_minor = 0;
  };
  PurchaseLine line();

  std::mt19937_64 random_;
  std::vector<CustomerRef> members_;
  std::vector<Ware> wares_;
};

}  // namespace keepsake::bench
