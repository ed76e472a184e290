// What head office has acknowledged, under a disk that loses power (tests/support/crash_vfs.hpp).
#include <doctest/doctest.h>

#include "tests/support/crash_vfs.hpp"
#include "tests/sync/central/office.hpp"

using namespace keepsake;
using namespace keepsake::sync;
using namespace keepsake::sync::central;
using namespace keepsake::sync::central::test;
using keepsake::test::CrashDisk;

TEST_CASE("a batch that was acknowledged is there after a power cut, and is counted once") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    CAPTURE(seed);
    CrashDisk disk;
    Office office;
    SendingTerminal terminal(office.clock);
    terminal.enrol(office.centre->enrolment());
    for (int n = 1; n <= 3; ++n) terminal.sell(100 * n);
    CHECK(office.taken(terminal, terminal.all()).acked == 3);
    disk.cut_now(seed);
    office.centre.reset();
    disk.power_on();

    auto again = Centre::open(office.data(), {"localhost"}, office.clock);
    REQUIRE_MESSAGE(again.ok(), (again.ok() ? "" : to_line(again.error())));
    office.centre = std::move(*again);
    CHECK(office.taken(terminal, terminal.batch(4, 3)).acked == 3);
    CHECK(office.figures().purchases == 3);
    CHECK(office.figures().purchase_minor == 600);
  }
}
