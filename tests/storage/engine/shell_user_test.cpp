#include "storage/engine/shell_user.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

TEST_CASE("somebody is always at the shell") {
  CHECK(shell_user().starts_with("shell:"));
  CHECK(shell_user().size() > 6);
}
