#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "storage/book_files.hpp"
#include "storage/cli/commands.hpp"
#include "storage/cli/table.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string file;
};

Exit run(Program& program, const Options& options) {
  const auto folder = program.data_folder();
  if (!folder) return program.fail(folder.error());
  // A reader, not the book: the kiosk that holds the book goes on selling.
  const auto source = open_to_read(*folder);
  if (!source) return program.fail(source.error());
  Progress progress(program.err(), program.progress(), "Backing up");
  const auto done = sqlite::backup(**source, options.file, [&](int percent) {
    progress.update(static_cast<std::uint64_t>(std::max(percent, 0)), 100);
  });
  progress.finish();
  if (!done) return program.fail(done.error());
  std::error_code failed;
  const auto bytes = std::filesystem::file_size(options.file, failed);
  if (program.json()) {
    program.print({{"file", options.file}, {"bytes", failed ? 0 : bytes}});
  } else {
    program.out() << "Wrote " << options.file << " ("
                  << grouped(static_cast<std::int64_t>(failed ? 0 : bytes)) << " bytes).\n";
  }
  return Exit::ok;
}

}  // namespace

void add_backup(CLI::App& app, Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("backup", "Write a consistent copy of the journal and records to a file");
  command->add_option("file", options->file, "The copy; it appears whole or not at all")
      ->required()
      ->type_name("FILE");
  command->footer(
      "It may run while the kiosk is open.\n"
      "The keys of customers (vault.db) are left out on purpose: the copy holds no readable "
      "personal value. Keep\n"
      "vault.db apart, under lock.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
