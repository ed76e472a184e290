#include "storage/records/customers/search.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "storage/domain/values/limits.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/customers/profiles.hpp"
#include "storage/records/customers/search_keys.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_key{"customer-search.put",
                      "INSERT INTO customer_search (key, customer) VALUES ($1, $2)"};
constexpr Sql drop_key{"customer-search.drop",
                       "DELETE FROM customer_search WHERE key = $1 AND customer = $2"};
constexpr Sql keys_now{"customer-search.keys", "SELECT search FROM customer WHERE ref = $1"};
constexpr Sql others_with{"customer-search.with-key",
                          "SELECT customer FROM customer_search WHERE key = $1 LIMIT $2"};
constexpr Sql range{"customer-search.range",
                    "SELECT key, customer FROM customer_search WHERE key >= $1 AND key < $2"
                    " ORDER BY key, customer"};
constexpr Sql first_in_range{"customer-search.first",
                             "SELECT key FROM customer_search WHERE key >= $1 AND key < $2"
                             " ORDER BY key LIMIT 1"};
constexpr Sql holders{"customer-search.holders",
                      "SELECT customer FROM customer_search WHERE key >= $1 AND key < $2 LIMIT $3"};
constexpr Sql holder{
    "customer-search.holder",
    "SELECT s.customer FROM customer_search s JOIN customer c ON c.ref = s.customer"
    " WHERE s.key = $1 AND c.erased_by IS NULL ORDER BY c.at_ms, c.fact LIMIT 1"};
constexpr Sql shown{"customer-search.shown",
                    "SELECT name, phone, card, origin FROM customer"
                    " WHERE ref = $1 AND erased_by IS NULL"};

// A person who was never merged is known to be one from the same row.
constexpr Sql person_keys{
    "customer-search.person",
    "SELECT c.search, EXISTS (SELECT 1 FROM customer_merge m WHERE m.merged = c.ref"
    " AND m.undone_by IS NULL) OR EXISTS (SELECT 1 FROM customer_merge m WHERE m.kept = c.ref"
    " AND m.undone_by IS NULL) FROM customer c WHERE c.ref = $1"};

constexpr Sql ever_merged{
    "customer-search.ever-merged",
    "SELECT EXISTS (SELECT 1 FROM customer_merge WHERE merged = $1 AND undone_by IS NULL)"
    " OR EXISTS (SELECT 1 FROM customer_merge WHERE kept = $1 AND undone_by IS NULL)"};

// What bounds a search: how many keys one beginning may visit, how many words of names, and how
// many people are looked at for the rest of what was typed.
constexpr std::size_t keys_visited = 2000;
constexpr std::size_t words_visited = 300;
constexpr std::size_t telling_looked_at = 1000;
constexpr std::size_t others_looked_at = 100;
// Reading a person costs as much as some thirty keys: when so many were read, all who have the
// other terms are gathered from the keys, unless they are more than this.
constexpr std::size_t read_before_gathering = 50;
constexpr std::size_t keys_gathered = 4000;

constexpr char separator = '\n';
constexpr std::string_view after_all = "\xF4\x8F\xBF\xBF";  // U+10FFFF
constexpr std::string_view after_blank = "!";               // words have letters and digits only

std::string joined(const std::vector<std::string>& keys) {
  std::string text;
  for (const std::string& key : keys) text.append(1, separator).append(key);
  return text;
}

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> keys;
  while (!text.empty()) {
    text.remove_prefix(1);
    const std::size_t end = std::min(text.find(separator), text.size());
    keys.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return keys;
}

std::string search_of(Database& database, const CustomerRef& customer) {
  auto row = database.query(keys_now);
  row->bind_blob(1, view(customer.bytes));
  return row->step() ? std::string(row->text(0)) : std::string();
}

/// Writes those of `keys` that `others` lacks; both in order.
void write_difference(Database& database, const Sql& sql, const CustomerRef& customer,
                      const std::vector<std::string>& keys,
                      const std::vector<std::string>& others) {
  std::vector<std::string> only;
  std::ranges::set_difference(keys, others, std::back_inserter(only));
  if (only.empty()) return;
  auto row = database.query(sql);
  for (const std::string& key : only) {
    row->bind_text(1, key);
    row->bind_blob(2, view(customer.bytes));
    row->step();
  }
}

