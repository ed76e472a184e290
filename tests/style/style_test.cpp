// House rules as tests (after TigerBeetle's tidy.zig): sizes, names, dead files, pages that exist,
// catalogues. Who may include whom: layers_test.cpp.
#include <cstdio>
#include <doctest/doctest.h>
#include <map>
#include <memory>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/style/sources.hpp"

using namespace keepsake::style;

/// What Universal Ctags reads of these kinds, a line each in this form.
std::istringstream tags(const std::string& kinds, const std::string& form,
                        const std::string& folders) {
  const std::string command =
      "cd '" + root.string() + "' && ctags -R --languages=C++ --kinds-C++=" + kinds +
      " -D 'TEST_CASE(x)=void test_case()' -x --_xformat='" + form + "' -f - " + folders;
  const std::unique_ptr<FILE, int (*)(FILE*)> ctags(::popen(command.c_str(), "r"), ::pclose);
  REQUIRE(ctags != nullptr);
  std::string read;
  for (int c = 0; (c = std::fgetc(ctags.get())) != EOF;) read += static_cast<char>(c);
  return std::istringstream(read);
}

TEST_CASE("a name in a namespace is one type: two would be one to the linker") {
  auto types = tags("sgcu", "%p %s %N %F", "storage sync kiosk tests/support");
  std::map<std::string, std::string> file_of;
  std::size_t count = 0;
  for (std::string kind, scope, name, file; types >> kind >> scope >> name >> file;) {
    if (kind != "namespace" || scope.find("__anon") != std::string::npos) continue;
    ++count;
    const auto [known, fresh] = file_of.emplace(scope + "::" + name, file);
    CHECK_MESSAGE((fresh || known->second == file), known->first, " is in ", known->second,
                  " and in ", file);
  }
  CHECK_MESSAGE(count > 700, "read only ", count);
}

TEST_CASE("no function is longer than seventy lines, of the product or of a test") {
  // A test case counts as the function that it becomes.
  auto functions = tags("f", "%n %e %F %N", "storage sync kiosk tests");
  std::size_t count = 0, first = 0, last = 0;
  for (std::string path, name; functions >> first >> last >> path && std::getline(functions, name);
       ++count) {
    CHECK_MESSAGE(last - first < 70, path, ":", first, name, " has ", last - first + 1, " lines");
  }
  CHECK_MESSAGE(count > 5000, "ctags is not there (package universal-ctags), or read only ", count);
}

TEST_CASE("files stay one noun: five hundred lines at most, seven hundred of tests") {
  for (const auto& source : product()) {
    CHECK_MESSAGE(source.lines.size() <= 500, source.path, " has ", source.lines.size(), " lines");
  }
  for (const auto& source : sources_under({"tests"}, {".hpp", ".cpp"})) {
    CHECK_MESSAGE(source.lines.size() <= 700, source.path, " has ", source.lines.size(), " lines");
  }
}

TEST_CASE("no header of ours is dead") {
  const auto all = sources_under({"storage", "sync", "kiosk", "tests"}, {".hpp", ".cpp"});
  std::set<std::string> included;
  for (const auto& source : all) {
    for (const auto& include : includes_of(source)) included.insert(include);
  }
  for (const auto& source : all) {
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

TEST_CASE("every page that a comment or a page names is in the tree") {
  // Named from the top of the tree, or from the folder of whoever names it.
  const std::regex page(R"([A-Za-z0-9_./-]*[A-Za-z0-9_]\.md\b)");
  auto all =
      sources_under({"storage", "sync", "kiosk", "assets", "tests", "cmake"},
                    {".hpp", ".cpp", ".md", ".sql", ".proto", ".toml", ".txt", ".cmake", ""});
  for (const char* top : {"README.md", "CMakeLists.txt", ".clang-tidy", ".clang-format"})
    all.push_back({top, lines_of(root / top)});
  for (const auto& source : all) {
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      if (source.lines[i].find(".md") == std::string::npos) continue;
      // What a link of a page leads to counts, and not what stands in its brackets.
      const std::string line =
          std::regex_replace(source.lines[i], std::regex(R"(\[[^\]]*\]\()"), "(");
      for (std::sregex_iterator at(line.begin(), line.end(), page), end; at != end; ++at) {
        std::string named = at->str();
        if (named.starts_with("/")) named.erase(0, 1);
        const bool there =
            fs::exists(root / named) || fs::exists(root / folder_of(source.path) / named);
        CHECK_MESSAGE(there, source.path, ":", i + 1, " names ", named);
      }
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
