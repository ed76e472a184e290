#include "storage/records/customers/search_keys.hpp"

#include <algorithm>

#include "storage/domain/customer/calling_code.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/domain/values/unicode.hpp"
#include "storage/domain/values/utf8.hpp"
#include "storage/records/core/tokenize.hpp"
#include "storage/records/customers/spellings.hpp"

namespace keepsake::records {

namespace {

constexpr std::size_t name_words = 8;
constexpr std::size_t words_typed = 8;
constexpr std::size_t bytes_typed = 200;
constexpr std::size_t phone_end_digits = 4;

bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == U'`' || c == U'\u2019' || c == U'\u2018' || c == U'\u02BC' ||
         c == U'\u02B9';
}

std::string without_apostrophes(std::string_view text, std::string_view instead) {
  std::string out;
  while (!text.empty()) {
    const std::string_view rest = text;
    if (is_apostrophe(take_code_point(text)))
      out += instead;
    else
      out += rest.substr(0, rest.size() - text.size());
  }
  return out;
}

void add(std::vector<std::string>& to, std::string text) {
  if (std::ranges::find(to, text) == to.end()) to.push_back(std::move(text));
}

std::string key(KeyKind kind, std::string_view rest) {
  return std::string(1, static_cast<char>(kind)).append(rest);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// One word as it is searched: as written, and in Latin letters where it is Cyrillic.
struct Spelled {
  std::vector<std::string> native;
  std::vector<std::string> latin;  ///< of a word without Cyrillic: as `native`
};

Spelled spelled(std::string_view word) {
  Spelled spelled{words_of(word), {}};
  for (const std::string& latin : latin_spellings(word))
    for (std::string& each : words_of(latin)) add(spelled.latin, std::move(each));
  if (spelled.latin.empty()) spelled.latin = spelled.native;
  return spelled;
}

/// The text parted at blanks, hyphens and the like, of whatever script.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  std::string part;
  while (!text.empty()) {
    const std::string_view rest = text;
    const char32_t c = take_code_point(text);
    const std::string_view sign = rest.substr(0, rest.size() - text.size());
    const bool parting = !is_mark(c) && words_of(sign).empty();
    if (!parting) part += sign;
    if ((parting || text.empty()) && !words_of(part).empty()) add(parts, part);
    if (parting) part.clear();
  }
  return parts;
}

/// An apostrophe joins, and parts as well.
std::vector<Spelled> words_of_name(std::string_view name) {
  std::vector<std::string> parts;
  for (const char* instead : {"", " "})
    for (std::string& part : parts_of(without_apostrophes(name, instead)))
      add(parts, std::move(part));
  if (parts.size() > name_words) parts.resize(name_words);
  std::vector<Spelled> words;
  words.reserve(parts.size());
  for (const std::string& part : parts) words.push_back(spelled(part));
  return words;
}

std::string digits_in(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (is_digit(c)) digits += c;
  return digits;
}

/// A part of a number as people type it: digits and what they put between them.
bool is_number_part(std::string_view token) {
  return token.find_first_not_of("0123456789+-()./") == std::string_view::npos &&
         token.find_first_of("0123456789+") != std::string_view::npos;
}

/// What is typed (tidied), parted at blanks; the parts of a number are one.
std::vector<std::string> tokens_of(std::string_view typed) {
  std::vector<std::string> tokens;
  bool number = false;
  for (std::size_t at = typed.find_first_not_of(" \t"); at != std::string_view::npos;) {
    const std::size_t end = std::min(typed.find_first_of(" \t", at), typed.size());
    const std::string_view token = typed.substr(at, end - at);
    const bool also = is_number_part(token);
    if (also && number)
      tokens.back() += token;
    else if (!words_of(token).empty())  // "-" asks for nothing
      tokens.emplace_back(token);
    number = also && !tokens.empty();
    at = typed.find_first_not_of(" \t", end);
  }
  if (tokens.size() > words_typed) tokens.resize(words_typed);
  return tokens;
}

/// Cards are printed in groups, and typed with and without the blanks between them.
std::string card_of(std::string_view typed) {
  std::string card = lower(typed);
  std::erase_if(card, [](char c) { return c == ' ' || c == '\t'; });
  return card;
}

void add_number(std::string_view token, Term& term) {
  const std::string digits = digits_in(token);
  if (digits.empty()) return;
  if (token.starts_with('+')) {
    add(term.others, key(KeyKind::phone, "+" + digits));
  } else {
    add(term.others, key(KeyKind::phone, digits));
    const bool abroad = digits.starts_with("00") && digits.size() > 2;
    if (abroad) add(term.others, key(KeyKind::phone, "+" + digits.substr(2)));
    if (!digits.starts_with('0')) add(term.others, key(KeyKind::phone, "+" + digits));
    // The 0 that many countries dial before a national number is no part of it.
    if (digits.starts_with('0') && digits.size() > 1 && !abroad)
      add(term.others, key(KeyKind::phone, digits.substr(1)));
  }
  if (digits.size() >= phone_end_digits) {
    add(term.others, key(KeyKind::phone_end, std::string(digits.rbegin(), digits.rend())));
    term.telling = true;
  }
}

/// What a word is kept as in an own field: as written and in Latin letters, and as it stands.
std::vector<std::string> words_in_field(std::string_view word) {
  std::vector<std::string> words;
  const Spelled both = spelled(word);
  for (const auto* spellings : {&both.native, &both.latin})
    for (const std::string& each : *spellings) add(words, each);
  add(words, lower(word));
  return words;
}

/// A token as a whole: what no name reading takes apart.
Term whole_term(const std::string& token, std::span<const std::string> fields) {
  Term term;
  const std::string bare = without_apostrophes(token, "");
  term.letters = token.size();
  if (is_number_part(token)) add_number(token, term);
  if (token.find('@') != std::string::npos)
    term.telling = true;
  else if (words_of(bare).size() == 1)
    for (const Spelled& word = spelled(bare); const auto* spellings : {&word.native, &word.latin})
      for (const std::string& each : *spellings) add(term.names, key(KeyKind::name, each));
  const std::string folded = lower(token);
  add(term.others, key(KeyKind::email, folded));
  add(term.others, key(KeyKind::card, folded));
  for (const std::string& field : fields)
    for (const std::string& word : words_in_field(token))
      add(term.others, key(KeyKind::field, field + ":" + word));
  return term;
}

/// "an anna" asks for no more than "anna" of somebody with one such word.
std::vector<Term> without_beginnings(const std::vector<Term>& terms) {
  std::vector<Term> kept;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    bool needed = true;
    for (std::size_t j = 0; j < terms.size() && needed && !terms[i].names.empty(); ++j) {
      if (i == j || terms[j].names.empty()) continue;
      const std::string& mine = terms[i].names.front();
      const std::string& other = terms[j].names.front();
      needed = !other.starts_with(mine) || (other == mine && i < j);
    }
    if (needed) kept.push_back(terms[i]);
  }
  return kept;
}

}  // namespace

