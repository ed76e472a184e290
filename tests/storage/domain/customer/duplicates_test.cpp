// When two customers are one person.
#include "storage/domain/customer/duplicates.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/customer/similarity.hpp"

using namespace keepsake;

namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : std::string(text) + " ") {
    if (c != ' ' && c != ',') {
      word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, ""));
    }
  }
  return words;
}

struct Known {
  const char* name = "";
  const char* phone = "";
  const char* email = "";
  const char* card = "";
  const char* birthday = "";
  const char* address = "";
  const char* postcode = "";
};

Traits person(const Known& known) {
  Profile typed;
  typed.name = known.name;
  typed.phone = known.phone;
  typed.email = known.email;
  typed.address = known.address;
  if (const auto date = parse_date(known.birthday)) typed.birthday = *date;
  CustomerProfile profile = candidate_of(typed, known.card);
  if (*known.postcode != 0) profile.fields.push_back({"postcode", known.postcode, {}});
  return traits_of(profile, split);
}

enum class Verdict { no, possible, likely, certain };

Verdict verdict(const Similarity& similarity) {
  if (similarity.score >= similarity::certain_from) return Verdict::certain;
  if (similarity.score >= similarity::likely_from) return Verdict::likely;
  return similarity.score >= similarity::possible_from ? Verdict::possible : Verdict::no;
}

std::string reasons(const Similarity& similarity) {
  std::string words;
  for (const auto reason : similarity.reasons)
    words.append(words.empty() ? "" : ", ").append(name_of(reason));
  return words;
}

}  // namespace

TEST_CASE("jaro and winkler as published") {
  const struct {
    const char *one, *other;
    int alike;
  } table[] = {
      // Winkler 1990, and the usual examples of the Census Bureau's string comparator.
      {"martha", "marhta", 961},
      {"dixon", "dicksonx", 813},
      {"dwayne", "duane", 840},
      {"jones", "johnson", 832},
      {"abroms", "abrams", 922},
      {"nichleson", "nichulson", 956},
      {"massey", "massie", 933},
      {"hardin", "martinez", 722},
      {"itman", "smith", 467},
      {"jeraldine", "geraldine", 926},
      {"same", "same", 1000},
      {"abc", "xyz", 0},
      {"", "", 1000},
      {"", "a", 0},
      {"олена", "олени", 920},
  };
  for (const auto& row : table) {
    CAPTURE(row.one);
    CHECK(jaro_winkler(row.one, row.other) == row.alike);
    CHECK(jaro_winkler(row.other, row.one) == row.alike);
  }
}

TEST_CASE("words are alike in any order and across scripts") {
  const auto alike = [](std::string_view one, std::string_view other) {
    auto a = split(one), b = split(other);
    for (auto* list : {&a, &b})
      for (auto& word : *list) word = romanised(word);
    return words_alike(a, b);
  };
  CHECK(alike("Ingrid Haugen", "haugen ingrid") == 1000);
  CHECK(alike("олена шевченко", "Olena Shevchenko") == 1000);
  CHECK(alike("андріи мельник", "Andriy Melnyk") >= similarity::same_from);
  CHECK(alike("Ingrid Haugen", "Ingrid Marie Haugen") >= similarity::alike_from);
  CHECK(alike("I Haugen", "Ingrid Haugen") >= similarity::alike_from);
  CHECK(alike("Ingrid Haugen", "Ingird Haugen") >= similarity::same_from);
  CHECK(alike("Ingrid Haugen", "Ola Nordmann") < similarity::other_below);
  CHECK(alike("", "Ola") == 0);
}

