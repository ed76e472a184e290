#include "storage/domain/customer/duplicates.hpp"

#include <algorithm>

#include "storage/domain/customer/phone.hpp"
#include "storage/domain/customer/similarity.hpp"
#include "storage/domain/values/ascii.hpp"

namespace keepsake {

namespace {

// See the table in tests/storage/domain/customer/duplicates_test.cpp.
constexpr int card_adds = 800;
constexpr int email_adds = 550;
constexpr int phone_adds = 500;
constexpr int name_adds = 400;
constexpr int similar_name_adds = 250;
constexpr int birthday_adds = 350;
constexpr int address_adds = 250;
constexpr int postcode_adds = 100;
constexpr int other_name_takes = 250;  // people of one household share phones and addresses
constexpr int other_birthday_takes = 400;
constexpr int most = 1000;
constexpr std::size_t words_keyed = 3;

bool share_one(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  auto a = one.begin();
  auto b = other.begin();
  while (a != one.end() && b != other.end()) {
    if (*a == *b) return true;
    *a < *b ? ++a : ++b;
  }
  return false;
}

/// 1979-12-03 and 1979-03-12: as some write dates and others read them.
bool swapped(Date one, Date other) {
  return one.year() == other.year() && unsigned{one.month()} == unsigned{other.day()} &&
         unsigned{one.day()} == unsigned{other.month()};
}

/// One digit apart: as fingers go wrong, or as a father and a son were born.
bool mistyped(Date one, Date other) {
  const std::string a = to_iso(one), b = to_iso(other);
  int apart = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) apart += a[i] != b[i] ? 1 : 0;
  return a.size() == b.size() && apart == 1;
}

class Evidence {
 public:
  void add(SimilarityReason reason, int weight) {
    similarity_.reasons.push_back(reason);
    sum_ += weight;
  }
  Similarity done() {
    std::sort(similarity_.reasons.begin(), similarity_.reasons.end());
    const bool asked = similarity_.against() || only_alike();
    similarity_.score = std::clamp(sum_, 0, asked ? similarity::certain_from - 1 : most);
    return std::move(similarity_);
  }

 private:
  bool has(SimilarityReason reason) const {
    return std::ranges::find(similarity_.reasons, reason) != similarity_.reasons.end();
  }
  /// Sisters share a surname, a phone and a mailbox, and are called Lise and Lisa.
  bool only_alike() const {
    return has(SimilarityReason::similar_name) && !has(SimilarityReason::birthday) &&
           !has(SimilarityReason::card);
  }

  Similarity similarity_;
  int sum_ = 0;
};

void weigh_name(const Traits& one, const Traits& other, Evidence& evidence) {
  if (one.name.empty() || other.name.empty()) return;
  const int alike = words_alike(one.name, other.name);
  const WordAgreement words = words_agree(one.name, other.name, similarity::alike_from);
  // Half the town may be called Olena: one word alone is never the whole name.
  const bool whole = std::min(one.name.size(), other.name.size()) > 1;
  if (words == WordAgreement::other)
    evidence.add(SimilarityReason::other_name, -other_name_takes);
  else if (alike >= similarity::same_from && whole)
    evidence.add(
        words == WordAgreement::same ? SimilarityReason::name : SimilarityReason::similar_name,
        name_adds);
  else if (alike >= similarity::alike_from)
    evidence.add(SimilarityReason::similar_name, similar_name_adds);
}

void weigh_birthday(const Traits& one, const Traits& other, Evidence& evidence) {
  if (!one.birthday || !other.birthday) return;
  if (*one.birthday == *other.birthday)
    evidence.add(SimilarityReason::birthday, birthday_adds);
  else if (!swapped(*one.birthday, *other.birthday))
    evidence.add(SimilarityReason::other_birthday,
                 mistyped(*one.birthday, *other.birthday) ? 0 : -other_birthday_takes);
}

bool has_digit(const std::string& word) {
  return std::any_of(word.begin(), word.end(), is_digit<char>);
}

std::vector<std::string> numbers_in(const std::vector<std::string>& words) {
  std::vector<std::string> found;
  std::copy_if(words.begin(), words.end(), std::back_inserter(found), has_digit);
  return found;
}

/// Words alone would make neighbours in one street the same household.
bool same_address(const Traits& one, const Traits& other) {
  if (words_alike(one.address, other.address) < similarity::alike_from) return false;
  const auto a = numbers_in(one.address), b = numbers_in(other.address);
  return a.empty() || b.empty() || share_one(a, b);
}

void weigh_place(const Traits& one, const Traits& other, Evidence& evidence) {
  if (same_address(one, other))
    evidence.add(SimilarityReason::address, address_adds);
  else if (!one.postcode.empty() && one.postcode == other.postcode)
    evidence.add(SimilarityReason::postcode, postcode_adds);
}

void keep_sorted(std::vector<std::string>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

void add_words(std::string_view text, Words words, std::vector<std::string>& into) {
  for (const std::string& word : words(text)) {
    std::string latin = romanised(word);
    if (!latin.empty()) into.push_back(std::move(latin));
  }
}

/// FNV-1a, 64 bits: the same on every machine and for ever, as keys in a file have to be.
std::int64_t key(std::initializer_list<std::string_view> parts) {
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto take = [&hash](char c) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  };
  for (const std::string_view part : parts) {
    for (const char c : part) take(c);
    take('\x1F');
  }
  return static_cast<std::int64_t>(hash);
}

/// Where somebody lives, as short as tells streets and towns apart: the postcode, else the longest
/// number of the address.
std::string place_of(const Traits& person) {
  if (!person.postcode.empty()) return person.postcode;
  std::string longest;
  for (const std::string& number : numbers_in(person.address))
    if (number.size() > longest.size()) longest = number;
  return longest;
}

}  // namespace

