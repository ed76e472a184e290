#include "kiosk/app/customer_jobs.hpp"

#include <algorithm>

#include "storage/book/enrolment.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/member_pin.hpp"
#include "storage/domain/customer/search.hpp"
#include "storage/domain/loyalty/level_grant.hpp"
#include "storage/domain/loyalty/overview.hpp"
#include "storage/services/customer_files.hpp"
#include "storage/services/customers.hpp"
#include "storage/services/level_grants.hpp"

namespace keepsake::app {
namespace {

constexpr std::size_t vouchers_shown = 50;
constexpr std::size_t people_shown = 20;

constexpr std::size_t similar_shown = 4;

Result<MemberStanding> standing_of(Work& work, const CustomerRef& customer, LocalTime at) {
  const auto programme = work.programme.get(work.reader);
  if (!programme.ok()) return programme.error();
  const loyalty::Rules& rules = (*programme)->rules;
  const auto member = work.reader.member(customer, rules, at);
  if (!member.ok()) return member.error();
  auto vouchers = work.reader.vouchers(customer, vouchers_shown);
  if (!vouchers.ok()) return vouchers.error();
  return MemberStanding{loyalty::overview(rules, *member, at), *std::move(vouchers)};
}

/// With thumbnails as far as they are here: the content of files does not travel.
Result<std::vector<flow::FileSeen>> files_of(Work& work, const CustomerRef& customer,
                                             Viewer viewer) {
  auto files = work.reader.files(customer);
  if (!files.ok()) return files.error();
  if (files->size() > flow::files_shown) files->resize(flow::files_shown);
  std::vector<flow::FileSeen> seen;
  for (AttachedFile& file : *files) {
    flow::FileSeen each;
    each.withheld = viewer == Viewer::staff && file.kind != FileKind::photo;
    if (!each.withheld)
      if (auto picture = read_thumbnail(work.book, file); picture.ok())
        each.thumbnail = std::make_shared<const Picture>(*std::move(picture));
    each.file = std::move(file);
    if (each.withheld) each.file.name.clear();
    seen.push_back(std::move(each));
  }
  return seen;
}

/// Nothing is shown that was not written down first.
Result<flow::ProfileSeen> look(Work& work, const CustomerRef& customer,
                               const flow::Requester& requester) {
  auto profile = work.reader.customer_profile(customer);
  if (!profile.ok()) return profile.error();
  auto view = customer_view(work, customer, requester.at);
  if (!view.ok()) return view.error();
  if (!profile.value() || !view.value())
    return Error{Failure::not_found, "customer.unknown", "There is no such customer", "",
                 "Look the customer up again."};
  if (const auto kept = keep_look(work.book, customer, requester); !kept.ok()) return kept.error();
  flow::ProfileSeen seen;
  seen.profile =
      seen_by(std::move(*profile.value()), requester.viewer, work.book.settings().customer_fields);
  const auto pin = work.reader.member_pin(customer);
  if (!pin.ok()) return pin.error();
  seen.has_pin = pin->has_value();
  seen.view = std::move(*view.value());
  seen.view.profile = {};
  if (requester.viewer == Viewer::customer) return seen;
  if (auto standing = standing_of(work, customer, requester.at); standing.ok())
    seen.standing = *std::move(standing);
  if (requester.viewer != Viewer::manager) return seen;
  auto merges = work.reader.merges(customer);
  if (!merges.ok()) return merges.error();
  seen.merges = *std::move(merges);
  return seen;
}

/// A look at one customer alone, whose files are shown, too.
Result<flow::ProfileSeen> page_of(Work& work, const CustomerRef& customer,
                                  const flow::Requester& requester) {
  auto seen = look(work, customer, requester);
  if (!seen.ok() || requester.viewer == Viewer::customer) return seen;
  auto files = files_of(work, customer, requester.viewer);
  if (!files.ok()) return files.error();
  seen->files = *std::move(files);
  return seen;
}

template <class Saved>
flow::ProfileSaved saved(Work& work, flow::Ticket ticket, const CustomerRef& customer,
                         const flow::Requester& requester, const Result<Saved>& outcome) {
  if (!outcome.ok()) return {ticket, outcome.error(), std::nullopt};
  flow::ProfileSaved answer{ticket, Done{}, std::nullopt};
  // What was saved stands whatever the read after it says.
  if (auto seen = page_of(work, customer, requester); seen.ok()) answer.seen = *std::move(seen);
  return answer;
}

Actor actor_of(const flow::Requester& requester) { return {requester.staff, requester.at}; }

/// Hits as the requester may see them. Whoever is shown to somebody was looked at.
Result<std::vector<flow::FoundPerson>> shown_to(Work& work, const flow::Requester& requester,
                                                const std::vector<CustomerHit>& hits) {
  std::vector<flow::FoundPerson> people;
  std::vector<AuditEntry> looks;
  people.reserve(hits.size());
  looks.reserve(hits.size());
  for (const CustomerHit& hit : hits) {
    looks.push_back({requester.at, requester.staff, AuditAction::searched, hit.ref});
    people.push_back({hit.ref, hit.name.empty() ? hit.label : hit.name,
                      requester.viewer == Viewer::manager ? hit.phone : hit.masked_phone});
  }
  if (const auto kept = work.book.audit(looks); !kept.ok()) return kept.error();
  return people;
}

Result<CustomerHit> hit_of(Work& work, const CustomerRef& customer) {
  const auto view = work.reader.customer(customer);
  if (!view.ok()) return view.error();
  CustomerHit hit;
  hit.ref = customer;
  if (!view.value()) return hit;
  const Profile& profile = (*view)->profile;
  hit.label = (*view)->card;
  hit.name = profile.name;
  hit.phone = profile.phone;
  hit.masked_phone = masked_phone(profile.phone);
  return hit;
}

}  // namespace

std::string place_of(const Book& book) {
  const auto enrolment = book.enrolment();
  return enrolment && !enrolment->store.empty() ? enrolment->store : book.settings().shop;
}

Result<Done> keep_look(Book& book, const CustomerRef& customer, const flow::Requester& requester) {
  if (requester.viewer == Viewer::customer) return Done{};
  return book.audit({requester.at, requester.staff, AuditAction::looked, customer});
}

flow::StandingLoaded on(Work& work, const flow::LoadStanding& job) {
  return {job.ticket, standing_of(work, job.customer, job.requester.at)};
}

flow::StoryLoaded on(Work& work, const flow::LoadStory& job) {
  return {job.ticket, work.reader.points_story(job.customer, job.before, flow::story_page)};
}

flow::ProfileLoaded on(Work& work, const flow::LoadProfile& job) {
  return {job.ticket, page_of(work, job.customer, job.requester)};
}

flow::ProfileSaved on(Work& work, const flow::ChangeConsents& job) {
  return saved(work, job.ticket, job.customer, job.requester,
               change_consents(work.book, job.customer, job.consents, place_of(work.book),
                               actor_of(job.requester)));
}

flow::ProfileSaved on(Work& work, const flow::ChangeProfile& job) {
  const auto& fields = work.book.settings().customer_fields;
  if (const auto ok = may_change(job.change, job.requester.viewer, fields); !ok.ok())
    return flow::answer(job, ok.error());
  return saved(work, job.ticket, job.customer, job.requester,
               change_customer(work.book, job.customer, job.change, actor_of(job.requester)));
}

flow::ProfileSaved on(Work& work, const flow::ChangeMemberPin& job) {
  const Actor actor = actor_of(job.requester);
  if (!job.pin.empty())
    return saved(work, job.ticket, job.customer, job.requester,
                 set_member_pin(work.book, job.customer, job.pin, actor));
  return saved(work, job.ticket, job.customer, job.requester,
               remove_member_pin(work.book, job.customer, actor));
}

flow::ProfileSaved on(Work& work, const flow::AddNote& job) {
  return saved(work, job.ticket, job.customer, job.requester,
               add_note(work.book, job.customer, job.text, actor_of(job.requester)));
}

flow::ProfileSaved on(Work& work, const flow::ChangeWallet& job) {
  return saved(work, job.ticket, job.customer, job.requester,
               work.book.record(WalletChange{
                   job.requester.at, job.requester.staff, job.customer, job.state, {}}));
}

flow::ProfileSaved on(Work& work, const flow::GiveLevel& job) {
  const auto programme = work.programme.get(work.reader);
  if (!programme.ok()) return flow::answer(job, programme.error());
  return saved(work, job.ticket, job.customer, job.requester,
               give_level(work.book, (*programme)->rules,
                          {job.requester.at, job.requester.staff, job.customer, job.level,
                           job.until, job.reason}));
}

flow::ProfileSaved on(Work& work, const flow::UndoMerge& job) {
  return saved(work, job.ticket, job.customer, job.requester,
               undo_merge(work.book, job.merge, actor_of(job.requester)));
}

flow::PeopleFound on(Work& work, const flow::SearchCustomers& job) {
  auto hits = work.reader.search_customers(job.words, people_shown + 1, job.skip,
                                           searchable_keys(work.book.settings().customer_fields));
  if (!hits.ok()) return flow::answer(job, hits.error());
  const bool more = hits->size() > people_shown;
  if (more) hits->pop_back();
  return {job.ticket, shown_to(work, job.requester, *hits), more};
}

flow::PeopleFound on(Work& work, const flow::FindSimilar& job) {
  const auto similar =
      work.reader.similar_customers(candidate_of(job.typed, job.card), similar_shown);
  if (!similar.ok()) return flow::answer(job, similar.error());
  // Two of one name are no pair for the rules; whoever has them before the till can tell.
  auto hits = work.reader.search_customers(job.typed.name, similar_shown);
  if (!hits.ok()) return flow::answer(job, hits.error());
  for (const SimilarCustomer& each : *similar) {
    const auto same = std::ranges::find(*hits, each.ref, &CustomerHit::ref);
    if (same != hits->end()) continue;
    auto hit = hit_of(work, each.ref);
    if (!hit.ok()) return flow::answer(job, hit.error());
    hits->insert(hits->begin(), *std::move(hit));
  }
  return {job.ticket, shown_to(work, job.requester, *hits)};
}

flow::TimelineLoaded on(Work& work, const flow::LoadTimeline& job) {
  return {job.ticket, work.reader.timeline(job.customer, job.before, flow::story_page)};
}

flow::PairsLoaded on(Work& work, const flow::LoadPairs& job) {
  return {job.ticket, work.reader.duplicates(similarity::likely_from, flow::pairs_at_once)};
}

flow::PairLoaded on(Work& work, const flow::LoadPair& job) {
  auto one = look(work, job.one, job.requester);
  if (!one.ok()) return flow::answer(job, one.error());
  auto other = look(work, job.other, job.requester);
  if (!other.ok()) return flow::answer(job, other.error());
  return {job.ticket, flow::PairSeen{*std::move(one), *std::move(other)}};
}

flow::PairSettled on(Work& work, const flow::MergePair& job) {
  const auto fact =
      merge_customers(work.book, job.kept, job.merged, job.reason, actor_of(job.requester));
  if (!fact.ok()) return flow::answer(job, fact.error());
  return {job.ticket, Done{}};
}

flow::PairSettled on(Work& work, const flow::PartPair& job) {
  const auto fact = tell_apart(work.book, job.one, job.other, actor_of(job.requester));
  if (!fact.ok()) return flow::answer(job, fact.error());
  return {job.ticket, Done{}};
}

}  // namespace keepsake::app
