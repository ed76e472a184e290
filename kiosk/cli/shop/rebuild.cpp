#include "storage/book/rebuild.hpp"

#include <cstdlib>
#include <memory>
#include <ostream>
#include <utility>

#include "kiosk/cli/commands.hpp"
#include "kiosk/cli/shop/findings.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  bool check = false;
  std::string scratch;
};

/// A folder of its own, gone with everything in it at the end.
class ScratchFolder {
 public:
  static Result<ScratchFolder> make(const std::filesystem::path& parent) {
    std::string pattern = (parent / "keepsake-rebuild-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
      return Error{Failure::unavailable, "scratch.folder",
                   "The folder for the rebuilt records cannot be created", parent.string(),
                   "Name another one with --scratch DIR"};
    }
    return ScratchFolder(pattern);
  }
  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

Exit run(Program& program, const Options& options) {
  const auto folder = program.data_folder();
  if (!folder) return program.fail(folder.error());
  const auto facts = facts_in(*folder);
  if (!facts) return program.fail(facts.error());
  // Beside the original: there is room of that size there, and no record leaves the shop's disk.
  const auto scratch = ScratchFolder::make(
      options.scratch.empty() ? *folder : std::filesystem::path(options.scratch));
  if (!scratch) return program.fail(scratch.error());
  Progress progress(program.err(), program.progress(), "Rebuilding");
  const auto findings = rebuild_check(*folder, scratch->path() / "rebuilt.db",
                                      [&](Seq seq) { progress.update(seq, *facts); });
  progress.finish();
  if (!findings) return program.fail(findings.error());
  const bool same = findings->empty();
  if (program.json()) {
    program.print({{"same", same}, {"facts", *facts}, {"findings", to_json(*findings)}});
  } else {
    print(program.out(), *findings);
    program.out() << "Records rebuilt from " << grouped(std::int64_t{*facts})
                  << (same ? " facts: the same content.\n"
                           : " facts: they differ from those in use.\n");
  }
  return same ? Exit::ok : Exit::no;
}

}  // namespace

void add_rebuild(Command& app, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command =
      app.add_subcommand("rebuild", "Rebuild the records from the journal and compare");
  command
      ->add_flag("--check", options->check, "Compare with the records in use; nothing is replaced")
      ->required();
  command
      ->add_option("--scratch", options->scratch,
                   "Folder for the temporary second file [the data folder]")
      ->type_name("DIR");
  command->footer(
      "The records follow from the journal's facts alone. This replays every fact into a second "
      "file and compares\nall tables, row by row. Only reads. Exit code 1: they differ.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
