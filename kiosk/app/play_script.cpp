// The play's words: reading a script. Performing it is play.cpp's.
#include <algorithm>
#include <array>
#include <optional>

#include "kiosk/app/play.hpp"
#include "storage/domain/values/ascii.hpp"

namespace keepsake::app {
namespace {

using Verb = PlayCommand::Verb;
constexpr std::size_t max_lines = 10'000;

enum class Shape { name, text, name_and_text };
struct Word {
  std::string_view word;
  Verb verb;
  Shape shape;
};
constexpr std::array<Word, 13> words = {{
    {"tap", Verb::tap, Shape::name},
    {"tap?", Verb::tap_if_there, Shape::name},
    {"keys", Verb::keys, Shape::name_and_text},
    {"type", Verb::type, Shape::text},
    {"key", Verb::key, Shape::name},
    {"scan", Verb::scan, Shape::text},
    {"wait-for", Verb::wait_for, Shape::name},
    {"wait-gone", Verb::wait_gone, Shape::name},
    {"expect", Verb::expect, Shape::text},
    {"expect-not", Verb::expect_not, Shape::text},
    {"shot", Verb::shot, Shape::name},
    {"wait", Verb::wait, Shape::name},
    {"set", Verb::set, Shape::name_and_text},
}};

constexpr std::string_view blanks = " \t\r";

/// Takes the first word off.
std::string_view take_word(std::string_view& rest) {
  const std::size_t end = std::min(rest.find_first_of(" \t"), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest = trimmed(rest.substr(end), blanks);
  return word;
}

Error wrong(int line, std::string what, std::string remedy) {
  return {Failure::bad_input, "play.syntax", std::move(what), "line " + std::to_string(line),
          std::move(remedy)};
}

Result<PlayCommand> parse_line(std::string_view rest, int line) {
  const std::string_view first = take_word(rest);
  const auto word =
      std::find_if(words.begin(), words.end(), [&](const Word& w) { return w.word == first; });
  if (word == words.end())
    return wrong(line, "Unknown command \"" + std::string(first) + "\"",
                 "The commands are listed in kiosk/app/play.hpp");
  PlayCommand command{word->verb, {}, {}, line};
  if (word->shape != Shape::text) command.name = take_word(rest);
  if (word->shape != Shape::name) command.text = rest;
  const bool lacks_name = word->shape != Shape::text && command.name.empty();
  const bool lacks_text = word->shape != Shape::name && command.text.empty();
  if (lacks_name || lacks_text)
    return wrong(line, std::string(first) + " needs more", "Complete the line");
  if (word->shape == Shape::name && !rest.empty())
    return wrong(line, std::string(first) + " takes one word", "Remove what follows it");
  return command;
}

}  // namespace

Result<std::vector<PlayCommand>> parse_play(std::string_view script) {
  std::vector<PlayCommand> commands;
  int line = 0;
  while (!script.empty()) {
    const std::size_t end = std::min(script.find('\n'), script.size());
    const std::string_view text = trimmed(script.substr(0, end), blanks);
    script.remove_prefix(std::min(end + 1, script.size()));
    ++line;
    if (text.empty() || text.front() == '#') continue;
    if (commands.size() >= max_lines)
      return Error{Failure::limit, "play.length", "The script is too long",
                   "line " + std::to_string(line), "Split it"};
    auto command = parse_line(text, line);
    if (!command.ok()) return command.error();
    commands.push_back(*std::move(command));
  }
  return commands;
}

Result<std::string> fill_values(std::string_view text, const PlayValues& values) {
  std::string filled;
  while (true) {
    const std::size_t open = text.find("${");
    const std::size_t close = text.find('}', open == std::string_view::npos ? 0 : open);
    filled += text.substr(0, open);
    if (open == std::string_view::npos) return filled;
    const std::string_view name = close == std::string_view::npos
                                      ? std::string_view()
                                      : text.substr(open + 2, close - open - 2);
    const auto value = values.find(name);
    if (value == values.end())
      return Error{Failure::bad_input, "play.value", "\"" + std::string(name) + "\" has no value",
                   "", "Set it in the script or with --set NAME=VALUE"};
    filled += value->second;
    text.remove_prefix(close + 1);
  }
}

}  // namespace keepsake::app
