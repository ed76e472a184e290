#include "kiosk/ui/text.hpp"

#include <algorithm>
#include <cmath>

#include "kiosk/ui/impl.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake::ui {
namespace {

/// Line height over height of capitals: large type stands closer.
constexpr float line_share(TextSize size) {
  if (size == TextSize::number) return 1.48f;
  return size == TextSize::title ? 1.7f : 1.95f;
}
constexpr float descender_share = 0.28f;  // below the baseline, over height of capitals
constexpr std::string_view ellipsis = "\u2026";

/// A face with the spacing its size wants: large type is set tighter.
struct Setting {
  Typefaces* faces;
  Face face;
  float tracking_px;

  const Letter& letter(char32_t code) const { return faces->letter(face.weight, code); }
};

struct Measured {
  float width = 0;
  char32_t missing = 0;
  int visible = 0;
};

char32_t next_code(const char*& at, const char* end) {
  const auto first = static_cast<unsigned char>(*at);
  if (first < 0x80) {
    ++at;
    return first;
  }
  const CodePoint point = first_code_point({at, static_cast<std::size_t>(end - at)});
  at += point.bytes;
  return point.value;
}

/// Goes along a text and knows how far it came.
struct Pen {
  const Setting* set;
  float reach = 0;  // px, with tracking after the last letter
  int count = 0;
  char32_t missing = 0;

  void write(char32_t code) {
    const Letter& letter = set->letter(code);
    if (!letter.known && missing == 0) missing = code;
    reach += letter.advance * static_cast<float>(set->face.px) + set->tracking_px;
    ++count;
  }
  float width() const { return count > 0 ? reach - set->tracking_px : 0; }
  Measured measured() const { return {width(), missing, count}; }
};

Measured measure(const Setting& set, std::string_view text) {
  Pen pen{&set};
  const char* end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) pen.write(next_code(at, end));
  return pen.measured();
}

void render(Ui::Impl& ui, const Setting& set, float x, float baseline, ImU32 colour,
            std::string_view text) {
  const auto px = static_cast<std::uint16_t>(set.face.px);
  const float size = static_cast<float>(set.face.px);
  const float y = std::round(baseline);
  const char* end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) {
    const Letter& letter = set.letter(next_code(at, end));
    const auto* glyph = ui.glyphs.find({letter.glyph, px, letter.file});
    if (glyph != nullptr && glyph->state == GlyphCache::Glyph::State::ready)
      ui.put(*glyph, x + letter.shift * size, y, colour);
    x += letter.advance * size + set.tracking_px;
  }
}

Setting setting_of(Ui& ui, const TextStyle& style) {
  auto& impl = ui.impl();
  const float cap_mm = style.cap_mm > 0 ? style.cap_mm : cap_mm_of(impl.frame, style.size);
  const Face face = face_of_cap(weight_of(style.size, style.weight), impl.px(cap_mm));
  const float em = static_cast<float>(face.px) / 1.2102f;
  float tracking = 0;
  if (style.size == TextSize::number) tracking = -0.028f * em;
  if (style.size == TextSize::title) tracking = -0.018f * em;
  return {&impl.typefaces, face, tracking};
}

/// The longest prefix that fits with an ellipsis, on code point borders.
std::string shortened(const Setting& set, std::string_view text, float width) {
  std::size_t cut = text.size();
  while (cut > 0) {
    cut -= last_code_point_bytes(text.substr(0, cut));
    std::string out(text.substr(0, cut));
    while (!out.empty() && out.back() == ' ') out.pop_back();
    out += ellipsis;
    if (measure(set, out).width <= width) return out;
  }
  return std::string(ellipsis);
}

struct Placed {
  Rect ink;        // mm
  float baseline;  // px
};

