// `keepsake customer find`: search as the screens do.
#include <memory>
#include <ostream>

#include "kiosk/cli/customers/customer.hpp"
#include "kiosk/cli/shell_user.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/customer/search.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {

namespace {

struct Options {
  std::vector<std::string> words;
  std::string staff = shell_user();
  std::size_t limit = 20;
};

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
  std::string typed;
  for (const std::string& word : options.words) typed += word + " ";
  const auto hits = (*reader)->search_customers(typed, options.limit);
  if (!hits) return program.fail(hits.error());
  // Being shown to somebody is being looked at.
  std::vector<AuditEntry> shown;
  for (const CustomerHit& hit : *hits)
    shown.push_back({open->clock->local_now(), options.staff, AuditAction::searched, hit.ref});
  if (const auto ok = open->book->audit(shown); !ok) return program.fail(ok.error());
  if (program.json()) {
    auto list = Json::array();
    for (const CustomerHit& hit : *hits) list.push_back(to_json(hit));
    program.print({{"customers", list}});
    return hits->empty() ? Exit::no : Exit::ok;
  }
  Table table({{"name"}, {"phone"}, {"found by"}, {"value"}, {"reference"}});
  for (const CustomerHit& hit : *hits)
    table.row({hit.name.empty() ? hit.label : hit.name, hit.phone, std::string(name_of(hit.by)),
               hit.matched, to_hex(hit.ref)});
  if (hits->empty())
    program.out() << "No match.\n";
  else
    program.out() << table.text();
  return hits->empty() ? Exit::no : Exit::ok;
}

}  // namespace

void add_customer_find(Command& customer, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = customer.add_subcommand("find", "Search customers as the screens do");
  command->add_option("words", options->words, "Beginnings of names, digits, e-mail, card")
      ->required()
      ->type_name("WORDS");
  command->add_option("--limit", options->limit, "Maximum number of results")
      ->between(std::size_t{1}, limits::search_hits);
  command->add_option("--staff", options->staff, "Who is asking; written to the audit trail");
  command->footer(
      "All words must match. Accents and case make no difference; Latin letters find Cyrillic "
      "names and the\nreverse. A phone is found by its first digits, or by its last four or more. "
      "Exit code 1: no match.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
