// `keepsake customer attach|files|file|detach`.
#include "storage/services/customer_files.hpp"

#include <filesystem>
#include <memory>
#include <ostream>

#include "kiosk/cli/customers/customer.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/private_file.hpp"
#include "storage/engine/shell_user.hpp"
#include "storage/engine/whole_file.hpp"
#include "storage/exchange/table.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::cli {

namespace {

struct Options {
  std::string who;
  std::string file;
  std::string hash;
  std::string kind = "document";
  std::string out;
  std::string staff = shell_user();
  bool thumbnail = false;
};

Json to_json(const AttachedFile& file) {
  return {{"hash", to_hex(file.hash)},
          {"kind", name_of(file.kind)},
          {"type", ending_of(file.type)},
          {"bytes", file.bytes},
          {"name", file.name},
          {"at", to_iso(file.at)},
          {"staff", file.staff},
          {"id", to_hex(file.attachment)}};
}

Exit run_attach(Program& program, const Options& options) {
  const auto kind = parse_file_kind(options.kind);
  if (!kind) return program.fail(kind.error());
  const auto content = read_whole(options.file, limits::file_bytes);
  if (!content) return program.fail(content.error());
  auto target = open_customer(program, options.who, options.staff);
  if (!target) return program.fail(target.error());
  const NewFile file{*kind, std::filesystem::path(options.file).filename().string(), *content};
  const auto id = attach_file(*target->open.book, target->ref, file, target->actor);
  if (!id) return program.fail(id.error());
  const std::string hash = to_hex(sha256(*content));
  if (program.json())
    program.print({{"attached", hash}, {"id", to_hex(*id)}});
  else
    program.out() << "Attached: " << hash << '\n';
  return Exit::ok;
}

Exit run_files(Program& program, const Options& options) {
  auto target = look_at_customer(program, options.who, options.staff);
  if (!target) return program.fail(target.error());
  auto reader = target->open.book->reader();
  if (!reader) return program.fail(reader.error());
  const auto files = (*reader)->files(target->ref);
  if (!files) return program.fail(files.error());
  if (program.json()) {
    auto list = Json::array();
    for (const AttachedFile& each : *files) list.push_back(to_json(each));
    program.print({{"files", list}});
    return Exit::ok;
  }
  Table table({{"when"}, {"kind"}, {"type"}, {"bytes", Align::right}, {"name"}, {"hash"}});
  for (const AttachedFile& each : *files)
    table.row({to_iso(each.at), std::string(name_of(each.kind)), std::string(ending_of(each.type)),
               std::to_string(each.bytes), each.name, to_hex(each.hash)});
  program.out() << table.text();
  return Exit::ok;
}

Exit run_file(Program& program, const Options& options) {
  const auto hash = parse_hash(options.hash);
  if (!hash) return program.fail(hash.error());
  if (const auto ok = check_new(options.out); !ok) return program.fail(ok.error());
  auto target = look_at_customer(program, options.who, options.staff);
  if (!target) return program.fail(target.error());
  const auto part = options.thumbnail ? file_store::Part::thumbnail : file_store::Part::content;
  const auto content = read_file(*target->open.book, target->ref, *hash, part);
  if (!content) return program.fail(content.error());
  if (const auto ok = PrivateFile::put(options.out, *content); !ok) return program.fail(ok.error());
  if (program.json())
    program.print({{"written", options.out}, {"bytes", content->size()}});
  else
    program.out() << "Written: " << options.out << '\n';
  return Exit::ok;
}

Exit run_detach(Program& program, const Options& options) {
  const auto hash = parse_hash(options.hash);
  if (!hash) return program.fail(hash.error());
  auto target = open_customer(program, options.who, options.staff);
  if (!target) return program.fail(target.error());
  const auto id = remove_file(*target->open.book, target->ref, *hash, target->actor);
  if (!id) return program.fail(id.error());
  if (program.json())
    program.print({{"removed", options.hash}, {"id", to_hex(*id)}});
  else
    program.out() << "Removed: " << options.hash << '\n';
  return Exit::ok;
}

std::shared_ptr<Options> add(Command& customer, Program& program, const char* name,
                             const char* description, Exit (*run)(Program&, const Options&),
                             Command*& command) {
  auto options = std::make_shared<Options>();
  command = customer.add_subcommand(name, description);
  command->add_option("who", options->who, "Reference, card, phone or e-mail")
      ->required()
      ->type_name("WHO");
  command->add_option("--staff", options->staff, "Who is doing this; written to the audit trail");
  command->callback([&program, options, run] {
    program.set_action([&program, options, run] { return run(program, *options); });
  });
  return options;
}

}  // namespace

std::string safe_name(const AttachedFile& file) {
  std::string name = to_hex(file.hash).substr(0, 8) + "-";
  const std::string given = file.name.empty() ? std::string(name_of(file.kind)) : file.name;
  for (const char c : given) {
    const bool special = std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
    name += special || static_cast<unsigned char>(c) < 0x20 ? '_' : c;
  }
  const std::string ending = "." + std::string(ending_of(file.type));
  return name.ends_with(ending) ? name : name + ending;
}

Json to_json(const std::vector<AttachedFile>& files) {
  auto list = Json::array();
  for (const AttachedFile& each : files) {
    auto entry = to_json(each);
    entry["file"] = "files/" + safe_name(each);
    list.push_back(std::move(entry));
  }
  return list;
}

void add_customer_files(Command& customer, Program& program) {
  Command* command = nullptr;
  auto options = add(customer, program, "attach", "Attach a photo, an invoice or a document",
                     run_attach, command);
  command->add_option("file", options->file, "PNG, JPEG or PDF")->required()->type_name("FILE");
  command->add_option("--kind", options->kind, "photo, invoice or document")
      ->one_of({"photo", "invoice", "document"});
  command->footer(
      "At most 10 MiB. The type is recognised by the content, not by the name. The file is "
      "encrypted under the\ncustomer's key and erased with the customer. It is not sent to head "
      "office yet.");

  add(customer, program, "files", "List a customer's files", run_files, command);

  options = add(customer, program, "file", "Save one of a customer's files", run_file, command);
  command->add_option("hash", options->hash, "As `customer files` shows")
      ->required()
      ->type_name("HASH");
  command->add_option("--out", options->out, "Where to")->required()->type_name("FILE");
  command->add_flag("--thumbnail", options->thumbnail, "The small picture (JPEG) instead");

  options =
      add(customer, program, "detach", "Remove one of a customer's files", run_detach, command);
  command->add_option("hash", options->hash, "As `customer files` shows")
      ->required()
      ->type_name("HASH");
}

}  // namespace keepsake::cli
