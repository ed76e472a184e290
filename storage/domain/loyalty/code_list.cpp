#include "storage/domain/loyalty/code_list.hpp"

#include <algorithm>
#include <set>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake {

Result<Done> check(const CodesAdded& added) {
  using enum Presence;
  if (auto ok = check_texts({{added.staff, limits::name_bytes, optional, "staff"},
                             {added.reward, limits::code_bytes, required, "reward"}});
      !ok)
    return ok;
  if (added.codes.empty())
    return Error{Failure::bad_input, "codes.none", "The list has no codes", "codes",
                 "Give at least one"};
  if (added.codes.size() > limits::codes_per_fact)
    return Error{Failure::limit, "codes.limit", "There are too many codes in one fact", "codes",
                 "Split the list"};
  std::set<std::string> seen;
  for (const std::string& code : added.codes) {
    if (auto ok = check_text(code, limits::code_bytes, required, "codes"); !ok) return ok;
    const std::string key = code_key(code);
    if (key.empty())
      return Error{Failure::bad_input, "codes.blank", "A code has blanks only", "codes",
                   "Remove it"};
    if (!seen.insert(key).second)
      return Error{Failure::bad_input, "codes.twice", "A code stands in the list twice", "codes",
                   "Remove one"};
  }
  return Done{};
}

Result<Done> check(const CodesDealt& dealt) {
  if (auto ok = check_text(dealt.reward, limits::code_bytes, Presence::required, "reward"); !ok)
    return ok;
  if (dealt.count == 0 || dealt.count > limits::codes_per_fact ||
      dealt.first >= limits::codes_per_fact)
    return Error{Failure::bad_input, "codes.range", "The dealt codes are not in a list", "first",
                 "Correct the entry."};
  return Done{};
}

std::vector<CodesDealt> dealt(LocalTime at, const std::string& reward,
                              std::span<const CodePlace> codes, TerminalNumber to) {
  std::vector<CodesDealt> all;
  for (const CodePlace& code : codes) {
    const bool goes_on = !all.empty() && all.back().list == code.list &&
                         code.n == all.back().first + all.back().count;
    if (!goes_on) all.push_back({at, reward, code.list, code.n, 0, to});
    ++all.back().count;
  }
  return all;
}

std::vector<CodesAdded> parts_of(const CodesAdded& list) {
  std::vector<CodesAdded> parts;
  for (std::size_t from = 0; from < list.codes.size(); from += limits::codes_per_fact) {
    const std::size_t to = std::min(from + limits::codes_per_fact, list.codes.size());
    parts.push_back({list.at,
                     list.staff,
                     list.reward,
                     {list.codes.begin() + static_cast<std::ptrdiff_t>(from),
                      list.codes.begin() + static_cast<std::ptrdiff_t>(to)}});
  }
  return parts;
}

}  // namespace keepsake
