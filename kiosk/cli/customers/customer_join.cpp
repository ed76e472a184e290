// `keepsake customer join`: a new customer, and what joining earns.
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/customers/customer.hpp"
#include "kiosk/cli/loyalty/loyalty.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/duplicates.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/fact.hpp"
#include "storage/engine/shell_user.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  WrittenChange written;
  std::string wording, language = "en", place, referrer, staff = shell_user();
  bool new_anyway = false;
};

/// A phone, e-mail or card that somebody has names that person.
Result<Done> expect_new(Reader& reader, const Settings& settings, const ProfileChange& profile) {
  for (const ContactAddition& each : profile.added) {
    if (each.kind == ContactKind::address || each.kind == ContactKind::label) continue;
    const auto known = find_customer(reader, settings, each.value);
    if (known)
      return Error{Failure::refused, "customer.known",
                   "This " + std::string(name_of(each.kind)) + " already belongs to a customer",
                   "--add", "Look at customer " + to_hex(*known)};
    if (known.error().kind != Failure::not_found) return known.error();
  }
  return Done{};
}

/// What was written, as it is compared with those who are customers already.
CustomerProfile candidate_of(const ProfileChange& written, const Settings& settings) {
  CustomerProfile candidate;
  for (const FieldChange& each : written.fields)
    candidate.fields.push_back({each.field, each.value, {}});
  for (const ContactAddition& each : written.added) {
    std::string value = each.value;
    if (each.kind == ContactKind::phone)
      if (auto phone = normalise_phone(value, settings.calling_code, settings.country); phone)
        value = *std::move(phone);
    candidate.contacts.push_back({{}, {}, each.kind, std::move(value), each.usage});
  }
  return candidate;
}

constexpr std::size_t similar_listed = 5;

/// Those who may be this person, for somebody to look at. Being listed is being looked at.
Result<std::vector<SimilarCustomer>> similar_to(OpenBook& open, Reader& reader,
                                                const ProfileChange& profile,
                                                const std::string& staff) {
  auto similar =
      reader.similar_customers(candidate_of(profile, open.book->settings()), similar_listed);
  if (!similar) return similar.error();
  std::erase_if(*similar, [](const SimilarCustomer& each) {
    return each.similarity.score < similarity::likely_from;
  });
  std::vector<AuditEntry> looks;
  for (const SimilarCustomer& each : *similar)
    looks.push_back({open.clock->local_now(), staff, AuditAction::searched, each.ref});
  if (const auto kept = open.book->audit(looks); !kept) return kept.error();
  return similar;
}

Exit list(Program& program, const std::vector<SimilarCustomer>& similar) {
  auto rows = Json::array();
  if (!program.json()) program.out() << "Nobody joined: this may be a customer already.\n";
  for (const SimilarCustomer& each : similar) {
    auto reasons = Json::array();
    std::string words;
    for (const SimilarityReason reason : each.similarity.reasons) {
      reasons.push_back(name_of(reason));
      words.append(words.empty() ? "" : ", ").append(name_of(reason));
    }
    rows.push_back(
        {{"reference", to_hex(each.ref)}, {"score", each.similarity.score}, {"reasons", reasons}});
    if (!program.json()) program.out() << "  " << to_hex(each.ref) << "  " << words << '\n';
  }
  if (program.json())
    program.print({{"customer", nullptr}, {"similar", rows}});
  else
    program.out() << "Look at them with customer show; if it is somebody else, add --new-anyway.\n";
  return Exit::no;
}

struct Joined {
  std::vector<SimilarCustomer> similar;  ///< not empty: nobody joined
  CustomerRef ref;
  std::vector<EarningTrigger> triggers;
  std::vector<Judged> verdicts;
};

