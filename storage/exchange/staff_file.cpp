#include "storage/exchange/staff_file.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "storage/domain/staff/staff_change.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/pin.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/exchange/csv.hpp"
#include "storage/exchange/separator.hpp"
#include "storage/exchange/transcode.hpp"

namespace keepsake {

namespace {

enum class Column : std::size_t { id, name, role, pin };
constexpr std::array<std::string_view, 4> titles = {"id", "name", "role", "pin"};

std::string lower(std::string_view text) {
  std::string small = tidied(text);
  std::ranges::transform(small, small.begin(), to_lower);
  return small;
}

/// Where each column stands in a line; nullopt: the file has none.
using Columns = std::array<std::optional<std::size_t>, titles.size()>;

Result<Columns> columns_of(const CsvRecord& header, const CsvReader& csv) {
  Columns columns;
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    const auto title = std::ranges::find(titles, lower(header.fields[i].text));
    if (title == titles.end()) continue;
    auto& column = columns[static_cast<std::size_t>(title - titles.begin())];
    if (column)
      return Error{Failure::bad_input, "staff.columns", "Two columns have one title",
                   csv.where(header.fields[i].place), "Leave one of them out"};
    column = i;
  }
  if (columns[0] && columns[1]) return columns;
  return Error{Failure::bad_input, "staff.columns", "The first line must name the columns",
               csv.where({}), "Name them id, name and, where wanted, role and pin"};
}

class Reading {
 public:
  Reading(const CsvReader& csv, Columns columns, StaffFile& into)
      : csv_(csv), columns_(columns), into_(into) {}

  Result<Done> take(const CsvRecord& record) {
    if (std::ranges::all_of(record.fields, [](const auto& f) { return tidied(f.text).empty(); }))
      return Done{};
    if (lines_.size() == limits::staff)
      return Error{Failure::limit, "staff.limit",
                   "The file has more than " + std::to_string(limits::staff) + " people",
                   place(record, Column::id), "Split it into several files"};
    StaffRow row;
    row.member.id = tidied(text(record, Column::id));
    row.member.name = tidied(text(record, Column::name));
    row.where = csv_.file() + ":" + std::to_string(record.line);
    const std::size_t mistakes = into_.mistakes.size();
    check_person(record, row);
    read_role(record, row);
    read_pin(record, row);
    if (into_.mistakes.size() == mistakes) into_.rows.push_back(std::move(row));
    return Done{};
  }

 private:
  static std::string_view text_at(const CsvRecord& record, std::size_t i) {
    return i < record.fields.size() ? record.fields[i].text : std::string_view();
  }
  std::string_view text(const CsvRecord& record, Column column) const {
    const auto at = columns_[static_cast<std::size_t>(column)];
    return at ? text_at(record, *at) : std::string_view();
  }
  std::string place(const CsvRecord& record, Column column) const {
    const auto at = columns_[static_cast<std::size_t>(column)];
    const bool there = at && *at < record.fields.size();
    return csv_.where(there ? record.fields[*at].place : CsvPlace{record.line, 1},
                      titles[static_cast<std::size_t>(column)]);
  }
  void tell(Error error, std::string where) {
    error.where = std::move(where);
    into_.mistakes.push_back(std::move(error));
  }

  void check_person(const CsvRecord& record, const StaffRow& row) {
    if (auto ok = check_staff_id(row.member.id); !ok)
      return tell(ok.error(), place(record, Column::id));
    const auto [first, fresh] = lines_.emplace(row.member.id, record.line);
    if (!fresh)
      tell({Failure::bad_input,
            "staff.twice",
            row.member.id + " stands in line " + std::to_string(first->second) + " already",
            {},
            "Give each person one line"},
           place(record, Column::id));
    if (auto ok = check_text(row.member.name, limits::name_bytes, Presence::required, "name"); !ok)
      tell(ok.error(), place(record, Column::name));
  }

  void read_role(const CsvRecord& record, StaffRow& row) {
    const std::string word = lower(text(record, Column::role));
    if (word == "manager")
      row.role = StaffRole::manager;
    else if (word == "none")
      row.role = StaffRole::none;
    else if (!word.empty() && word != "cashier")
      tell({Failure::bad_input,
            "staff.role",
            "There is no such role",
            {},
            "Use cashier, manager, or none for somebody who does not work here any more"},
           place(record, Column::role));
    row.member.manager = row.role == StaffRole::manager;
  }

  void read_pin(const CsvRecord& record, StaffRow& row) {
    std::string pin = tidied(text(record, Column::pin));
    if (pin.empty()) return;
    if (auto ok = check_new_pin(pin); !ok) {
      Error error = ok.error();
      // A spreadsheet makes 42 of 0042.
      if (pin.size() < 4 && is_all_digits(pin))
        error.remedy = "If it begins with zeros, format the column as text";
      return tell(std::move(error), place(record, Column::pin));
    }
    const auto [first, fresh] = pins_.emplace(pin, record.line);
    if (!fresh)
      return tell({Failure::bad_input,
                   "staff.pin-twice",
                   "The PIN of line " + std::to_string(first->second) + " stands here again",
                   {},
                   "Give everybody a PIN of their own"},
                  place(record, Column::pin));
    row.pin = std::move(pin);
  }

  const CsvReader& csv_;
  Columns columns_;
  StaffFile& into_;
  std::map<std::string, std::uint64_t> lines_, pins_;  // where each id and each PIN stands
};

}  // namespace

Result<StaffFile> read_staff_file(const std::string& file, const std::string& encoding) {
  const auto separator = separator_of(file);
  if (!separator) return separator.error();
  const auto bytes = open_bytes(file);
  if (!bytes) return bytes.error();
  const auto text = transcoded(**bytes, encoding, file);
  CsvReader csv(*text, file, *separator);
  CsvRecord record;
  StaffFile read;
  std::optional<Reading> reading;
  for (;;) {
    const auto more = csv.next(record);
    if (!more) return more.error();
    if (!*more) break;
    if (!reading) {
      const auto columns = columns_of(record, csv);
      if (!columns) return columns.error();
      reading.emplace(csv, *columns, read);
    } else if (auto ok = reading->take(record); !ok) {
      return ok.error();
    }
  }
  if (read.rows.empty() && read.mistakes.empty())
    return Error{Failure::bad_input, "staff.none", "The file names nobody", file,
                 "Write one person a line, under a line with the titles id, name, role, pin"};
  return read;
}

}  // namespace keepsake