TEST_CASE("one key of a Cyrillic word, by which databases find people") {
  // Words as they are folded. A change here needs another similarity_keys_version.
  const std::pair<const char*, const char*> table[] = {{"\u0449\u043E\u0440\u0441", "shchors"},
                                                       {"\u0454\u0432\u0433\u0435\u043D", "ievhen"},
                                                       {"\u0458\u043E\u0432\u0430\u043D", "jovan"},
                                                       {"\u0452\u043E\u0440\u0452\u0435", "dorde"},
                                                       {"\u0491\u0430\u043B\u0430", "gala"},
                                                       {"\u044A\u044C", ""},
                                                       {"\u0471", ""},
                                                       {"olena", "olena"}};
  for (const auto& [word, key] : table) {
    CAPTURE(key);
    CHECK(romanised(word) == key);
  }
}

TEST_CASE("soundex as Knuth has it") {
  const std::pair<const char*, const char*> table[] = {
      {"euler", "e460"},    {"gauss", "g200"},       {"hilbert", "h416"}, {"knuth", "k530"},
      {"lloyd", "l300"},    {"ellery", "e460"},      {"pfister", "p236"}, {"tymczak", "t522"},
      {"ashcraft", "a261"}, {"lukasiewicz", "l222"}, {"7", ""},           {"", ""}};
  for (const auto& [word, code] : table) {
    CAPTURE(word);
    CHECK(soundex(word) == code);
  }
}

TEST_CASE("an e-mail is compared as its mailbox") {
  CHECK(comparable_email("Ingrid.Haugen@example.no") == "ingrid.haugen@example.no");
  CHECK(comparable_email("ingrid+shop@example.no") == "ingrid@example.no");
  CHECK(comparable_email("i.h.augen+x@googlemail.com") == "ihaugen@gmail.com");
  CHECK(comparable_email("+47@example.no") == "+47@example.no");
  CHECK(comparable_email("a.b@example.no") != comparable_email("ab@example.no"));
}

