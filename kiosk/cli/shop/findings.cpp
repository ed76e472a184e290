#include "kiosk/cli/shop/findings.hpp"

#include <ostream>

#include "storage/book/reader.hpp"

namespace keepsake::cli {

Result<Seq> facts_in(const std::filesystem::path& folder) {
  const auto reader = open_reader(folder);
  if (!reader) return reader.error();
  const auto head = (*reader)->head();
  if (!head) return head.error();
  return head->seq;
}

Json to_json(std::span<const Finding> findings) {
  auto list = Json::array();
  for (const auto& finding : findings)
    list.push_back({{"invariant", finding.invariant}, {"what", finding.what}});
  return list;
}

void print(std::ostream& out, std::span<const Finding> findings) {
  for (const auto& finding : findings)
    out << "WRONG: " << finding.invariant << ": " << finding.what << '\n';
}

}  // namespace keepsake::cli
