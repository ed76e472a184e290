#include "storage/book/backup.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/shop/pin_prompt.hpp"
#include "storage/exchange/table.hpp"
#include "storage/vault/key_backup.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string file;
  std::string keys;
};

Error nothing_named() {
  return {Failure::bad_input, "backup.unnamed", "Nothing is named to copy", "",
          "Name a FILE for the data, --keys FILE for the keys, or both."};
}

Result<BackupDone> copy_data(Program& program, const std::filesystem::path& folder,
                             const std::string& file) {
  Progress progress(program.err(), program.progress(), "Backing up");
  auto done = back_up(folder, file, [&](int percent) {
    progress.update(static_cast<std::uint64_t>(std::max(percent, 0)), 100);
  });
  progress.finish();
  return done;
}

void tell(Program& program, const Options& options, const BackupDone& done) {
  if (program.json()) {
    nlohmann::ordered_json answer;
    if (!options.file.empty()) {
      answer["file"] = options.file;
      answer["bytes"] = done.database_bytes;
      answer["files"] = {{"copied", done.files_copied},
                         {"kept", done.files_kept},
                         {"dropped", done.files_dropped}};
    }
    if (!options.keys.empty()) answer["keys"] = options.keys;
    program.print(answer);
    return;
  }
  if (!options.file.empty()) {
    program.out() << "Wrote " << options.file << " ("
                  << grouped(static_cast<std::int64_t>(done.database_bytes)) << " bytes) and "
                  << options.file << ".files (" << grouped(done.files_copied) << " new, "
                  << grouped(done.files_kept) << " kept, " << grouped(done.files_dropped)
                  << " dropped).\n";
  }
  if (!options.keys.empty())
    program.out() << "Wrote the keys to " << options.keys
                  << ". Keep it apart from the data, and the passphrase apart from both.\n";
}

Exit run(Program& program, const Options& options) {
  if (options.file.empty() && options.keys.empty()) return program.fail(nothing_named());
  const auto folder = program.data_folder();
  if (!folder) return program.fail(folder.error());
  BackupDone done;
  if (!options.file.empty()) {
    const auto copied = copy_data(program, *folder, options.file);
    if (!copied) return program.fail(copied.error());
    done = *copied;
  }
  if (!options.keys.empty()) {
    const auto passphrase = ask_passphrase(program, Asked::twice);
    if (!passphrase) return program.fail(passphrase.error());
    if (auto ok = back_up_keys(*folder, options.keys, *passphrase); !ok)
      return program.fail(ok.error());
  }
  tell(program, options, done);
  return Exit::ok;
}

Exit run_restore(Program& program, const Options& options) {
  if (options.file.empty() && options.keys.empty()) return program.fail(nothing_named());
  const auto folder = program.data_folder();
  if (!folder) return program.fail(folder.error());
  if (!options.file.empty())
    if (auto ok = restore(options.file, *folder); !ok) return program.fail(ok.error());
  std::int64_t erased = 0;
  if (!options.keys.empty()) {
    const auto passphrase = ask_passphrase(program, Asked::once);
    if (!passphrase) return program.fail(passphrase.error());
    if (auto ok = restore_keys(options.keys, *folder, *passphrase); !ok)
      return program.fail(ok.error());
    const auto dropped = destroy_erased_keys(*folder);
    if (!dropped) return program.fail(dropped.error());
    erased = *dropped;
  }
  if (program.json()) {
    program.print({{"folder", folder->string()}, {"erased_customers", erased}});
    return Exit::ok;
  }
  program.out() << "Restored " << folder->string() << ".\n";
  if (options.keys.empty())
    program.out() << "Its keys are still to come: keepsake restore --keys FILE, or put vault.db "
                     "there.\n";
  return Exit::ok;
}

CLI::App* add_command(CLI::App& app, const char* name, const char* what, Options& options) {
  CLI::App* command = app.add_subcommand(name, what);
  command->add_option("file", options.file, "The copy; FILE.files and FILE.toml stand beside it")
      ->type_name("FILE");
  command
      ->add_option("--keys", options.keys,
                   "The keys of customers, sealed under a passphrase that is asked for")
      ->type_name("FILE");
  return command;
}

void describe_backup(CLI::App& app, Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = add_command(
      app, "backup", "Write a consistent copy of a data folder, of its keys, or both", *options);
  command->footer(
      "It may run while the kiosk is open. A copy of the data holds what the shop's screens show "
      "of people; the contents\n"
      "of their files are sealed in it. The keys go to another file, to be kept elsewhere: with an "
      "old copy of them somebody\n"
      "who was erased since can be read again in an old copy of the data. Make both anew after an "
      "erasure, and destroy the old.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

void describe_restore(CLI::App& app, Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = add_command(
      app, "restore", "Make a data folder of a copy, or bring back the keys of one", *options);
  command->footer(
      "Keys of customers whose erasure the data know are destroyed again. A terminal that was "
      "restored must be enrolled anew,\n"
      "because head office may know more of it than the copy does.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run_restore(program, *options); });
  });
}

}  // namespace

/// And `restore`, its way back.
void add_backup(CLI::App& app, Program& program) {
  describe_backup(app, program);
  describe_restore(app, program);
}

}  // namespace keepsake::cli
