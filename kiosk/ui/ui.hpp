#pragma once
// The context that every widget draws into. Screens are written with this header, text.hpp and the
// widgets' own headers (kit.hpp has them all) and never include ImGui.
//
// A frame:  ui.begin(frame); draw(ui, state); ui.end(); ui.paint();  then
// platform::Window::present().
//
// Activation is ours: input events are queued by feed(); begin() takes at most one press, release
// or key off the queue, resolves it against the previous frame's probe (top layer only, so a dialog
// covers what is under it), and the widget with that id returns true in this frame, once.
// Nobody confirms what they cannot have seen: a press counts only on a widget that has stood in its
// place for the dead time, in a frame that was shown, and a second press at one place counts only
// where it is meant (keys, "one more"). Two quick Enters are one.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/input/event.hpp"
#include "kiosk/input/gesture.hpp"
#include "kiosk/ui/geometry.hpp"
#include "kiosk/ui/icons.hpp"
#include "kiosk/ui/probe.hpp"
#include "kiosk/ui/text_style.hpp"
#include "kiosk/ui/theme.hpp"
#include "storage/domain/values/picture.hpp"
#include "storage/locale/locale.hpp"

namespace keepsake::ui {

enum class TextScale : std::uint8_t { normal, large };

/// How much of it there is, by its short side: under 118 mm (7 to 8 inches), a counter display, and
/// from 200 mm on one that people walk up to.
enum class Glass : std::uint8_t { small, counter, large };

/// How the reader wants it; part of Session, wiped with it.
struct Look {
  Palette palette = Palette::light;
  TextScale text = TextScale::normal;
  bool operator==(const Look&) const = default;
};

struct Frame {
  int width_px = 0;
  int height_px = 0;
  float px_per_mm = 5.88f;
  input::Ticks now{};
  Audience audience = Audience::customer;  ///< type sizes and target sizes
  Look look = {};
};

/// Sizes of the design, in millimetres, for the frame's audience, text scale and display.
struct Metrics {
  float target;        ///< height of an ordinary button: customer 20, staff 12; less on small glass
  float target_small;  ///< header buttons: customer 15, staff 9.2
  float gap;           ///< between targets, never under 3 for customers (staff 3 too)
  float margin;        ///< between the display's edge and its content
  float pad;           ///< inside a card
  float card_radius;
  float button_radius;
};

/// A finger, or a hand on its way, takes longer to react to something new.
inline constexpr input::Ticks dead_time{350};

class Ui {
 public:
  /// A face for letters that Inter lacks, and the weights it stands in for.
  struct OtherFace {
    std::string file;
    Weight lightest = Weight::regular;
    Weight heaviest = Weight::bold;
  };
  /// Needs a current OpenGL context, or none at all: then frames are laid out and probed but not
  /// drawn (unit tests). Files default to where Debian installs them.
  struct Options {
    std::string inter_folder = "/usr/share/fonts/opentype/inter";
    std::string icon_file = "/usr/share/fonts/opentype/font-awesome/FontAwesome.otf";
    /// The first that has a letter gives it; one that is not installed is passed over.
    std::vector<OtherFace> other_faces = {
        {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", Weight::regular, Weight::regular},
        {"/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf", Weight::semibold, Weight::bold},
        {"/usr/share/fonts-droid-fallback/truetype/DroidSansFallback.ttf"}};
    enum class Output { opengl, none } output = Output::opengl;
    /// Letters that a frame is the first to need: in the background it is not complete() until a
    /// later one has them; at once, it waits for them (tests).
    enum class Bake { in_background, at_once } bake = Bake::in_background;
    /// From another thread: draw again, more letters are here.
    std::function<void()> glyphs_ready = {};
    int glyph_page_px = 0;  ///< side of a texture of letters, 256 or more; 0: the usual 2048
  };
  /// Failure::unavailable "ui.fonts" with the missing file, "ui.graphics" when the graphics card
  /// refuses what is needed.
  static Result<Ui> make(const Options& options);
  Ui(Ui&&) noexcept;
  Ui& operator=(Ui&&) noexcept;
  ~Ui();

  // ---- the loop's side
  void feed(const input::Event& event);  ///< Pointer, KeyPress, Typed, Wheel; a Scan is not for Ui
  void begin(const Frame& frame, const Locale& locale);
  void end();  ///< also draws focus ring and the fade
  /// The frame that ended, onto the window; nothing while it waits for glyphs.
  void paint();
  /// The frame last ended has all its letters. One that has not was laid out and probed, but nothing
  /// of it was drawn: what the display shows stays, and the frame is asked for again.
  bool complete() const;
  void wait_for_glyphs();             ///< for pictures; the loop never waits
  std::optional<Error> take_error();  ///< once: "ui.graphics", after which letters are coarser
  bool has_queued_input() const;      ///< draw another frame at once
  bool wants_animation() const;       ///< a finger is down, a flick or a fade runs: full rate
  /// True once after a press landed on a live widget (soft click), or on nothing.
  enum class Touched { nothing, widget, ground };
  Touched take_touched();
  /// What is drawn next asks something else than what is shown, though buttons of the same name stand
  /// in the same places: all of them are new.
  void hold_touches();
  /// A tap at `now` would count: the widget lives, has stood there for the dead time, and the tap is
  /// not the second of a double one.
  bool is_ripe(std::string_view id, input::Ticks now) const;
  void start_fade();           ///< 150 ms from the ground colour; call on screen change
  void drop_focus();           ///< after a screen change: keyboard starts at the top
  const Probe& probe() const;  ///< of the frame last ended

