#pragma once
// Chance by numbers: the same number gives the same draws. Splitmix64.

#include <cstddef>
#include <cstdint>

namespace keepsake::world {

class Chance {
 public:
  explicit Chance(std::uint64_t number) : state_(number) {}

  std::uint64_t draw() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  /// 0..n - 1; n > 0.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(draw() % n); }
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(draw() % static_cast<std::uint64_t>(most - least + 1));
  }
  bool per_thousand(int times) { return static_cast<int>(below(1000)) < times; }
  template <class List>
  auto& one_of(List& list) {
    return list[below(list.size())];
  }

 private:
  std::uint64_t state_;
};

/// What the vault, ids of reservations and generations draw comes from here on from this number:
/// libsodium's random bytes, in this whole process and for good. Certificates' keys are OpenSSL's
/// and stay the machine's; nothing of a world depends on them.
void fix_random_bytes(std::uint64_t number);

}  // namespace keepsake::world
