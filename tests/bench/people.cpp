#include "tests/bench/people.hpp"

#include <string_view>

namespace keepsake::bench {

namespace {

std::string in_cyrillic(const std::string& latin) {
  static constexpr std::string_view from = "abdefghijklmnoprstuv";
  static constexpr const char* to[] = {"а", "б", "д", "е", "ф", "г", "х", "и", "й", "к",
                                       "л", "м", "н", "о", "п", "р", "с", "т", "у", "в"};
  std::string made;
  for (const char c : latin) made += to[from.find(c)];
  return made;
}

}  // namespace

People::People(std::uint64_t seed) : random_(seed) {
  for (int i = 0; i < 3000; ++i) first_.push_back(word(2));
  for (int i = 0; i < 40'000; ++i) last_.push_back(word(3));
}

Person People::next(std::size_t n) {
  const bool cyrillic = random_() % 10 == 0;
  const std::string& first = first_[skewed(first_.size())];
  const std::string& last = last_[skewed(last_.size())];
  Person person;
  person.name = cyrillic ? in_cyrillic(first) + " " + in_cyrillic(last) : first + " " + last;
  if (random_() % 10 == 0) person.name += " " + last_[skewed(last_.size())];
  person.phone = (cyrillic ? "+380" : "+47") + std::to_string(40'000'000 + random_() % 59'999'999);
  person.email = first + "." + last + std::to_string(n) + "@example.no";
  person.card = std::to_string(2'900'000'000'000 + n * 7919 % 10'000'000'000);
  return person;
}

std::size_t People::skewed(std::size_t size) {
  const double u = std::uniform_real_distribution<double>(0, 1)(random_);
  return static_cast<std::size_t>(u * u * u * static_cast<double>(size));
}

std::string People::word(int syllables) {
  static constexpr const char* begin[] = {"b", "d", "f", "g", "h", "j", "k",  "l",  "m",
                                          "n", "p", "r", "s", "t", "v", "st", "br", ""};
  static constexpr const char* vowel[] = {"a", "e", "i", "o", "u"};
  static constexpr const char* end[] = {"", "", "", "n", "r", "s", "l"};
  std::string made;
  for (int i = 0; i < syllables; ++i)
    made += std::string(begin[random_() % 18]) + vowel[random_() % 5] + end[random_() % 7];
  return made;
}

}  // namespace keepsake::bench
