#include <map>
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/customer/duplicates.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/engine/shell_user.hpp"
#include "storage/exchange/table.hpp"
#include "storage/services/merge_certain.hpp"

namespace keepsake::cli {
namespace {

constexpr std::size_t pairs_most = 1'000'000;

struct Options {
  int min_score = similarity::likely_from;
  std::size_t limit = 1000;
  std::string staff = shell_user();
  bool merge_certain = false;
};

std::string_view verdict(int score) {
  if (score >= similarity::certain_from) return "certain";
  return score >= similarity::likely_from ? "likely" : "possible";
}

/// Pairs that hang together have one number, counted from 1 in the order of the list.
std::vector<std::size_t> groups_of(const std::vector<DuplicatePair>& pairs) {
  std::map<CustomerRef, CustomerRef> leads_to;
  const auto head = [&](CustomerRef ref) {
    for (auto at = leads_to.find(ref); at != leads_to.end() && at->second != ref;
         at = leads_to.find(ref))
      ref = at->second;
    return ref;
  };
  for (const DuplicatePair& pair : pairs)
    if (const auto one = head(pair.one), other = head(pair.other); one != other)
      leads_to[other] = one;
  std::map<CustomerRef, std::size_t> numbers;
  std::vector<std::size_t> groups;
  groups.reserve(pairs.size());
  for (const DuplicatePair& pair : pairs)
    groups.push_back(numbers.try_emplace(head(pair.one), numbers.size() + 1).first->second);
  return groups;
}

std::string reasons_of(const Similarity& similarity) {
  std::string words;
  for (const SimilarityReason reason : similarity.reasons)
    words.append(words.empty() ? "" : ", ").append(name_of(reason));
  return words;
}

Result<std::string> label_of(Reader& reader, const CustomerRef& ref) {
  const auto profile = reader.customer_profile(ref);
  if (!profile) return profile.error();
  return *profile ? masked_name((*profile)->value(customer_field::name)) : std::string();
}

void print_json(Program& program, const std::vector<DuplicatePair>& pairs,
                const std::vector<FactId>& merges) {
  auto list = Json::array();
  const auto groups = groups_of(pairs);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    auto reasons = Json::array();
    for (const SimilarityReason reason : pairs[i].similarity.reasons)
      reasons.push_back(name_of(reason));
    list.push_back({{"group", groups[i]},
                    {"score", pairs[i].similarity.score},
                    {"verdict", verdict(pairs[i].similarity.score)},
                    {"one", to_hex(pairs[i].one)},
                    {"other", to_hex(pairs[i].other)},
                    {"reasons", reasons}});
  }
  auto merged = Json::array();
  for (const FactId& each : merges) merged.push_back(to_hex(each));
  program.print({{"pairs", list}, {"merged", merged}});
}

Result<Done> print_table(Program& program, Reader& reader,
                         const std::vector<DuplicatePair>& pairs) {
  Table table({{"group", Align::right},
               {"score", Align::right},
               {"verdict"},
               {"member"},
               {"name"},
               {"and"},
               {"name"},
               {"because of"}});
  const auto groups = groups_of(pairs);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const DuplicatePair& pair = pairs[i];
    const auto one = label_of(reader, pair.one);
    if (!one) return one.error();
    const auto other = label_of(reader, pair.other);
    if (!other) return other.error();
    table.row({std::to_string(groups[i]), std::to_string(pair.similarity.score),
               std::string(verdict(pair.similarity.score)), to_hex(pair.one), *one,
               to_hex(pair.other), *other, reasons_of(pair.similarity)});
  }
  if (!pairs.empty()) program.out() << table.text();
  return Done{};
}

Exit run(Program& program, const Options& options) {
  auto open = options.merge_certain ? program.open_book() : program.open_book_to_read();
  if (!open) return program.fail(open.error());
  const Actor actor{options.staff, open->clock->local_now()};
  // Everybody is looked at, so the entry names nobody.
  if (const auto kept =
          open->book->audit({actor.at, actor.staff, AuditAction::searched, CustomerRef{}});
      !kept)
    return program.fail(kept.error());
  std::vector<FactId> merges;
  if (options.merge_certain) {
    auto made = merge_certain(*open->book, pairs_most, actor);
    if (!made) return program.fail(made.error());
    merges = std::move(*made);
  }
  auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const auto pairs = (*reader)->duplicates(options.min_score, options.limit);
  if (!pairs) return program.fail(pairs.error());
  if (program.json()) {
    print_json(program, *pairs, merges);
    return Exit::ok;
  }
  if (const auto ok = print_table(program, **reader, *pairs); !ok) return program.fail(ok.error());
  if (options.merge_certain)
    program.out() << grouped(static_cast<std::int64_t>(merges.size()))
                  << " certain pairs merged.\n";
  program.out() << grouped(static_cast<std::int64_t>(pairs->size())) << " pairs"
                << (pairs->size() == options.limit ? " shown; there may be more" : "") << ".\n";
  return Exit::ok;
}

}  // namespace

void add_dedupe(Command& app, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = app.add_subcommand("dedupe", "Find duplicate customers");
  command->add_option("--min-score", options->min_score, "Lowest score of a pair, 400 to 1000")
      ->between(similarity::possible_from, 1000);
  command->add_option("--limit", options->limit, "Maximum number of pairs")
      ->between(std::size_t{1}, pairs_most);
  command->add_option("--staff", options->staff, "Who is asking; written to the audit trail");
  command->add_flag("--merge-certain", options->merge_certain,
                    "Merge the pairs that are certain, the later member into the earlier");
  command->footer(
      "Compared are phones, e-mails, cards, birthdays, names and addresses in any order of words "
      "and in Cyrillic or\nLatin letters. From 900 a pair is certain, from 600 (the default) "
      "likely, below possible. Nothing is merged\nunless it is asked for. `customer merge WHO "
      "OTHER` joins one pair, `customer unmerge` parts it again,\n`customer apart WHO OTHER` says "
      "that two are two: they are never listed together again. Formats: "
      "storage/exchange/CUSTOMERS.md.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
