#include "storage/programme/join_files.hpp"

#include <algorithm>
#include <array>

#include "storage/toml/table_reader.hpp"

namespace keepsake {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::array<std::string_view, 4> lists{"group", "rule", "multiplier", "reward"};

void take_apart(const ProgrammeText& file, std::vector<ProgrammeText>& parts) {
  const std::string_view text = file.text;
  std::size_t begin = 0;  // of this part
  std::size_t lines = 0;  // before this part
  std::size_t seen = 0;   // lines so far
  const auto part = [&](std::size_t end) {
    parts.push_back({file.file, std::string(lines, '\n').append(text.substr(begin, end - begin))});
  };
  for (std::size_t at = 0; at < text.size(); ++seen) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::size_t next = std::min(end + 1, text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line == next_file_line) {
      part(at);
      begin = next;
      lines = seen + 1;
    }
    at = next;
  }
  part(text.size());
}

class Joining {
 public:
  explicit Joining(Mistakes& mistakes) : mistakes_(mistakes) {}

  void add(toml::table& root, toml::table& more);

 private:
  void twice(std::string_view key, const toml::node& first, const toml::node& second) {
    mistakes_.add_error(place_of(second), key, "programme.twice",
                        "This is already given at " + mistakes_.where(place_of(first)) + " already",
                        "Keep it in one place");
  }
  void add_list(std::string_view key, toml::node& list, toml::node& more);
  void add_tiers(toml::table& root, toml::table& tiers, toml::table& more);

  Mistakes& mistakes_;
};

// A list that is none is told where it is read, when it comes first.
void Joining::add_list(std::string_view key, toml::node& list, toml::node& more) {
  if (!more.is_array_of_tables()) return twice(key, list, more);
  if (!list.is_array_of_tables()) return;
  for (toml::node& each : *more.as_array()) list.as_array()->push_back(std::move(*each.as_table()));
}

bool levels_only(const toml::table& tiers) { return tiers.size() == 1 && tiers.contains("level"); }

// [tiers] stands in one file; its levels may stand in others.
void Joining::add_tiers(toml::table& root, toml::table& tiers, toml::table& more) {
  if (!levels_only(tiers) && !levels_only(more)) return twice("tiers", tiers, more);
  toml::node* levels = tiers.get("level");
  toml::node* more_levels = more.get("level");
  if (levels != nullptr && more_levels != nullptr) {
    add_list("tiers.level", *levels, *more_levels);
  } else if (more_levels != nullptr) {
    tiers.insert("level", std::move(*more_levels));
  }
  if (levels == nullptr || !levels_only(tiers)) return;
  more.insert_or_assign("level", std::move(*levels));
  root.insert_or_assign("tiers", std::move(more));
}

void Joining::add(toml::table& root, toml::table& more) {
  for (auto&& [key, node] : more) {
    toml::node* there = root.get(key.str());
    if (there == nullptr) {
      root.insert(key, std::move(node));
    } else if (std::ranges::find(lists, key.str()) != lists.end()) {
      add_list(key.str(), *there, node);
    } else if (key.str() == "tiers" && there->is_table() && node.is_table()) {
      add_tiers(root, *there->as_table(), *node.as_table());
    } else {
      twice(key.str(), *there, node);
    }
  }
}

}  // namespace

std::string source_of(const std::vector<ProgrammeText>& files) {
  std::string source;
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::string_view text = files[i].text;
    if (i > 0) {
      if (!source.empty() && !source.ends_with('\n')) source += '\n';
      source.append(next_file_line) += '\n';
      if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    }
    source += text;
  }
  return source;
}

std::vector<ProgrammeText> parts_of(const std::vector<ProgrammeText>& files) {
  std::vector<ProgrammeText> parts;
  for (const ProgrammeText& each : files) take_apart(each, parts);
  return parts;
}

std::optional<toml::table> joined(const std::vector<ProgrammeText>& files, Mistakes& mistakes) {
  std::optional<toml::table> root;
  Joining joining(mistakes);
  bool read = true;
  for (const ProgrammeText& each : files) {
    try {
      toml::table table = toml::parse(std::string_view(each.text), each.file);
      if (root) {
        joining.add(*root, table);
      } else {
        root = std::move(table);
      }
    } catch (const toml::parse_error& error) {
      mistakes.add_error(place_of(error.source()), {}, "programme.syntax",
                         std::string(error.description()), "Correct the TOML there");
      read = false;
    }
  }
  return read ? std::move(root) : std::nullopt;
}

}  // namespace keepsake
