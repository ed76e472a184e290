#include "storage/exchange/csv.hpp"

#include <algorithm>
#include <utility>

#include "storage/domain/values/hex.hpp"

namespace keepsake {
namespace {

constexpr std::size_t separator_line_bytes = 7;  // "sep=;" and its end
constexpr std::string_view separator_line = "sep=";

/// Whether more has to be read to tell a byte order mark or a separator's line.
bool is_undecided(std::string_view begun) {
  if (begun.size() <= byte_order_mark.size()) return true;
  if (begun.starts_with(byte_order_mark)) begun.remove_prefix(byte_order_mark.size());
  return begun.size() < separator_line_bytes &&
         (begun.starts_with(separator_line) || separator_line.starts_with(begun));
}

}  // namespace

CsvReader::CsvReader(ByteSource& source, std::string file, char separator)
    : source_(source), separator_(separator), file_(std::move(file)) {
  text_.reserve(1024);
}

std::string CsvReader::where(CsvPlace place, std::string_view name) const {
  std::string text = file_ + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
  if (!name.empty()) text.append(" (").append(name).append(")");
  return text;
}

// The first fill waits until it has what may be a byte order mark and a byte beyond.
Result<bool> CsvReader::fill() {
  at_ = end_ = 0;
  do {
    const auto got = source_.read(std::span(buffer_).subspan(end_));
    if (!got) {
      Error error = got.error();
      error.where = where(here_);
      return error;
    }
    if (*got == 0) break;
    end_ += *got;
  } while (!began_ && is_undecided({buffer_.data(), end_}));
  if (!began_ && std::string_view(buffer_.data(), end_).starts_with(byte_order_mark)) {
    at_ = byte_order_mark.size();
  }
  if (!began_) skip_separator_line();
  began_ = true;
  return at_ < end_;
}

/// "sep=;" in front of the titles, by which some exports tell spreadsheets their separator.
void CsvReader::skip_separator_line() {
  const std::string_view text(buffer_.data() + at_, end_ - at_);
  if (!text.starts_with(separator_line) || text.size() < separator_line_bytes - 1) return;
  const char sign = text[4];
  const std::size_t end = text.find('\n');
  const bool alone = end == 5 || (end == 6 && text[5] == '\r');
  if (!alone || std::string_view(",;\t|:").find(sign) == std::string_view::npos) return;
  separator_ = sign;
  at_ += end + 1;
  here_.line = record_line_ = 2;
}

Result<bool> CsvReader::next(CsvRecord& record) {
  if (finished_) return false;
  text_.clear();
  spans_.clear();
  raw_bytes_ = 0;
  record_line_ = here_.line;
  for (;;) {
    Step step = Step::more;
    if (at_ == end_) {
      const auto more = fill();
      if (!more) {
        finished_ = true;
        return more.error();
      }
      if (!*more) {
        finished_ = true;
        step = at_end();
        if (step == Step::more) return false;
      }
    }
    if (step == Step::more) step = take(buffer_[at_++]);
    if (step == Step::more && state_ == State::plain && utf8_.between_code_points())
      take_plain_run();
    if (step == Step::failed) {
      finished_ = true;
      return error_;
    }
    if (step == Step::record) return hand_over(record);
  }
}

bool CsvReader::hand_over(CsvRecord& record) {
  record.line = record_line_;
  record.fields.clear();
  const std::string_view text = text_;
  for (const auto& span : spans_) {
    record.fields.push_back({text.substr(span.begin, span.end - span.begin), span.place});
  }
  return true;
}

CsvReader::Step CsvReader::fail(Failure kind, std::string_view code, std::string_view what,
                                CsvPlace place, std::string_view remedy) {
  error_ = {kind, std::string(code), std::string(what), where(place), std::string(remedy)};
  return Step::failed;
}

void CsvReader::advance(char c) {
  if (c == '\n') {
    here_ = {here_.line + 1, 1};
  } else if (utf8_.between_code_points()) {
    ++here_.column;  // the last byte of a character
  }
}

// Most of a file: ASCII inside an unquoted field, taken at once. What remains goes through take().
void CsvReader::take_plain_run() {
  const std::size_t room = csv_record_bytes - raw_bytes_;
  const std::size_t stop = at_ + std::min(end_ - at_, room);
  std::size_t to = at_;
  const auto ordinary = [this](char c) {
    return c >= ' ' && c != separator_ && c != '"' && c < '\x7F';
  };
  while (to < stop && ordinary(buffer_[to])) ++to;
  text_.append(buffer_.data() + at_, to - at_);
  raw_bytes_ += to - at_;
  here_.column += to - at_;
  at_ = to;
}

CsvReader::Step CsvReader::take(char c) {
  if (++raw_bytes_ > csv_record_bytes) {
    return fail(Failure::limit, "csv.long", "A line is longer than 64 KiB", here_,
                "This is not the expected file, or a quote was never closed");
  }
  if (c == '\0') {
    return fail(Failure::bad_input, "csv.nul", "There is a NUL byte; this is not a text file",
                here_, "Save it as CSV in UTF-8");
  }
  if (!utf8_.take(static_cast<unsigned char>(c))) {
    const std::string hex = hex_of(std::array{static_cast<std::uint8_t>(c)});
    return fail(Failure::bad_input, "csv.utf8", "Byte 0x" + hex + " is not valid UTF-8", here_,
                "Say which encoding the file is in, or save it as UTF-8");
  }
  if (state_ == State::quoted) {
    if (c == '"') {
      state_ = State::quote_in_quoted;
    } else {
      text_.push_back(c);
    }
    advance(c);
    return Step::more;
  }
  const Step step = take_outside_quotes(c);
  if (step != Step::failed) advance(c);
  if (step == Step::more && c == '\n') record_line_ = here_.line;  // an empty line was passed over
  return step;
}

CsvReader::Step CsvReader::take_outside_quotes(char c) {
  if (state_ == State::carriage_return && c != '\n') {
    return fail(Failure::bad_input, "csv.line-end", "A carriage return without a line feed", here_,
                "End lines with LF or CRLF");
  }
  if (c == '\n') return end_line();
  if (c == '"') {
    if (state_ == State::plain) {
      return fail(Failure::bad_input, "csv.quote",
                  "A quote inside a field that does not begin with one", here_,
                  "Put the whole field in quotes and write the quote twice");
    }
    if (state_ == State::quote_in_quoted) {
      text_.push_back('"');
    } else {
      open_field();
      quote_ = here_;
    }
    state_ = State::quoted;
    return Step::more;
  }
  if (c == separator_ || c == '\r') {
    if (state_ == State::field_start && (c == separator_ || !spans_.empty())) open_field();
    close_field();
    state_ = c == separator_ ? State::field_start : State::carriage_return;
    return Step::more;
  }
  if (state_ == State::quote_in_quoted) {
    return fail(Failure::bad_input, "csv.quote", "Something follows the closing quote of a field",
                here_, "End the field there, or write a quote inside it twice");
  }
  if (state_ == State::field_start) {
    open_field();
    state_ = State::plain;
  }
  text_.push_back(c);
  return Step::more;
}

CsvReader::Step CsvReader::end_line() {
  if (state_ == State::field_start && !spans_.empty()) open_field();  // "a,b," has three fields
  close_field();
  state_ = State::field_start;
  if (!spans_.empty()) return Step::record;
  ++blank_lines_;
  raw_bytes_ = 0;
  return Step::more;
}

CsvReader::Step CsvReader::at_end() {
  if (!utf8_.between_code_points()) {
    return fail(Failure::bad_input, "csv.utf8", "The file ends in the middle of a character", here_,
                "The file is incomplete; download it again");
  }
  if (state_ == State::quoted) {
    return fail(Failure::bad_input, "csv.quote", "A quote is never closed", quote_,
                "Close it, or download the file again if it is incomplete");
  }
  if (state_ == State::carriage_return) {
    return fail(Failure::bad_input, "csv.line-end", "A carriage return without a line feed", here_,
                "End lines with LF or CRLF");
  }
  if (state_ == State::field_start && spans_.empty()) return Step::more;
  if (state_ == State::field_start) open_field();
  close_field();
  return Step::record;
}

void CsvReader::open_field() { spans_.push_back({text_.size(), std::string::npos, here_}); }

void CsvReader::close_field() {
  if (!spans_.empty() && spans_.back().end == std::string::npos) spans_.back().end = text_.size();
}

std::string csv_field(std::string_view text, char separator) {
  if (text.find_first_of("\"\r\n") == std::string_view::npos &&
      text.find(separator) == std::string_view::npos)
    return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted.append("\"");
}

}  // namespace keepsake
