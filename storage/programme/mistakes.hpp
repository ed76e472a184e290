#pragma once
// The mistakes of one file, gathered while it is read and told in the order of the file.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/result.hpp"

namespace keepsake {

struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  auto operator<=>(const Place&) const = default;
};

class Mistakes {
 public:
  explicit Mistakes(std::string file) : file_(std::move(file)) {}

  /// `key` is the dotted name of what is wrong; empty where there is none.
  void tell(Place at, std::string_view key, std::string_view code, std::string what,
            std::string remedy);
  bool none() const { return all_.empty(); }
  std::vector<Error> in_order() &&;

 private:
  struct Mistake {
    Place at;
    Error error;
  };
  std::string file_;
  std::vector<Mistake> all_;
};

/// The word of `known` that `word` was most likely meant to be; empty when none is near.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace keepsake
