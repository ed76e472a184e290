#include "storage/exchange/customer_import.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/import_mark.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/exchange/customer_marks.hpp"
#include "storage/records/core/tokenize.hpp"
#include "storage/services/active_programme.hpp"
#include "storage/vault/origin.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {
namespace {

constexpr std::string_view opening = "opening balance";

Error twice() {
  return {Failure::bad_input, "import.twice", "The key already appears earlier in the file", "",
          "Keep one row for each customer"};
}

CustomerProfile candidate_of(const CustomerRow& row) {
  CustomerProfile candidate;
  for (const FieldChange& each : row.fields)
    if (!each.value.empty()) candidate.fields.push_back({each.field, each.value, {}});
  for (const ContactAddition& each : row.contacts)
    candidate.contacts.push_back({{}, {}, each.kind, each.value, each.usage});
  return candidate;
}

/// By which two rows of one batch could turn out to be one person.
std::vector<std::string> recognised_by(const Traits& traits) {
  std::vector<std::string> marks = traits.phones;
  marks.insert(marks.end(), traits.cards.begin(), traits.cards.end());
  for (const std::int64_t key : similarity_keys(traits)) marks.push_back(std::to_string(key));
  return marks;
}

/// Whether the file says anything of such contacts: one without a column for them does not say that
/// there are none.
bool tells_of(const CustomerMap& map, ContactKind kind) {
  const auto is_of = [kind](const MapColumn& each) {
    return each.target == Target::contact && each.kind == kind;
  };
  return std::ranges::any_of(map.columns, is_of) ||
         std::ranges::any_of(map.constant_contacts,
                             [kind](const ContactAddition& each) { return each.kind == kind; });
}

/// What changed in the row since `before`, as a change of `now`.
ProfileChange change_of(const Vault& vault, const CustomerMap& map, const CustomerRow& row,
                        const CustomerProfile& now, std::string_view before,
                        std::string_view after) {
  ProfileChange change;
  const bool first_time = before.empty();
  for (const FieldChange& each : row.fields)
    if (!holds(before, digest_of(vault, each)) && !(first_time && each.value.empty()))
      change.fields.push_back(each);
  for (const ContactAddition& each : row.contacts)
    if (!holds(before, digest_of(vault, each))) change.added.push_back(each);
  for (const Contact& each : now.contacts) {
    if (!tells_of(map, each.kind)) continue;
    const std::string digest = digest_of(vault, ContactAddition{each.kind, each.value, each.usage});
    if (holds(before, digest) && !holds(after, digest)) change.removed.push_back(each.tag);
  }
  return change;
}

bool stands(const CustomerProfile& now, const Consent& consent) {
  return std::any_of(now.consents.begin(), now.consents.end(), [&](const ConsentState& each) {
    return each.purpose == consent.purpose && each.granted == consent.granted;
  });
}

}  // namespace

CustomerImport::CustomerImport(Book& book, Reader& reader, const CustomerMap& map, Actor actor,
                               Writing writing, std::function<std::string(std::uint64_t)> where,
                               Report report, Welcome welcome)
    : book_(book),
      reader_(reader),
      map_(map),
      actor_(std::move(actor)),
      writing_(writing),
      where_(std::move(where)),
      report_(std::move(report)),
      welcome_(welcome) {}

Result<Done> CustomerImport::begin() {
  const auto brings = [&](Target target) {
    return std::ranges::any_of(map_.columns,
                               [&](const auto& each) { return each.target == target; });
  };
  const bool needed = brings(Target::points) || welcome_ == Welcome::yes;
  const bool wanted = brings(Target::spend) || brings(Target::level);
  if (!needed && !wanted) return Done{};
  auto programme = active_programme(book_, reader_);
  if (!programme) return programme.error();
  if (programme->programme.version == 0 && needed)
    return Error{Failure::refused, "import.programme",
                 "Points need a programme, and none is published", "",
                 "Publish one with keepsake programme publish, or take the column of points out "
                 "of the map and leave --welcome out"};
  if (programme->programme.version == 0)
    report_({1,
             {Failure::refused, "import.programme",
              "Spend and levels need a programme, and none is published; they were left out",
              where_(1), "Publish one with keepsake programme publish before the import"},
             RowReport::Of::value},
            {});
  programme_ = std::move(*programme);
  return Done{};
}

void CustomerImport::refuse(std::uint64_t line, std::span<const RawRow> raw, Error error) {
  if (error.where.empty()) error.where = where_(line);
  report_({line, std::move(error)}, raw);
}

int CustomerImport::points_decimals() const {
  return programme_.programme.version == 0 ? 2 : programme_.rules.earning.rounding.decimals;
}

