// `keepsake report --by hour|category|tender|tax-rate`.
#include "kiosk/cli/sales/report.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/values/decimal.hpp"
#include "storage/domain/views/reports.hpp"

namespace keepsake::cli {
namespace {

struct Shape {
  std::string word;  ///< as --by has it
  BreakdownBy by;
  std::string rows, key;  ///< in JSON
  std::string title;
  std::string count, count_back;  ///< what is counted, in JSON
};

Shape shape_of(const std::string& by) {
  if (by == "hour") return {by, BreakdownBy::hour, "hours", "hour", "hour", "purchases", "returns"};
  if (by == "category")
    return {by,      BreakdownBy::category, "categories", "category", "category",
            "lines", "lines_returned"};
  if (by == "tender")
    return {by, BreakdownBy::tender, "tenders", "tender", "tender", "payments", "refunds"};
  return {by,      BreakdownBy::tax_rate, "tax_rates", "tax_percent", "tax %",
          "lines", "lines_returned"};
}

std::string key_of(const GroupTotal& group, BreakdownBy by) {
  if (by == BreakdownBy::tax_rate) return format_scaled(group.number, 2, 0);
  if (by != BreakdownBy::hour) return group.name;
  return (group.number < 10 ? "0" : "") + std::to_string(group.number);
}

Json json_key(const GroupTotal& group, BreakdownBy by) {
  if (group.kind == GroupTotal::Kind::unknown) return nullptr;
  if (group.kind == GroupTotal::Kind::rounding) return "rounding";
  return by == BreakdownBy::hour ? Json(group.number) : Json(key_of(group, by));
}

std::string text_key(const GroupTotal& group, BreakdownBy by) {
  if (group.kind == GroupTotal::Kind::unknown) return "(not known)";
  if (group.kind == GroupTotal::Kind::rounding) return "(rounding)";
  const std::string key = key_of(group, by);
  return key.empty() ? "(none)" : key;
}

Json to_json(const GroupTotal& group, const Shape& shape) {
  Json row{{shape.key, json_key(group, shape.by)},
           {shape.count, group.count},
           {"purchase_minor", group.purchase_minor},
           {"loads", group.loads},
           {"loads_minor", group.loads_minor},
           {"sales_minor", group.sales_minor()},
           {shape.count_back, group.count_back},
           {"return_minor", group.return_minor},
           {"loads_returned_minor", group.loads_returned_minor},
           {"net_minor", group.net_minor()}};
  if (shape.by == BreakdownBy::tender) return row;
  row["tax_minor"] = group.tax_minor;
  row["tax_returned_minor"] = group.tax_returned_minor;
  return row;
}

void add(GroupTotal& sum, const GroupTotal& group) {
  sum.count += group.count;
  sum.count_back += group.count_back;
  sum.purchase_minor += group.purchase_minor;
  sum.return_minor += group.return_minor;
  sum.loads_minor += group.loads_minor;
  sum.loads_returned_minor += group.loads_returned_minor;
  sum.tax_minor += group.tax_minor;
  sum.tax_returned_minor += group.tax_returned_minor;
}

std::vector<Table::Column> columns_of(const Shape& shape) {
  const bool of_lines = shape.count == "lines";
  std::vector<Table::Column> columns{{shape.title},
                                     {shape.count, Align::right},
                                     {"amount", Align::right},
                                     {"of it paid in", Align::right},
                                     {of_lines ? "returned" : shape.count_back, Align::right},
                                     {"amount", Align::right},
                                     {"net", Align::right}};
  if (shape.by == BreakdownBy::tax_rate) columns.push_back({"tax", Align::right});
  return columns;
}

std::vector<std::string> cells_of(const std::string& key, const GroupTotal& group,
                                  const Shape& shape, const InCurrency& money) {
  std::vector<std::string> cells{key,
                                 grouped(group.count),
                                 money(group.purchase_minor),
                                 money(group.loads_minor),
                                 grouped(group.count_back),
                                 money(group.return_minor),
                                 money(group.net_minor())};
  if (shape.by == BreakdownBy::tax_rate)
    cells.push_back(money(group.tax_minor - group.tax_returned_minor));
  return cells;
}

}  // namespace

Result<Report> breakdown(Reader& reader, const InCurrency& money, const std::string& by) {
  const Shape shape = shape_of(by);
  const auto groups = reader.breakdown(shape.by);
  if (!groups) return groups.error();
  Report report{shape.rows, Table(columns_of(shape)), Json::array()};
  GroupTotal sum;
  for (const GroupTotal& each : *groups) {
    report.table.row(cells_of(text_key(each, shape.by), each, shape, money));
    report.rows.push_back(to_json(each, shape));
    add(sum, each);
  }
  if (groups->empty()) return report;
  report.table.rule();
  report.table.row(cells_of("total", sum, shape, money));
  return report;
}

}  // namespace keepsake::cli