std::string comparable_email(std::string_view normalised) {
  std::string email(normalised);
  std::transform(email.begin(), email.end(), email.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const auto at = email.find('@');
  if (at == std::string::npos) return email;
  std::string local = email.substr(0, at);
  std::string domain = email.substr(at + 1);
  if (const auto tag = local.find('+'); tag != std::string::npos && tag > 0) local.resize(tag);
  if (domain == "googlemail.com") domain = "gmail.com";
  if (domain == "gmail.com") local.erase(std::remove(local.begin(), local.end(), '.'), local.end());
  return local + "@" + domain;
}

CustomerProfile candidate_of(const Profile& typed, std::string_view card) {
  CustomerProfile candidate;
  const auto field = [&](std::string_view name, std::string value) {
    if (!value.empty()) candidate.fields.push_back({std::string(name), std::move(value), FactId{}});
  };
  const auto contact = [&](ContactKind kind, std::string_view value) {
    if (!value.empty())
      candidate.contacts.push_back({{}, CustomerRef{}, kind, std::string(value), ""});
  };
  field(customer_field::name, typed.name);
  if (typed.birthday) field(customer_field::birthday, to_iso(*typed.birthday));
  contact(ContactKind::phone, typed.phone);
  contact(ContactKind::email, typed.email);
  contact(ContactKind::card, card);
  contact(ContactKind::address, typed.address);
  return candidate;
}

Traits traits_of(const CustomerProfile& profile, Words words) {
  Traits person;
  for (const Contact& each : profile.contacts) {
    switch (each.kind) {
      case ContactKind::phone:
        person.phones.push_back(comparable_phone(each.value));
        break;
      case ContactKind::email:
        person.emails.push_back(comparable_email(each.value));
        break;
      case ContactKind::card:
      case ContactKind::key_fob:
        person.cards.push_back(each.value);
        break;
      case ContactKind::address:
        add_words(each.value, words, person.address);
        break;
      case ContactKind::label:
        break;
    }
  }
  add_words(profile.value(customer_field::name), words, person.name);
  if (const auto date = parse_date(profile.value(customer_field::birthday)))
    person.birthday = *date;
  for (const std::string& word : words(profile.value(customer_field::postcode)))
    person.postcode += word;
  for (auto* list : {&person.phones, &person.emails, &person.cards, &person.name, &person.address})
    keep_sorted(*list);
  return person;
}

std::string_view name_of(SimilarityReason reason) {
  switch (reason) {
    case SimilarityReason::card:
      return "card";
    case SimilarityReason::email:
      return "email";
    case SimilarityReason::phone:
      return "phone";
    case SimilarityReason::name:
      return "name";
    case SimilarityReason::similar_name:
      return "similar name";
    case SimilarityReason::birthday:
      return "birthday";
    case SimilarityReason::address:
      return "address";
    case SimilarityReason::postcode:
      return "postcode";
    case SimilarityReason::other_name:
      return "other name";
    case SimilarityReason::other_birthday:
      return "other birthday";
  }
  return "unknown";
}

bool Similarity::against() const {
  return std::ranges::any_of(reasons, [](SimilarityReason each) {
    return each == SimilarityReason::other_name || each == SimilarityReason::other_birthday;
  });
}

Similarity compare(const Traits& one, const Traits& other) {
  Evidence evidence;
  if (share_one(one.cards, other.cards)) evidence.add(SimilarityReason::card, card_adds);
  if (share_one(one.emails, other.emails)) evidence.add(SimilarityReason::email, email_adds);
  if (share_one(one.phones, other.phones)) evidence.add(SimilarityReason::phone, phone_adds);
  weigh_name(one, other, evidence);
  weigh_birthday(one, other, evidence);
  weigh_place(one, other, evidence);
  return evidence.done();
}

std::vector<std::int64_t> similarity_keys(const Traits& person) {
  std::vector<std::int64_t> keys;
  for (const std::string& email : person.emails) keys.push_back(key({"email", email}));
  // The longest words tell most.
  std::vector<std::string> words = person.name;
  std::stable_sort(words.begin(), words.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  if (words.size() > words_keyed) words.resize(words_keyed);
  const std::string place = place_of(person);
  for (const std::string& word : words) {
    if (person.birthday)
      keys.push_back(key({"birthday", to_iso(*person.birthday), word.substr(0, 1)}));
    const std::string sound = soundex(word);
    if (!place.empty() && !sound.empty() && word.size() > 1)
      keys.push_back(key({"place", sound, place}));
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace keepsake