Placed place(const Ui::Impl& ui, const Rect& room, const TextStyle& style, const Face& face,
             float width_px) {
  const float line = face.cap_px * line_share(style.size);
  const float free = ui.px(room.w) - width_px;
  float x = ui.px(room.x);
  if (style.align == Align::centre) x += free / 2;
  if (style.align == Align::right) x += free;
  float cap_top = 0;
  switch (style.valign) {
    case VAlign::top:
      cap_top = ui.px(room.y) + (line - face.cap_px) / 2;
      break;
    case VAlign::middle:
      cap_top = ui.px(room.centre_y()) - face.cap_px / 2;
      break;
    case VAlign::bottom:
      cap_top = ui.px(room.bottom()) - (line + face.cap_px) / 2;
      break;
  }
  const float baseline = std::round(cap_top + face.cap_px);
  const float mm = 1.0f / ui.frame.px_per_mm;
  return {{std::round(x) * mm, (baseline - face.cap_px) * mm, width_px * mm,
           face.cap_px * (1 + descender_share) * mm},
          baseline};
}

/// Draws one line that is known to be `text`, with what the probe should say about it.
void put(Ui& ui_, const Rect& room, std::string_view shown, std::string_view whole,
         const TextStyle& style, const Setting& set, const Measured& measured, bool clipped) {
  auto& ui = ui_.impl();
  const auto placed = place(ui, room, style, set.face, measured.width);
  bool partial = false;
  Rect ink = placed.ink;
  if (!ui.clips.empty()) {
    const Rect visible = intersection(ink, ui.clips.back());
    if (visible.empty()) return;
    partial = visible.h < ink.h - 0.1f;
    // A field scrolls its text sideways: what it hides is nowhere on the glass.
    ink.x = visible.x;
    ink.w = visible.w;
  }
  render(ui, set, ui.px(placed.ink.x), placed.baseline, ui.colour(style.colour), shown);
  ui.probe.add(ProbeText{.text = ui.probe.keep(whole),
                         .rect = ink,
                         .room = room,
                         .cap_mm = set.face.cap_px / ui.frame.px_per_mm,
                         .clipped = clipped,
                         .partial = partial,
                         .missing = measured.missing,
                         .layer = ui.layer,
                         .bold = style.weight != Weight::regular,
                         .fore = ui.rgb(style.colour),
                         .ground = ui.rgb(ui.ground())});
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

/// So much smaller that `width` px are enough.
Setting condensed(const Setting& set, float wide, float width) {
  constexpr float less = 0.995f;  // whole pixels round up
  Setting small = set;
  const float share = width / wide * less;
  small.face.px = static_cast<int>(static_cast<float>(set.face.px) * share);
  const float exact = static_cast<float>(small.face.px) / static_cast<float>(set.face.px);
  small.face.cap_px *= exact;
  small.tracking_px *= exact;
  return small;
}

/// Draws a line whose size is decided, shortened when it is wider than its room. `whole` is what it
/// was before it was spelled for the faces.
float put_line(Ui& ui, const Rect& room, std::string_view text, std::string_view whole,
               const TextStyle& style, const Setting& set, const Measured& measured) {
  const auto& impl = ui.impl();
  const float width = impl.px(room.w);
  if (measured.width <= width + 1.0f) {
    const bool too_low = impl.px(room.h) < set.face.cap_px;
    put(ui, room, text, whole, style, set, measured, too_low);
    return measured.width / impl.frame.px_per_mm;
  }
  const auto shown = shortened(set, text, width);
  const std::string_view lost = text.substr(std::min(text.size(), shown.size() - ellipsis.size()));
  constexpr float least_read_mm = 1.2f;
  const Setting small = condensed(set, measured.width, width);
  if (has_digit(lost) && small.face.cap_px >= impl.px(least_read_mm)) {
    // A figure that lacks its end is another figure.
    put(ui, room, text, whole, style, small, measure(small, text), true);
    return room.w;
  }
  const auto cut = measure(set, shown);
  put(ui, room, shown, whole, style, set, cut, true);
  return cut.width / impl.frame.px_per_mm;
}

enum class Broke : unsigned char { at_end, at_space, inside_word };

struct Line {
  std::string_view text;
  Measured measured;
  Broke broke;
};

/// As much of `piece` as `width` px take: all of it, else its whole words, else a part of a word
/// that is longer than a line, and at least one letter. Spaces may stand beyond the width.
Line first_line(const Setting& set, std::string_view piece, float width) {
  const char* begin = piece.data();
  const char* end = begin + piece.size();
  const auto line = [&](const char* at, const Pen& pen, Broke broke) {
    return Line{piece.substr(0, static_cast<std::size_t>(at - begin)), pen.measured(), broke};
  };
  const float limit = width + set.tracking_px;  // of the pen's reach
  Pen pen{&set};
  Pen words = pen;  // up to the last space
  const char* space = begin;
  for (const char* at = begin; at < end;) {
    if (*at == ' ') {
      words = pen;
      space = at;
    }
    const char* from = at;
    const auto code = next_code(at, end);
    const Pen before = pen;
    pen.write(code);
    if (pen.reach <= limit || code == ' ') continue;
    if (space > begin) return line(space, words, Broke::at_space);
    return from > begin ? line(from, before, Broke::inside_word)
                        : line(at, pen, Broke::inside_word);
  }
  if (pen.reach > limit && space > begin) return line(space, words, Broke::at_space);
  return line(end, pen, Broke::at_end);
}

/// Calls fn(Line) for each line of `text` broken to `width` px.
template <class Fn>
void each_line(const Setting& set, std::string_view text, float width, Fn&& fn) {
  while (!text.empty()) {
    const auto hard = text.find('\n');
    auto piece = text.substr(0, hard);
    text = hard == std::string_view::npos ? std::string_view{} : text.substr(hard + 1);
    do {
      const Line line = first_line(set, piece, width);
      fn(line);
      piece = piece.substr(line.text.size());
      while (!piece.empty() && piece.front() == ' ') piece.remove_prefix(1);
    } while (!piece.empty());
  }
}

struct Layout {
  int lines = 0;
  bool word_broken = false;
};

Layout layout(Ui& ui, float width_mm, std::string_view text, const TextStyle& style) {
  const Setting set = setting_of(ui, style);
  Layout out;
  each_line(set, shown(ui, text), ui.impl().px(width_mm), [&](const Line& line) {
    ++out.lines;
    out.word_broken = out.word_broken || line.broke == Broke::inside_word;
  });
  return out;
}

}  // namespace

