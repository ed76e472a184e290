#pragma once
// CSV as RFC 4180 has it, read as a stream: quoted fields, "" for a quote, line ends LF or CRLF, an
// optional UTF-8 byte order mark. Text must be UTF-8 without NUL. Empty lines are passed over and
// counted.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/result.hpp"
#include "storage/domain/values/utf8.hpp"
#include "storage/exchange/bytes.hpp"

namespace keepsake {

inline constexpr std::size_t csv_record_bytes = 64 * 1024;
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";  ///< of UTF-8

/// Lines and columns count from 1; columns count characters, not bytes.
struct CsvPlace {
  std::uint64_t line = 1;
  std::uint64_t column = 1;
  bool operator==(const CsvPlace&) const = default;
};

struct CsvField {
  std::string_view text;  ///< without its quotes; valid until the next read
  CsvPlace place;         ///< of its first character, an opening quote included
};

struct CsvRecord {
  std::uint64_t line = 0;  ///< where it starts
  std::vector<CsvField> fields;
};

class CsvReader {
 public:
  /// `file` is the name that errors show. A first line "sep=;" says the separator better. The source
  /// must outlive the reader.
  CsvReader(ByteSource& source, std::string file, char separator = ',');

  /// The next record; false at the end. Failure::bad_input "csv.quote", "csv.utf8", "csv.nul",
  /// "csv.line-end", ::limit "csv.long" (a record beyond 64 KiB), or the source's error; `where` is
  /// FILE:LINE:COLUMN.
  Result<bool> next(CsvRecord& record);

  std::uint64_t blank_lines() const { return blank_lines_; }
  const std::string& file() const { return file_; }

  /// "FILE:LINE:COLUMN", and " (NAME)" when a name is given.
  std::string where(CsvPlace place, std::string_view name = {}) const;

 private:
  enum class State { field_start, plain, quoted, quote_in_quoted, carriage_return };
  enum class Step { more, record, failed };
  struct Span {
    std::size_t begin, end;
    CsvPlace place;
  };

  Result<bool> fill();
  void skip_separator_line();
  Step take(char c);
  void take_plain_run();
  Step take_outside_quotes(char c);
  Step end_line();
  Step at_end();
  Step fail(Failure kind, std::string_view code, std::string_view what, CsvPlace place,
            std::string_view remedy);
  void advance(char c);
  void open_field();
  void close_field();
  bool hand_over(CsvRecord& record);

  ByteSource& source_;
  char separator_;
  std::string file_;
  std::array<char, 64 * 1024> buffer_{};
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  bool began_ = false;
  bool finished_ = false;
  Error error_;

  State state_ = State::field_start;
  CsvPlace here_;              // of the byte being read
  CsvPlace quote_;             // of the last opening quote
  std::string text_;           // the fields of this record, one after another
  std::vector<Span> spans_;    // where in text_ each field lies
  std::size_t raw_bytes_ = 0;  // of this record, separators and quotes included
  std::uint64_t record_line_ = 1;
  std::uint64_t blank_lines_ = 0;

  Utf8Check utf8_;
};

/// The text as a field, in quotes when it needs them.
std::string csv_field(std::string_view text, char separator = ',');

}  // namespace keepsake
