#include "kiosk/cli/shop/findings.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

namespace keepsake::cli {

Result<Seq> facts_in(const std::filesystem::path& folder) {
  const auto reader = open_reader(folder);
  if (!reader) return reader.error();
  const auto head = (*reader)->head();
  if (!head) return head.error();
  return head->seq;
}

nlohmann::ordered_json to_json(std::span<const Finding> findings) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& finding : findings)
    list.push_back({{"invariant", finding.invariant}, {"what", finding.what}});
  return list;
}

void print(std::ostream& out, std::span<const Finding> findings) {
  for (const auto& finding : findings)
    out << "WRONG: " << finding.invariant << ": " << finding.what << '\n';
}

}  // namespace keepsake::cli