float cap_height(const Ui& ui, const TextStyle& style) {
  return style.cap_mm > 0 ? style.cap_mm : cap_mm_of(ui.impl().frame, style.size);
}

float line_height(const Ui& ui, const TextStyle& style) {
  return cap_height(ui, style) * line_share(style.size);
}

std::string_view shown(Ui& ui, std::string_view text) { return ui.impl().spelling.shown(text); }

float text_width(Ui& ui, std::string_view text, const TextStyle& style) {
  return measure(setting_of(ui, style), shown(ui, text)).width / ui.impl().frame.px_per_mm;
}

float text(Ui& ui, const Rect& room, std::string_view whole, const TextStyle& style) {
  if (whole.empty()) return 0;
  const std::string_view text = shown(ui, whole);
  const Setting set = setting_of(ui, style);
  return put_line(ui, room, text, whole, style, set, measure(set, text));
}

float text_fit(Ui& ui, const Rect& room, std::string_view whole, TextStyle style,
               float least_cap_mm) {
  if (whole.empty()) return 0;
  const std::string_view words = shown(ui, whole);
  style.cap_mm = cap_height(ui, style);
  for (;;) {
    const Setting set = setting_of(ui, style);
    const auto measured = measure(set, words);
    const bool fits = measured.width / ui.impl().frame.px_per_mm <= room.w;
    if (fits || style.cap_mm <= least_cap_mm)
      return put_line(ui, room, words, whole, style, set, measured);
    style.cap_mm = std::max(least_cap_mm, style.cap_mm * 0.94f);
  }
}

