#include "storage/domain/customer/obligations.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

namespace {

constexpr Date the_day = std::chrono::year(2026) / 11 / 30;
constexpr Date in_years = std::chrono::year(2028) / 2 / 1;
constexpr Date the_day_before = std::chrono::year(2026) / 11 / 29;

using Kept = std::vector<Restriction>;

}  // namespace

TEST_CASE("of somebody who owes nothing and is owed nothing nothing stays") {
  CHECK(restrictions({}, {30, 5}, the_day).empty());
  CHECK_FALSE(must_stay({}, the_day));
}

TEST_CASE("what is owed and promised stays for its reason and until its last day") {
  Obligations of;
  of.wallet_minor = 5000;
  of.wallet_end = in_years;
  of.debt = {100};
  of.cover_end = in_years;
  CHECK(restrictions(of, {}, the_day) == Kept{{KeptFor::wallet, in_years},
                                              {KeptFor::debt, std::nullopt},
                                              {KeptFor::cover, in_years}});
  of.wallet_end.reset();
  CHECK(restrictions(of, {}, the_day).front() == Restriction{KeptFor::wallet, std::nullopt});
  // On its last day cover runs, on the day after it does not.
  of = {};
  of.cover_end = the_day;
  CHECK(restrictions(of, {}, the_day) == Kept{{KeptFor::cover, the_day}});
  of.cover_end = the_day_before;
  CHECK(restrictions(of, {}, the_day).empty());
}

TEST_CASE("sales stay for returns and for bookkeeping as long as the shop says") {
  Obligations of;
  of.last_traded = std::chrono::year(2026) / 11 / 1;
  CHECK(restrictions(of, {}, the_day).empty());
  CHECK(restrictions(of, {29, 0}, the_day) == Kept{{KeptFor::returns, the_day}});
  CHECK(restrictions(of, {28, 0}, the_day).empty());
  // Books are kept until the end of a year, whenever in it the sale was.
  const Date end = std::chrono::year(2031) / 12 / 31;
  CHECK(restrictions(of, {0, 5}, the_day) == Kept{{KeptFor::bookkeeping, end}});
  of.last_traded = std::chrono::year(2020) / 2 / 29;
  CHECK(restrictions(of, {0, 5}, the_day).empty());
  CHECK(restrictions(of, {0, 6}, the_day) ==
        Kept{{KeptFor::bookkeeping, std::chrono::year(2026) / 12 / 31}});
}

TEST_CASE(
    "who has something good, is covered or owes something is not idle; bookkeeping keeps nobody") {
  const auto stays = [](auto set) {
    Obligations of;
    set(of);
    return must_stay(of, the_day);
  };
  CHECK(stays([](Obligations& of) { of.points_good = true; }));
  CHECK(stays([](Obligations& of) { of.wallet_minor = 1; }));
  CHECK(stays([](Obligations& of) { of.debt = {1}; }));
  CHECK(stays([](Obligations& of) { of.cover_end = the_day; }));
  CHECK_FALSE(stays([](Obligations& of) { of.cover_end = the_day_before; }));
  CHECK_FALSE(stays([](Obligations& of) { of.last_traded = the_day; }));
}

TEST_CASE("a restriction in plain words names its last day") {
  CHECK(words_of({KeptFor::cover, in_years}) ==
        "items under cover, by their serial numbers, until 2028-02-01");
  CHECK(words_of({KeptFor::wallet, std::nullopt}) == "money in the wallet, until settled");
  for (int n = 1; n <= static_cast<int>(KeptFor::bookkeeping); ++n)
    CHECK(name_of(static_cast<KeptFor>(n)) != "unknown");
}
