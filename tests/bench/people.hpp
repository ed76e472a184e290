#pragma once
// People who are not: names of syllables, few frequent and many rare, a tenth of them in Cyrillic.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace keepsake::bench {

struct Person {
  std::string name, phone, email, card;
};

/// The same people in the same order for the same seed.
class People {
 public:
  explicit People(std::uint64_t seed);
  /// The n-th; call it for 0, 1, 2 and so on.
  Person next(std::size_t n);

 private:
  std::size_t skewed(std::size_t size);
  std::string word(int syllables);

  std::mt19937_64 random_;
  std::vector<std::string> first_, last_;
};

}  // namespace keepsake::bench