MatchedBy kind_of(std::string_view key) {
  switch (static_cast<KeyKind>(key.front())) {
    case KeyKind::name:
      return MatchedBy::name;
    case KeyKind::phone:
    case KeyKind::phone_end:
      return MatchedBy::phone;
    case KeyKind::email:
      return MatchedBy::email;
    case KeyKind::card:
      return MatchedBy::card;
    case KeyKind::field:
      return MatchedBy::field;
  }
  throw_damaged("a search key");
}

MatchedPart part_of(std::string_view key, std::string_view begun) {
  if (key.front() == static_cast<char>(KeyKind::phone_end)) return MatchedPart::end;
  const bool whole =
      key.size() == begun.size() || (kind_of(key) == MatchedBy::name && key[begun.size()] == ' ');
  return whole ? MatchedPart::whole : MatchedPart::beginning;
}

bool has_key(const FieldValue& own, std::string_view key) {
  if (!own.field.starts_with(customer_field::custom)) return false;
  const auto keys =
      keys_of_field(std::string_view(own.field).substr(customer_field::custom.size()), own.value);
  return std::ranges::find(keys, key) != keys.end();
}

bool has(std::string_view keys, const Term& term) {
  const auto begins = [&](const std::string& key) {
    return keys.find(separator + key) != std::string_view::npos;
  };
  return std::ranges::any_of(term.names, begins) || std::ranges::any_of(term.others, begins);
}

/// One search under way. People are taken in the order they are found, each once.
class Searching {
 public:
  Searching(Database& database, std::size_t limit, std::span<const std::string> fields)
      : database_(database), limit_(limit), fields_(fields) {}

  std::vector<CustomerHit> run(std::string_view typed) {
    for (const auto& terms : readings_of(typed, fields_)) {
      if (full()) break;
      terms_ = &terms;
      lacking_.clear();
      having_.clear();
      people_read_ = 0;
      if (terms.size() == 1)
        find_one(terms.front());
      else
        find_all();
    }
    return std::move(hits_);
  }

 private:
  /// Whether what was found has the other terms by itself, or has to be looked at for them.
  enum class Rest { given, to_check };

  bool full() const { return hits_.size() >= limit_; }

  void find_one(const Term& term) {
    for (const std::string& value : term.others)
      if (static_cast<KeyKind>(value.front()) != KeyKind::phone_end)
        visit(value, value + '\0', value, keys_visited, Rest::given);
    for (const std::string& word : term.names) begin(word, keys_visited, Rest::given);
    for (const KeyKind kind :
         {KeyKind::phone, KeyKind::card, KeyKind::email, KeyKind::field, KeyKind::phone_end})
      for (const std::string& value : term.others)
        if (static_cast<KeyKind>(value.front()) == kind) begin(value, keys_visited, Rest::given);
  }

  void find_all() {
    std::vector<const Term*> by_rarity, names;
    for (const Term& term : *terms_) by_rarity.push_back(&term);
    std::ranges::stable_sort(by_rarity, [](const Term* a, const Term* b) {
      return std::pair(a->telling, a->letters) > std::pair(b->telling, b->letters);
    });
    std::ranges::copy_if(by_rarity, std::back_inserter(names),
                         [](const Term* term) { return !term->names.empty(); });
    if (names.size() >= 2) find_two_words(*names[0], *names[1]);
    for (const Term* term : by_rarity) {
      found_by_ = term;
      for (const std::string& value : term->others)
        begin(value, term->telling ? telling_looked_at : others_looked_at, Rest::to_check);
    }
  }

  void find_two_words(const Term& one, const Term& other) {
    found_by_ = nullptr;
    const Rest rest = terms_->size() > 2 ? Rest::to_check : Rest::given;
    bool all = true;
    for (const std::string& a : one.names)
      for (const std::string& b : other.names) all = pairs(a, b, rest) && all;
    if (all) return;
    for (const std::string& a : one.names)
      for (const std::string& b : other.names) pairs(b, a, rest);
  }

