#pragma once
// What Ui is made of. Internal to kiosk/ui: needs imgui.h.

#include <array>
#include <deque>
#include <imgui.h>
#include <map>

#include "kiosk/ui/glyph_cache.hpp"
#include "kiosk/ui/spelling.hpp"
#include "kiosk/ui/text_style.hpp"
#include "kiosk/ui/textures.hpp"
#include "kiosk/ui/typefaces.hpp"
#include "kiosk/ui/ui.hpp"

namespace keepsake::ui {

struct ContextDeleter {
  Ui::Options::Output output;
  void operator()(ImGuiContext* context) const;
};

/// ImGui knows OpenGL's names as pointers.
inline ImTextureID texture_id(std::uint32_t name) {
  return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(name));
}

/// What a text is set in.
struct Face {
  Weight weight = Weight::regular;
  int px = 0;        ///< ImGui's font size, whole pixels
  float cap_px = 0;  ///< height of H at that size
};
Face face_of_cap(Weight weight, float cap_px);

struct Ui::Impl {
  Impl(const Options& options, std::shared_ptr<const FontFiles> files);

  // frame.cpp
  Result<Done> open_graphics();
  void begin_layers();
  void draw_focus_ring();
  void draw_fade();

  // interaction.cpp
  enum class Input { taken, waits };
  void resolve_input(Input input);
  enum class Took { nothing, a_step };
  Took resolve(const input::Event& event);
  Took resolve(const input::Pointer& event);
  Took resolve(const input::KeyPress& event);
  Took resolve(const input::Typed& event);
  Took resolve(const input::Wheel& event);
  bool is_ripe(const ProbeWidget& widget, input::Point at, input::Ticks time) const;
  bool stands_since(std::string_view id, input::Ticks time) const;
  bool is_second(const input::KeyPress& enter);
  void note_shown();
  void drop_press_onto_area();
  void move_focus(int step);
  bool leave_field(const std::vector<const ProbeWidget*>& order);
  const ProbeWidget* active_field() const;
  bool is_off_field() const;
  void move_focus_towards(input::Key key);
  const ProbeWidget* focused_widget() const;
  void focus_on(const ProbeWidget& widget);

  /// draw.cpp: a glyph with its pen at (x, y), in px.
  void put(const GlyphCache::Glyph& glyph, float x, float y, ImU32 colour);

  // geometry in pixels
  float px(float mm) const { return mm * frame.px_per_mm; }
  float snap(float mm) const;  ///< whole pixels
  ImVec2 at(float x_mm, float y_mm) const { return {px(x_mm), px(y_mm)}; }
  ImU32 colour(Token token) const;
  Rgb rgb(Token token) const { return (*theme)[token]; }
  Token ground() const { return grounds.empty() ? Token::paper : grounds.back(); }

  Options::Output output;
  std::unique_ptr<ImGuiContext, ContextDeleter> context;
  Textures textures;
  Typefaces typefaces;
  GlyphCache glyphs;
  Spelling spelling;
  Frame frame;
  Metrics metrics{};
  const Theme* theme = nullptr;
  Locale locale;
  bool in_frame = false;

  ImDrawList* draw = nullptr;  ///< of the present layer
  int layer = 0;
  std::vector<int> covered = {};  ///< layers that the present one was begun from
  std::vector<Rect> clips;
  std::vector<Token> grounds;
  std::optional<Rect> row_corners;  ///< the card whose list is being drawn

  Probe probe;  ///< of the frame being drawn, or last ended
  Probe last;   ///< of the frame that the display shows
  /// Widgets of it that live, and since when each stands where it stands.
  struct Standing {
    Rect at;
    input::Ticks since{};
  };
  std::map<std::string, Standing, std::less<>> standing;
  bool held_back = false;  ///< hold_touches(), until that frame is shown
  struct Press {
    input::Point at;
    input::Ticks time{};
  };
  std::optional<Press> last_press;
  struct Enter {
    std::string on;  ///< the widget with the focus, or empty
    input::Ticks time{};
  };
  std::optional<Enter> last_enter;
  std::deque<input::Event> queue;
  std::vector<input::Event> keys;
  input::Gesture gesture;
  std::string held_id;  ///< the finger went down on it and has not been dropped
  bool held_inside = false;
  std::string activated_id;
  Touched touched = Touched::nothing;

  std::string focus_id;
  bool focus_visible = false;
  bool typing = false;  ///< the last thing that happened was a letter from a real keyboard
  Rect focus_rect;
  float focus_radius = 0;
  int focus_layer = -1;  ///< layer in which it was drawn in this frame, -1: not drawn

  struct Area {
    Scroll scroll;
    Rect rect;
    int layer = 0;
    bool can_scroll = false;
    bool drawn = false;
  };
  std::map<std::string, Area, std::less<>> areas;
  std::string drag_area;
  float drag_mm = 0;  ///< of this frame, in drag_area
  std::string wheel_area;
  float wheel_notches = 0;
  bool flicking = false;

  std::optional<input::Ticks> fade_started;
  bool fade_wanted = false;
};

Metrics metrics_of(const Frame& frame);
/// Large sizes are bold only; heading is bold unless semibold is asked for.
Weight weight_of(TextSize size, Weight asked);
float cap_mm_of(const Frame& frame, TextSize size);
Glass glass_of(const Frame& frame);

}  // namespace keepsake::ui
