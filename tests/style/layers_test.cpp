// Who may include whom: the layers of the tree, the homes of others' libraries, tests that mirror
// the tree.
#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/style/sources.hpp"

using namespace keepsake::style;

namespace {

struct Layer {
  std::string folder;
  std::vector<std::string> uses;
};

// What each folder may include of ours, beside itself. The whole dependency rule in one table, from
// the bottom up: a folder uses what stands above its line, never what stands below. "domain" and
// "records" stand for all rooms of theirs.
const std::vector<Layer> layers = {
    {"storage/domain/values", {}},
    {"storage/domain/customer", {"storage/domain/values"}},
    {"storage/domain/warranty", {"storage/domain/values"}},
    {"storage/domain/sale", {"storage/domain/values", "storage/domain/warranty"}},
    {"storage/domain/loyalty",
     {"storage/domain/values", "storage/domain/customer", "storage/domain/sale"}},
    {"storage/domain/staff", {"storage/domain/values"}},
    {"storage/domain/views",
     {"storage/domain/values", "storage/domain/customer", "storage/domain/sale",
      "storage/domain/warranty", "storage/domain/loyalty"}},
    {"storage/domain",
     {"storage/domain/values", "storage/domain/customer", "storage/domain/sale",
      "storage/domain/warranty", "storage/domain/loyalty", "storage/domain/staff"}},
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
    {"storage/feed",
     {"domain", "storage/engine", "storage/vault", "storage/facts", "records", "storage/journal"}},
    {"storage/book",
     {"domain", "storage/engine", "storage/vault", "storage/facts", "storage/toml", "records",
      "storage/journal", "storage/feed"}},
    {"storage/services",
     {"domain", "storage/vault", "storage/facts", "storage/images", "storage/programme",
      "storage/records/core", "storage/journal", "storage/book"}},
    {"storage/exchange",
     {"domain", "storage/engine", "storage/vault", "storage/toml", "storage/programme",
      "storage/records/core", "storage/book", "storage/services"}},
    {"sync/wire", {"domain"}},
    {"sync/carry", {"domain", "storage/engine", "storage/vault", "sync/wire"}},
    {"sync/engine", {"domain", "sync/wire"}},
    {"sync/pki", {"domain", "storage/engine"}},
    {"sync/agent",
     {"domain", "storage/engine", "storage/vault", "storage/facts", "storage/journal",
      "storage/book", "sync/wire", "sync/carry", "sync/engine", "sync/pki"}},
    {"sync/serving", {"domain", "sync/wire", "sync/pki"}},
    {"sync/mirror",
     {"domain", "storage/engine", "storage/vault", "storage/book", "sync/wire", "sync/agent",
      "sync/serving", "sync/engine"}},
    {"sync/central",
     {"domain", "storage/engine", "storage/vault", "storage/facts", "storage/programme",
      "storage/exchange", "storage/locale", "records", "storage/journal", "storage/feed",
      "storage/book", "sync/wire", "sync/carry", "sync/pki", "sync/serving"}},
    {"kiosk/control",
     {"domain", "storage/engine", "storage/facts", "storage/journal", "storage/book", "sync/wire"}},
    {"kiosk/cli",
     {"domain", "storage/engine", "storage/vault", "storage/facts", "storage/images",
      "storage/programme", "storage/records/core", "storage/journal", "storage/book",
      "storage/services", "storage/exchange", "storage/locale", "sync/agent", "sync/mirror",
      "kiosk/control"}},
    {"kiosk/input", {"domain"}},
    {"kiosk/flow", {"domain"}},
    {"kiosk/ui", {"domain", "storage/locale", "kiosk/input"}},
    {"kiosk/screens", {"domain", "kiosk/flow", "kiosk/ui", "storage/locale"}},
    {"kiosk/platform", {"domain", "storage/images", "kiosk/input"}},
    {"kiosk/devices", {"domain", "storage/images", "storage/locale"}},
    {"kiosk/app",
     {"domain", "storage/engine", "storage/vault", "storage/facts", "storage/programme",
      "storage/journal", "storage/book", "storage/services", "storage/locale", "sync/agent",
      "sync/mirror", "kiosk/control", "kiosk/flow", "kiosk/screens", "kiosk/ui", "kiosk/input",
      "kiosk/platform", "kiosk/devices"}},
};

// The layer a path belongs to: the longest entry of the table that contains its folder; or none.
const Layer* layer_of(const std::string& path) {
  const Layer* best = nullptr;
  for (const Layer& layer : layers) {
    if (within(folder_of(path), layer.folder) &&
        (best == nullptr || layer.folder.size() > best->folder.size()))
      best = &layer;
  }
  return best;
}

bool stands_for(const std::string& used, const std::string& folder) {
  return used == folder || (used == "domain" && within(folder, "storage/domain")) ||
         (used == "records" && within(folder, "storage/records"));
}

bool allows(const Layer& layer, const std::string& folder) {
  return layer.folder == folder || std::ranges::any_of(layer.uses, [&](const std::string& used) {
           return stands_for(used, folder);
         });
}

// A layer, what it uses, what that uses, and so on down.
std::set<std::string> reach(const std::string& folder) {
  std::set<std::string> found = {folder};
  // From the top down, so that each layer is met after all that use it.
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
    if (!found.contains(layer->folder)) continue;
    for (const Layer& below : layers)
      if (allows(*layer, below.folder)) found.insert(below.folder);
  }
  return found;
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
    const Layer* layer = layer_of(source.path);
    REQUIRE_MESSAGE(layer != nullptr, source.path, " belongs to no layer");
    for (const auto& include : includes_of(source)) {
      if (!fs::exists(root / include)) continue;
      const Layer* target = layer_of(include);
      const bool down = target != nullptr && allows(*layer, target->folder);
      CHECK_MESSAGE(down, source.path, " includes ", include);
    }
  }
}

