#pragma once
// The sources of this tree, as the house rules read them.

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace keepsake::style {

namespace fs = std::filesystem;
inline const fs::path root = KEEPSAKE_SOURCE_DIR;

struct Source {
  std::string path;  // from the root
  std::vector<std::string> lines;
};

inline std::vector<std::string> lines_of(const fs::path& file) {
  std::ifstream in(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

inline std::vector<Source> sources_under(const std::vector<std::string>& folders,
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

inline const std::vector<Source>& product() {
  static const auto all = sources_under({"storage", "sync", "kiosk"}, {".hpp", ".cpp"});
  return all;
}

inline std::string folder_of(const std::string& path) {
  return fs::path(path).parent_path().string();
}

inline bool within(std::string_view folder, std::string_view layer) {
  return folder == layer || (folder.starts_with(layer) && folder[layer.size()] == '/');
}

inline std::vector<std::string> includes_of(const Source& source) {
  static const std::regex pattern(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
  std::vector<std::string> found;
  for (const auto& line : source.lines) {
    if (std::smatch match; std::regex_search(line, match, pattern)) found.push_back(match[1]);
  }
  return found;
}

}  // namespace keepsake::style
