#pragma once
// What was drawn, for tests, for hit testing and for keyboard order. Rebuilt every frame.

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "kiosk/ui/geometry.hpp"
#include "kiosk/ui/theme.hpp"

namespace keepsake::ui {

enum class Role : unsigned char { button, key, toggle, field, item, area };
enum class Audience : unsigned char { customer, staff };

/// Something that can be activated. Strings live until the next frame begins.
struct ProbeWidget {
  std::string_view id;     ///< given by the screen, the same in every language
  std::string_view label;  ///< in the reader's language, never empty
  Rect rect;               ///< what a finger may touch, clipped to what is visible
  Role role = Role::button;
  bool enabled = true;
  bool selected = false;
  bool partial = false;   ///< cut by the edge of a scrolling list
  bool leads_on = false;  ///< a field: Tab after typing goes on as Enter does
  bool repeats = false;   ///< two quick taps are two
  Audience audience = Audience::customer;
  int layer = 0;  ///< 0 the screen, 1 a dialog over it, 2 one over that; only the top layer lives
  Rgb fore;
  Rgb ground;
  Rgb border;  ///< equal to ground when there is none
};

struct ProbeText {
  std::string_view text;
  Rect rect;             ///< ink box: measured width, line height
  Rect room;             ///< where it was allowed to be
  float cap_mm = 0;      ///< height of its capitals
  bool clipped = false;  ///< did not fit its room: a defect of the screen
  bool partial = false;  ///< cut by the edge of a scrolling list
  char32_t missing = 0;  ///< first code point without a glyph, 0 when none
  int layer = 0;
  bool bold = false;
  Rgb fore;
  Rgb ground;
};

/// A shape that carries meaning (bar, ring, timeline): 3:1 against what it lies on.
struct ProbeShape {
  std::string_view name;
  Rect rect;
  Rgb fore;
  Rgb ground;
};

class Probe {
 public:
  Probe();
  ~Probe();
  Probe(Probe&&) noexcept;
  Probe& operator=(Probe&&) noexcept;

  const std::vector<ProbeWidget>& widgets() const { return widgets_; }
  const std::vector<ProbeText>& texts() const { return texts_; }
  const std::vector<ProbeShape>& shapes() const { return shapes_; }
  int top_layer() const { return top_layer_; }

  const ProbeWidget* find(std::string_view id) const;   ///< nullptr when not drawn
  bool sees(std::string_view part) const;               ///< some text of the frame contains it
  const ProbeWidget* at(float x_mm, float y_mm) const;  ///< topmost enabled widget of the top layer

  // For kiosk/ui while drawing.
  void clear();
  std::string_view keep(std::string_view text);  ///< copies into the frame's memory
  void add(const ProbeWidget& widget);
  void add(const ProbeText& text);
  void add(const ProbeShape& shape);
  void raise_layer(int layer);

 private:
  struct Arena;
  std::unique_ptr<Arena> arena_;
  std::vector<ProbeWidget> widgets_;
  std::vector<ProbeText> texts_;
  std::vector<ProbeShape> shapes_;
  int top_layer_ = 0;
};

}  // namespace keepsake::ui