  // ---- the frame
  Rect screen() const;  ///< whole display, mm
  Shape shape() const;
  Glass glass() const;
  /// A small landscape display: what stands below each other elsewhere stands side by side.
  bool low() const { return glass() == Glass::small && shape() == Shape::landscape; }
  const Metrics& metrics() const;
  const Theme& theme() const;
  Audience audience() const;
  Look look() const;
  const Locale& locale() const;
  input::Ticks now() const;
  std::string tr(std::string_view msgid) const { return locale().tr(msgid); }

  // ---- drawing; widgets are made of these, screens may use them for decoration
  void ground(Token token);  ///< fills the screen, once, first
  void fill(const Rect& rect, Token token, float radius_mm = 0);
  void fill_top(const Rect& rect, Token token, float radius_mm);  ///< upper corners round only
  void border(const Rect& rect, Token token, float radius_mm, float width_mm);
  void line(float x1, float y1, float x2, float y2, Token token, float width_mm);
  void circle(float x, float y, float radius_mm, Token token);
  /// Angles in turns from 12 o'clock, clockwise; round ends.
  void arc(float x, float y, float radius_mm, float from, float to, Token token, float width_mm);
  void polyline(const std::vector<input::Point>& points, Token token, float width_mm);
  /// Square pixel pattern (a QR code): `cells` row by row, true is ink.
  void pattern(const Rect& rect, int columns, const std::vector<bool>& cells, Token ink);
  /// A photo, cut to the shape of `rect`, not stretched. Keep it as long as it is shown: it is
  /// brought to the graphics card once.
  void picture(const Rect& rect, const std::shared_ptr<const Picture>& picture,
               float radius_mm = 0);
  /// The icon's ink box is centred on the point; `size_mm` is the em.
  void icon(Icon icon, float x, float y, float size_mm, Token token);
  void clip_push(const Rect& rect);  ///< drawing and probing are cut to it until clip_pop
  void clip_pop();
  /// The token that text drawn now lies on, for the probe; cards, chips and buttons set it.
  Token ground_token() const;
  void push_ground(Token token);
  void pop_ground();

  // ---- making a widget (button.hpp and friends are made of this)
  struct Interaction {
    bool activated = false;  ///< released inside, or Enter on it
    bool held = false;       ///< finger down on it now
    bool focused = false;    ///< keyboard focus is visible on it
  };
  struct WidgetSpec {
    std::string_view id;
    std::string_view label;
    Rect rect;
    Role role = Role::button;
    bool enabled = true;
    bool selected = false;
    Token fore = Token::ink;
    Token ground = Token::surface;
    Token border = Token::surface;
    float radius_mm = 0;    ///< of the focus ring
    bool leads_on = false;  ///< a field: the last of its page, see Field
    bool repeats = false;   ///< a second tap right after the first is meant, as of "one more"
  };
  Interaction interact(const WidgetSpec& spec);
  bool is_focused(std::string_view id) const;  ///< logical focus, visible or not
  void focus(std::string_view id);             ///< e.g. the first field of a form
  /// Typed text and editing keys of this frame, for whoever owns the caret. Tab, arrows, Enter on a
  /// focused button and Escape of a dialog are already taken.
  const std::vector<input::Event>& keys() const;
  bool key(input::Key key) const;  ///< this frame has it among keys()

  // ---- layers
  void push_layer();  ///< what follows covers the screen; only it lives (dialog.hpp)
  void pop_layer();

  /// View state that belongs to the glass, not to the session: a list's scroll. Forgotten when the
  /// list was not drawn for a frame.
  struct Scroll {
    float offset_mm = 0;
    std::optional<input::Flick> flick;
    float flick_from_mm = 0;
    std::size_t count = 0;  ///< rows when it was drawn last, for sticking to the end
  };
  /// Scroll state of area `id`, moved by this frame's drag, flick and wheel over `rect` and kept
  /// within 0..limit_mm.
  Scroll& scroll(std::string_view id, const Rect& rect, float limit_mm);

  struct Impl;
  Impl& impl() { return *impl_; }  ///< for the .cpp files of kiosk/ui only
  const Impl& impl() const { return *impl_; }

 private:
  explicit Ui(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace keepsake::ui
