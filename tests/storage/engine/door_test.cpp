#include "storage/engine/door.hpp"

#include <doctest/doctest.h>
#include <thread>

using keepsake::Door;

TEST_CASE("whoever holds the door sees that others wait, and that they do no more") {
  Door door;
  door.lock();
  CHECK_FALSE(door.others_wait());
  bool inside = false;
  std::thread other([&] {
    const std::lock_guard guard(door);
    inside = true;
  });
  while (!door.others_wait()) std::this_thread::yield();
  CHECK_FALSE(inside);
  door.unlock();
  other.join();
  CHECK(inside);
  CHECK_FALSE(door.others_wait());
}
