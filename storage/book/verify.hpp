#pragma once
// Whether a data folder still is what it should be.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "storage/journal/journal.hpp"

namespace keepsake {

struct Finding {
  std::string invariant;  ///< "I3" (storage/LIFE_OF_A_SALE.md)
  std::string what;       ///< "customer ... is below zero"
};
struct Verification {
  journal::Head head;
  std::vector<std::string> passed;
  std::vector<Finding> findings;
};
/// Recomputes the chain and checks every invariant that data can show. Read-only.
Result<Verification> verify(const std::filesystem::path& folder,
                            const std::function<void(Seq)>& progress);

}  // namespace keepsake
