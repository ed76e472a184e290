#include "kiosk/app/customer_jobs.hpp"

#include <algorithm>

#include "kiosk/app/sale_jobs.hpp"
#include "storage/services/customer_files.hpp"
#include "storage/services/customers.hpp"

namespace keepsake::app {
namespace {

constexpr std::size_t vouchers_shown = 50;
constexpr std::size_t people_shown = 20;

constexpr std::size_t similar_shown = 4;

/// Who asks is signed in and is what they say they are, by the vault's word.
Result<Done> only_for(Viewer least, Book& book, const flow::Requester& requester) {
  const auto staff = book.vault().staff();
  const auto found = std::ranges::find(staff, requester.staff, &StaffMember::id);
  if (requester.viewer == Viewer::customer || found == staff.end())
    return Error{Failure::refused, "role.staff", "This is for staff only", "", "Sign in."};
  const bool manager = requester.viewer == Viewer::manager;
  if ((manager || least == Viewer::manager) && !(manager && found->manager))
    return Error{Failure::refused, "role.managers", "This is for managers only", "",
                 "Ask a manager."};
  return Done{};
}

/// What a customer asks on their own page is not staff's; staff must be who they say they are.
Result<Done> themselves_or_staff(Book& book, const flow::Requester& requester) {
  if (requester.viewer == Viewer::customer) return Done{};
  return only_for(Viewer::staff, book, requester);
}

Result<MemberStanding> standing_of(const Book& book, Reader& reader, const CustomerRef& customer,
                                   LocalTime at) {
  const auto programme = rules_now(book, reader);
  if (!programme.ok()) return programme.error();
  const loyalty::Rules& rules = programme->rules;
  const auto member = reader.member(customer, rules, at);
  if (!member.ok()) return member.error();
  auto vouchers = reader.vouchers(customer, vouchers_shown);
  if (!vouchers.ok()) return vouchers.error();
  return MemberStanding{loyalty::overview(rules, *member, at), *std::move(vouchers)};
}

/// With thumbnails as far as they are here: the content of files does not travel.
Result<std::vector<flow::FileSeen>> files_of(Book& book, Reader& reader,
                                             const CustomerRef& customer, Viewer viewer) {
  auto files = reader.files(customer);
  if (!files.ok()) return files.error();
  if (files->size() > flow::files_shown) files->resize(flow::files_shown);
  std::vector<flow::FileSeen> seen;
  for (AttachedFile& file : *files) {
    flow::FileSeen each;
    each.withheld = viewer == Viewer::staff && file.kind != FileKind::photo;
    if (!each.withheld)
      if (auto picture = read_thumbnail(book, file); picture.ok())
        each.thumbnail = std::make_shared<const Picture>(*std::move(picture));
    each.file = std::move(file);
    if (each.withheld) each.file.name.clear();
    seen.push_back(std::move(each));
  }
  return seen;
}

/// Nothing is shown that was not written down first.
Result<flow::ProfileSeen> look(Book& book, Reader& reader, const CustomerRef& customer,
                               const flow::Requester& requester) {
  auto profile = reader.customer_profile(customer);
  if (!profile.ok()) return profile.error();
  auto view = reader.customer(customer);
  if (!view.ok()) return view.error();
  if (!profile.value() || !view.value())
    return Error{Failure::not_found, "customer.unknown", "There is no such customer", "",
                 "Look the customer up again."};
  if (const auto kept = keep_look(book, customer, requester); !kept.ok()) return kept.error();
  flow::ProfileSeen seen;
  seen.profile =
      seen_by(std::move(*profile.value()), requester.viewer, book.settings().customer_fields);
  seen.view = std::move(*view.value());
  seen.view.profile = {};
  if (requester.viewer == Viewer::customer) return seen;
  if (auto standing = standing_of(book, reader, customer, requester.at); standing.ok())
    seen.standing = *std::move(standing);
  if (requester.viewer != Viewer::manager) return seen;
  auto merges = reader.merges(customer);
  if (!merges.ok()) return merges.error();
  seen.merges = *std::move(merges);
  return seen;
}

/// A look at one customer alone, whose files are shown, too.
Result<flow::ProfileSeen> page_of(Book& book, Reader& reader, const CustomerRef& customer,
                                  const flow::Requester& requester) {
  auto seen = look(book, reader, customer, requester);
  if (!seen.ok() || requester.viewer == Viewer::customer) return seen;
  auto files = files_of(book, reader, customer, requester.viewer);
  if (!files.ok()) return files.error();
  seen->files = *std::move(files);
  return seen;
}

template <class Saved>
flow::ProfileSaved saved(Book& book, Reader& reader, flow::Ticket ticket,
                         const CustomerRef& customer, const flow::Requester& requester,
                         const Result<Saved>& outcome) {
  if (!outcome.ok()) return {ticket, outcome.error(), std::nullopt};
  flow::ProfileSaved answer{ticket, Done{}, std::nullopt};
  // What was saved stands whatever the read after it says.
  if (auto seen = page_of(book, reader, customer, requester); seen.ok())
    answer.seen = *std::move(seen);
  return answer;
}

Actor actor_of(const flow::Requester& requester) { return {requester.staff, requester.at}; }

/// Hits as the requester may see them. Whoever is shown to somebody was looked at.
Result<std::vector<flow::FoundPerson>> shown_to(Book& book, const flow::Requester& requester,
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
  if (const auto kept = book.audit(looks); !kept.ok()) return kept.error();
  return people;
}

Result<CustomerHit> hit_of(Reader& reader, const CustomerRef& customer) {
  const auto view = reader.customer(customer);
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

flow::StandingLoaded answer_to(Book& book, Reader& reader, const flow::LoadStanding& job) {
  return {job.ticket, standing_of(book, reader, job.customer, job.at)};
}

flow::StoryLoaded answer_to(Book&, Reader& reader, const flow::LoadStory& job) {
  return {job.ticket, reader.points_story(job.customer, job.before, flow::story_page)};
}

flow::ProfileLoaded answer_to(Book& book, Reader& reader, const flow::LoadProfile& job) {
  if (const auto ok = themselves_or_staff(book, job.requester); !ok.ok())
    return refuse(job, ok.error());
  return {job.ticket, page_of(book, reader, job.customer, job.requester)};
}

flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::ChangeConsents& job) {
  if (const auto ok = themselves_or_staff(book, job.requester); !ok.ok())
    return refuse(job, ok.error());
  return saved(
      book, reader, job.ticket, job.customer, job.requester,
      change_consents(book, job.customer, job.consents, place_of(book), actor_of(job.requester)));
}

flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::ChangeProfile& job) {
  if (const auto ok = themselves_or_staff(book, job.requester); !ok.ok())
    return refuse(job, ok.error());
  const auto& fields = book.settings().customer_fields;
  if (const auto ok = may_change(job.change, job.requester.viewer, fields); !ok.ok())
    return refuse(job, ok.error());
  return saved(book, reader, job.ticket, job.customer, job.requester,
               change_customer(book, job.customer, job.change, actor_of(job.requester)));
}

flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::AddNote& job) {
  if (const auto ok = only_for(Viewer::staff, book, job.requester); !ok.ok())
    return refuse(job, ok.error());
  return saved(book, reader, job.ticket, job.customer, job.requester,
               add_note(book, job.customer, job.text, actor_of(job.requester)));
}

flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::ChangeWallet& job) {
  const bool blocks = job.state == WalletState::blocked;
  if (const auto ok = only_for(blocks ? Viewer::staff : Viewer::manager, book, job.requester);
      !ok.ok())
    return refuse(job, ok.error());
  return saved(book, reader, job.ticket, job.customer, job.requester,
               book.record(WalletChange{
                   job.requester.at, job.requester.staff, job.customer, job.state, {}}));
}

flow::ProfileSaved answer_to(Book& book, Reader& reader, const flow::UndoMerge& job) {
  if (const auto ok = only_for(Viewer::manager, book, job.requester); !ok.ok())
    return refuse(job, ok.error());
  return saved(book, reader, job.ticket, job.customer, job.requester,
               undo_merge(book, job.merge, actor_of(job.requester)));
}

flow::PeopleFound answer_to(Book& book, Reader& reader, const flow::SearchCustomers& job) {
  if (const auto ok = only_for(Viewer::staff, book, job.requester); !ok.ok())
    return refuse(job, ok.error());
  auto hits = reader.search_customers(job.words, people_shown);
  if (!hits.ok()) return refuse(job, hits.error());
  return {job.ticket, shown_to(book, job.requester, *hits)};
}

flow::PeopleFound answer_to(Book& book, Reader& reader, const flow::FindSimilar& job) {
  if (const auto ok = only_for(Viewer::staff, book, job.requester); !ok.ok())
    return refuse(job, ok.error());
  const auto similar = reader.similar_customers(candidate_of(job.typed, job.card), similar_shown);
  if (!similar.ok()) return refuse(job, similar.error());
  // Two of one name are no pair for the rules; whoever has them before the till can tell.
  auto hits = reader.search_customers(job.typed.name, similar_shown);
  if (!hits.ok()) return refuse(job, hits.error());
  for (const SimilarCustomer& each : *similar) {
    const auto same = std::ranges::find(*hits, each.ref, &CustomerHit::ref);
    if (same != hits->end()) continue;
    auto hit = hit_of(reader, each.ref);
    if (!hit.ok()) return refuse(job, hit.error());
    hits->insert(hits->begin(), *std::move(hit));
  }
  return {job.ticket, shown_to(book, job.requester, *hits)};
}

