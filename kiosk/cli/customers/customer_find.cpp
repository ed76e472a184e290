// `keepsake customer find`: search as the screens do.
#include <memory>
#include <ostream>

#include "kiosk/cli/customers/customer.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/search.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/engine/shell_user.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {

namespace {

struct Options {
  std::vector<std::string> words;
  std::string staff = shell_user();
  std::size_t limit = 20;
  std::size_t skip = 0;
};

/// The hits that were asked for, and whether there are others.
struct Shown {
  std::vector<CustomerHit> hits;
  bool more = false;
};

Result<Shown> search(Reader& reader, const Settings& settings, const Options& options) {
  const auto fields = searchable_keys(settings.customer_fields);
  std::string typed;
  for (const std::string& word : options.words) typed += word + " ";
  auto found = reader.search_customers(typed, options.limit, options.skip, fields);
  if (!found) return found.error();
  Shown shown{std::move(*found), false};
  if (shown.hits.size() < options.limit) return shown;
  const auto next = reader.search_customers(typed, 1, options.skip + options.limit, fields);
  if (!next) return next.error();
  shown.more = !next->empty();
  return shown;
}

Json to_json(const CustomerHit& hit) {
  return {{"reference", to_hex(hit.ref)},
          {"label", hit.label},
          {"name", hit.name},
          {"phone", hit.phone},
          {"masked_phone", hit.masked_phone},
          {"matched_by", name_of(hit.by)},
          {"matched", hit.matched}};
}

Exit run(Program& program, const Options& options) {
  auto open = program.open_book_to_read();
  if (!open) return program.fail(open.error());
  auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const auto shown = search(**reader, open->book->settings(), options);
  if (!shown) return program.fail(shown.error());
  const auto& hits = shown->hits;
  // Being shown to somebody is being looked at.
  std::vector<AuditEntry> looks;
  looks.reserve(hits.size());
  for (const CustomerHit& hit : hits)
    looks.push_back({open->clock->local_now(), options.staff, AuditAction::searched, hit.ref});
  if (const auto ok = open->book->audit(looks); !ok) return program.fail(ok.error());
  if (program.json()) {
    auto list = Json::array();
    for (const CustomerHit& hit : hits) list.push_back(to_json(hit));
    Json answer{{"customers", list}, {"more", shown->more}};
    if (shown->more) answer["next_skip"] = options.skip + options.limit;
    program.print(answer);
    return hits.empty() ? Exit::no : Exit::ok;
  }
  Table table({{"name"}, {"phone"}, {"found by"}, {"value"}, {"reference"}});
  for (const CustomerHit& hit : hits)
    table.row({hit.name.empty() ? hit.label : hit.name, hit.phone, std::string(name_of(hit.by)),
               hit.matched, to_hex(hit.ref)});
  if (hits.empty())
    program.out() << "No match.\n";
  else
    program.out() << table.text();
  if (shown->more)
    program.out() << "There are more: go on with --skip " << options.skip + options.limit
                  << ", or type more of the name.\n";
  return hits.empty() ? Exit::no : Exit::ok;
}

}  // namespace

void add_customer_find(Command& customer, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = customer.add_subcommand("find", "Search customers as the screens do");
  command->add_option("words", options->words, "Beginnings of names, digits, e-mail, card")
      ->required()
      ->type_name("WORDS");
  command->add_option("--limit", options->limit, "Maximum number of results")
      ->between(std::size_t{1}, limits::search_hits)
      ->capture_default_str();
  command->add_option("--skip", options->skip, "Leave out so many of the first results")
      ->between(std::size_t{0}, limits::search_skipped - limits::search_hits)
      ->type_name("N");
  command->add_option("--staff", options->staff, "Who is asking; written to the audit trail");
  command->footer(
      "All words must match. Accents and case make no difference; Latin letters find Cyrillic "
      "names and the\nreverse. A phone is found by its first digits, or by its last four or more. "
      "Results beyond --limit are told (with --json: \"more\" and \"next_skip\"). Exit code 1: no "
      "match.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