  /// People with a word that begins with `first` and another one that begins with `second`: the
  /// words one after the other, of each only those people. False: there are more words than are
  /// visited.
  bool pairs(std::string_view first, std::string_view second, Rest rest) {
    std::string from(first);
    const std::string end = from + std::string(after_all);
    for (std::size_t n = 0; n < words_visited && !full(); ++n) {
      const auto word = first_word(from, end);
      if (!word) return true;
      begin(*word + " " + std::string(second.substr(1)), keys_visited, rest);
      from = *word + std::string(after_blank);
    }
    return full();
  }

  std::optional<std::string> first_word(const std::string& from, const std::string& end) {
    auto row = database_.query(first_in_range);
    row->bind_text(1, from);
    row->bind_text(2, end);
    if (!row->step()) return std::nullopt;
    const std::string_view key = row->text(0);
    return std::string(key.substr(0, key.find(' ')));
  }

  void begin(const std::string& begun, std::size_t most, Rest rest) {
    visit(begun, begun + std::string(after_all), begun, most, rest);
  }

  void visit(const std::string& from, const std::string& end, std::string_view begun,
             std::size_t most, Rest rest) {
    if (full()) return;
    auto row = database_.query(range);
    row->bind_text(1, from);
    row->bind_text(2, end);
    for (std::size_t n = 0; n < most && !full() && row->step(); ++n)
      take(customer_ref(*row, 1), row->text(0), begun, rest);
  }

  void take(const CustomerRef& found, std::string_view key, std::string_view begun, Rest rest) {
    if (taken_.contains(found) || lacking_.contains(found)) return;
    if (rest == Rest::to_check && !has_all(found)) {
      lacking_.insert(found);
      return;
    }
    const CustomerRef kept = canonical(database_, found);
    taken_.insert(found);
    if (kept != found && !taken_.insert(kept).second) return;
    CustomerHit hit;
    hit.ref = kept;
    {
      auto row = database_.query(shown);
      row->bind_blob(1, view(kept.bytes));
      if (!row->step()) return;
      hit.name = row->text(0);
      hit.phone = row->text(1);
      hit.label = label_of(kept, hit.name, row->text(2), row->text(3));
    }
    hit.by = kind_of(key);
    hit.part = part_of(key, begun);
    hit.matched = value_of(found, hit, key);
    if (hit.by == MatchedBy::phone) hit.phone = hit.matched;
    hit.masked_phone = masked_phone(hit.phone);
    hits_.push_back(std::move(hit));
  }

  bool has_all(const CustomerRef& found) {
    switch (told_by_keys(found)) {
      case Told::has_all:
        return true;
      case Told::lacks:
        return false;
      case Told::nothing:
        break;
    }
    ++people_read_;
    std::string keys;
    bool merged = false;
    {
      auto row = database_.query(person_keys);
      row->bind_blob(1, view(found.bytes));
      if (!row->step()) return false;
      keys = row->text(0);
      merged = row->integer(1) != 0;
    }
    if (merged)
      for (const CustomerRef& each : references_of(database_, canonical(database_, found)))
        keys += search_of(database_, each);
    return std::ranges::all_of(*terms_, [&](const Term& term) { return has(keys, term); });
  }

  enum class Told { has_all, lacks, nothing };

  /// What those gathered say of a reference, without a look at the person.
  Told told_by_keys(const CustomerRef& found) {
    if (people_read_ < read_before_gathering) return Told::nothing;
    bool all = true;
    for (const Term& term : *terms_) {
      if (&term == found_by_) continue;
      const Having& having = gathered(term);
      if (having.people.contains(found)) continue;
      // Whoever was merged may have it under another reference.
      if (having.everybody) return was_merged(found) ? Told::nothing : Told::lacks;
      all = false;
    }
    return all ? Told::has_all : Told::nothing;
  }

  /// Those who have a term.
  struct Having {
    std::set<CustomerRef> people;
    bool everybody = true;  ///< false: they are too many, some are left out
  };

