#include "storage/exchange/separator.hpp"

#include "storage/exchange/csv.hpp"
#include "storage/exchange/transcode.hpp"

namespace keepsake {

Result<char> separator_of(const std::string& file) {
  for (const char separator : {',', ';', '\t'}) {
    const auto bytes = open_bytes(file);
    if (!bytes) return bytes.error();
    const auto text = transcoded(**bytes, std::string(utf8), file);
    CsvReader csv(*text, file, separator);
    CsvRecord first;
    const auto there = csv.next(first);
    if (there && *there && first.fields.size() > 1) return separator;
  }
  return ',';
}

}  // namespace keepsake
