// All pairs of people who may be one. Comparing everybody with everybody takes n²; only those who
// share a phone, an e-mail, a card or a similarity key are compared ("blocking", Fellegi and Sunter
// 1969).
#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "storage/records/core/people.hpp"
#include "storage/records/core/tokenize.hpp"
#include "storage/records/customers/duplicates.hpp"
#include "storage/records/customers/profiles.hpp"

namespace keepsake::records {

namespace {

constexpr Sql living{"pairs.living",
                     "SELECT ref, at_ms, fact FROM customer WHERE erased_by IS NULL ORDER BY ref"};
constexpr Sql aliases{"pairs.aliases",
                      "SELECT merged, kept FROM customer_merge WHERE undone_by IS NULL"};
constexpr Sql apart{"pairs.apart", "SELECT one, other FROM customer_apart"};
constexpr Sql by_key{"pairs.by-key", "SELECT key, customer FROM customer_likeness ORDER BY key"};
constexpr Sql by_contact{"pairs.by-contact",
                         "SELECT kind, look_up, customer FROM customer_contact"
                         " WHERE look_up IS NOT NULL ORDER BY kind, look_up, fact"};

constexpr std::size_t block_most = 300;
constexpr std::size_t pairs_most = 8'000'000;  // 64 MiB of them
constexpr std::size_t chain_most = 1000;

struct RefHash {
  std::size_t operator()(const CustomerRef& ref) const {
    std::size_t bits = 0;  // references are random bytes
    std::memcpy(&bits, ref.bytes.data(), sizeof bits);
    return bits;
  }
};

using Person = std::uint32_t;
constexpr Person nobody_here = 0xFFFFFFFF;

/// Living people by number; merged references lead to the one that is kept.
class People {
 public:
  explicit People(Database& database) {
    {
      auto row = database.query(living);
      while (row->step()) {
        number_.emplace(customer_ref(*row, 0), static_cast<Person>(refs_.size()));
        refs_.push_back(customer_ref(*row, 0));
        since_.push_back({row->integer(1), bytes16(*row, 2)});
      }
    }
    kept_.resize(refs_.size(), nobody_here);
    {
      auto row = database.query(aliases);
      while (row->step()) {
        const Person merged = number(customer_ref(*row, 0));
        const Person kept = number(customer_ref(*row, 1));
        if (merged != nobody_here && kept != nobody_here) kept_[merged] = kept;
      }
    }
    references_.resize(refs_.size());
    for (Person each = 0; each < refs_.size(); ++each) {
      const Person person = canonical(each);
      references_[person].push_back(each);
      since_[person] = std::min(since_[person], since_[each]);
    }
  }

  Person of(const CustomerRef& ref) const {
    const Person found = number(ref);
    return found == nobody_here ? found : canonical(found);
  }
  const CustomerRef& ref(Person person) const { return refs_[person]; }
  /// When they became members; of one import, or one moment, in which order.
  const Since& since(Person person) const { return since_[person]; }

  /// What all references of a person know; the kept one's fields first.
  Traits traits(Database& database, Person person) const {
    CustomerProfile profile;
    std::vector<Person> order = references_[person];
    std::stable_partition(order.begin(), order.end(), [&](Person p) { return p == person; });
    for (const Person each : order) {
      for (FieldValue& field : fields_of(database, refs_[each]))
        if (profile.value(field.field).empty()) profile.fields.push_back(std::move(field));
      for (Contact& contact : contacts_of(database, refs_[each]))
        profile.contacts.push_back(std::move(contact));
    }
    return traits_of(profile, words_of);
  }

 private:
  Person number(const CustomerRef& ref) const {
    const auto found = number_.find(ref);
    return found == number_.end() ? nobody_here : found->second;
  }
  Person canonical(Person person) const {
    for (std::size_t step = 0; step < chain_most; ++step) {
      if (kept_[person] == nobody_here) return person;
      person = kept_[person];
    }
    throw_damaged("a merge");
  }

