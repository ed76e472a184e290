#pragma once
// What stands against forgetting a person: what is owed, what was promised, what bookkeeping law
// keeps. Who and how to reach them goes at once in any case; what is named here stays, without a
// name, for its reason alone and until its last day.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/points.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// Of one person, under every reference, on one day.
struct Obligations {
  bool points_good = false;         ///< points that are good on that day
  std::int64_t wallet_minor = 0;    ///< whether or not it is past its day: that is for expiry
  std::optional<Date> wallet_end;   ///< last day of its money; nullopt: for ever
  Points debt;                      ///< that they owe, above zero
  std::optional<Date> cover_end;    ///< last day of the cover that runs longest
  std::optional<Date> last_traded;  ///< day of the last purchase or return
};

/// What the shop, or the law of its country, says; 0: nothing.
struct KeepingTerms {
  std::int64_t return_days = 0;        ///< in which goods may come back
  std::int64_t bookkeeping_years = 0;  ///< after the year of the document
  bool operator==(const KeepingTerms&) const = default;
};

enum class KeptFor {
  wallet = 1,       ///< money that the shop owes
  debt = 2,         ///< points that they owe
  cover = 3,        ///< items under warranty, by their serial numbers
  returns = 4,      ///< goods may still come back, by the receipt
  bookkeeping = 5,  ///< sales are accounts
};
std::string_view name_of(KeptFor reason);  ///< "wallet", ..

struct Restriction {
  KeptFor reason = KeptFor::bookkeeping;
  std::optional<Date> until;  ///< its last day; nullopt: until it is settled
  auto operator<=>(const Restriction&) const = default;
};
/// For command lines and reports: "items under cover, by their serial numbers, until 2031-05-01".
std::string words_of(const Restriction& restriction);

/// By reason; empty: nothing stands against it.
std::vector<Restriction> restrictions(const Obligations& of, const KeepingTerms& terms, Date today);

/// Nobody is erased for being idle while they have something good, are covered, or owe something.
bool must_stay(const Obligations& of, Date today);

}  // namespace keepsake
