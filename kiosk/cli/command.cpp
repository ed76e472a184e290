#include "kiosk/cli/command.hpp"

#include <CLI/CLI.hpp>
#include <deque>
#include <utility>

namespace keepsake::cli {

Option* Option::required(bool needed) { return option_->required(needed), this; }
Option* Option::type_name(const char* name) { return option_->type_name(name), this; }
Option* Option::one_of(std::initializer_list<const char*> words) {
  return option_->check(CLI::IsMember(std::vector<std::string>(words.begin(), words.end()))), this;
}
Option* Option::between(int least, int most) {
  return option_->check(CLI::Range(least, most)), this;
}
Option* Option::between(std::size_t least, std::size_t most) {
  return option_->check(CLI::Range(least, most)), this;
}
Option* Option::capture_default_str() { return option_->capture_default_str(), this; }
Option* Option::delimiter(char between) { return option_->delimiter(between), this; }
Option* Option::expected(int times) { return option_->expected(times), this; }
Option* Option::take_all() { return option_->take_all(), this; }
Option* Option::allow_extra_args(bool allowed) { return option_->allow_extra_args(allowed), this; }

struct Command::Inside {
  std::deque<Option> options;
  std::deque<Command> commands;
};

Command::Command(CLI::App& app) : app_(app), inside_(std::make_unique<Inside>()) {}
Command::~Command() = default;

Option* Command::keep(CLI::Option* option) { return &inside_->options.emplace_back(*option); }

Command* Command::add_subcommand(const char* name, const char* what) {
  return &inside_->commands.emplace_back(*app_.add_subcommand(name, what));
}
Option* Command::add_option(const char* name, std::string& value, std::string what) {
  return keep(app_.add_option(name, value, std::move(what)));
}
Option* Command::add_option(const char* name, std::vector<std::string>& values, std::string what) {
  return keep(app_.add_option(name, values, std::move(what)));
}
Option* Command::add_option(const char* name, int& value, std::string what) {
  return keep(app_.add_option(name, value, std::move(what)));
}
Option* Command::add_option(const char* name, std::int64_t& value, std::string what) {
  return keep(app_.add_option(name, value, std::move(what)));
}

Option* Command::add_option(const char* name, std::size_t& value, std::string what) {
  return keep(app_.add_option(name, value, std::move(what)));
}
Option* Command::add_flag(const char* name, bool& value, std::string what) {
  return keep(app_.add_flag(name, value, std::move(what)));
}
Command* Command::footer(std::string text) { return app_.footer(std::move(text)), this; }
Command* Command::require_subcommand(int at_least_and_most) {
  return app_.require_subcommand(at_least_and_most), this;
}
Command* Command::callback(std::function<void()> chosen) {
  return app_.callback(std::move(chosen)), this;
}

}  // namespace keepsake::cli
