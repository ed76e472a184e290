#include "kiosk/devices/paper.hpp"

#include <optional>

#include "kiosk/devices/code_page.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake::devices {
namespace {

constexpr std::uint8_t esc = 0x1B;
constexpr std::uint8_t fs = 0x1C;
constexpr std::uint8_t gs = 0x1D;
constexpr int default_spacing_dots = 34;  // ESC 2: a sixth of an inch at 203 dpi

class Interpreter {
 public:
  explicit Interpreter(std::string_view bytes) : bytes_(bytes) {}

  Result<std::vector<PaperItem>> run() {
    while (at_ < bytes_.size()) {
      const std::size_t begin = at_;
      if (!step(next()))
        return Error{Failure::bad_input, "escpos.unknown", "Not a command that Keepsake writes",
                     "byte " + std::to_string(begin), "Print from Keepsake only"};
    }
    if (!row_.empty()) feed(spacing_);
    return std::move(paper_);
  }

 private:
  bool more(std::size_t count) const { return bytes_.size() - at_ >= count; }
  std::uint8_t next() { return static_cast<std::uint8_t>(bytes_[at_++]); }
  std::optional<std::uint8_t> argument() {
    if (!more(1)) return std::nullopt;
    return next();
  }

  void feed(int dots) {
    paper_.emplace_back(std::in_place_type<PaperRow>, PaperRow{std::move(row_), align_, dots});
    row_.clear();
  }

  /// False: not a command of the subset, or cut off.
  bool step(std::uint8_t byte) {
    switch (byte) {
      case '\n':
        feed(spacing_);
        return true;
      case esc:
        return more(1) && escape(next());
      case fs:
        return more(1) && next() == '.';
      case gs:
        return more(1) && group(next());
      default:
        if (byte < 0x20) return false;
        row_.push_back({code_point_of(page_, byte), bold_, wide_, high_});
        return true;
    }
  }

  void initialise() {
    page_ = CodePage::pc437;
    bold_ = false;
    wide_ = high_ = 1;
    align_ = Align::left;
    spacing_ = default_spacing_dots;
  }

  bool escape(std::uint8_t command) {
    if (command == '@') return initialise(), true;
    if (command == '2') return spacing_ = default_spacing_dots, true;
    if (command == 'p') return more(3) && (at_ += 3, true);  // the drawer is not on paper
    const auto n = argument();
    if (!n) return false;
    switch (command) {
      case 't': {
        const auto page = code_page_of(*n);
        if (page) page_ = *page;
        return page.has_value();
      }
      case 'R':
        return *n == 0;
      case 'E':
        bold_ = *n & 1;
        return true;
      case '3':
        spacing_ = *n;
        return true;
      case 'a':
        align_ = *n == 1 ? Align::centre : Align::left;
        return *n <= 1;
      case 'd':
        for (int i = 0; i < *n; ++i) feed(spacing_);
        return true;
      default:
        return false;
    }
  }

  bool group(std::uint8_t command) {
    if (command == '(') return more(3) && next() == 'k' && qr();
    const auto n = argument();
    if (!n) return false;
    if (command == '!') {
      wide_ = (*n >> 4 & 7) + 1;
      high_ = (*n & 7) + 1;
      return true;
    }
    if (command != 'V' || *n != 'B' || !more(1)) return false;
    next();
    paper_.emplace_back(std::in_place_type<PaperCut>);
    return true;
  }

  bool qr() {
    const std::size_t size = next() + next() * std::size_t{256};
    if (size < 3 || !more(size)) return false;
    const std::string_view part = bytes_.substr(at_, size);
    at_ += size;
    if (part[0] != '1') return false;
    switch (part[1]) {
      case 'A':
      case 'E':
        return true;  // model and error correction do not change what is read
      case 'C':
        qr_.module_dots = part[2];
        return qr_.module_dots >= 1 && qr_.module_dots <= 16;
      case 'P':
        qr_.payload = part.substr(3);
        return true;
      case 'Q':
        qr_.align = align_;
        paper_.emplace_back(std::in_place_type<PaperQr>, qr_);
        return true;
      default:
        return false;
    }
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::vector<PaperItem> paper_;
  std::vector<Glyph> row_;
  PaperQr qr_;
  CodePage page_ = CodePage::pc437;
  bool bold_ = false;
  int wide_ = 1;
  int high_ = 1;
  Align align_ = Align::left;
  int spacing_ = default_spacing_dots;
};

}  // namespace

Result<std::vector<PaperItem>> interpret(std::string_view escpos) {
  return Interpreter(escpos).run();
}

std::string text_of(const std::vector<PaperItem>& paper) {
  std::string text;
  for (const PaperItem& item : paper) {
    const auto* row = std::get_if<PaperRow>(&item);
    if (!row) continue;
    std::string line;
    for (const Glyph& glyph : row->glyphs) append_code_point(line, glyph.point);
    line.resize(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace keepsake::devices
