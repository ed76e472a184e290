#include "storage/book/backup.hpp"

#include <algorithm>
#include <memory>
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
  return {Failure::bad_input, "backup.unnamed", "Nothing to back up is named", "",
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

void print(Program& program, const Options& options, const BackupDone& done) {
  if (program.json()) {
    Json answer;
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
  print(program, options, done);
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
    program.out() << "The keys are not restored yet: run keepsake restore --keys FILE, or copy "
                     "vault.db there.\n";
  return Exit::ok;
}

Command* add_command(Command& app, const char* name, const char* what, Options& options) {
  Command* command = app.add_subcommand(name, what);
  command
      ->add_option("file", options.file,
                   "Backup file; FILE.files and FILE.toml are written beside it")
      ->type_name("FILE");
  command
      ->add_option("--keys", options.keys,
                   "File for the customers' keys, encrypted under a passphrase that is asked for")
      ->type_name("FILE");
  return command;
}

void describe_backup(Command& app, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command =
      add_command(app, "backup", "Back up a data folder, its keys, or both", *options);
  command->footer(
      "May run while the kiosk is open. An interrupted backup resumes; files already copied are "
      "kept. A backup of the data\n"
      "holds the personal data that the shop's screens show; the contents of customers' files are "
      "encrypted in it. The keys\n"
      "go to a separate file, to be kept elsewhere: with old keys and an old backup, customers who "
      "have since been erased can\n"
      "be read again. After an erasure, make new backups of both and destroy the old ones.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

void describe_restore(Command& app, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command =
      add_command(app, "restore", "Restore a data folder, or its keys, from a backup", *options);
  command->footer(
      "The keys of customers who are erased in the data are destroyed again. A restored terminal "
      "must be enrolled again,\n"
      "because head office may have newer records of it than the backup.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run_restore(program, *options); });
  });
}

}  // namespace

/// And `restore`, its way back.
void add_backup(Command& app, Program& program) {
  describe_backup(app, program);
  describe_restore(app, program);
}

}  // namespace keepsake::cli
