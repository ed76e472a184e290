#pragma once
// What imported sales earn, and imported returns take back, under the programme that is published.

#include <map>
#include <memory>
#include <string>

#include "storage/book/reader.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {
class Book;
struct Fact;
}  // namespace keepsake

namespace keepsake::cli::retail {

class RetailLoyalty {
 public:
  /// nullptr when no programme is published. Failure as rules_of.
  static Result<std::unique_ptr<RetailLoyalty>> open(const Book& book);

  /// For a purchase or return of a customer whose earlier ones are committed. Purchases of others
  /// that are not yet count towards what all customers together may use.
  Result<Done> apply(Fact& fact);
  /// Everything that was applied so far is in the book.
  void committed() { since_.clear(); }

 private:
  RetailLoyalty(std::unique_ptr<Reader> reader, ActiveProgramme programme)
      : reader_(std::move(reader)), programme_(std::move(programme)) {}

  std::unique_ptr<Reader> reader_;  // each question is a snapshot of its own: nothing is held open
  ActiveProgramme programme_;       // without rewards: what was paid stays
  std::map<std::string, std::int64_t> since_;  // uses of rules that are not in the book yet
};

}  // namespace keepsake::cli::retail