Result<Joined> join(OpenBook& open, const Options& options) {
  Book& book = *open.book;
  auto profile = read_change(options.written);
  if (!profile) return profile.error();
  if (profile->empty())
    return Error{Failure::bad_input, "usage", "No details of the customer are given", "",
                 "Give at least --set name=... or --add phone=..."};
  const auto reader = book.reader();
  if (!reader) return reader.error();
  if (auto ok = expect_new(**reader, book.settings(), *profile); !ok) return ok.error();
  if (!options.new_anyway) {
    auto similar = similar_to(open, **reader, *profile, options.staff);
    if (!similar) return similar.error();
    if (!similar->empty()) return Joined{*std::move(similar), {}, {}, {}};
  }
  std::optional<CustomerRef> referrer;
  if (!options.referrer.empty()) {
    const auto found = find_anybody(**reader, book.settings(), options.referrer);
    if (!found) return found.error();
    referrer = *found;
  }
  const auto programme = active_programme(book, **reader);
  if (!programme) return programme.error();
  const Actor actor{options.staff, open.clock->local_now()};
  NewCustomer customer{"", std::move(*profile), {}, options.place};
  if (!options.wording.empty())
    customer.consents = {
        {ConsentPurpose::membership, true, options.wording, options.language, actor.at}};
  const auto ref = book.vault().new_customer();
  if (!ref) return ref.error();
  const auto facts = enrolment_facts(book, *ref, std::move(customer), actor);
  if (!facts) return facts.error();
  Joined joined{{}, *ref, triggers_in(facts->front()), {}};
  std::vector<EarningTrigger> more;
  if (referrer) more = referral(*ref, *referrer);
  auto recorded = record_earning(book, *programme, *facts, more, actor);
  if (!recorded) return recorded.error();
  joined.triggers.insert(joined.triggers.end(), more.begin(), more.end());
  joined.verdicts = std::move(recorded->verdicts);
  return joined;
}

Exit run(Program& program, const Options& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  const auto joined = join(*open, options);
  if (!joined) return program.fail(joined.error());
  if (!joined->similar.empty()) return list(program, joined->similar);
  if (!program.json()) {
    program.out() << "Joined: " << to_hex(joined->ref) << '\n';
    for (std::size_t i = 0; i < joined->triggers.size(); ++i)
      if (joined->verdicts[i].event) print(program.out(), joined->triggers[i], joined->verdicts[i]);
    return Exit::ok;
  }
  auto events = Json::array();
  for (std::size_t i = 0; i < joined->triggers.size(); ++i)
    events.push_back(to_json(joined->triggers[i], joined->verdicts[i]));
  program.print({{"customer", to_hex(joined->ref)}, {"events", events}});
  return Exit::ok;
}

}  // namespace

void add_customer_join(Command& customer, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = customer.add_subcommand("join", "Enrol a new customer");
  command->add_option("--set", options->written.sets, "FIELD=VALUE, as in `customer change`")
      ->take_all();
  command->add_option("--add", options->written.adds, "KIND=VALUE: phone, email, card, label ...")
      ->take_all();
  command->add_option("--wording", options->wording, "Version of the terms they agreed to")
      ->type_name("TEXT");
  command->add_option("--language", options->language, "Language of the terms")->type_name("TAG");
  command->add_option("--place", options->place, "Store or terminal where they agreed")
      ->type_name("TEXT");
  command->add_option("--referred-by", options->referrer, "The member who referred them; both earn")
      ->type_name("WHO");
  command->add_option("--staff", options->staff, "Who is enrolling them")->type_name("NAME");
  command->add_flag("--new-anyway", options->new_anyway,
                    "They are not one of the similar customers who were listed");
  command->footer(
      "A phone, e-mail or card that belongs to another customer is refused. Where somebody may be "
      "a "
      "customer already, nobody\njoins, they are listed, and the exit code is 1. What the "
      "programme "
      "gives for joining and\nfor a referral is earned in the same transaction, by the new member "
      "and by the one who referred them.\nExample: keepsake customer join --set name='Ingrid "
      "Haugen' --add phone=91234417 --referred-by C-1");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
