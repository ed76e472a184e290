#pragma once
// What may be typed: commands, their options and flags. CLI11 stands behind this, in command.cpp
// and program.cpp alone: its header costs a file seconds to compile.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace keepsake::cli {

class Option {
 public:
  explicit Option(CLI::Option& option) : option_(&option) {}
  Option* required(bool needed = true);
  Option* type_name(const char* name);  ///< as --help shows what follows
  Option* one_of(std::initializer_list<const char*> words);
  Option* between(int least, int most);
  Option* between(std::size_t least, std::size_t most);
  Option* capture_default_str();  ///< --help shows the default
  Option* delimiter(char between);
  Option* expected(int times);
  Option* take_all();
  Option* allow_extra_args(bool allowed);

 private:
  CLI::Option* option_;
};

/// A command, or the program itself. What it gives lives as long as it does.
class Command {
 public:
  explicit Command(CLI::App& app);
  ~Command();
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

  Command* add_subcommand(const char* name, const char* what);
  Option* add_option(const char* name, std::string& value, std::string what);
  Option* add_option(const char* name, std::vector<std::string>& values, std::string what);
  Option* add_option(const char* name, int& value, std::string what);
  Option* add_option(const char* name, std::int64_t& value, std::string what);
  Option* add_option(const char* name, std::size_t& value, std::string what);
  Option* add_flag(const char* name, bool& value, std::string what);
  Command* footer(std::string text);  ///< the end of its --help
  Command* require_subcommand(int at_least_and_most);
  Command* callback(std::function<void()> chosen);

 private:
  struct Inside;
  Option* keep(CLI::Option* option);

  CLI::App& app_;
  std::unique_ptr<Inside> inside_;
};

}  // namespace keepsake::cli
