#pragma once
// The mistakes of the files that are read together, told in the order of the files.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/result.hpp"

namespace keepsake {

struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::string file = {};  ///< empty: the first
};

class Mistakes {
 public:
  /// `family` begins the codes of what TableReader finds wrong: "programme.type".
  Mistakes(std::string file, std::string family)
      : files_{std::move(file)}, family_(std::move(family)) {}
  /// At least one; a place names one of them.
  Mistakes(std::vector<std::string> files, std::string family)
      : files_(std::move(files)), family_(std::move(family)) {}

  /// `key` is the dotted name of what is wrong; empty where there is none.
  void add_error(Place at, std::string_view key, std::string_view code, std::string what,
                 std::string remedy);
  /// What is valid and will surprise; none() stays as it is.
  void warn(Place at, std::string_view key, std::string_view code, std::string what,
            std::string remedy);
  bool none() const { return all_.empty(); }
  std::size_t count() const { return all_.size(); }
  std::string code(std::string_view kind) const { return family_ + "." + std::string(kind); }
  std::string where(const Place& at) const;  ///< FILE:LINE:COLUMN
  std::vector<Error> in_order() &&;
  std::vector<Error> warnings_in_order() const;

 private:
  struct Mistake {
    Place at;
    Error error;
  };
  Mistake made(Place at, std::string_view key, std::string_view code, std::string what,
               std::string remedy) const;
  std::vector<Error> sorted(std::vector<Mistake> mistakes) const;
  const std::string& file_of(const Place& at) const {
    return at.file.empty() ? files_.front() : at.file;
  }

  std::vector<std::string> files_;
  std::string family_;
  std::vector<Mistake> all_;
  std::vector<Mistake> warnings_;
};

/// The word of `known` that `word` was most likely meant to be; empty when none is near.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace keepsake