void CustomerImport::join_held(ReadRow read, RawRow raw) {
  if (!held_) {
    ++counts_.refused;
    return refuse(read.row.line, std::span(&raw, 1),
                  {Failure::bad_input, "text.missing", "The row has no key, and none is before it",
                   "", "Fill it in"});
  }
  auto& contacts = held_->read.row.contacts;
  for (ContactAddition& each : read.row.contacts)
    if (std::ranges::find(contacts, each) == contacts.end()) contacts.push_back(std::move(each));
  std::ranges::move(read.warnings, std::back_inserter(held_->read.warnings));
  held_->raw.push_back(std::move(raw));
}

Result<Done> CustomerImport::take(ReadRow read, std::vector<std::string> raw) {
  if (read.kind == ReadRow::Kind::blank) return Done{};
  if (++counts_.rows > most_import_rows)
    return Error{Failure::limit, "import.limit", "The file has more than two million rows",
                 where_(read.row.line), "Import it in parts"};
  if (read.kind == ReadRow::Kind::continued) {
    const std::uint64_t line = read.row.line;
    join_held(std::move(read), {line, std::move(raw)});
    return Done{};
  }
  auto taken = take_held();
  const std::uint64_t line = read.row.line;
  held_ = Held{std::move(read), {{line, std::move(raw)}}};
  return taken;
}

Result<Done> CustomerImport::take_held() {
  if (!held_) return Done{};
  Held held = *std::exchange(held_, std::nullopt);
  ReadRow& read = held.read;
  std::vector<RawRow>& raw = held.raw;
  if (read.row.contacts.size() > limits::customer_contacts && read.mistakes.empty())
    read.mistakes.push_back(
        {Failure::limit, "change.limit", "There are too many contacts", "", "Split the row"});
  if (read.mistakes.empty() && !keys_seen_.insert(std::hash<std::string>{}(read.row.key)).second)
    read.mistakes.push_back(twice());
  if (!read.mistakes.empty()) {
    ++counts_.refused;
    for (Error& each : read.mistakes) refuse(read.row.line, raw, std::move(each));
    return Done{};
  }
  if (auto odd = take_level(read.row)) read.warnings.push_back(*std::move(odd));
  if (!read.warnings.empty()) ++counts_.warned;
  for (Error& each : read.warnings)
    report_({read.row.line, std::move(each), RowReport::Of::value}, raw);
  return decide(std::move(read.row), std::move(raw));
}

bool CustomerImport::twin_in_batch(const Traits& traits,
                                   const std::vector<std::string>& marks) const {
  for (const std::string& mark : marks) {
    const auto [from, to] = in_batch_.equal_range(mark);
    for (auto at = from; at != to; ++at)
      if (compare(batch_[at->second].traits, traits).certain()) return true;
  }
  return false;
}

Result<std::optional<CustomerRef>> CustomerImport::known_as(const CustomerRow& row,
                                                            const std::string& origin) {
  if (map_.source == Source::own)
    if (const auto ref = parse_customer_ref(row.key)) {
      const auto profile = reader_.customer_profile(*ref);
      if (!profile) return profile.error();
      if (*profile) return std::optional((*profile)->ref);
    }
  return reader_.customer_by_origin(origin);
}

Result<Done> CustomerImport::decide(CustomerRow row, std::vector<RawRow> raw) {
  Pending pending;
  pending.origin = map_.origin + ":" + row.key;
  pending.digests = digests_of(book_.vault(), row);
  const auto before = reader_.import_mark(pending.origin);
  if (!before) return before.error();
  if (*before && **before == pending.digests) {
    ++counts_.unchanged;
    return Done{};
  }
  pending.row = std::move(row);
  pending.raw = std::move(raw);
  const std::string known_before = before->value_or("");
  const auto ref = known_as(pending.row, pending.origin);
  if (!ref) return ref.error();
  if (*ref) {
    const auto now = reader_.customer_profile(**ref);
    if (!now) return now.error();
    if ((*now)->erased) {
      ++counts_.skipped;
      refuse(pending.row.line, pending.raw,
             {Failure::refused, "customer.erased", "This person has been erased here", "",
              "Enrol them by hand if they come back"});
      return Done{};
    }
    return change(std::move(pending), **now, known_before);
  }
  pending.traits = traits_of(candidate_of(pending.row), records::words_of);
  // What is not recorded yet, no look-up finds.
  if (twin_in_batch(pending.traits, recognised_by(pending.traits)))
    if (auto ok = commit(); !ok) return ok;
  const auto twins = reader_.similar_customers(candidate_of(pending.row), 1);
  if (!twins) return twins.error();
  if (!twins->empty() && twins->front().similarity.certain())
    return meet_duplicate(std::move(pending), twins->front(), known_before);
  return add(std::move(pending));
}

