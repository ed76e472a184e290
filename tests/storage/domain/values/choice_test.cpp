#include "storage/domain/values/choice.hpp"

#include <doctest/doctest.h>
#include <string>

#include "storage/domain/values/handle.hpp"

using namespace keepsake;

namespace {

struct Nothing {
  bool operator==(const Nothing&) const = default;
};
struct Named {
  std::string name;
  bool operator==(const Named&) const = default;
};
struct Later;  // a choice needs its name alone
using Any = Choice<Types<Nothing, Named, Later>>;
struct Later {
  int days = 0;
  bool operator==(const Later&) const = default;
};

}  // namespace

TEST_CASE("choice: it holds the first of its types until it is given another") {
  Any any;
  CHECK(holds_alternative<Nothing>(any));
  any = Named{"Kari"};
  CHECK(any.index() == 1);
  CHECK(get<Named>(any).name == "Kari");
  CHECK(get_if<Later>(&any) == nullptr);
  get<Named>(any).name = "Ola";
  CHECK(get_if<Named>(&any)->name == "Ola");
}

TEST_CASE("choice: a copy is a value of its own") {
  const Any one = Named{"Kari"};
  Any other = one;
  CHECK(other == one);
  get<Named>(other).name = "Ola";
  CHECK(other != one);
  CHECK(get<Named>(one).name == "Kari");
  other = other;  // NOLINT(clang-diagnostic-self-assign-overloaded)
  CHECK(get<Named>(other).name == "Ola");
  other = Any(Later{3});
  CHECK(other != one);
}

TEST_CASE("choice: visit calls with what is held and handle only where there is a handler") {
  const auto days = [](const auto& held) {
    if constexpr (requires { held.days; })
      return held.days;
    else
      return 0;
  };
  Any any = Later{7};
  CHECK(visit(days, any) == 7);
  int seen = 0;
  const auto by_name = [&](const Named&) { seen = 1; };
  CHECK_FALSE(handle(any, by_name));
  CHECK(handle(any, by_name, [&](const Later& later) { seen = later.days; }));
  CHECK(seen == 7);
  CHECK(handle(std::variant<int, Named>(Named{}), by_name));
  CHECK(seen == 1);
}
