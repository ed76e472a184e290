#include "storage/exchange/code_file.hpp"

#include <memory>
#include <unordered_map>

#include "storage/domain/loyalty/rules.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/exchange/csv.hpp"
#include "storage/exchange/separator.hpp"
#include "storage/exchange/transcode.hpp"

namespace keepsake {
namespace {

constexpr std::size_t told_most = 1000;  // of each kind of trouble

class Collecting {
 public:
  Collecting(const CsvReader& csv, CodeFile& into) : csv_(csv), into_(into) {}

  Result<Done> take(const CsvRecord& record) {
    const CsvField& field = record.fields.front();
    const std::string code = tidied(field.text);
    if (code.empty()) {
      ++into_.blank_lines;
      return Done{};
    }
    if (const auto ok = check_text(code, limits::code_bytes, Presence::required, "code"); !ok) {
      tell(into_.mistakes, ok.error(), field.place);
      return Done{};
    }
    const auto [first, fresh] = lines_.emplace(code_key(code), field.place.line);
    if (!fresh) {
      tell(into_.doubled,
           {Failure::bad_input, "codes.twice",
            "The code " + code + " is that of line " + std::to_string(first->second) +
                ", but for capitals and blanks at most",
            "", "Nothing to do: it is brought in once"},
           field.place);
      return Done{};
    }
    if (into_.codes.size() == limits::codes_per_list)
      return Error{Failure::limit, "codes.limit",
                   "The file has more than " + std::to_string(limits::codes_per_list) + " codes",
                   csv_.where(field.place), "Split it into several files"};
    into_.codes.push_back(code);
    return Done{};
  }

 private:
  void tell(std::vector<Error>& list, Error error, CsvPlace place) {
    if (list.size() >= told_most) return;
    error.where = csv_.where(place);
    list.push_back(std::move(error));
  }

  const CsvReader& csv_;
  CodeFile& into_;
  std::unordered_map<std::string, std::uint64_t> lines_;  // by what the till compares
};

bool is_title(std::string_view cell) {
  const std::string key = code_key(cell);
  return key == "code" || key == "codes";
}

}  // namespace

Result<CodeFile> read_codes(const std::string& file) {
  const auto separator = separator_of(file);
  if (!separator) return separator.error();
  const auto bytes = open_bytes(file);
  if (!bytes) return bytes.error();
  const auto text = transcoded(**bytes, std::string(utf8), file);
  CsvReader csv(*text, file, *separator);
  CodeFile read;
  Collecting collecting(csv, read);
  CsvRecord record;
  for (bool first = true;; first = false) {
    const auto more = csv.next(record);
    if (!more) return more.error();
    if (!*more) break;
    if (first && is_title(record.fields.front().text)) {
      read.titled = true;
      continue;
    }
    if (auto ok = collecting.take(record); !ok) return ok.error();
  }
  read.blank_lines += csv.blank_lines();
  if (read.codes.empty() && read.mistakes.empty())
    return Error{Failure::bad_input, "codes.none", "The file has no codes", file,
                 "Write one code a line"};
  return read;
}

}  // namespace keepsake
