#include "storage/domain/programme.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/limits.hpp"

using namespace keepsake;

namespace {

Currency currency(std::string_view code) { return Currency::parse(code).value(); }
Money nok(std::int64_t minor) { return {minor, currency("NOK")}; }

/// One point for ten kroner, a point worth ten oere.
Programme programme() { return {3, "Club", currency("NOK"), Points{10}, 10'000, ""}; }

}  // namespace

TEST_CASE("points are earned in whole points only") {
  const struct {
    std::int64_t minor, hundredths;
  } rows[] = {{0, 0}, {999, 0}, {1000, 100}, {1999, 100}, {2000, 200}, {216661, 21600}, {-5000, 0}};
  for (const auto& row : rows) {
    CAPTURE(row.minor);
    CHECK(points_earned(programme(), nok(row.minor)).value() == Points{row.hundredths});
  }
  CHECK(points_earned(Programme{}, nok(1000)).value() == Points{0});
  CHECK(points_earned(programme(), {1000, currency("EUR")}).error().code == "money.currency");
  Programme yen = programme();
  yen.currency = currency("JPY");
  CHECK(points_earned(yen, {25, currency("JPY")}).value() == Points{200});
  Programme absurd = programme();
  absurd.per_major_unit = Points{INT64_MAX};
  CHECK(points_earned(absurd, nok(limits::amount_minor)).error().kind == Failure::limit);
}

TEST_CASE("what points are worth") {
  CHECK(worth(programme(), Points{128'400}).value() == nok(12'840));
  CHECK(worth(programme(), Points{50}).value() == nok(5));
  CHECK(worth(programme(), Points{9}).value() == nok(0));
}

TEST_CASE("points go back pro rata") {
  CHECK(points_reversed({10'000}, {0}, nok(100'00), nok(0), nok(25'00)).value() == Points{2'500});
  CHECK(points_reversed({10'000}, {2'500}, nok(100'00), nok(25'00), nok(75'00)).value() ==
        Points{7'500});
  CHECK(points_reversed({100}, {0}, nok(3), nok(0), nok(1)).value() == Points{33});
  CHECK(points_reversed({100}, {33}, nok(3), nok(1), nok(1)).value() == Points{34});
  CHECK(points_reversed({100}, {67}, nok(3), nok(2), nok(1)).value() == Points{33});
  CHECK(points_reversed({0}, {0}, nok(0), nok(0), nok(0)).value() == Points{0});
  CHECK(points_reversed({100}, {0}, nok(3), nok(2), nok(2)).error().code == "return.exceeds");
  CHECK(points_reversed({100}, {0}, nok(3), nok(0), nok(-1)).error().code == "return.exceeds");
  CHECK(points_reversed({100}, {0}, nok(3), {0, currency("EUR")}, nok(1)).error().code ==
        "money.currency");
}

TEST_CASE("returning everything in any parts reverses exactly what was earned") {
  CHECK(rc::check("parts", [] {
    const auto parts = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::inRange<std::int64_t>(0, 1'000'000'000)));
    const auto earned = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000);
    std::int64_t sold = 0;
    for (const auto part : parts) sold += part;
    Points before;
    std::int64_t returned = 0;
    for (const auto part : parts) {
      const auto now = points_reversed({earned}, before, nok(sold), nok(returned), nok(part));
      RC_ASSERT(now.ok());
      RC_ASSERT(now->hundredths >= 0);
      before = add(before, *now).value();
      returned += part;
      RC_ASSERT(before.hundredths <= earned);
    }
    RC_ASSERT(before == Points{earned});
  }));
}
