#include "storage/domain/customer/similarity.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "storage/domain/customer/cyrillic.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake {

namespace {

constexpr std::size_t letters_most = 64;
constexpr std::size_t words_most = 12;
constexpr std::int64_t millionth = 1'000'000;
constexpr std::int64_t bonus_from = 700'000;
constexpr std::size_t bonus_letters = 4;
constexpr int initial_alike = 850;

/// The code points of a word, the first letters_most.
struct Letters {
  std::array<char32_t, letters_most> at{};
  std::size_t count = 0;

  explicit Letters(std::string_view text) {
    while (!text.empty() && count < letters_most) at[count++] = take_code_point(text);
  }
};

struct Pairing {
  std::array<bool, letters_most> one{}, other{};
  std::size_t matches = 0;
};

/// Equal letters no further apart than half the longer word.
Pairing pair_up(const Letters& one, const Letters& other) {
  Pairing pairing;
  const std::size_t half = std::max(one.count, other.count) / 2;
  const std::size_t reach = half > 0 ? half - 1 : 0;
  for (std::size_t i = 0; i < one.count; ++i) {
    const std::size_t from = i > reach ? i - reach : 0;
    const std::size_t to = std::min(i + reach + 1, other.count);
    for (std::size_t j = from; j < to; ++j) {
      if (pairing.other[j] || one.at[i] != other.at[j]) continue;
      pairing.one[i] = pairing.other[j] = true;
      ++pairing.matches;
      break;
    }
  }
  return pairing;
}

/// Half the paired letters that stand in another order.
std::size_t transpositions(const Letters& one, const Letters& other, const Pairing& pairing) {
  std::size_t moved = 0;
  std::size_t j = 0;
  for (std::size_t i = 0; i < one.count; ++i) {
    if (!pairing.one[i]) continue;
    while (!pairing.other[j]) ++j;
    if (one.at[i] != other.at[j]) ++moved;
    ++j;
  }
  return moved / 2;
}

bool is_cyrillic(char32_t c) { return c >= 0x400 && c <= 0x52F; }

std::size_t length_of(std::string_view word) { return Letters(word).count; }

bool is_initial(std::string_view one, std::string_view other) {
  const auto shorter = std::min(length_of(one), length_of(other));
  return shorter == 1 && one != other && (one.starts_with(other) || other.starts_with(one));
}

int word_alike(std::string_view one, std::string_view other) {
  return is_initial(one, other) ? initial_alike : jaro_winkler(one, other);
}

std::string without_doubles(std::string_view word) {
  std::string once;
  for (const char c : word)
    if (once.empty() || once.back() != c) once += c;
  return once;
}

/// Equal, or as fingers go wrong: two letters swapped, or one doubled. Another letter makes another
/// name: Lise and Lisa, Jan and Jon.
bool is_same_word(std::string_view one, std::string_view other) {
  if (one == other || without_doubles(one) == without_doubles(other)) return true;
  const auto [at, there] = std::ranges::mismatch(one, other);
  if (one.size() != other.size() || one.end() - at < 2) return false;
  return at[0] == there[1] && at[1] == there[0] && std::equal(at + 2, one.end(), there + 2);
}

int thousandths(std::int64_t millionths) { return static_cast<int>((millionths + 500) / 1000); }

struct WordPair {
  int alike;
  std::size_t one, other;
};

/// Each word of the shorter list with the most similar one that is left.
std::vector<WordPair> paired(std::span<const std::string> one, std::span<const std::string> other) {
  std::vector<WordPair> candidates;
  for (std::size_t i = 0; i < one.size(); ++i)
    for (std::size_t j = 0; j < other.size(); ++j)
      candidates.push_back({word_alike(one[i], other[j]), i, j});
  // By similarity, then by the words themselves, so that swapping the lists changes nothing.
  std::stable_sort(candidates.begin(), candidates.end(), [&](const auto& a, const auto& b) {
    if (a.alike != b.alike) return a.alike > b.alike;
    return one[a.one].size() + other[a.other].size() > one[b.one].size() + other[b.other].size();
  });
  std::vector<bool> taken_one(one.size()), taken_other(other.size());
  std::erase_if(candidates, [&](const WordPair& each) {
    if (taken_one[each.one] || taken_other[each.other]) return true;
    taken_one[each.one] = taken_other[each.other] = true;
    return false;
  });
  return candidates;
}

}  // namespace

