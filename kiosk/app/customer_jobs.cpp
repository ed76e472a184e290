#include "kiosk/app/customer_jobs.hpp"

#include "kiosk/app/sale_jobs.hpp"
#include "storage/customers.hpp"

namespace keepsake::app {
namespace {

constexpr std::size_t vouchers_shown = 50;
constexpr std::size_t people_shown = 20;

Error for_managers() {
  return {Failure::refused, "field.managers", "This is for managers", "", "Ask a manager."};
}

Result<MemberStanding> standing_of(const Book& book, Reader& reader, const CustomerRef& customer,
                                   LocalTime at) {
  const auto programme = rules_now(book, reader);
  if (!programme.ok()) return programme.error();
  const loyalty::Programme& rules = programme->rules;
  const auto member = reader.member(customer, rules, at);
  if (!member.ok()) return member.error();
  auto vouchers = reader.vouchers(customer, vouchers_shown);
  if (!vouchers.ok()) return vouchers.error();
  MemberStanding standing{loyalty::overview(rules, *member, at), *std::move(vouchers)};
  for (HeldVoucher& each : standing.vouchers)
    if (const auto* reward = loyalty::find_reward(rules, each.reward)) each.name = reward->name;
  return standing;
}

/// Rules and rewards are told by the names that people know.
void give_names(const loyalty::Programme& rules, std::vector<PointsEntry>& entries) {
  for (PointsEntry& entry : entries) {
    for (RulePoints& each : entry.rules)
      if (const auto* rule = loyalty::find_rule(rules, each.rule);
          rule != nullptr && !rule->name.empty())
        each.rule = rule->name;
    for (RewardUse& each : entry.rewards)
      if (const auto* reward = loyalty::find_reward(rules, each.reward)) each.reward = reward->name;
  }
}

Result<Done> keep_look(Book& book, const CustomerRef& customer, const flow::Asker& asker) {
  if (asker.viewer == Viewer::customer) return Done{};
  return book.audit({asker.at, asker.staff, AuditAction::looked, customer});
}

/// Nothing is shown that was not written down first.
Result<flow::ProfileSeen> look(Book& book, Reader& reader, const CustomerRef& customer,
                               const flow::Asker& asker) {
  auto profile = reader.customer_profile(customer);
  if (!profile.ok()) return profile.error();
  auto view = reader.customer(customer);
  if (!view.ok()) return view.error();
  if (!profile.value() || !view.value())
    return Error{Failure::not_found, "customer.unknown", "There is no such customer", "",
                 "Look the customer up again."};
  if (const auto kept = keep_look(book, customer, asker); !kept.ok()) return kept.error();
  flow::ProfileSeen seen;
  seen.profile =
      seen_by(std::move(*profile.value()), asker.viewer, book.settings().customer_fields);
  seen.view = std::move(*view.value());
  seen.view.profile = {};
  if (asker.viewer == Viewer::customer) return seen;
  if (auto standing = standing_of(book, reader, customer, asker.at); standing.ok())
    seen.standing = *std::move(standing);
  if (asker.viewer != Viewer::manager) return seen;
  auto merges = reader.merges(customer);
  if (!merges.ok()) return merges.error();
  seen.merges = *std::move(merges);
  return seen;
}

template <class Saved>
flow::ProfileSaved saved(Book& book, Reader& reader, flow::Ticket ticket,
                         const CustomerRef& customer, const flow::Asker& asker,
                         const Result<Saved>& outcome) {
  if (!outcome.ok()) return {ticket, outcome.error(), std::nullopt};
  flow::ProfileSaved answer{ticket, Done{}, std::nullopt};
  // What was saved stands whatever the read after it says.
  if (auto seen = look(book, reader, customer, asker); seen.ok()) answer.seen = *std::move(seen);
  return answer;
}

std::string place_of(const Book& book) {
  const auto enrolment = book.enrolment();
  return enrolment && !enrolment->store.empty() ? enrolment->store : book.settings().shop;
}

Hand hand_of(const flow::Asker& asker) { return {asker.staff, asker.at}; }

}  // namespace

flow::StandingLoaded answer_to(Book& book, Reader& reader, const flow::LoadStanding& job) {
  return {job.ticket, standing_of(book, reader, job.customer, job.at)};
}

flow::StoryLoaded answer_to(Book& book, Reader& reader, const flow::LoadStory& job) {
  auto entries = reader.points_story(job.customer, job.before, flow::story_page);
  if (!entries.ok()) return {job.ticket, entries.error()};
  if (const auto programme = rules_now(book, reader); programme.ok())
    give_names(programme->rules, *entries);
  return {job.ticket, *std::move(entries)};
}

flow::ProfileLoaded answer_to(Book& book, Reader& reader, const flow::LoadProfile& job) {
  return {job.ticket, look(book, reader, job.customer, job.asker)};
}

flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::ChangeConsents& job) {
  return saved(
      book, reader, job.ticket, job.customer, job.asker,
      change_consents(book, job.customer, job.consents, place_of(book), hand_of(job.asker)));
}

flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::ChangeProfile& job) {
  const auto& fields = book.settings().customer_fields;
  if (const auto ok = may_change(job.change, job.asker.viewer, fields); !ok.ok())
    return refuse(job, ok.error());
  return saved(book, reader, job.ticket, job.customer, job.asker,
               change_customer(book, job.customer, job.change, hand_of(job.asker)));
}

flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::AddNote& job) {
  return saved(book, reader, job.ticket, job.customer, job.asker,
               add_note(book, job.customer, job.text, hand_of(job.asker)));
}

flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::UndoMerge& job) {
  if (job.asker.viewer != Viewer::manager) return refuse(job, for_managers());
  return saved(book, reader, job.ticket, job.customer, job.asker,
               undo_merge(book, job.merge, hand_of(job.asker)));
}

flow::PeopleFound answer_to(Book& book, Reader& reader, const flow::SearchCustomers& job) {
  auto hits = reader.search_customers(job.words, people_shown);
  if (!hits.ok()) return refuse(job, hits.error());
  std::vector<flow::FoundPerson> people;
  std::vector<AuditEntry> looks;  // whoever was shown to somebody was looked at
  people.reserve(hits->size());
  looks.reserve(hits->size());
  for (const CustomerHit& hit : *hits) {
    looks.push_back({job.asker.at, job.asker.staff, AuditAction::searched, hit.ref});
    people.push_back({hit.ref, hit.name.empty() ? hit.label : hit.name,
                      job.asker.viewer == Viewer::manager ? hit.phone : hit.masked_phone});
  }
  if (const auto kept = book.audit(looks); !kept.ok()) return refuse(job, kept.error());
  return {job.ticket, job.words, std::move(people)};
}

flow::TimelineLoaded answer_to(Book&, Reader& reader, const flow::LoadTimeline& job) {
  return {job.ticket, reader.timeline(job.customer, job.before, flow::story_page)};
}

flow::PairsLoaded answer_to(Book&, Reader& reader, const flow::LoadPairs& job) {
  return {job.ticket, reader.duplicates(likeness::likely_from, flow::pairs_at_once)};
}

flow::PairLoaded answer_to(Book& book, Reader& reader, const flow::LoadPair& job) {
  return {job.ticket, look(book, reader, job.one, job.asker),
          look(book, reader, job.other, job.asker)};
}

flow::PairSettled answer_to(Book& book, Reader&, const flow::MergePair& job) {
  if (job.asker.viewer != Viewer::manager) return refuse(job, for_managers());
  const auto fact = merge_customers(book, job.kept, job.merged, job.reason, hand_of(job.asker));
  if (!fact.ok()) return refuse(job, fact.error());
  return {job.ticket, Done{}};
}

flow::PairSettled answer_to(Book& book, Reader&, const flow::PartPair& job) {
  if (job.asker.viewer != Viewer::manager) return refuse(job, for_managers());
  const auto fact = tell_apart(book, job.one, job.other, hand_of(job.asker));
  if (!fact.ok()) return refuse(job, fact.error());
  return {job.ticket, Done{}};
}

flow::StandingLoaded refuse(const flow::LoadStanding& job, const Error& error) {
  return {job.ticket, error};
}

flow::StoryLoaded refuse(const flow::LoadStory& job, const Error& error) {
  return {job.ticket, error};
}

flow::ProfileLoaded refuse(const flow::LoadProfile& job, const Error& error) {
  return {job.ticket, error};
}

flow::ProfileSaved refuse(const flow::ChangeConsents& job, const Error& error) {
  return {job.ticket, error, std::nullopt};
}

flow::ProfileSaved refuse(const flow::ChangeProfile& job, const Error& error) {
  return {job.ticket, error, std::nullopt};
}

flow::ProfileSaved refuse(const flow::AddNote& job, const Error& error) {
  return {job.ticket, error, std::nullopt};
}

flow::ProfileSaved refuse(const flow::UndoMerge& job, const Error& error) {
  return {job.ticket, error, std::nullopt};
}

flow::PeopleFound refuse(const flow::SearchCustomers& job, const Error& error) {
  return {job.ticket, job.words, error};
}

flow::TimelineLoaded refuse(const flow::LoadTimeline& job, const Error& error) {
  return {job.ticket, error};
}

flow::PairsLoaded refuse(const flow::LoadPairs& job, const Error& error) {
  return {job.ticket, error};
}

flow::PairLoaded refuse(const flow::LoadPair& job, const Error& error) {
  return {job.ticket, error, error};
}

flow::PairSettled refuse(const flow::MergePair& job, const Error& error) {
  return {job.ticket, error};
}

flow::PairSettled refuse(const flow::PartPair& job, const Error& error) {
  return {job.ticket, error};
}

}  // namespace keepsake::app