Result<Done> CustomerImport::meet_duplicate(Pending pending, const SimilarCustomer& twin,
                                            std::string_view before) {
  ++counts_.duplicates;
  if (map_.duplicates == OnDuplicate::add) return add(std::move(pending));
  if (map_.duplicates == OnDuplicate::update) {
    const auto now = reader_.customer_profile(twin.ref);
    if (!now) return now.error();
    return change(std::move(pending), **now, before);
  }
  ++counts_.skipped;
  std::string reasons;
  for (const SimilarityReason each : twin.similarity.reasons)
    reasons.append(reasons.empty() ? "" : ", ").append(name_of(each));
  refuse(pending.row.line, pending.raw,
         {Failure::refused, "import.duplicate",
          "This is customer " + to_hex(twin.ref) + " (" + reasons + ", score " +
              std::to_string(twin.similarity.score) + ")",
          "", "Leave it out, or set duplicates = \"update\" or \"add\" in the map"});
  return Done{};
}

Result<Done> CustomerImport::change(Pending pending, const CustomerProfile& now,
                                    std::string_view before) {
  pending.kind = Pending::Kind::unchanged;
  const auto change = change_of(book_.vault(), map_, pending.row, now, before, pending.digests);
  auto facts = change_facts(book_, now, change, actor_);
  if (!facts) {
    ++counts_.refused;
    refuse(pending.row.line, pending.raw, facts.error());
    return Done{};
  }
  pending.facts = std::move(*facts);
  std::vector<Consent> consents;
  for (Consent each : pending.row.consents) {
    if (holds(before, digest_of(book_.vault(), each)) || stands(now, each)) continue;
    if (each.at == LocalTime{}) each.at = actor_.at;
    consents.push_back(std::move(each));
  }
  if (!consents.empty())
    pending.facts.emplace_back(consent_fact(now, std::move(consents), map_.origin, actor_));
  if (!pending.facts.empty()) pending.kind = Pending::Kind::changed;
  return put(std::move(pending));
}

std::optional<Fact> CustomerImport::opening_balance(const CustomerRef& ref,
                                                    const CustomerRow& row) const {
  if (programme_.programme.version == 0) return std::nullopt;
  if (!row.points && row.spend_minor == 0 && row.level.empty()) return std::nullopt;
  const Date today = actor_.at.date();
  LoyaltyEvent event;
  event.at = actor_.at;
  event.staff = actor_.staff;
  event.customer = ref;
  event.currency = programme_.rules.currency;
  event.programme_version = programme_.programme.version;
  event.event = opening;
  event.spend_brought_minor = row.spend_minor;
  if (row.points) {
    event.points_earned = *row.points;
    event.loyalty.rules = {{std::string(opening), *row.points}};
    const auto last_day =
        row.points_until ? row.points_until : loyalty::expires(programme_.rules.expiry, today);
    event.loyalty.issued = {{*row.points, last_day}};
  }
  const loyalty::Tiers& tiers = programme_.rules.tiers;
  event.loyalty.tier_after = row.level;
  if (row.level.empty() && tiers.basis == loyalty::TierBasis::spend)
    event.loyalty.tier_after = loyalty::after_purchase(tiers, "", row.spend_minor);
  if (!event.loyalty.tier_after.empty()) event.loyalty.tier_since = today;
  event.loyalty.to_wallet = event.loyalty.paid_out = {0, event.currency};
  return event;
}

/// As the programme's level of that id or name; what it does not have is what is odd about the row.
std::optional<Error> CustomerImport::take_level(CustomerRow& row) const {
  if (row.level.empty() || programme_.programme.version == 0) return std::nullopt;
  const auto is_it = [&](const std::string& name) {
    return std::ranges::equal(name, row.level, {}, to_lower, to_lower);
  };
  for (const loyalty::TierLevel& level : programme_.rules.tiers.levels) {
    const auto& names = level.name.translated;
    if (!is_it(level.id) && !is_it(level.name.usual) &&
        std::ranges::none_of(names, [&](const auto& each) { return is_it(each.second); }))
      continue;
    row.level = level.id;
    return std::nullopt;
  }
  row.level.clear();
  return Error{Failure::bad_input, "import.level",
               "The programme has no such level; the value was left out", where_(row.line),
               "Write a level's id or name as the programme has it"};
}

Result<Done> CustomerImport::add(Pending pending) {
  for (const ContactAddition& each : pending.row.contacts) {
    if (each.kind != ContactKind::card && each.kind != ContactKind::key_fob) continue;
    const auto holder = reader_.customer_by_card(each.value);
    if (!holder) return holder.error();
    if (!*holder) continue;
    ++counts_.refused;
    refuse(pending.row.line, pending.raw,
           {Failure::bad_input, "card.taken", "This card belongs to another customer", "",
            "Look at customer " + to_hex(**holder) + ", and correct the one that is wrong"});
    return Done{};
  }
  return put(std::move(pending));
}