int jaro_winkler(std::string_view one_text, std::string_view other_text) {
  const Letters one(one_text), other(other_text);
  if (one.count == 0 || other.count == 0) return one.count == other.count ? 1000 : 0;
  const Pairing pairing = pair_up(one, other);
  if (pairing.matches == 0) return 0;
  const auto m = static_cast<std::int64_t>(pairing.matches);
  const auto a = static_cast<std::int64_t>(one.count);
  const auto b = static_cast<std::int64_t>(other.count);
  const std::int64_t in_order = m - static_cast<std::int64_t>(transpositions(one, other, pairing));
  // (m/a + m/b + in_order/m) / 3, in millionths, so that rounding comes once at the end.
  const std::int64_t jaro =
      millionth * (m * m * b + m * m * a + in_order * a * b) / (3 * a * b * m);
  if (jaro <= bonus_from) return thousandths(jaro);
  std::size_t same = 0;
  while (same < std::min({one.count, other.count, bonus_letters}) && one.at[same] == other.at[same])
    ++same;
  return thousandths(jaro + static_cast<std::int64_t>(same) * (millionth - jaro) / 10);
}

std::string romanised(std::string_view word) {
  std::string out;
  while (!word.empty()) {
    const std::string_view before = word;
    const char32_t c = take_code_point(word);
    if (const CyrillicLetter* letter = cyrillic_letter(c))
      out += letter->key();
    else if (!is_cyrillic(c))  // a letter of another language is dropped
      out += before.substr(0, before.size() - word.size());
  }
  return out;
}

int words_alike(std::span<const std::string> one, std::span<const std::string> other) {
  one = one.first(std::min(one.size(), words_most));
  other = other.first(std::min(other.size(), words_most));
  if (one.empty() || other.empty()) return 0;
  std::vector<bool> taken_one(one.size()), taken_other(other.size());
  std::int64_t sum = 0, weight = 0;
  for (const WordPair& each : paired(one, other)) {
    taken_one[each.one] = taken_other[each.other] = true;
    const auto letters =
        static_cast<std::int64_t>(length_of(one[each.one]) + length_of(other[each.other]));
    sum += 2 * letters * each.alike;
    weight += 2 * letters;
  }
  for (std::size_t i = 0; i < one.size(); ++i)
    if (!taken_one[i]) weight += static_cast<std::int64_t>(length_of(one[i]));
  for (std::size_t j = 0; j < other.size(); ++j)
    if (!taken_other[j]) weight += static_cast<std::int64_t>(length_of(other[j]));
  if (weight == 0) return 0;  // words without a letter are like nothing
  return static_cast<int>((2 * sum + weight) / (2 * weight));
}

WordAgreement words_agree(std::span<const std::string> one, std::span<const std::string> other,
                          int alike_from) {
  one = one.first(std::min(one.size(), words_most));
  other = other.first(std::min(other.size(), words_most));
  WordAgreement agreement = WordAgreement::same;
  for (const WordPair& each : paired(one, other)) {
    const std::string& a = one[each.one];
    const std::string& b = other[each.other];
    if (is_same_word(a, b)) continue;
    if (each.alike < alike_from && !is_initial(a, b)) return WordAgreement::other;
    agreement = WordAgreement::alike;
  }
  return agreement;
}

std::string soundex(std::string_view word) {
  static constexpr std::string_view classes = "01230120022455012623010202";  // a-z; 0: not coded
  std::string code;
  char last = '0';
  for (const char c : word) {
    if (c < 'a' || c > 'z') continue;
    const char group = classes[static_cast<std::size_t>(c - 'a')];
    if (code.empty()) {
      code += c;
      last = group;
    } else {
      if (group != '0' && group != last) code += group;
      if (c != 'h' && c != 'w') last = group;  // they do not part two letters of one group
    }
    if (code.size() == 4) break;
  }
  if (!code.empty()) code.resize(4, '0');
  return code;
}

}  // namespace keepsake
