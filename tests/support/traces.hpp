#pragma once
// Somebody whose values stand out, and who still has them: for tests of erasure.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "storage/domain/customer/customer.hpp"

namespace keepsake::test {

/// Names of the files below `folder` that hold these bytes.
inline std::string holders(const std::filesystem::path& folder, std::string_view bytes) {
  std::string names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string all{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (all.find(bytes) != std::string::npos) names += entry.path().filename().string() + " ";
  }
  return names;
}

inline Profile person(const std::string& stem, int n) {
  Profile profile;
  // A letter at the end: behind "Etternavn3" the file may go on with a byte 0x30, which is "0".
  profile.name = stem + " Etternavn" + std::to_string(n) + "s";
  profile.phone = "+479" + std::to_string(1'000'000 + n);
  profile.email = stem + std::to_string(n) + "@example.no";
  profile.address = stem + " gate " + std::to_string(n);
  return profile;
}

}  // namespace keepsake::test
