#pragma once
// The `keepsake` program: what all commands share. One file per command beside this one;
// commands.hpp lists them.

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kiosk/cli/command.hpp"
#include "kiosk/cli/json.hpp"
#include "kiosk/cli/progress.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {
class Book;
class Clock;
}  // namespace keepsake

namespace keepsake::cli {

enum class Exit {
  ok = 0,
  no = 1,   ///< the question was understood, and the answer is no
  bad = 2,  ///< usage, bad input, or it could not be done
};

/// The world as the program sees it; tests give their own.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  Shown progress = Shown::no;  ///< yes when err is a terminal
  bool in_is_terminal = false;
};

/// A book and the clock of its shop, which it needs as long as it lives.
struct OpenBook {
  std::unique_ptr<Clock> clock;
  std::unique_ptr<Book> book;

  OpenBook(std::unique_ptr<Clock> its_clock, std::unique_ptr<Book> opened);
  OpenBook(OpenBook&&) noexcept;
  OpenBook& operator=(OpenBook&&) noexcept;
  ~OpenBook();
};

class Program {
 public:
  explicit Program(Streams streams) : streams_(streams) {}

  using AddCommands = void (*)(Command& app, Program& program);
  /// Parses and runs; `args` without the program's name. `add_commands`: of commands.hpp.
  int run(const std::vector<std::string>& args, AddCommands add_commands);

  // For commands.
  bool json() const { return json_; }
  std::istream& in() { return streams_.in; }
  std::ostream& out() { return streams_.out; }
  std::ostream& err() { return streams_.err; }
  bool in_is_terminal() const { return streams_.in_is_terminal; }
  Shown progress() const { return streams_.progress; }
  /// What the chosen command will do, set by its parse callback.
  void set_action(std::function<Exit()> action) { action_ = std::move(action); }

  Result<std::filesystem::path> data_folder() const;  ///< Failure::bad_input "data.unnamed"
  /// For writing; through the running kiosk, where that holds the folder (kiosk/control).
  Result<OpenBook> open_book() const;
  /// For what cannot be done beside a running kiosk. Failure::busy "book.locked".
  Result<OpenBook> open_book_alone() const;
  /// For a command that only looks: it works while the kiosk is open (Book::open_to_read). A folder
  /// of an earlier version is brought up to date first, which needs the kiosk to be closed.
  Result<OpenBook> open_book_to_read() const;

  void print(const Json& answer);  ///< on out
  /// One line each on err; with --json one object {"error": {...}, "errors": [...]} on out. Gives
  /// `exit`.
  Exit fail(const Error& error, Exit exit = Exit::bad);
  Exit fail(std::span<const Error> errors, Exit exit = Exit::bad);
  /// Exit::no where the error is of this kind: an answer to what was asked, not a fault of it.
  Exit fail(const Error& error, Failure no);

 private:
  using Opening =
      std::function<Result<std::unique_ptr<Book>>(const std::filesystem::path&, const Clock&)>;
  Result<OpenBook> open_with(const Opening& opening) const;
  void describe(CLI::App& app);

  Streams streams_;
  std::string data_;
  bool json_ = false;
  std::function<Exit()> action_;
};

Json to_json(const Error& error);

}  // namespace keepsake::cli
