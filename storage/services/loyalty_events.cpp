#include "storage/services/loyalty_events.hpp"

#include <iterator>
#include <map>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/loyalty/enum_names.hpp"
#include "storage/domain/loyalty/sale.hpp"

namespace keepsake {

namespace {

std::string item_of(std::string_view maker, std::string_view serial) {
  return std::string(maker) + " / " + std::string(serial);
}

/// What the next trigger of the same call must see.
void count(const LoyaltyEvent& event, loyalty::Uses& uses) {
  for (const RulePoints& rule : event.loyalty.rules) {
    loyalty::Use& use = uses[rule.rule];
    ++use.times;
    use.points.hundredths += rule.points.hundredths;
    use.points_today.hundredths += rule.points.hundredths;
    use.last_on = event.at.date();
  }
}

void move_on(const LoyaltyEvent& event, loyalty::Member& member) {
  count(event, member.uses);
  member.earned_today.hundredths += event.points_earned.hundredths;
  member.window.points_hundredths += event.points_earned.hundredths;
  member.debt.hundredths -= event.loyalty.debt_settled.hundredths;
  if (member.given) {
    member.given->earned = event.loyalty.tier_after;
    member.given->earned_since = event.loyalty.tier_since;
    return;
  }
  member.tier = event.loyalty.tier_after;
  member.tier_since = event.loyalty.tier_since;
}

class Judge {
 public:
  Judge(Reader& reader, const ActiveProgramme& programme, const Actor& actor)
      : reader_(reader), programme_(programme), actor_(actor) {}

  Result<Judged> judge(const EarningTrigger& trigger) {
    const CustomerRef& whose = trigger.about.nobody() ? trigger.customer : trigger.about;
    const std::string cause = cause_of(trigger);
    const auto before = reader_.has_earned(whose, cause);
    if (!before) return before.error();
    if (*before) return Judged{Verdict::before, {}};
    auto member = member_of(trigger.customer);
    if (!member) return member.error();
    (*member)->uses_by_all = by_all_;
    SaleRequest request;
    request.store = programme_.store;
    request.events = {trigger.event};
    const SaleContext context{actor_.at,        actor_.staff,         {},
                              trigger.customer, programme_.programme, {}};
    auto event = to_event(context, request, std::string(loyalty::name_of(trigger.event)),
                          programme_.rules, **member);
    if (!event) return event.error();
    if (event->points_earned.hundredths == 0) return Judged{Verdict::nothing, {}};
    event->cause = cause;
    event->about = trigger.about;
    move_on(*event, **member);
    count(*event, by_all_);
    return Judged{Verdict::earned, std::move(*event)};
  }

 private:
  Result<loyalty::Member*> member_of(const CustomerRef& customer) {
    if (const auto known = members_.find(customer); known != members_.end()) return &known->second;
    auto member = reader_.member(customer, programme_.rules, actor_.at);
    if (!member) return member.error();
    if (members_.empty()) by_all_ = member->uses_by_all;
    return &members_.emplace(customer, std::move(*member)).first->second;
  }

  Reader& reader_;
  const ActiveProgramme& programme_;
  const Actor& actor_;
  std::map<CustomerRef, loyalty::Member> members_;
  loyalty::Uses by_all_;  // of everybody, with what was judged here
};

/// An item that is under cover already earns nothing: the registration is a dispute.
Result<bool> disputed(Reader& reader, const Fact& fact) {
  const auto* registration = get_if<WarrantyRegistration>(&fact);
  if (registration == nullptr) return false;
  return reader.item_registered(registration->maker, registration->serial);
}

}  // namespace

std::string cause_of(const EarningTrigger& trigger) {
  std::string cause(loyalty::name_of(trigger.event));
  if (!trigger.which.empty()) cause.append(": ").append(trigger.which);
  return cause;
}

std::vector<EarningTrigger> triggers_in(const Fact& fact) {
  if (const auto* enrolment = get_if<CustomerEnrolment>(&fact))
    return {{loyalty::Event::enrolled, enrolment->customer}};
  if (const auto* warranty = get_if<WarrantyRegistration>(&fact))
    if (!warranty->customer.nobody())
      return {{loyalty::Event::warranty_registered,
               warranty->customer,
               {},
               item_of(warranty->maker, warranty->serial)}};
  return {};
}

std::vector<EarningTrigger> referral(const CustomerRef& joined, const CustomerRef& referrer) {
  return {{loyalty::Event::referred, joined}, {loyalty::Event::referrer, referrer, joined}};
}

Result<std::vector<Judged>> judge(Reader& reader, const ActiveProgramme& programme,
                                  std::span<const EarningTrigger> triggers, const Actor& actor) {
  std::vector<Judged> verdicts;
  if (programme.programme.version == 0) {
    verdicts.resize(triggers.size());
    return verdicts;
  }
  Judge judge(reader, programme, actor);
  for (const EarningTrigger& trigger : triggers) {
    auto judged = judge.judge(trigger);
    if (!judged) return judged.error();
    verdicts.push_back(std::move(*judged));
  }
  return verdicts;
}

Result<RecordedEarning> record_earning(Book& book, const ActiveProgramme& programme,
                                       std::span<const Fact> facts,
                                       std::span<const EarningTrigger> more, const Actor& actor) {
  RecordedEarning recorded;
  std::vector<Fact> all(facts.begin(), facts.end());
  {
    const auto reader = book.reader();
    if (!reader) return reader.error();
    std::vector<EarningTrigger> triggers;
    for (const Fact& fact : facts) {
      const auto twice = disputed(**reader, fact);
      if (!twice) return twice.error();
      if (!*twice) std::ranges::move(triggers_in(fact), std::back_inserter(triggers));
    }
    triggers.insert(triggers.end(), more.begin(), more.end());
    auto verdicts = judge(**reader, programme, triggers, actor);
    if (!verdicts) return verdicts.error();
    recorded.verdicts = std::move(*verdicts);
  }
  for (const Judged& judged : recorded.verdicts)
    if (judged.event) all.emplace_back(*judged.event);
  if (all.empty()) return recorded;
  auto ids = book.record_all(all);
  if (!ids) return ids.error();
  ids->resize(facts.size());
  recorded.facts = std::move(*ids);
  return recorded;
}

}  // namespace keepsake
