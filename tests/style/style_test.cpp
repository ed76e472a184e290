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

// What each folder may include of ours, beside itself. The whole dependency rule in one table.
const std::map<std::string, std::vector<std::string>>& allowed() {
  static const std::vector<std::string> storage = {
      "storage/domain",  "storage/facts",  "storage/engine", "storage/vault",
      "storage/records", "storage/images", "storage"};
  static const auto with = [](std::vector<std::string> base,
                              std::initializer_list<const char*> more) {
    base.insert(base.end(), more.begin(), more.end());
    return base;
  };
  static const std::map<std::string, std::vector<std::string>> table = {
      {"storage/domain", {}},
      {"storage/facts", {"storage/domain"}},
      {"storage/programme", {"storage/domain"}},
      {"storage/engine", {"storage/domain"}},
      {"storage/images", {"storage/domain"}},
      {"storage/vault", {"storage/domain", "storage/engine"}},
      {"storage/records",
       {"storage/domain", "storage/facts", "storage/engine", "storage/vault", "storage"}},
      {"storage", storage},
      {"sync/wire", {"storage/domain"}},
      {"sync/engine", {"storage/domain", "sync/wire"}},
      {"sync/pki", {"storage/domain"}},
      {"sync/agent", with(storage, {"sync/wire", "sync/engine", "sync/pki"})},
      {"sync/central", with(storage, {"sync/wire", "sync/pki"})},
      {"storage/cli", with(storage, {"sync/agent", "storage/programme"})},
      {"kiosk/input", {"storage/domain"}},
      {"kiosk/locale", {"storage/domain"}},
      {"kiosk/flow", {"storage/domain"}},
      {"kiosk/ui", {"storage/domain", "kiosk/locale", "kiosk/input"}},
      {"kiosk/screens", {"storage/domain", "kiosk/flow", "kiosk/ui", "kiosk/locale"}},
      {"kiosk/platform", {"storage/domain", "kiosk/input"}},
      {"kiosk/devices", {"storage/domain", "kiosk/locale"}},
      {"kiosk/app",
       with(storage, {"storage/programme", "sync/agent", "kiosk/flow", "kiosk/screens", "kiosk/ui",
                      "kiosk/locale", "kiosk/input", "kiosk/platform", "kiosk/devices"})},
  };
  return table;
}

// The layer a path belongs to: the longest entry of the table that contains its folder.
std::string layer_of(const std::string& path) {
  std::string best;
  for (const auto& [layer, uses] : allowed()) {
    if (within(folder_of(path), layer) && layer.size() > best.size()) best = layer;
  }
  return best;
}

}  // namespace

TEST_CASE("every include points down") {
  for (const auto& source : product()) {
    const auto layer = layer_of(source.path);
    REQUIRE_MESSAGE(!layer.empty(), source.path, " belongs to no layer");
    for (const auto& include : includes_of(source)) {
      if (!fs::exists(root / include)) continue;
      const auto target = layer_of(include);
      const auto& uses = allowed().at(layer);
      CHECK_MESSAGE((target == layer || std::ranges::find(uses, target) != uses.end()), source.path,
                    " includes ", include);
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
      {R"(^boost/locale)", {"kiosk/locale"}},
      {R"(^SDL)", {"kiosk/platform"}},
      {R"(^imgui)", {"kiosk/ui", "kiosk/platform"}},
      {R"(^(google/protobuf|storage/facts/.*\.pb\.h|sync/wire/.*\.pb\.h))",
       {"storage/facts", "sync/wire"}},
      {R"(^jpeglib\.h)", {"storage/images"}},
      {R"(^lzma\.h)", {"storage/cli"}},
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
