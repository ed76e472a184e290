#include "kiosk/devices/escpos.hpp"

#include <algorithm>
#include <cassert>

#include "kiosk/devices/qr.hpp"

namespace keepsake::devices {
namespace {

constexpr char esc = 0x1B;
constexpr char fs = 0x1C;
constexpr char gs = 0x1D;
constexpr int line_dots = 30;  // 24 of the characters and a little air
constexpr int gap_dots = 16;
constexpr int qr_module_dots = 6;    // a phone reads it at arm's length
constexpr int qr_quiet_modules = 8;  // empty paper beside it, both sides together

using Text = std::u32string;
using TextView = std::u32string_view;

std::size_t indent_of(TextView text) { return std::min(text.find_first_not_of(U' '), text.size()); }

/// `text` in lines of at most `columns`, the last of at most `last_columns`; continuations keep the
/// indent. Lines break at spaces, a word longer than a line anywhere.
std::vector<Text> wrapped(TextView text, std::size_t columns, std::size_t last_columns) {
  assert(last_columns > columns / 4);
  const Text indent(std::min(indent_of(text), columns / 4), U' ');
  std::vector<Text> lines;
  const auto put = [&](std::size_t count) {
    lines.push_back(indent + Text(text.substr(0, count)));
    text.remove_prefix(count);
    text.remove_prefix(indent_of(text));
  };
  text.remove_prefix(indent_of(text));
  text = text.substr(0, text.find_last_not_of(U' ') + 1);
  while (indent.size() + text.size() > last_columns) {
    const std::size_t room = columns - indent.size();
    // When the rest fits a line but leaves no room for the figure, its last word moves down.
    const std::size_t space = text.rfind(U' ', std::min(room, text.size() - 1));
    put(space == TextView::npos ? std::min(room, text.size()) : space);
  }
  lines.push_back(text.empty() ? Text() : indent + Text(text));
  return lines;
}

class Writer {
 public:
  explicit Writer(const PrinterProfile& profile) : profile_(profile) {
    assert(profile.columns >= 32 && profile.columns <= 64);
    command({esc, '@'});
    command({fs, '.'});      // clones from Asia start in two-byte mode
    command({esc, 'R', 0});  // the plain ASCII set, whatever the switches say
    command({esc, 't', static_cast<char>(page_)});
    command({esc, '3', line_dots});
  }

  std::string finish() {
    command({esc, 'd', 2});
    command({gs, 'V', 'B', 0});  // feed to the blade and cut, leaving a corner
    return std::move(bytes_);
  }

  void operator()(const TextLine& line) {
    const Text left = printable(line.left, profile_.cyrillic);
    const Text right = printable(line.right, profile_.cyrillic);
    const bool bold = line.style == Style::bold || line.style == Style::total;
    // Twice as wide only while it stays on one line; a long total keeps its height.
    const bool large = line.style == Style::title || line.style == Style::total;
    const auto columns = static_cast<std::size_t>(profile_.columns);
    const bool wide = large && left.size() + right.size() + 1 <= columns / 2;
    if (bold) command({esc, 'E', 1});
    if (large) command({gs, '!', static_cast<char>(wide ? 0x11 : 0x01)});
    if (line.align == Align::centre) command({esc, 'a', 1});
    lines(left, right, wide ? columns / 2 : columns);
    if (line.align == Align::centre) command({esc, 'a', 0});
    if (large) command({gs, '!', 0});
    if (bold) command({esc, 'E', 0});
  }

  void operator()(const Rule&) {
    text(Text(static_cast<std::size_t>(profile_.columns), U'\u2500'));
    feed();
  }

  void operator()(const Gap&) {
    command({esc, '3', gap_dots});
    feed();
    command({esc, '3', line_dots});
  }

  void operator()(const QrCode& code) {
    assert(code.payload.size() <= QrCode::payload_bytes);
    command({esc, 'a', 1});
    qr_function({'A', '2', 0});                           // model 2
    qr_function({'C', module_dots(code)});                // size of a module
    qr_function({'E', '1'});                              // error correction M: 15 %
    qr_function(std::string("P0").append(code.payload));  // store
    qr_function({'Q', '0'});                              // print
    command({esc, 'a', 0});
  }

 private:
  void command(std::initializer_list<char> bytes) { bytes_.append(bytes); }
  void feed() { bytes_ += '\n'; }

  void qr_function(const std::string& function) {
    const std::size_t size = function.size() + 1;
    command({gs, '(', 'k', static_cast<char>(size & 0xFF), static_cast<char>(size >> 8), '1'});
    bytes_ += function;
  }

  /// Smaller where the paper is too narrow for the code.
  char module_dots(const QrCode& code) const {
    const int modules = qr_of(code.payload).across + qr_quiet_modules;
    return static_cast<char>(std::clamp(profile_.dots / modules, 1, qr_module_dots));
  }

  void text(TextView text) {
    for (const char32_t point : text) {
      const CodePage page = page_for(point, page_, profile_.cyrillic);
      if (page != page_) command({esc, 't', static_cast<char>(page)});
      page_ = page;
      bytes_ += static_cast<char>(*byte_of(page, point));
    }
  }

  void lines(const Text& left, const Text& right, std::size_t columns) {
    // The figure shares a line with words as long as a third of the line is left for them.
    const bool shared = !right.empty() && right.size() + 1 + columns / 3 <= columns;
    auto rows = wrapped(left, columns, shared ? columns - right.size() - 1 : columns);
    if (left.empty() && !right.empty() && !shared) rows.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      text(rows[i]);
      if (shared && i + 1 == rows.size())
        text(Text(columns - rows[i].size() - right.size(), U' ') + right);
      feed();
    }
    for (TextView rest = right; !shared && !rest.empty();) {  // nothing of it is cut
      const TextView part = rest.substr(0, columns);
      text(Text(columns - part.size(), U' ') + Text(part));
      feed();
      rest.remove_prefix(part.size());
    }
  }

  const PrinterProfile& profile_;
  CodePage page_ = CodePage::wpc1252;
  std::string bytes_;
};

}  // namespace

PrinterProfile profile_of(std::int64_t paper_mm, std::int64_t columns) {
  PrinterProfile profile;
  if (paper_mm < 80) profile = {.columns = 32, .dots = 384};
  if (columns > 0) profile.columns = static_cast<int>(columns);
  return profile;
}

std::string to_escpos(const Receipt& receipt, const PrinterProfile& profile) {
  Writer writer(profile);
  for (const ReceiptLine& line : receipt.lines) std::visit(writer, line);
  return writer.finish();
}

std::string drawer_kick() {
  return {esc, 'p', 0, 50, static_cast<char>(250)};  // pin 2: 100 ms on, 500 ms off
}

}  // namespace keepsake::devices
