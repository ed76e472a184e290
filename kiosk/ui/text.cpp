#include "kiosk/ui/text.hpp"

#include <algorithm>
#include <cmath>
#include <imgui_internal.h>

#include "kiosk/ui/impl.hpp"

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
  const Face* face;
  float tracking_px;
};

struct Measured {
  float width = 0;
  char32_t missing = 0;
  int visible = 0;
};

unsigned int next_code(const char*& at, const char* end) {
  unsigned int code = static_cast<unsigned char>(*at);
  if (code < 0x80) {
    ++at;
    return code;
  }
  const int length = ImTextCharFromUtf8(&code, at, end);
  at += std::max(1, length);
  return code;
}

Measured measure(const Setting& set, std::string_view text) {
  Measured out;
  const ImFont& font = *set.face->font;
  float advance = 0;
  int count = 0;
  const char* end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) {
    const auto code = next_code(at, end);
    const bool known = static_cast<int>(code) < font.IndexLookup.Size &&
                       font.IndexLookup.Data[code] != static_cast<ImWchar>(-1);
    if (!known && out.missing == 0) out.missing = code;
    advance += font.GetCharAdvance(static_cast<ImWchar>(known ? code : font.FallbackChar));
    ++count;
  }
  out.visible = count;
  out.width =
      advance * set.face->scale + set.tracking_px * static_cast<float>(std::max(0, count - 1));
  return out;
}

void render(ImDrawList& draw, const Setting& set, float x, float baseline, ImU32 colour,
            std::string_view text, int count) {
  if (count == 0) return;
  const Face& face = *set.face;
  const float top = std::round(baseline) - face.baseline_px;
  draw.PrimReserve(count * 6, count * 4);
  int drawn = 0;
  const char* end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) {
    const auto* glyph = face.font->FindGlyph(static_cast<ImWchar>(next_code(at, end)));
    if (glyph == nullptr) continue;
    if (glyph->Visible) {
      draw.PrimRectUV({x + glyph->X0 * face.scale, top + glyph->Y0 * face.scale},
                      {x + glyph->X1 * face.scale, top + glyph->Y1 * face.scale},
                      {glyph->U0, glyph->V0}, {glyph->U1, glyph->V1}, colour);
      ++drawn;
    }
    x += glyph->AdvanceX * face.scale + set.tracking_px;
  }
  draw.PrimUnreserve((count - drawn) * 6, (count - drawn) * 4);
}

float tracking_of(TextSize size, const Face& face) {
  const float em = face.size_px / 1.2102f;
  if (size == TextSize::number) return -0.028f * em;
  if (size == TextSize::title) return -0.018f * em;
  return 0;
}

Face face_of(Ui& ui, const TextStyle& style) {
  auto& impl = ui.impl();
  if (style.cap_mm <= 0) return impl.face(style.size, style.weight);
  const auto glyphs = style.size == TextSize::number ? Glyphs::few : Glyphs::all;
  return impl.fonts.face(weight_of(style.size, style.weight), impl.px(style.cap_mm), glyphs);
}

/// The longest prefix that fits with an ellipsis, on code point borders.
std::string shortened(const Setting& set, std::string_view text, float width) {
  std::size_t cut = text.size();
  while (cut > 0) {
    do --cut;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80);
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
  const auto placed = place(ui, room, style, *set.face, measured.width);
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
  render(*ui.draw, set, ui.px(placed.ink.x), placed.baseline, ui.colour(style.colour), shown,
         measured.visible);
  ui.probe.add(ProbeText{.text = ui.probe.keep(whole),
                         .rect = ink,
                         .room = room,
                         .cap_mm = set.face->cap_px / ui.frame.px_per_mm,
                         .clipped = clipped,
                         .partial = partial,
                         .missing = measured.missing,
                         .layer = ui.layer,
                         .bold = style.weight != Weight::regular,
                         .fore = ui.rgb(style.colour),
                         .ground = ui.rgb(ui.ground())});
}

enum class Broke : unsigned char { at_end, at_space, inside_word };