namespace {

const char* const her_phone = "+4791234417";
const struct {
  const char* story;
  Known one, other;
  Verdict verdict;
  const char* reasons;
} decisions[] = {
    {"the same phone and name",
     {.name = "Ingrid Haugen", .phone = her_phone},
     {.name = "Haugen, Ingrid", .phone = her_phone},
     Verdict::certain,
     "phone, name"},
    {"the same e-mail and name",
     {.name = "Ingrid Haugen", .email = "ih@example.no"},
     {.name = "Ingird Haugen", .email = "IH+club@example.no"},
     Verdict::certain,
     "email, name"},
    {"a card and a name",
     {.name = "Ingrid Haugen", .card = "C-1"},
     {.name = "Ingrid Haugen", .card = "C-1"},
     Verdict::certain,
     "card, name"},
    {"phone and e-mail and no names",
     {.phone = her_phone, .email = "ih@example.no"},
     {.phone = her_phone, .email = "ih@example.no"},
     Verdict::certain,
     "email, phone"},
    {"everything but a phone",
     {.name = "Ingrid Haugen", .birthday = "1961-02-28", .address = "Storgata 1, Oslo"},
     {.name = "Ingrid Haugen", .birthday = "1961-02-28", .address = "Storgata 1 Oslo"},
     Verdict::certain,
     "name, birthday, address"},
    {"a nickname and the phone",
     {.name = "Ingrid", .phone = her_phone},
     {.name = "Ingrid", .phone = her_phone},
     Verdict::likely,
     "phone, similar name"},
    {"the same name and birthday",
     {.name = "Ingrid Haugen", .birthday = "1961-02-28"},
     {.name = "Ingrid Haugen", .birthday = "1961-02-28"},
     Verdict::likely,
     "name, birthday"},
    {"the same name at the same address",
     {.name = "Ingrid Haugen", .address = "Storgata 1, 0155 Oslo"},
     {.name = "Ingrid Haugen", .address = "Storgata 1, 0155 Oslo"},
     Verdict::likely,
     "name, address"},
    {"across scripts",
     {.name = "шевченко олена", .phone = her_phone},
     {.name = "Olena Shevchenko", .phone = her_phone},
     Verdict::certain,
     "phone, name"},
    {"a birthday with day and month swapped says nothing",
     {.name = "Ingrid Haugen", .phone = her_phone, .birthday = "1961-03-02"},
     {.name = "Ingrid Haugen", .phone = her_phone, .birthday = "1961-02-03"},
     Verdict::certain,
     "phone, name"},
    {"father and son of one name at one phone",
     {.name = "Per Haugen", .phone = her_phone, .birthday = "1961-02-28"},
     {.name = "Per Haugen", .phone = her_phone, .birthday = "1994-11-07"},
     Verdict::possible,
     "phone, name, other birthday"},
    {"a couple with one phone",
     {.name = "Ingrid Haugen", .phone = her_phone},
     {.name = "Torbjorn Lie", .phone = her_phone},
     Verdict::no,
     "phone, other name"},
    {"a couple with one phone and one mailbox",
     {.name = "Ingrid Haugen", .phone = her_phone, .email = "us@example.no"},
     {.name = "Torbjorn Lie", .phone = her_phone, .email = "us@example.no"},
     Verdict::likely,
     "email, phone, other name"},
    {"a couple of one surname with one phone and one mailbox",
     {.name = "Ola Nordmann", .phone = her_phone, .email = "us@example.no"},
     {.name = "Kari Nordmann", .phone = her_phone, .email = "us@example.no"},
     Verdict::likely,
     "email, phone, other name"},
    {"a couple of one surname in one home",
     {.name = "Ola Nordmann",
      .phone = her_phone,
      .email = "us@example.no",
      .address = "Storgata 1"},
     {.name = "Kari Nordmann",
      .phone = her_phone,
      .email = "us@example.no",
      .address = "Storgata 1"},
     Verdict::likely,
     "email, phone, address, other name"},
    {"sisters of one phone and one mailbox",
     {.name = "Lise Berg", .phone = her_phone, .email = "us@example.no"},
     {.name = "Lisa Berg", .phone = her_phone, .email = "us@example.no"},
     Verdict::likely,
     "email, phone, similar name"},
    {"brothers of one phone and one mailbox",
     {.name = "Jan Berg", .phone = her_phone, .email = "us@example.no"},
     {.name = "Jon Berg", .phone = her_phone, .email = "us@example.no"},
     Verdict::likely,
     "email, phone, other name"},
    {"an initial may be anybody's of the household",
     {.name = "I Berg", .phone = her_phone, .email = "us@example.no"},
     {.name = "Ivar Berg", .phone = her_phone, .email = "us@example.no"},
     Verdict::likely,
     "email, phone, similar name"},
    {"a letter mistyped, and the birthday agrees",
     {.name = "Lise Berg", .phone = her_phone, .email = "l@example.no", .birthday = "1961-02-28"},
     {.name = "Lisa Berg", .phone = her_phone, .email = "l@example.no", .birthday = "1961-02-28"},
     Verdict::certain,
     "email, phone, similar name, birthday"},
    {"two of one name, one phone, one mailbox and one address, born twenty years apart",
     {.name = "Per Vik",
      .phone = her_phone,
      .email = "vik@example.no",
      .birthday = "1950-05-05",
      .address = "Havnegata 12"},
     {.name = "Per Vik",
      .phone = her_phone,
      .email = "vik@example.no",
      .birthday = "1970-05-05",
      .address = "Havnegata 12"},
     Verdict::likely,
     "email, phone, name, address, other birthday"},
    {"a phone kept with the country's code twice",
     {.name = "Ingrid Haugen", .phone = "+474791234417"},
     {.name = "Ingrid Haugen", .phone = her_phone},
     Verdict::certain,
     "phone, name"},
    {"neighbours",
     {.name = "Ingrid Haugen", .address = "Storgata 1, Oslo"},
     {.name = "Ingrid Haugen", .address = "Storgata 3, Oslo"},
     Verdict::possible,
     "name"},
    {"the same name and nothing else",
     {.name = "Ingrid Haugen"},
     {.name = "Ingrid Haugen"},
     Verdict::possible,
     "name"},
    {"a phone and nothing else",
     {.phone = her_phone},
     {.phone = her_phone},
     Verdict::possible,
     "phone"},
    {"nothing known", {}, {}, Verdict::no, ""},
};

}  // namespace