flow::TimelineLoaded answer_to(Book& book, Reader& reader, const flow::LoadTimeline& job) {
  if (const auto ok = only_for(Viewer::staff, book, job.requester); !ok.ok())
    return refuse(job, ok.error());
  return {job.ticket, reader.timeline(job.customer, job.before, flow::story_page)};
}

flow::PairsLoaded answer_to(Book& book, Reader& reader, const flow::LoadPairs& job) {
  if (const auto ok = only_for(Viewer::manager, book, job.requester); !ok.ok())
    return refuse(job, ok.error());
  return {job.ticket, reader.duplicates(similarity::likely_from, flow::pairs_at_once)};
}

flow::PairLoaded answer_to(Book& book, Reader& reader, const flow::LoadPair& job) {
  if (const auto ok = only_for(Viewer::manager, book, job.requester); !ok.ok())
    return refuse(job, ok.error());
  auto one = look(book, reader, job.one, job.requester);
  if (!one.ok()) return refuse(job, one.error());
  auto other = look(book, reader, job.other, job.requester);
  if (!other.ok()) return refuse(job, other.error());
  return {job.ticket, flow::PairSeen{*std::move(one), *std::move(other)}};
}

flow::PairSettled answer_to(Book& book, Reader&, const flow::MergePair& job) {
  if (const auto ok = only_for(Viewer::manager, book, job.requester); !ok.ok())
    return refuse(job, ok.error());
  const auto fact =
      merge_customers(book, job.kept, job.merged, job.reason, actor_of(job.requester));
  if (!fact.ok()) return refuse(job, fact.error());
  return {job.ticket, Done{}};
}

flow::PairSettled answer_to(Book& book, Reader&, const flow::PartPair& job) {
  if (const auto ok = only_for(Viewer::manager, book, job.requester); !ok.ok())
    return refuse(job, ok.error());
  const auto fact = tell_apart(book, job.one, job.other, actor_of(job.requester));
  if (!fact.ok()) return refuse(job, fact.error());
  return {job.ticket, Done{}};
}

}  // namespace keepsake::app