/// References are made for a whole batch at once: each making waits for the disk.
Result<Done> CustomerImport::enrol(std::vector<Pending>& batch) {
  const auto is_new = [](const Pending& each) { return each.kind == Pending::Kind::added; };
  const auto n = static_cast<std::size_t>(std::count_if(batch.begin(), batch.end(), is_new));
  if (n == 0) return Done{};
  const auto refs = book_.vault().new_customers(n);
  if (!refs) return refs.error();
  auto ref = refs->begin();
  for (Pending& each : batch) {
    if (!is_new(each)) continue;
    NewCustomer customer{each.origin, {}, each.row.consents, map_.origin, each.row.member_since};
    for (const FieldChange& field : each.row.fields)
      if (!field.value.empty()) customer.profile.fields.push_back(field);
    customer.profile.added = each.row.contacts;
    for (Consent& consent : customer.consents)
      if (consent.at == LocalTime{}) consent.at = actor_.at;
    auto facts = enrolment_facts(book_, *ref, std::move(customer), actor_);
    if (!facts) return facts.error();
    each.facts = std::move(*facts);
    if (auto balance = opening_balance(*ref, each.row)) {
      each.facts.push_back(std::move(*balance));
      each.points = static_cast<std::uint64_t>(each.row.points.value_or(Points{}).hundredths);
    }
    ++ref;
  }
  return welcome_ == Welcome::yes ? welcome(batch, *refs) : Done{};
}

/// All at once, so that a rule's limit over everybody is kept within a batch, too.
Result<Done> CustomerImport::welcome(std::vector<Pending>& batch,
                                     std::span<const CustomerRef> refs) {
  std::vector<EarningTrigger> triggers;
  for (const CustomerRef& ref : refs) triggers.push_back({loyalty::Event::enrolled, ref});
  auto verdicts = judge(reader_, programme_, triggers, actor_);
  if (!verdicts) return verdicts.error();
  auto verdict = verdicts->begin();
  for (Pending& each : batch) {
    if (each.kind != Pending::Kind::added) continue;
    if (verdict->event) each.facts.emplace_back(std::move(*verdict->event));
    ++verdict;
  }
  return Done{};
}

Result<Done> CustomerImport::put(Pending pending) {
  for (std::string& mark : recognised_by(pending.traits))
    in_batch_.emplace(std::move(mark), batch_.size());
  batch_.push_back(std::move(pending));
  return batch_.size() >= import_rows_per_commit ? commit() : Done{};
}

void CustomerImport::count(const Pending& pending) {
  switch (pending.kind) {
    case Pending::Kind::added:
      ++counts_.added;
      break;
    case Pending::Kind::changed:
      ++counts_.changed;
      break;
    case Pending::Kind::unchanged:
      ++counts_.unchanged;
      break;
  }
  counts_.points_hundredths += pending.points;
}

Result<Done> CustomerImport::record(std::span<const Pending> batch) {
  std::vector<Fact> facts;
  std::vector<ImportMark> marks;
  for (const Pending& each : batch) {
    facts.insert(facts.end(), each.facts.begin(), each.facts.end());
    marks.push_back({kept_origin(book_.vault(), each.origin), each.digests});
  }
  const auto ids = book_.record_import(facts, marks);
  if (!ids) return ids.error();
  for (const Pending& each : batch) count(each);
  return Done{};
}

// One row that the book refuses (a card that is somebody else's) must not keep the others out.
Result<Done> CustomerImport::commit() {
  std::vector<Pending> batch = std::exchange(batch_, {});
  in_batch_.clear();
  if (batch.empty()) return Done{};
  if (writing_ == Writing::no) {
    for (const Pending& each : batch) count(each);
    return Done{};
  }
  if (auto ok = enrol(batch); !ok) return ok;
  auto all = record(batch);
  if (all || (all.error().kind != Failure::refused && all.error().kind != Failure::bad_input))
    return all;
  for (const Pending& each : batch) {
    const auto alone = record(std::span(&each, 1));
    if (alone) continue;
    if (alone.error().kind != Failure::refused && alone.error().kind != Failure::bad_input)
      return alone.error();
    ++counts_.refused;
    Error error = alone.error();
    error.where.clear();
    refuse(each.row.line, each.raw, std::move(error));
  }
  return Done{};
}

Result<Done> CustomerImport::finish() {
  if (auto ok = take_held(); !ok) return ok;
  return commit();
}

}  // namespace keepsake