float least_cap_mm(const Ui& ui) { return ui.audience() == Audience::customer ? 4.05f : 2.05f; }

float figure(Ui& ui, const Rect& room, std::string_view text, const TextStyle& style) {
  return text_fit(ui, room, text, style, least_cap_mm(ui));
}

float paragraph_fit(Ui& ui, const Rect& room, std::string_view text, TextStyle style,
                    float least_cap_mm) {
  style.cap_mm = cap_height(ui, style);
  const bool one_piece = text.find('\n') == std::string_view::npos;
  const float per_cap = one_piece ? text_width(ui, text, style) / style.cap_mm : 0;
  while (style.cap_mm > least_cap_mm) {
    const float line = line_height(ui, style);
    // Its width alone says that no breaking can make it fit, or that none is needed.
    const float in_lines = per_cap * style.cap_mm / room.w;
    const bool hopeless = std::floor(in_lines * 0.95f) * line > room.h;
    if (one_piece && in_lines < 0.95f && line <= room.h) break;
    if (!hopeless) {
      const Layout now = layout(ui, room.w, text, style);
      if (static_cast<float>(now.lines) * line <= room.h && !now.word_broken) break;
    }
    style.cap_mm = std::max(least_cap_mm, style.cap_mm * 0.94f);
  }
  return paragraph(ui, room, text, style);
}

float paragraph(Ui& ui, const Rect& room, std::string_view text, const TextStyle& style) {
  const Setting set = setting_of(ui, style);
  const float line = line_height(ui, style);
  Rect rest = room;
  TextStyle top = style;
  top.valign = VAlign::middle;
  if (style.valign != VAlign::top) {
    const float height = paragraph_height(ui, room.w, text, style);
    const float free = std::max(0.0f, room.h - height);
    rest.y += style.valign == VAlign::middle ? free / 2 : free;
  }
  float used = 0;
  each_line(set, shown(ui, text), ui.impl().px(room.w), [&](const Line& words) {
    const Rect at{room.x, rest.y + used, room.w, line};
    const bool below = at.bottom() > room.bottom() + line * 0.25f;
    put(ui, at, words.text, words.text, top, set, words.measured,
        below || words.broke == Broke::inside_word);
    used += line;
  });
  return used;
}

float paragraph_height(Ui& ui, float width_mm, std::string_view text, const TextStyle& style) {
  return static_cast<float>(layout(ui, width_mm, text, style).lines) * line_height(ui, style);
}

float runs(Ui& ui, const Rect& room, const std::vector<Run>& runs, const TextStyle& style) {
  float total = 0;
  const auto styled = [&](const Run& run) {
    TextStyle out = style;
    out.weight = run.weight;
    out.colour = run.colour;
    out.align = Align::left;
    return out;
  };
  for (const auto& run : runs) total += text_width(ui, run.text, styled(run));
  Rect rest = room;
  if (style.align == Align::centre) rest.take_left((room.w - total) / 2);
  if (style.align == Align::right) rest.take_left(room.w - total);
  for (const auto& run : runs) {
    const float width = text_width(ui, run.text, styled(run));
    text(ui, rest, run.text, styled(run));
    rest.take_left(width);
  }
  return total;
}

void label_value(Ui& ui, const Rect& room, std::string_view label, std::string_view value,
                 const TextStyle& label_style, const TextStyle& value_style) {
  TextStyle right = value_style;
  right.align = Align::right;
  Rect rest = room;
  const float width = text_width(ui, value, right);
  text(ui, rest.take_right(width + 0.2f, cap_height(ui, label_style) * 0.8f), value, right);
  text(ui, rest, label, label_style);
}

}  // namespace keepsake::ui