/// Calls fn(line, how it ends) for each line of `text` broken to `width` px. Breaks at spaces; a
/// word that is longer than a line is broken inside.
template <class Fn>
void each_line(const Setting& set, std::string_view text, float width, Fn&& fn) {
  while (!text.empty()) {
    const auto hard = text.find('\n');
    auto piece = text.substr(0, hard);
    text = hard == std::string_view::npos ? std::string_view{} : text.substr(hard + 1);
    do {
      std::size_t end = piece.size();
      auto broke = Broke::at_end;
      if (measure(set, piece).width > width) {
        std::size_t fits = 0;  // bytes of whole words that fit
        std::size_t at = 0;
        const ImFont& font = *set.face->font;
        float used = 0;
        std::size_t inside = 0;  // bytes of characters that fit
        const char* from = piece.data();
        for (const char* p = from; p < from + piece.size();) {
          if (*p == ' ') fits = static_cast<std::size_t>(p - from);
          const auto code = next_code(p, from + piece.size());
          used +=
              font.GetCharAdvance(static_cast<ImWchar>(code)) * set.face->scale + set.tracking_px;
          at = static_cast<std::size_t>(p - from);
          if (used > width && code != ' ') break;
          inside = at;
        }
        broke = fits > 0 ? Broke::at_space : Broke::inside_word;
        end = fits > 0 ? fits : std::max<std::size_t>(inside, at > 0 && inside == 0 ? at : 1);
      }
      fn(piece.substr(0, end), broke);
      piece = piece.substr(end);
      while (!piece.empty() && piece.front() == ' ') piece.remove_prefix(1);
    } while (!piece.empty());
  }
}

}  // namespace

float cap_height(const Ui& ui, const TextStyle& style) {
  return style.cap_mm > 0 ? style.cap_mm : cap_mm_of(ui.impl().frame, style.size);
}

float line_height(const Ui& ui, const TextStyle& style) {
  return cap_height(ui, style) * line_share(style.size);
}

float text_width(Ui& ui, std::string_view text, const TextStyle& style) {
  const Face face = face_of(ui, style);
  return measure({&face, tracking_of(style.size, face)}, text).width / ui.impl().frame.px_per_mm;
}

float text(Ui& ui, const Rect& room, std::string_view text, const TextStyle& style) {
  if (text.empty()) return 0;
  auto& impl = ui.impl();
  const Face face = face_of(ui, style);
  const Setting set{&face, tracking_of(style.size, face)};
  const auto measured = measure(set, text);
  const float width = impl.px(room.w);
  const bool too_wide = measured.width > width + 1.0f;
  const bool too_low = impl.px(room.h) < face.cap_px;
  if (!too_wide) {
    put(ui, room, text, text, style, set, measured, too_low);
    return measured.width / impl.frame.px_per_mm;
  }
  const auto shown = shortened(set, text, width);
  const auto cut = measure(set, shown);
  put(ui, room, shown, text, style, set, cut, true);
  return cut.width / impl.frame.px_per_mm;
}

float text_fit(Ui& ui, const Rect& room, std::string_view words, TextStyle style,
               float least_cap_mm) {
  style.cap_mm = cap_height(ui, style);
  for (;;) {
    if (text_width(ui, words, style) <= room.w) break;
    const float smaller = style.cap_mm * 0.94f;
    if (smaller < least_cap_mm) {
      style.cap_mm = least_cap_mm;
      break;
    }
    style.cap_mm = smaller;
  }
  return text(ui, room, words, style);
}

namespace {
float longest_word(Ui& ui, std::string_view text, const TextStyle& style) {
  float widest = 0;
  while (!text.empty()) {
    const auto space = text.find(' ');
    widest = std::max(widest, text_width(ui, text.substr(0, space), style));
    text = space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
  }
  return widest;
}
}  // namespace

float paragraph_fit(Ui& ui, const Rect& room, std::string_view text, TextStyle style,
                    float least_cap_mm) {
  style.cap_mm = cap_height(ui, style);
  while (style.cap_mm > least_cap_mm && (paragraph_height(ui, room.w, text, style) > room.h ||
                                         longest_word(ui, text, style) > room.w)) {
    style.cap_mm = std::max(least_cap_mm, style.cap_mm * 0.94f);
  }
  return paragraph(ui, room, text, style);
}

float paragraph(Ui& ui, const Rect& room, std::string_view text, const TextStyle& style) {
  const Face face = face_of(ui, style);
  const Setting set{&face, tracking_of(style.size, face)};
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
  each_line(set, text, ui.impl().px(room.w), [&](std::string_view words, Broke broke) {
    const Rect at{room.x, rest.y + used, room.w, line};
    const bool below = at.bottom() > room.bottom() + line * 0.25f;
    put(ui, at, words, words, top, set, measure(set, words), below || broke == Broke::inside_word);
    used += line;
  });
  return used;
}

float paragraph_height(Ui& ui, float width_mm, std::string_view text, const TextStyle& style) {
  const Face face = face_of(ui, style);
  const Setting set{&face, tracking_of(style.size, face)};
  float lines = 0;
  each_line(set, text, ui.impl().px(width_mm), [&](std::string_view, Broke) { ++lines; });
  return lines * line_height(ui, style);
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
