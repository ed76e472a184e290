// What kiosk/ui/UX.md demands of every screen, checked on what was drawn.
#include <set>
#include <sstream>

#include "tests/support/ui_harness.hpp"

namespace keepsake::test {
namespace {

using ui::Audience;
using ui::ProbeText;
using ui::ProbeWidget;
using ui::Rect;
using ui::Role;

constexpr float slack_mm = 0.1f;  // rounding to pixels

class Audit {
 public:
  explicit Audit(const ui::Ui& ui) : ui_(ui), probe_(ui.probe()) {
    high_contrast_ = is_high_contrast(ui.look().palette);
  }

  std::vector<std::string> run() {
    for (const auto& widget : probe_.widgets()) {
      if (widget.layer == probe_.top_layer()) widgets_.push_back(&widget);
    }
    for (const auto& text : probe_.texts()) {
      if (text.layer == probe_.top_layer()) texts_.push_back(&text);
    }
    for (const auto* widget : widgets_) check(*widget);
    for (std::size_t i = 0; i < widgets_.size(); ++i) {
      for (std::size_t k = i + 1; k < widgets_.size(); ++k) check(*widgets_[i], *widgets_[k]);
    }
    for (const auto* text : texts_) check(*text);
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      for (std::size_t k = i + 1; k < texts_.size(); ++k) check(*texts_[i], *texts_[k]);
    }
    for (const auto& shape : probe_.shapes()) {
      if (ui::contrast(shape.fore, shape.ground) < 3) {
        report("shape ", shape.name, " has contrast ", ui::contrast(shape.fore, shape.ground));
      }
    }
    return std::move(findings_);
  }

 private:
  template <class... Parts>
  void report(const Parts&... parts) {
    std::ostringstream out;
    (out << ... << parts);
    findings_.push_back(out.str());
  }

  double text_contrast() const { return high_contrast_ ? 12 : 7; }

  void check(const ProbeWidget& w) {
    if (!ids_.insert(w.id).second) report("id ", w.id, " is used twice");
    if (w.label.empty()) report(w.id, " has no label");
    const auto screen = ui_.screen();
    if (w.rect.x < -slack_mm || w.rect.y < -slack_mm || w.rect.right() > screen.w + slack_mm ||
        w.rect.bottom() > screen.h + slack_mm) {
      report(w.id, " leaves the screen");
    }
    const float least = w.audience == Audience::customer ? 15.0f : 9.0f;
    if (!w.partial && std::min(w.rect.w, w.rect.h) < least - slack_mm) {
      report(w.id, " is ", w.rect.w, " x ", w.rect.h, " mm, less than ", least);
    }
    const double got = ui::contrast(w.fore, w.ground);
    if (got < text_contrast() - 0.01) report(w.id, " has contrast ", got);
  }

  static bool holds(const Rect& outer, const Rect& inner) {
    return inner.x >= outer.x - slack_mm && inner.y >= outer.y - slack_mm &&
           inner.right() <= outer.right() + slack_mm && inner.bottom() <= outer.bottom() + slack_mm;
  }

  /// A widget inside another is on top of it, and hit first: a counter in a row.
  static bool nested(const ProbeWidget& first, const ProbeWidget& second) {
    return holds(first.rect, second.rect);
  }

  void check(const ProbeWidget& a, const ProbeWidget& b) {
    if (a.partial || b.partial || nested(a, b)) return;
    const auto both = ui::intersection(a.rect, b.rect);
    if (both.w > slack_mm && both.h > slack_mm) {
      report(a.id, " and ", b.id, " overlap");
      return;
    }
    // Rows of a list share their hairline.
    if (a.role == Role::item || b.role == Role::item) return;
    const float gap = ui::distance(a.rect, b.rect);
    if (gap < 3.0f - slack_mm) report(a.id, " and ", b.id, " are only ", gap, " mm apart");
  }

  void check(const ProbeText& t) {
    if (t.clipped) report("\"", t.text, "\" does not fit ", t.room.w, " x ", t.room.h, " mm");
    if (t.missing != 0) {
      report("\"", t.text, "\" has no glyph for U+", std::hex, static_cast<unsigned>(t.missing));
    }
    const double got = ui::contrast(t.fore, t.ground);
    if (got < text_contrast() - 0.01) report("\"", t.text, "\" has contrast ", got);
    const float least = ui_.audience() == Audience::customer ? 4.0f : 2.0f;
    if (t.cap_mm < least) report("\"", t.text, "\" has capitals of only ", t.cap_mm, " mm");
    const auto screen = ui_.screen();
    if (t.rect.x < -slack_mm || t.rect.right() > screen.w + slack_mm ||
        (!t.partial && (t.rect.y < -slack_mm || t.rect.bottom() > screen.h + slack_mm))) {
      report("\"", t.text, "\" leaves the screen");
    }
    if (t.partial) return;
    for (const auto* w : widgets_) {
      const auto both = ui::intersection(w->rect, t.rect);
      if (w->partial || both.w < 0.5f || both.h < 0.5f || holds(w->rect, t.rect)) continue;
      report("\"", t.text, "\" runs over the edge of ", w->id);
    }
  }

  void check(const ProbeText& a, const ProbeText& b) {
    if (a.partial || b.partial) return;
    const auto both = ui::intersection(a.rect, b.rect);
    if (both.w > 0.3f && both.h > 0.5f) report("\"", a.text, "\" overlaps \"", b.text, "\"");
  }

  const ui::Ui& ui_;
  const ui::Probe& probe_;
  bool high_contrast_ = false;
  std::vector<const ProbeWidget*> widgets_;
  std::vector<const ProbeText*> texts_;
  std::set<std::string_view> ids_;
  std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> audit(const ui::Ui& ui) { return Audit(ui).run(); }

// A list whose last row is cut scrolls on as Tab walks through it, so the way can be longer than
// what is seen at first.
std::vector<std::string> audit_keyboard(UiHarness& harness) {
  std::set<std::string, std::less<>> wanted;
  for (const auto& widget : harness.probe().widgets()) {
    const bool lives = widget.enabled && widget.layer == harness.probe().top_layer();
    if (lives && !widget.partial) wanted.insert(std::string(widget.id));
  }
  const auto count = wanted.size();
  std::vector<std::string> findings;
  for (std::size_t i = 0; i < 4 * count + 40 && !wanted.empty(); ++i) {
    harness.key(input::Key::tab);
    for (const auto& widget : harness.probe().widgets()) {
      if (harness.ui().is_focused(widget.id) || !widget.enabled)
        wanted.erase(std::string(widget.id));
    }
  }
  for (const auto& id : wanted) findings.push_back(id + " is not reached with Tab");
  return findings;
}

}  // namespace keepsake::test