TEST_CASE("what a shop's people would decide") {
  for (const auto& row : decisions) {
    CAPTURE(row.story);
    const Similarity similarity = compare(person(row.one), person(row.other));
    CHECK(verdict(similarity) == row.verdict);
    CHECK(reasons(similarity) == row.reasons);
    CHECK(compare(person(row.other), person(row.one)) == similarity);
  }
}

TEST_CASE("nobody is certainly somebody while anything speaks against it") {
  CHECK(rc::check([] {
    const auto known = [] {
      const auto one_of = [](std::initializer_list<const char*> list) {
        return *rc::gen::elementOf(std::vector<const char*>(list));
      };
      return Known{one_of({"", "Ola Berg", "Kari Berg", "Lise Berg", "Lisa Berg", "Ola", "O Berg"}),
                   one_of({"", her_phone}),
                   one_of({"", "us@example.no"}),
                   one_of({"", "C-1"}),
                   one_of({"", "1961-02-28", "1961-02-27", "1990-01-01"}),
                   one_of({"", "Storgata 1, Oslo"}),
                   one_of({"", "0155"})};
    };
    const Traits one = person(known()), other = person(known());
    const Similarity similarity = compare(one, other);
    RC_ASSERT(compare(other, one) == similarity);
    RC_ASSERT(!similarity.against() || !similarity.certain());
    RC_ASSERT(reasons(similarity).find("other") == std::string::npos || similarity.against());
  }));
}

TEST_CASE("whoever is likely to be one shares a key or a contact") {
  // A pair that scores as likely without a shared phone or card must be found by its keys.
  const Known base{"Ingrid Haugen",         "", "ih@example.no", "", "1961-02-28",
                   "Storgata 1, 0155 Oslo", ""};
  const Known others[] = {
      {.name = "Ingrid Haugen", .birthday = "1961-02-28"},
      {.name = "Ingrid Haugan", .address = "Storgata 1, 0155 Oslo"},
      {.name = "Haugen Ingrid", .address = "Storgata 1, 0155 Oslo"},
      {.name = "Ingrid Haugen", .birthday = "1961-02-28", .postcode = "0155"},
      {.name = "Ingrid Haugen", .email = "IH@example.no"},
  };
  const auto keys = similarity_keys(person(base));
  for (const Known& each : others) {
    CHECK(compare(person(base), person(each)).score >= similarity::likely_from);
    const auto theirs = similarity_keys(person(each));
    CHECK(std::any_of(theirs.begin(), theirs.end(), [&](std::int64_t key) {
      return std::binary_search(keys.begin(), keys.end(), key);
    }));
  }
}

TEST_CASE("words without a letter are like nothing") {
  const std::vector<std::string> none{""};
  CHECK(words_alike(none, none) == 0);
  CHECK(words_alike(none, std::vector<std::string>{"ada"}) == 0);
}

TEST_CASE("similarity is symmetric and bounded for any words") {
  CHECK(rc::check([] {
    const auto word = rc::gen::container<std::string>(rc::gen::inRange('a', 'f'));
    const auto words = rc::gen::container<std::vector<std::string>>(word);
    const auto one = *words, other = *words;
    const int alike = words_alike(one, other);
    RC_ASSERT(alike >= 0);
    RC_ASSERT(alike <= 1000);
    if (one.size() == 1 && other.size() == 1) RC_ASSERT(alike == words_alike(other, one));
    const auto a = *rc::gen::string<std::string>(), b = *rc::gen::string<std::string>();
    RC_ASSERT(jaro_winkler(a, b) == jaro_winkler(b, a));
    RC_ASSERT(jaro_winkler(a, a) == 1000);
    RC_ASSERT(jaro_winkler(a, b) <= 1000);
  }));
}