std::vector<std::string> keys_of_name(std::string_view name) {
  const auto words = words_of_name(name);
  std::vector<std::string> keys;
  // Native words pair with native ones and Latin with Latin: what is typed in Cyrillic is looked
  // for in both.
  for (const auto spellings : {&Spelled::native, &Spelled::latin}) {
    if (words.size() == 1)
      for (const std::string& only : words[0].*spellings) keys.push_back(key(KeyKind::name, only));
    for (std::size_t i = 0; i < words.size(); ++i)
      for (std::size_t j = 0; j < words.size(); ++j)
        for (const std::string& one : words[i].*spellings)
          for (const std::string& other : words[j].*spellings)
            if (i != j) keys.push_back(key(KeyKind::name, one + " " + other));
  }
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::vector<std::string> keys_of_contact(ContactKind kind, std::string_view value) {
  switch (kind) {
    case ContactKind::phone: {
      const std::string digits = digits_in(value);
      return {key(KeyKind::phone, value), key(KeyKind::phone, national_part(value)),
              key(KeyKind::phone_end, std::string(digits.rbegin(), digits.rend()))};
    }
    case ContactKind::email:
      return {key(KeyKind::email, lower(value))};
    case ContactKind::card:
    case ContactKind::key_fob:
      return {key(KeyKind::card, card_of(value))};
    case ContactKind::address:
    case ContactKind::label:
      break;
  }
  return {};
}

std::vector<std::string> keys_of_field(std::string_view field, std::string_view value) {
  std::vector<std::string> keys;
  auto parts = parts_of(value);
  if (parts.size() > name_words) parts.resize(name_words);
  parts.push_back(std::string(first_bytes(value, bytes_typed)));  // "AB-12" as it stands
  const std::string before = std::string(field) + ":";
  for (const std::string& part : parts)
    for (const std::string& word : words_in_field(part))
      add(keys, key(KeyKind::field, before + word));
  return keys;
}

std::vector<std::vector<Term>> readings_of(std::string_view text,
                                           std::span<const std::string> fields) {
  const std::string tidy = tidied(text);
  const std::string_view typed = first_bytes(tidy, bytes_typed);
  std::vector<Term> whole, parted;
  bool two_ways = false;
  for (const std::string& token : tokens_of(typed)) {
    whole.push_back(whole_term(token, fields));
    const auto parts = parts_of(without_apostrophes(token, ""));
    const bool one = parts.size() == 1 || is_number_part(token) || whole.back().telling;
    two_ways = two_ways || !one;
    if (one) parted.push_back(whole.back());
    for (std::size_t i = 0; !one && i < parts.size() && parted.size() < words_typed; ++i)
      parted.push_back(whole_term(parts[i], fields));
  }
  std::vector<std::vector<Term>> readings;
  if (parted.empty()) return readings;
  auto fewer = without_beginnings(parted);
  const bool same = fewer.size() == parted.size();
  readings.push_back(std::move(parted));
  if (!same) readings.push_back(std::move(fewer));
  const bool groups = whole.size() > 1;
  if (two_ways) readings.push_back(std::move(whole));
  if (groups) {
    Term card;
    card.others = {key(KeyKind::card, card_of(typed))};
    readings.push_back({std::move(card)});
  }
  return readings;
}

}  // namespace keepsake::records
