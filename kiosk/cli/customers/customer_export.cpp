#include <memory>
#include <ostream>

#include "kiosk/cli/customers/customer.hpp"
#include "kiosk/cli/customers/customer_document.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/private_file.hpp"
#include "storage/engine/shell_user.hpp"
#include "storage/locale/catalogue_folder.hpp"
#include "storage/services/customer_files.hpp"

namespace keepsake::cli {

namespace {

struct Options {
  std::string who;
  std::string out;
  std::string staff = shell_user();
  std::string language;
};

Result<Done> write_files(Book& book, const CustomerRef& ref, const CustomerFile& file,
                         const std::filesystem::path& folder) {
  if (file.files.empty()) return Done{};
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  for (const AttachedFile& each : file.files) {
    const auto content = read_file(book, ref, each.hash);
    if (!content) return content.error();
    if (auto ok = PrivateFile::put(folder / safe_name(each), *content); !ok) return ok;
  }
  return Done{};
}

Locale locale_for(const CustomerProfile& profile, const Settings& settings,
                  const Options& options) {
  const auto asked = parse_language(options.language);
  return Locale::make(asked ? *asked : language_for(profile, settings), settings.country,
                      catalogue_folder());
}

Exit run(Program& program, const Options& options) {
  for (const char* name : {"customer.json", "customer.pdf", "files"})
    if (const auto ok = check_new(std::filesystem::path(options.out) / name); !ok)
      return program.fail(ok.error());
  auto open = program.open_book_to_read();
  if (!open) return program.fail(open.error());
  auto reader = open->book->reader();
  if (!reader) return program.fail(reader.error());
  const auto ref = find_customer(**reader, open->book->settings(), options.who);
  if (!ref) return program.fail(ref.error());
  const auto file = read_customer_file(*open, **reader, *ref);
  if (!file) return program.fail(file.error());
  const auto pdf = to_pdf(*file, open->book->settings(),
                          locale_for(file->profile, open->book->settings(), options));
  if (!pdf) return program.fail(pdf.error());
  if (const auto kept =
          open->book->audit({open->clock->local_now(), options.staff, AuditAction::exported, *ref});
      !kept)
    return program.fail(kept.error());
  const std::filesystem::path folder = options.out;
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  const std::string json = to_json(*file).dump(2) + "\n";
  for (const auto& [name, bytes] :
       {std::pair("customer.json", &json), std::pair("customer.pdf", &*pdf)})
    if (const auto written = PrivateFile::put(folder / name, *bytes); !written)
      return program.fail(written.error());
  if (const auto written = write_files(*open->book, *ref, *file, folder / "files"); !written)
    return program.fail(written.error());
  if (program.json())
    program.print({{"customer", to_hex(*ref)},
                   {"json", (folder / "customer.json").string()},
                   {"pdf", (folder / "customer.pdf").string()},
                   {"files", file->files.size()}});
  else
    program.out() << "Written: " << (folder / "customer.json").string() << " and "
                  << (folder / "customer.pdf").string() << '\n';
  return Exit::ok;
}

}  // namespace

void add_customer_export(Command& customer, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = customer.add_subcommand(
      "export", "Export everything kept about a person, as JSON and as a readable PDF");
  command->add_option("who", options->who, "Reference, card, phone or e-mail")
      ->required()
      ->type_name("WHO");
  command->add_option("--out", options->out, "Folder for customer.json, customer.pdf and files/")
      ->required()
      ->type_name("DIR");
  command->add_option("--staff", options->staff, "Who is asking; written to the audit trail");
  command
      ->add_option("--language", options->language,
                   "Of the PDF [the customer's own, else the shop's]")
      ->one_of({"en", "nb", "nl", "uk", "id", "fil"})
      ->type_name("TAG");
  command->footer(
      "For a person who asks what the shop knows about them. Only the user who runs this can read "
      "the files.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
