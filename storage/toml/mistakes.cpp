#include "storage/toml/mistakes.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace keepsake {
namespace {

// Levenshtein's distance, one row at a time.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

constexpr std::size_t longest_compared = 64;

}  // namespace

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known) {
  std::string_view best;
  if (word.size() > longest_compared) return best;
  std::size_t least = std::max<std::size_t>(word.size() / 2, 1) + 1;
  for (const std::string_view each : known) {
    const std::size_t far = distance(word, each);
    if (far >= least) continue;
    least = far;
    best = each;
  }
  return best;
}

Mistakes::Mistake Mistakes::made(Place at, std::string_view key, std::string_view code,
                                 std::string what, std::string remedy) const {
  std::string place = where(at);
  if (!key.empty()) place.append(" (").append(key).append(")");
  return {std::move(at),
          {Failure::bad_input, std::string(code), std::move(what), std::move(place),
           std::move(remedy)}};
}

void Mistakes::add_error(Place at, std::string_view key, std::string_view code, std::string what,
                         std::string remedy) {
  all_.push_back(made(std::move(at), key, code, std::move(what), std::move(remedy)));
}

void Mistakes::warn(Place at, std::string_view key, std::string_view code, std::string what,
                    std::string remedy) {
  warnings_.push_back(made(std::move(at), key, code, std::move(what), std::move(remedy)));
}

std::string Mistakes::where(const Place& at) const {
  return file_of(at) + ":" + std::to_string(std::max<std::uint32_t>(at.line, 1)) + ":" +
         std::to_string(std::max<std::uint32_t>(at.column, 1));
}

std::vector<Error> Mistakes::sorted(std::vector<Mistake> mistakes) const {
  std::ranges::stable_sort(mistakes, {}, [this](const Mistake& each) {
    const auto file = std::ranges::find(files_, file_of(each.at));
    return std::tuple(file - files_.begin(), each.at.line, each.at.column);
  });
  std::vector<Error> errors;
  errors.reserve(mistakes.size());
  for (Mistake& each : mistakes) errors.push_back(std::move(each.error));
  return errors;
}

std::vector<Error> Mistakes::in_order() && { return sorted(std::move(all_)); }

std::vector<Error> Mistakes::warnings_in_order() const { return sorted(warnings_); }

}  // namespace keepsake
