#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "storage/cli/customer.hpp"
#include "storage/engine/durable_file.hpp"

namespace keepsake::cli {

namespace {

constexpr unsigned owner_only = 0600;

struct Options {
  std::string who;
  std::string out;
  std::string staff;
};

Exit run(Program& program, const Options& options) {
  auto open = program.open_book();
  if (!open) return program.fail(open.error());
  auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const auto ref = find_customer(**reader, open->book->settings(), options.who);
  if (!ref) return program.fail(ref.error());
  const auto file = read_customer_file(**reader, *ref);
  if (!file) return program.fail(file.error());
  const auto pdf = to_pdf(*file, open->book->settings());
  if (!pdf) return program.fail(pdf.error());
  if (const auto kept =
          open->book->audit({open->clock->local_now(), options.staff, AuditAction::exported, *ref});
      !kept)
    return program.fail(kept.error());
  const std::filesystem::path folder = options.out;
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  const std::string json =
      to_json(*file).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  for (const auto& [name, bytes] :
       {std::pair("customer.json", &json), std::pair("customer.pdf", &*pdf)})
    if (const auto written = write_durably(folder / name, *bytes, owner_only); !written)
      return program.fail(written.error());
  if (program.json())
    program.print({{"customer", to_hex(*ref)},
                   {"json", (folder / "customer.json").string()},
                   {"pdf", (folder / "customer.pdf").string()}});
  else
    program.out() << "Written: " << (folder / "customer.json").string() << " and "
                  << (folder / "customer.pdf").string() << '\n';
  return Exit::ok;
}

}  // namespace

void add_customer_export(CLI::App& customer, Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = customer.add_subcommand(
      "export", "Everything that is kept of a person, as JSON and as a readable PDF");
  command->add_option("who", options->who, "Reference, card, phone or e-mail")
      ->required()
      ->type_name("WHO");
  command->add_option("--out", options->out, "Folder for customer.json and customer.pdf")
      ->required()
      ->type_name("DIR");
  command->add_option("--staff", options->staff, "Who asks; kept in the audit trail");
  command->footer(
      "For the person who asks what the shop knows. Both files are their owner's alone.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
