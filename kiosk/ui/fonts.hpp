#pragma once
// Glyphs in a texture. Internal to kiosk/ui: needs imgui.h.

#include <imgui.h>
#include <set>
#include <string>
#include <vector>

#include "kiosk/ui/text_style.hpp"
#include "kiosk/ui/ui.hpp"

namespace keepsake::ui {

/// A baked face: what text is set in.
struct Face {
  ImFont* font = nullptr;
  float scale = 1;        ///< of the baked size to the size asked for
  float size_px = 0;      ///< ImGui's font size to draw at
  float cap_px = 0;       ///< height of H at that size
  float baseline_px = 0;  ///< below the top of the line
};

/// `few`: letters of the catalogues, digits and signs; for the largest sizes.
enum class Glyphs : unsigned char { few, all };

/// Bakes faces on demand, but never within a frame: ensure() between frames, face() within.
class Fonts {
 public:
  /// Reads the files. Failure::unavailable "ui.fonts".
  static Result<Fonts> open(const Ui::Options& options);

  struct Want {
    Weight weight;
    int px;  ///< ImGui size
    Glyphs glyphs;
    auto operator<=>(const Want&) const = default;
  };
  /// True when the texture was made anew and must be uploaded again.
  bool ensure(ImFontAtlas& atlas, const std::set<Want>& wanted, const std::set<int>& icon_px);

  /// The nearest baked size at or above that has at least these glyphs.
  Face face(Weight weight, float cap_px, Glyphs glyphs) const;
  Face icon_face(float em_px) const;
  static int px_of_cap(float cap_px);  ///< ImGui size whose capitals are that high

 private:
  struct Baked {
    Want want;
    ImFont* font;
    float baseline_px;
  };
  void bake(ImFontAtlas& atlas);
  ImFont* add(ImFontAtlas& atlas, const std::string& file, int px, const ImWchar* ranges) const;

  bool pixels_ = true;  ///< else only measures are asked, and coarse glyphs do
  std::string regular_, semibold_, bold_, icons_;  // file contents
  std::vector<ImWchar> all_ranges_, few_ranges_;
  std::set<Want> wants_;
  std::set<int> icon_wants_;
  std::vector<Baked> baked_;
  std::vector<std::pair<int, ImFont*>> baked_icons_;
};

}  // namespace keepsake::ui