  std::vector<CustomerRef> refs_;
  std::vector<Since> since_;
  std::vector<Person> kept_;
  std::vector<std::vector<Person>> references_;
  std::unordered_map<CustomerRef, Person, RefHash> number_;
};

using PersonPair = std::pair<Person, Person>;  // the lower number first

/// Everybody who shares a value, and the pairs among them.
class Blocks {
 public:
  void add(Person person) {
    if (person != nobody_here) block_.push_back(person);
  }
  void end() {
    std::sort(block_.begin(), block_.end());
    block_.erase(std::unique(block_.begin(), block_.end()), block_.end());
    if (block_.size() <= block_most && pairs_.size() < pairs_most)
      for (std::size_t i = 0; i < block_.size(); ++i)
        for (std::size_t j = i + 1; j < block_.size(); ++j)
          pairs_.emplace_back(block_[i], block_[j]);
    block_.clear();
    if (pairs_.size() >= pairs_most) thin();
  }
  std::vector<PersonPair> done() {
    thin();
    return std::move(pairs_);
  }

 private:
  void thin() {
    std::sort(pairs_.begin(), pairs_.end());
    pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
  }

  std::vector<Person> block_;
  std::vector<PersonPair> pairs_;
};

std::vector<PersonPair> candidates(Database& database, const People& people) {
  Blocks blocks;
  {
    auto row = database.query(by_key);
    std::optional<std::int64_t> key;
    while (row->step()) {
      if (key && *key != row->integer(0)) blocks.end();
      key = row->integer(0);
      blocks.add(people.of(customer_ref(*row, 1)));
    }
    blocks.end();
  }
  auto row = database.query(by_contact);
  std::string value;
  std::int64_t kind = 0;
  while (row->step()) {
    if (kind != row->integer(0) || value != row->blob(1)) blocks.end();
    kind = row->integer(0);
    value = row->blob(1);
    blocks.add(people.of(customer_ref(*row, 2)));
  }
  blocks.end();
  return blocks.done();
}

std::vector<PersonPair> told_apart(Database& database, const People& people) {
  std::vector<PersonPair> found;
  auto row = database.query(apart);
  while (row->step()) {
    const Person one = people.of(customer_ref(*row, 0));
    const Person other = people.of(customer_ref(*row, 1));
    if (one != nobody_here && other != nobody_here) found.push_back(std::minmax(one, other));
  }
  std::sort(found.begin(), found.end());
  return found;
}

DuplicatePair named(const People& people, const PersonPair& pair, Similarity similarity) {
  auto [one, other] = pair;
  if (people.since(other) < people.since(one)) std::swap(one, other);
  return {people.ref(one), people.ref(other), std::move(similarity)};
}

}  // namespace

std::vector<DuplicatePair> duplicates(Database& database, int least_score, std::size_t limit) {
  const People people(database);
  const auto apart_pairs = told_apart(database, people);
  std::unordered_map<Person, Traits> known;
  const auto traits_of_one = [&](Person person) -> const Traits& {
    const auto [at, fresh] = known.try_emplace(person);
    if (fresh) at->second = people.traits(database, person);
    return at->second;
  };
  std::vector<DuplicatePair> found;
  for (const PersonPair& pair : candidates(database, people)) {
    if (std::binary_search(apart_pairs.begin(), apart_pairs.end(), pair)) continue;
    const Traits& one = traits_of_one(pair.first);  // references into the map stay where they are
    Similarity similarity = compare(one, traits_of_one(pair.second));
    if (similarity.score >= least_score)
      found.push_back(named(people, pair, std::move(similarity)));
  }
  const auto since = [&](const CustomerRef& ref) -> const Since& {
    return people.since(people.of(ref));
  };
  std::ranges::sort(found, [&](const DuplicatePair& a, const DuplicatePair& b) {
    if (a.similarity.score != b.similarity.score) return a.similarity.score > b.similarity.score;
    return std::tie(since(a.one), since(a.other)) < std::tie(since(b.one), since(b.other));
  });
  if (found.size() > limit) found.resize(limit);
  return found;
}

}  // namespace keepsake::records
