#include "kiosk/ui/fonts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <imgui_freetype.h>
#include <imgui_internal.h>
#include <iterator>

namespace keepsake::ui {
namespace {

// Latin with Extended-A and -B, Cyrillic, general punctuation, euro, peso, hryvnia, numero, minus,
// arrows that texts use.
constexpr std::array<ImWchar, 19> all_glyph_ranges{
    0x20,   0x24F,  0x400,  0x52F,  0x2010, 0x203A, 0x20AC, 0x20AC, 0x20B1, 0x20B1,
    0x20B4, 0x20B4, 0x2116, 0x2116, 0x2190, 0x2193, 0x2212, 0x2212, 0};
// For the largest sizes: what a number, a price or a headline is made of.
constexpr std::array<ImWchar, 23> few_glyph_ranges{
    0x20,   0x7E,   0xA0,   0xFF,   0x404,  0x407,  0x410,  0x44F,  0x454,  0x457,  0x490, 0x491,
    0x2010, 0x2026, 0x202F, 0x202F, 0x20AC, 0x20AC, 0x20B1, 0x20B4, 0x2212, 0x2212, 0};
constexpr std::array<ImWchar, 3> icon_ranges{0xF000, 0xF2E0, 0};

/// Share of ImGui's font size that an Inter capital takes (1490 of 2048 units em; line 1.2102 em).
constexpr float cap_share = 0.6011f;

Result<std::string> contents(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (bytes.empty()) {
    return Error{Failure::unavailable, "ui.fonts", "a font file cannot be read", file,
                 "install the packages fonts-inter and fonts-font-awesome"};
  }
  return bytes;
}

std::vector<ImWchar> ranges_with(const ImWchar* base, const std::vector<char32_t>& extra) {
  ImFontGlyphRangesBuilder builder;
  builder.AddRanges(base);
  for (const char32_t code : extra) {
    if (code >= 0x20 && code < 0xE000) builder.AddChar(static_cast<ImWchar>(code));
  }
  ImVector<ImWchar> out;
  builder.BuildRanges(&out);
  return {out.begin(), out.end()};
}

/// Inter's tabular figures are behind a feature that ImGui cannot ask for: every digit gets the
/// widest digit's advance and stands in its middle.
void make_digits_tabular(ImFont& font) {
  float widest = 0;
  for (ImWchar c = '0'; c <= '9'; ++c) widest = std::max(widest, font.GetCharAdvance(c));
  for (ImWchar c = '0'; c <= '9'; ++c) {
    auto* glyph = const_cast<ImFontGlyph*>(font.FindGlyphNoFallback(c));
    if (glyph == nullptr) continue;
    const float shift = (widest - glyph->AdvanceX) / 2;
    glyph->X0 += shift;
    glyph->X1 += shift;
    glyph->AdvanceX = widest;
    font.IndexAdvanceX[static_cast<int>(c)] = widest;
  }
}

/// What the weakest graphics of a till takes (OpenGL 3 cards since 2009).
constexpr int max_texture_px = 8192;

}  // namespace

int Fonts::px_of_cap(float cap_px) {
  return std::max(8, static_cast<int>(std::lround(cap_px / cap_share)));
}

Result<Fonts> Fonts::open(const Ui::Options& options) {
  Fonts out;
  const std::pair<std::string*, std::string> files[] = {
      {&out.regular_, options.inter_folder + "/Inter-Regular.otf"},
      {&out.semibold_, options.inter_folder + "/Inter-SemiBold.otf"},
      {&out.bold_, options.inter_folder + "/Inter-Bold.otf"},
      {&out.icons_, options.icon_file}};
  for (const auto& [target, file] : files) {
    auto bytes = contents(file);
    if (!bytes) return bytes.error();
    *target = std::move(*bytes);
  }
  out.pixels_ = options.output == Ui::Options::Output::opengl;
  out.all_ranges_ = ranges_with(all_glyph_ranges.data(), options.extra_code_points);
  out.few_ranges_ = ranges_with(few_glyph_ranges.data(), options.extra_code_points);
  return out;
}

bool Fonts::ensure(ImFontAtlas& atlas, const std::set<Want>& wanted, const std::set<int>& icon_px) {
  const auto known = wants_.size() + icon_wants_.size();
  wants_.insert(wanted.begin(), wanted.end());
  icon_wants_.insert(icon_px.begin(), icon_px.end());
  if (wants_.size() + icon_wants_.size() == known) return false;
  bake(atlas);
  if (atlas.TexHeight <= max_texture_px || known == 0 || !pixels_) return true;
  // One texture holds all faces, and a graphics card takes no more than so much of it: then only
  // the present look keeps its faces, and the others are baked again when they come back.
  wants_ = wanted;
  icon_wants_ = icon_px;
  bake(atlas);
  return true;
}

ImFont* Fonts::add(ImFontAtlas& atlas, const std::string& file, int px,
                   const ImWchar* ranges) const {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.OversampleH = pixels_ ? 2 : 1;
  config.OversampleV = 1;
  // ImGui takes the bytes as mutable but only reads them.
  return atlas.AddFontFromMemoryTTF(const_cast<char*>(file.data()), static_cast<int>(file.size()),
                                    static_cast<float>(px), &config, ranges);
}

void Fonts::bake(ImFontAtlas& atlas) {
  atlas.Clear();
  baked_.clear();
  baked_icons_.clear();
  atlas.FontBuilderIO = ImFontAtlasGetBuilderForStbTruetype();
  atlas.TexDesiredWidth = 4096;
  atlas.TexGlyphPadding = 2;
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  for (const auto& want : wants_) {
    const auto& file = want.weight == Weight::regular    ? regular_
                       : want.weight == Weight::semibold ? semibold_
                                                         : bold_;
    const auto& ranges = want.glyphs == Glyphs::all ? all_ranges_ : few_ranges_;
    baked_.push_back({want, add(atlas, file, want.px, ranges.data()), 0});
  }
  for (const int px : icon_wants_) {
    baked_icons_.emplace_back(px, add(atlas, icons_, px, icon_ranges.data()));
  }
  atlas.Build();
  for (auto& baked : baked_) {
    make_digits_tabular(*baked.font);
    baked.baseline_px = baked.font->FindGlyph('H')->Y1;
  }
}

Face Fonts::face(Weight weight, float cap_px, Glyphs glyphs) const {
  const int px = px_of_cap(cap_px);
  const Baked* best = nullptr;
  const auto better = [&](const Baked& baked) {
    if (best == nullptr) return true;
    if (best->want.px < px) return baked.want.px > best->want.px;
    return baked.want.px >= px && baked.want.px < best->want.px;
  };
  for (const auto& baked : baked_) {
    const bool fits = baked.want.weight == weight && baked.want.glyphs >= glyphs;
    if (fits && better(baked)) best = &baked;
  }
  const float scale = static_cast<float>(px) / static_cast<float>(best->want.px);
  const float size = static_cast<float>(px);
  return {best->font, scale, size, size * cap_share, best->baseline_px * scale};
}

Face Fonts::icon_face(float em_px) const {
  const std::pair<int, ImFont*>* best = nullptr;
  for (const auto& baked : baked_icons_) {
    best = &baked;
    if (static_cast<float>(baked.first) >= em_px) break;
  }
  const float scale = em_px / static_cast<float>(best->first);
  return {best->second, scale, em_px, em_px, 0};
}

}  // namespace keepsake::ui