TEST_CASE("the table of layers has no upward line") {
  std::vector<std::string> above;
  for (const auto& [folder, uses] : layers) {
    CHECK_MESSAGE(fs::is_directory(root / folder), folder, " is no folder");
    for (const auto& used : uses) {
      if (used == "domain" || used == "records") continue;
      CHECK_MESSAGE(std::ranges::find(above, used) != above.end(), folder, " uses ", used);
    }
    above.push_back(folder);
  }
}

TEST_CASE("what is ours is included by its path from the top of the tree") {
  for (const auto& source : sources_under({"storage", "sync", "kiosk", "tests"}, {".hpp", ".cpp"}))
    for (const auto& line : source.lines)
      if (line.starts_with("#include \"") && line.find("migrations.hpp") == std::string::npos &&
          line.find(".pb.h") == std::string::npos)
        CHECK_MESSAGE(fs::exists(root / includes_of({"", {line}}).at(0)), source.path, ": ", line);
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

namespace {

const std::string tests_folder = "tests/";

// The highest layers that test code of a room may go through, beside the room itself.
//
// Facts reach the records through the book alone, and what people do with a book are the services:
// a test of the records or the book records sales and customers as the product does, and needs no
// second, hand-written way to put rows into tables. Higher than that nothing is needed.
// The program at the till is tested against a head office that runs; what is drawn is drawn onto
// the platform's window, which needs no display.
std::set<std::string> ceiling_of(const std::string& room) {
  std::set<std::string> allowed = reach(room);
  if (within(room, "storage/records") || room == "storage/book")
    allowed.merge(reach("storage/services"));
  if (room == "kiosk/app") allowed.merge(reach("sync/central"));
  if (room == "kiosk/ui" || room == "kiosk/screens") allowed.merge(reach("kiosk/platform"));
  return allowed;
}

// What a file of tests includes of the product, itself and through helpers of the tests.
std::set<std::string> includes_with_helpers(const std::map<std::string, const Source*>& tests,
                                            const std::string& path) {
  std::set<std::string> found, seen = {path};
  std::vector<std::string> open = {path};
  while (!open.empty()) {
    const Source& source = *tests.at(open.back());
    open.pop_back();
    for (const auto& include : includes_of(source)) {
      if (!tests.contains(include))
        found.insert(include);
      else if (seen.insert(include).second)
        open.push_back(include);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("tests include what they test and what stands below it") {
  const auto sources = sources_under({"tests"}, {".hpp", ".cpp"});
  std::map<std::string, const Source*> tests;
  for (const auto& source : sources) tests[source.path] = &source;
  for (const auto& [path, source] : tests) {
    const Layer* mirrored = layer_of(path.substr(tests_folder.size()));
    if (mirrored == nullptr) continue;  // both sides of sync, helpers, benchmarks, fuzzers
    const auto allowed = ceiling_of(mirrored->folder);
    for (const auto& include : includes_of(*source)) {
      if (!tests.contains(include)) continue;
      const Layer* helped = layer_of(include.substr(tests_folder.size()));
      const bool below = helped == nullptr || allowed.contains(helped->folder);
      CHECK_MESSAGE(below, path, " includes ", include, " of tests above it");
    }
    for (const auto& include : includes_with_helpers(tests, path)) {
      const Layer* target = layer_of(include);
      if (target == nullptr || !fs::exists(root / include)) continue;
      CHECK_MESSAGE(allowed.contains(target->folder), path, " includes ", include,
                    ", which stands above it");
    }
  }
}

// Tests mirror the tree: X_test.cpp stands in the room of X.hpp or X.cpp, so that a test is found
// by the name of what it tests. Laws and journeys go through many files, and are named so.
TEST_CASE("tests stand where their source stands and have its name") {
  const std::set<std::string> agreed = {
      "tests/kiosk/screens/audit_test.cpp",        // every screen in every look is usable
      "tests/kiosk/screens/error_words_test.cpp",  // every error of the product has words
      "tests/kiosk/screens/pictures_test.cpp",     // screens look as they did
      "tests/kiosk/ui/gallery_test.cpp",           // widgets look as they did
      "tests/storage/book/power_cut_test.cpp",     // the disk loses power at every sync
      "tests/style/layers_test.cpp",               // this
      "tests/style/style_test.cpp",                // what each file is like
  };
  const std::string ending = "_test.cpp";
  for (const auto& source : sources_under({"tests"}, {".cpp"})) {
    if (!source.path.ends_with(ending) || agreed.contains(source.path)) continue;
    const auto stem = source.path.substr(tests_folder.size(),
                                         source.path.size() - tests_folder.size() - ending.size());
    if (stem.ends_with("laws") || stem.ends_with("_journey")) continue;
    CHECK_MESSAGE((fs::exists(root / (stem + ".hpp")) || fs::exists(root / (stem + ".cpp"))),
                  source.path, " has no source of its name");
  }
}

TEST_CASE("each library has one home and its types stay there") {
  struct Home {
    const char* pattern;
    std::vector<std::string> folders;
  };
  const std::vector<Home> homes = {
      {R"(^(sqlite3\.h|SQLiteCpp/))", {"storage/engine/sqlite"}},
      {R"(^sodium)", {"storage/vault"}},
      {R"(^curl/)", {"sync/agent"}},
      {R"(^openssl/)", {"sync/pki", "sync/serving"}},
      {R"(^boost/(asio|beast))", {"sync/serving", "sync/central"}},
      {R"(^boost/locale)", {"storage/locale"}},
      {R"(^SDL)", {"kiosk/platform"}},
      {R"(^imgui)", {"kiosk/ui", "kiosk/platform"}},
      {R"(^(google/protobuf|storage/facts/.*\.pb\.h|sync/wire/.*\.pb\.h))",
       {"storage/facts", "sync/wire"}},
      {R"(^(jpeglib|png)\.h)", {"storage/images"}},
      {R"(^(cairo|pango))", {"storage/exchange"}},
      {R"(^lzma\.h)", {"storage/exchange"}},
      {R"(^phonenumbers/)", {"storage/domain/customer"}},
      {R"(^zstd\.h)", {"sync/wire"}},
  };
  const auto at_home = [](const Home& home, const std::string& path) {
    return std::ranges::any_of(home.folders,
                               [&](const auto& folder) { return within(folder_of(path), folder); });
  };
  // Tests of a home may use its library. These stand outside, and speak it to what they test: a
  // disk that fails, pictures to shrink, a client of the centre, random bytes that a seed gives.
  const std::set<std::string> speakers = {
      "tests/support/crash_vfs.cpp",        "tests/support/packed.cpp",
      "tests/support/pictures.hpp",         "tests/sync/central/https.hpp",
      "tests/sync/central/server_test.cpp", "tests/world/chance.cpp"};
  const auto tests = sources_under({"tests"}, {".hpp", ".cpp"});
  for (const auto& home : homes) {
    const std::regex library(home.pattern);
    for (const auto& source : tests) {
      for (const auto& include : includes_of(source)) {
        if (!std::regex_search(include, library)) continue;
        const bool may = at_home(home, source.path.substr(tests_folder.size())) ||
                         source.path.starts_with("tests/bench/") || speakers.contains(source.path);
        CHECK_MESSAGE(may, source.path, " includes ", include, ", which lives elsewhere");
      }
    }
  }
  for (const auto& home : homes) {
    // Headers that show the library's types are private to the home; nobody else includes them.
    std::set<std::string> private_headers;
    const std::regex library(home.pattern);
    for (const auto& source : product()) {
      for (const auto& include : includes_of(source)) {
        if (!std::regex_search(include, library)) continue;
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
