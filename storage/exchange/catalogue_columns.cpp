#include "storage/exchange/catalogue_columns.hpp"

#include <algorithm>
#include <utility>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/exchange/customer_cells.hpp"

namespace keepsake {

CatalogueColumns::CatalogueColumns(const CsvRecord& titles) {
  for (const CsvField& field : titles.fields) titles_.push_back(tidied(field.text));
}

std::optional<std::size_t> CatalogueColumns::position(const std::string& title) const {
  const auto at = std::ranges::find(titles_, title);
  if (at == titles_.end()) return std::nullopt;
  return static_cast<std::size_t>(at - titles_.begin());
}

/// "Price [*]": the columns that begin and end so; without a star the one of this title.
std::vector<std::size_t> CatalogueColumns::positions(const std::string& from) const {
  const std::size_t star = from.find('*');
  if (star == std::string::npos) {
    const auto at = position(from);
    return at ? std::vector{*at} : std::vector<std::size_t>{};
  }
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < titles_.size(); ++at)
    if (titles_[at].size() >= from.size() - 1 && titles_[at].starts_with(from.substr(0, star)) &&
        titles_[at].ends_with(from.substr(star + 1)))
      found.push_back(at);
  return found;
}

std::vector<std::string> CatalogueColumns::bind(const CatalogueMap& map) {
  map_ = &map;
  std::vector<std::string> missing;
  for (const CatalogueColumn& column : map.columns) {
    const auto all = positions(column.from);
    if (all.empty() && !column.optional) missing.push_back(column.from);
    for (const std::size_t at : all) bound_.push_back({&column, at});
  }
  if (!map.group.empty()) group_ = position(map.group);
  for (const std::string& title : map.rows_with)
    if (const auto at = position(tidied(title))) rows_with_.push_back(*at);
  if (rows_with_.empty() && !map.rows_with.empty()) missing.push_back(map.rows_with.front());
  return missing;
}

std::vector<std::string> CatalogueColumns::unread() const {
  std::vector<std::string> unread;
  for (std::size_t at = 0; at < titles_.size(); ++at)
    if (group_ != at && std::ranges::find(bound_, at, &Bound::at) == bound_.end())
      unread.push_back(titles_[at]);
  return unread;
}

std::optional<std::size_t> CatalogueColumns::first_of(CatalogueTarget target) const {
  for (const Bound& each : bound_)
    if (each.column->target == target) return each.at;
  return std::nullopt;
}

std::string CatalogueColumns::text(const CsvRecord& record, std::size_t at) const {
  const std::string cell = tidied(record.fields[at].text);
  if (!map_->defused) return cell;
  const bool number = cell.size() > 1 && cell.front() == '\'' && is_digit(cell[1]);
  return number ? cell.substr(1) : tidied(armed(cell));
}

void CatalogueColumns::follow(const CsvRecord& record) {
  const std::string group = group_ ? text(record, *group_) : std::string();
  if (group != in_group_ || !group_) carried_.clear();
  in_group_ = group;
  for (const Bound& each : bound_)
    if (each.column->carry)
      if (std::string said = text(record, each.at); !said.empty())
        carried_[each.at] = std::move(said);
}

std::vector<CatalogueCell> CatalogueColumns::cells(const CsvRecord& record,
                                                   CatalogueTarget target) const {
  std::vector<CatalogueCell> found;
  for (const Bound& each : bound_) {
    if (each.column->target != target) continue;
    std::string said = text(record, each.at);
    if (said.empty() && carried_.contains(each.at)) said = carried_.at(each.at);
    const auto& ignore = each.column->ignore;
    if (said.empty() || std::ranges::find(ignore, said) != ignore.end()) continue;
    found.push_back({std::move(said), each.at, each.column});
  }
  return found;
}

CatalogueCell CatalogueColumns::first(const CsvRecord& record, CatalogueTarget target) const {
  auto found = cells(record, target);
  if (!found.empty()) return std::move(found.front());
  for (const auto& [constant, value] : map_->constants)
    if (constant == target) return {value, 0, nullptr};
  return {};
}

bool CatalogueColumns::is_no_article(const CsvRecord& record) const {
  if (!rows_with_.empty())
    return std::ranges::all_of(rows_with_,
                               [&](std::size_t at) { return text(record, at).empty(); });
  return std::ranges::all_of(record.fields,
                             [](const CsvField& each) { return tidied(each.text).empty(); });
}

bool CatalogueColumns::has_codes_only(const CsvRecord& record) const {
  bool codes = false;
  for (const Bound& each : bound_) {
    if (text(record, each.at).empty()) continue;
    if (each.column->target != CatalogueTarget::gtin &&
        each.column->target != CatalogueTarget::more_codes)
      return false;
    codes = true;
  }
  return codes;
}

}  // namespace keepsake
