// House rules as tests (after TigerBeetle's tidy.zig): layers, homes of C libraries, sizes, dead
// files, catalogues.
#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
const fs::path root = KEEPSAKE_SOURCE_DIR;

struct Source {
  std::string path;  // from the root
  std::vector<std::string> lines;
};

std::vector<std::string> lines_of(const fs::path& file) {
  std::ifstream in(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<Source> sources_under(const std::vector<std::string>& folders,
                                  const std::set<std::string>& endings) {
  std::vector<Source> found;
  for (const auto& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.is_regular_file() && endings.contains(entry.path().extension())) {
        found.push_back({fs::relative(entry.path(), root).string(), lines_of(entry.path())});
      }
    }
  }
  return found;
}

const std::vector<Source>& product() {
  static const auto all = sources_under({"storage", "sync", "kiosk"}, {".hpp", ".cpp"});
  return all;
}

std::string folder_of(const std::string& path) { return fs::path(path).parent_path().string(); }

bool within(std::string_view folder, std::string_view layer) {
  return folder == layer || (folder.starts_with(layer) && folder[layer.size()] == '/');
}

std::vector<std::string> includes_of(const Source& source) {
  static const std::regex pattern(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
  std::vector<std::string> found;
  for (const auto& line : source.lines) {
    if (std::smatch match; std::regex_search(line, match, pattern)) found.push_back(match[1]);
  }
  return found;
}

// What each folder may include of ours, beside itself. The whole dependency rule in one table, from
// the bottom up: a folder uses what stands above its line, never what stands below.
const std::vector<std::pair<std::string, std::vector<std::string>>>& layers() {
  static const std::vector<std::pair<std::string, std::vector<std::string>>> table = {
      {"storage/domain/values", {}},
      {"storage/domain/customer", {"storage/domain/values"}},
      {"storage/domain/warranty", {"storage/domain/values"}},
      {"storage/domain/sale", {"storage/domain/values", "storage/domain/warranty"}},
      {"storage/domain/loyalty",
       {"storage/domain/values", "storage/domain/customer", "storage/domain/sale"}},
      {"storage/domain/views",
       {"storage/domain/values", "storage/domain/customer", "storage/domain/sale",
        "storage/domain/warranty", "storage/domain/loyalty"}},
      {"storage/domain",
       {"storage/domain/values", "storage/domain/customer", "storage/domain/sale",
        "storage/domain/warranty", "storage/domain/loyalty"}},
      {"storage/facts", {"domain"}},
      {"storage/toml", {"domain"}},
      {"storage/programme", {"domain", "storage/toml"}},
      {"storage/engine", {"domain"}},
      {"storage/images", {"domain"}},
      {"storage/locale", {"domain"}},
      {"storage/vault", {"domain", "storage/engine"}},
      {"storage/records/core", {"domain", "storage/engine", "storage/vault"}},
      {"storage/records/value", {"domain", "storage/engine", "storage/records/core"}},
      {"storage/records/till", {"domain", "storage/engine", "storage/records/core"}},
      {"storage/records/warranty", {"domain", "storage/engine", "storage/records/core"}},
      {"storage/records/loyalty",
       {"domain", "storage/engine", "storage/records/core", "storage/records/value",
        "storage/records/till"}},
      {"storage/records/sales",
       {"domain", "storage/engine", "storage/records/core", "storage/records/value",
        "storage/records/till", "storage/records/warranty", "storage/records/loyalty"}},
      {"storage/records/customers",
       {"domain", "storage/engine", "storage/vault", "storage/facts", "storage/records/core",
        "storage/records/value", "storage/records/till", "storage/records/warranty",
        "storage/records/loyalty", "storage/records/sales"}},
      {"storage/records/reports", {"domain", "storage/engine", "storage/records/core"}},
      {"storage/records", {"domain", "storage/engine", "storage/vault", "records"}},
      {"storage/journal", {"domain", "storage/engine", "storage/vault", "storage/records/core"}},
      {"storage/book",
       {"domain", "storage/engine", "storage/vault", "storage/facts", "records", "storage/toml",
        "storage/journal"}},
      {"storage/services",
       {"domain", "storage/vault", "storage/facts", "storage/images", "storage/programme",
        "storage/records/core", "storage/journal", "storage/book"}},
      {"storage/exchange",
       {"domain", "storage/engine", "storage/vault", "storage/records/core", "storage/toml",
        "storage/book", "storage/services"}},
      {"sync/wire", {"domain"}},
      {"sync/engine", {"domain", "sync/wire"}},
      {"sync/pki", {"domain", "storage/engine"}},
      {"sync/agent",
       {"domain", "storage/engine", "storage/vault", "storage/journal", "storage/book", "sync/wire",
        "sync/engine", "sync/pki"}},
      {"sync/central",
       {"domain", "storage/engine", "storage/vault", "storage/facts", "storage/programme",
        "storage/exchange", "storage/locale", "records", "storage/journal", "storage/book",
        "sync/wire", "sync/pki"}},
      {"kiosk/cli",
       {"domain", "storage/engine", "storage/vault", "storage/facts", "storage/images",
        "storage/programme", "storage/records/core", "storage/journal", "storage/book",
        "storage/services", "storage/exchange", "sync/agent"}},
      {"kiosk/input", {"domain"}},
      {"kiosk/flow", {"domain"}},
      {"kiosk/ui", {"domain", "storage/locale", "kiosk/input"}},
      {"kiosk/screens", {"domain", "kiosk/flow", "kiosk/ui", "storage/locale"}},
      {"kiosk/platform", {"domain", "storage/images", "kiosk/input"}},
      {"kiosk/devices", {"domain", "storage/images", "storage/locale"}},
      {"kiosk/app",
       {"domain", "storage/engine", "storage/vault", "storage/facts", "storage/programme",
        "storage/journal", "storage/book", "storage/services", "storage/locale", "sync/agent",
        "kiosk/flow", "kiosk/screens", "kiosk/ui", "kiosk/input", "kiosk/platform",
        "kiosk/devices"}},
  };
  return table;
}

// The layer a path belongs to: the longest entry of the table that contains its folder.
std::string layer_of(const std::string& path) {
  std::string best;
  for (const auto& [layer, uses] : layers()) {
    if (within(folder_of(path), layer) && layer.size() > best.size()) best = layer;
  }
  return best;
}

// "domain" and "records" stand for all rooms of theirs.
bool allows(const std::vector<std::string>& uses, const std::string& target) {
  return std::ranges::any_of(uses, [&](const std::string& used) {
    return used == target || (used == "domain" && within(target, "storage/domain")) ||
           (used == "records" && within(target, "storage/records"));
  });
}

// One unit is a header and its source.
std::string unit_of(const std::string& path) { return path.substr(0, path.rfind('.')); }

using Graph = std::map<std::string, std::set<std::string>>;

// A way from `at` back to `goal`, in the order of includes; empty: there is none.
bool leads_back(const Graph& graph, const std::string& at, const std::string& goal,
                std::set<std::string>& seen, std::vector<std::string>& way) {
  const auto next = graph.find(at);
  if (next == graph.end()) return false;
  for (const std::string& each : next->second) {
    if (each == goal || (seen.insert(each).second && leads_back(graph, each, goal, seen, way))) {
      way.push_back(each);
      return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("every include points down") {
  for (const auto& source : product()) {
    const auto layer = layer_of(source.path);
    REQUIRE_MESSAGE(!layer.empty(), source.path, " belongs to no layer");
    const auto entry =
        std::ranges::find(layers(), layer, [](const auto& each) { return each.first; });
    for (const auto& include : includes_of(source)) {
      if (!fs::exists(root / include)) continue;
      const auto target = layer_of(include);
      CHECK_MESSAGE((target == layer || allows(entry->second, target)), source.path, " includes ",
                    include);
    }
  }
}

TEST_CASE("the table of layers has no upward line") {
  std::vector<std::string> above;
  for (const auto& [layer, uses] : layers()) {
    for (const auto& used : uses) {
      if (used == "domain" || used == "records") continue;
      CHECK_MESSAGE(std::ranges::find(above, used) != above.end(), layer, " uses ", used);
    }
    above.push_back(layer);
  }
}

TEST_CASE("no two files include each other, by whatever way") {
  Graph graph;
  for (const auto& source : sources_under({"storage", "sync", "kiosk", "tests"}, {".hpp", ".cpp"}))
    for (const auto& include : includes_of(source))
      if (fs::exists(root / include) && unit_of(include) != unit_of(source.path))
        graph[unit_of(source.path)].insert(unit_of(include));
  for (const auto& [unit, uses] : graph) {
    std::set<std::string> seen;
    std::vector<std::string> way;
    leads_back(graph, unit, unit, seen, way);
    std::string told;
    for (const auto& each : way) told = each + (told.empty() ? "" : " -> " + told);
    CHECK_MESSAGE(way.empty(), unit, " -> ", told);
  }
}

TEST_CASE("tests include what they test and what stands below it") {
  // The test of a room may use the room, what that may use, and helpers; never a room above it.
  const std::set<std::string> programs = {"tests/kiosk/cli", "tests/kiosk/app", "tests/sync"};
  for (const auto& source : sources_under({"tests"}, {".hpp", ".cpp"})) {
    const auto mirrored = layer_of(source.path.substr(std::string("tests/").size()));
    if (mirrored.empty()) continue;  // support, benchmarks, fuzzers, simulator
    if (std::ranges::any_of(programs, [&](const auto& p) { return source.path.starts_with(p); }))
      continue;  // they run whole programs
    const auto at = std::ranges::find(layers(), mirrored, [](const auto& l) { return l.first; });
    for (const auto& include : includes_of(source)) {
      const auto target = layer_of(include);
      if (target.empty() || !fs::exists(root / include)) continue;
      const auto used = std::ranges::find(layers(), target, [](const auto& l) { return l.first; });
      CHECK_MESSAGE(used <= at, source.path, " includes ", include, " of a layer above its own");
    }
  }
}

TEST_CASE("each library has one home and its types stay there") {
  struct Home {
    const char* pattern;
    std::vector<std::string> folders;
  };
  const std::vector<Home> homes = {
      {R"(^(sqlite3\.h|SQLiteCpp/))", {"storage/engine/sqlite"}},
      {R"(^libpq-fe\.h)", {"storage/engine/postgres"}},
      {R"(^sodium)", {"storage/vault"}},
      {R"(^curl/)", {"sync/agent"}},
      {R"(^openssl/)", {"sync/pki", "sync/central"}},
      {R"(^boost/(asio|beast))", {"sync/central"}},
      {R"(^boost/locale)", {"storage/locale"}},
      {R"(^SDL)", {"kiosk/platform"}},
      {R"(^imgui)", {"kiosk/ui", "kiosk/platform"}},
      {R"(^(google/protobuf|storage/facts/.*\.pb\.h|sync/wire/.*\.pb\.h))",
       {"storage/facts", "sync/wire"}},
      {R"(^(jpeglib|png)\.h)", {"storage/images"}},
      {R"(^lzma\.h)", {"storage/exchange"}},
      {R"(^zstd\.h)", {"sync/wire"}},
  };
  const auto at_home = [](const Home& home, const std::string& path) {
    return std::ranges::any_of(home.folders,
                               [&](const auto& folder) { return within(folder_of(path), folder); });
  };
  for (const auto& home : homes) {
    // Headers that show the library's types are private to the home; nobody else includes them.
    std::set<std::string> private_headers;
    for (const auto& source : product()) {
      for (const auto& include : includes_of(source)) {
        if (!std::regex_search(include, std::regex(home.pattern))) continue;
        CHECK_MESSAGE(at_home(home, source.path), source.path, " includes ", include,
                      ", which lives elsewhere");
        if (source.path.ends_with(".hpp")) private_headers.insert(source.path);
      }
    }
    for (const auto& source : product()) {
      for (const auto& include : includes_of(source)) {
        if (!private_headers.contains(include)) continue;
        CHECK_MESSAGE(at_home(home, source.path), source.path, " reaches a library through ",
                      include);
        if (source.path.ends_with(".hpp")) private_headers.insert(source.path);
      }
    }
  }
}

TEST_CASE("no function is longer than seventy lines") {
  // With clang-format's Google style a function opens at "... {" in the first columns of its scope
  // and closes at "}" of the same indentation; namespaces, types and tables are told by their first
  // words.
  const std::regex not_a_function(
      R"(^\s*(namespace|class|struct|enum|union|extern|constexpr|inline constexpr|const |static const|return|if|for|while|switch|else|do)\b|=\s*\{$|\bstd::(map|vector|array)<)");
  for (const auto& source : product()) {
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      const auto& line = source.lines[i];
      const auto indent = line.find_first_not_of(' ');
      if (indent == std::string::npos || indent > 2 || !line.ends_with(" {")) continue;
      if (std::regex_search(line, not_a_function) || line.find('(') == std::string::npos) continue;
      const std::string close = std::string(indent, ' ') + "}";
      std::size_t end = i + 1;
      while (end < source.lines.size() && !source.lines[end].starts_with(close)) ++end;
      CHECK_MESSAGE(end - i <= 70, source.path, ":", i + 1, " a function of ", end - i, " lines");
    }
  }
}

TEST_CASE("files stay one noun: five hundred lines at most") {
  for (const auto& source : product()) {
    CHECK_MESSAGE(source.lines.size() <= 500, source.path, " has ", source.lines.size(), " lines");
  }
}

TEST_CASE("no header of ours is dead") {
  std::set<std::string> included;
  for (const auto& source :
       sources_under({"storage", "sync", "kiosk", "tests"}, {".hpp", ".cpp"})) {
    for (const auto& include : includes_of(source)) included.insert(include);
  }
  for (const auto& source : product()) {
    if (!source.path.ends_with(".hpp")) continue;
    CHECK_MESSAGE(included.contains(source.path), source.path, " is included by nobody");
  }
}

TEST_CASE("nothing stands at the top beside the agreed entries") {
  const std::set<std::string> agreed = {
      "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "kiosk",
      "sync",           "storage",           "assets",  "tests",     "cmake",
      "build"};
  for (const auto& entry : fs::directory_iterator(root)) {
    const auto name = entry.path().filename().string();
    if (name.starts_with(".")) continue;
    CHECK_MESSAGE(agreed.contains(name), name, " stands at the top level");
  }
}

TEST_CASE("no call of the C library that cannot be made safely") {
  // Those of the analyzer's insecureAPI checks, and their kin: no bound, a race, or poor
  // randomness.
  const std::regex call(
      R"(\b(gets|strcpy|strcat|sprintf|vsprintf|bcmp|bcopy|bzero|getpw|mktemp|tmpnam|tempnam|rand|random|srand|drand48|vfork|strtok|alloca)\s*\()");
  for (const auto& source : product()) {
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      const auto code = source.lines[i].substr(0, source.lines[i].find("//"));
      CHECK_MESSAGE(!std::regex_search(code, call), source.path, ":", i + 1);
    }
  }
}

TEST_CASE("no unfinished marks are left in the sources") {
  const std::regex mark(R"(\b(TODO|FIXME|XXX:|HACK)\b)");
  for (const auto& source :
       sources_under({"storage", "sync", "kiosk", "tests"}, {".hpp", ".cpp", ".proto", ".sql"})) {
    if (source.path == "tests/style/style_test.cpp") continue;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      CHECK_MESSAGE(!std::regex_search(source.lines[i], mark), source.path, ":", i + 1);
    }
  }
}

namespace {

// msgid (with its context and plural) -> translations, of one .po file; enough of the format for
// keys and gaps.
std::map<std::string, std::vector<std::string>> catalogue(const fs::path& file) {
  std::map<std::string, std::vector<std::string>> entries;
  std::string key, context;
  std::string* target = nullptr;
  const auto quoted = [](const std::string& line) {
    const auto first = line.find('"'), last = line.rfind('"');
    return first == last ? std::string() : line.substr(first + 1, last - first - 1);
  };
  for (const auto& line : lines_of(file)) {
    if (line.starts_with("msgctxt ")) {
      context = quoted(line) + "|";
      target = &context;
    } else if (line.starts_with("msgid_plural ")) {
      target = nullptr;
    } else if (line.starts_with("msgid ")) {
      key = context + quoted(line);
      context.clear();
      target = &key;
    } else if (line.starts_with("msgstr")) {
      auto& translations = entries[key];
      translations.push_back(quoted(line));
      target = &translations.back();
    } else if (line.starts_with("\"") && target != nullptr) {
      *target += quoted(line);
    }
  }
  entries.erase("");
  return entries;
}

}  // namespace

TEST_CASE("every catalogue has the same keys and no gap") {
  std::map<std::string, std::map<std::string, std::vector<std::string>>> catalogues;
  for (const auto& entry : fs::directory_iterator(root / "assets/locale")) {
    if (entry.path().extension() == ".po")
      catalogues[entry.path().stem().string()] = catalogue(entry.path());
  }
  REQUIRE(catalogues.size() == 6);
  std::set<std::string> keys;
  for (const auto& [language, entries] : catalogues) {
    for (const auto& [key, translations] : entries) keys.insert(key);
  }
  CHECK(keys.size() > 100);
  for (const auto& [language, entries] : catalogues) {
    for (const auto& key : keys) {
      const auto found = entries.find(key);
      REQUIRE_MESSAGE(found != entries.end(), language, " lacks: ", key);
      for (const auto& translation : found->second) {
        CHECK_MESSAGE((!translation.empty() || language == "en"), language, " leaves empty: ", key);
      }
    }
  }
}