  const Having& gathered(const Term& term) {
    const auto [at, fresh] = having_.try_emplace(&term);
    Having& having = at->second;
    if (!fresh) return having;
    std::size_t left = keys_gathered;
    for (const auto* values : {&term.names, &term.others})
      for (const std::string& value : *values) {
        auto row = database_.query(holders);
        row->bind_text(1, value);
        row->bind_text(2, value + std::string(after_all));
        row->bind(3, static_cast<std::int64_t>(left));
        for (; left > 0 && row->step(); --left) having.people.insert(customer_ref(*row, 0));
      }
    having.everybody = left > 0;
    return having;
  }

  bool was_merged(const CustomerRef& found) {
    auto row = database_.query(ever_merged);
    row->bind_blob(1, view(found.bytes));
    return row->step() && row->integer(0) != 0;
  }

  /// The value that a key came from.
  std::string value_of(const CustomerRef& found, const CustomerHit& hit, std::string_view key) {
    if (hit.by == MatchedBy::name) {
      if (found == hit.ref) return hit.name;
      for (FieldValue& each : fields_of(database_, found))
        if (each.field == customer_field::name) return std::move(each.value);
      return hit.name;
    }
    if (hit.by == MatchedBy::field)
      for (FieldValue& each : fields_of(database_, found))
        if (has_key(each, key)) return std::move(each.value);
    for (Contact& each : contacts_of(database_, found)) {
      const auto keys = keys_of_contact(each.kind, each.value);
      if (std::ranges::find(keys, key) != keys.end()) return std::move(each.value);
    }
    throw_damaged("a search key");
  }

  Database& database_;
  std::size_t limit_;
  std::span<const std::string> fields_;
  const std::vector<Term>* terms_ = nullptr;
  std::set<CustomerRef> taken_;     ///< with the references that led to them
  std::set<CustomerRef> lacking_;   ///< one of the terms
  const Term* found_by_ = nullptr;  ///< whose keys are visited; null: those of several
  std::map<const Term*, Having> having_;
  std::size_t people_read_ = 0;
  std::vector<CustomerHit> hits_;
};

}  // namespace

std::string put_search_keys(Database& database, const CustomerRef& customer,
                            std::vector<std::string> keys) {
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  const auto now = parted(search_of(database, customer));
  write_difference(database, drop_key, customer, now, keys);
  write_difference(database, put_key, customer, keys, now);
  return joined(keys);
}

void drop_search_keys(Database& database, const CustomerRef& customer) {
  write_difference(database, drop_key, customer, parted(search_of(database, customer)), {});
}

std::vector<CustomerHit> search_customers(Database& database, std::string_view typed,
                                          std::size_t limit, std::size_t skip,
                                          std::span<const std::string> fields) {
  const std::size_t before = std::min(skip, limits::search_skipped);
  auto hits = Searching(database, before + std::min(limit, limits::search_hits), fields).run(typed);
  const auto skipped = static_cast<std::ptrdiff_t>(std::min(before, hits.size()));
  hits.erase(hits.begin(), hits.begin() + skipped);
  return hits;
}

std::vector<std::string> telling_keys(Database& database, std::span<const CustomerRef> refs) {
  std::vector<std::string> telling;
  for (const CustomerRef& each : refs)
    for (std::string& key : parted(search_of(database, each))) {
      auto row = database.query(others_with);
      row->bind_text(1, key);
      row->bind(2, static_cast<std::int64_t>(refs.size()) + 1);
      bool shared = false;
      while (row->step())
        shared = shared || std::ranges::find(refs, customer_ref(*row, 0)) == refs.end();
      if (!shared) telling.push_back(std::move(key));
    }
  return telling;
}

std::optional<CustomerRef> holder_of_key(Database& database, std::string_view key) {
  std::optional<CustomerRef> found;
  {
    auto row = database.query(holder);
    row->bind_text(1, key);
    if (row->step()) found = customer_ref(*row, 0);
  }
  return found ? std::optional(canonical(database, *found)) : std::nullopt;
}

}  // namespace keepsake::records
