#pragma once
// More lines than memory holds, in order: they are put into files of neighbours, each small enough
// to be sorted by itself.

#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace keepsake::bench {

class SortedFile {
 public:
  /// Its files begin with this name.
  explicit SortedFile(std::filesystem::path files) : files_(std::move(files)) {}
  ~SortedFile();
  SortedFile(const SortedFile&) = delete;
  SortedFile& operator=(const SortedFile&) = delete;

  /// At most 64 KiB.
  void add(std::string_view line);
  /// Every line in the order of its bytes, once.
  void read(const std::function<void(std::string_view)>& each);

 private:
  /// From the lines so far: where each file but the first begins.
  void divide();
  void write(std::string_view line);
  std::filesystem::path name(std::size_t part) const;

  std::filesystem::path files_;
  std::vector<std::string> sample_;  ///< until there are enough to tell how lines spread
  std::vector<std::string> begins_;
  std::vector<std::FILE*> parts_;
};

}  // namespace keepsake::bench
