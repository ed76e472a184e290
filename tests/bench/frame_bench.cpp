// What a frame of the sale screen with 40 lines costs: the real screen (layout, formats, words of
// the catalogue, probe, hit testing) against bare Dear ImGui putting the same widgets, texts and
// shapes at the same places in the same faces, with nothing to decide. CPU of the calling thread up
// to the finished draw lists; the graphics card's part is the same for both. Goal: at most twice.
// Two displays: the till's own, and one tall enough that all 40 lines are in view at once.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <imgui.h>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/screens/screens.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "tests/kiosk/screens/fixtures.hpp"

using namespace keepsake;
using namespace keepsake::ui;

namespace {

constexpr int warm_frames = 50;
constexpr int frames_a_round = 200;
constexpr int rounds = 9;
constexpr float px_per_mm = 5.88f;
constexpr float cap_share = 0.6011f;  // of ImGui's font size, for an Inter capital

struct Display {
  const char* name;
  int width_px, height_px;
};
constexpr Display displays[] = {{"1280x800", 1280, 800}, {"1280x4200", 1280, 4200}};

double cpu_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

double round_us(const std::function<void()>& frame) {
  const double start = cpu_us();
  for (int i = 0; i < frames_a_round; ++i) frame();
  return (cpu_us() - start) / frames_a_round;
}

ImU32 colour(Rgb c) { return IM_COL32(c.r, c.g, c.b, 255); }
ImVec2 corner(const Rect& at) { return {at.x * px_per_mm, at.y * px_per_mm}; }
ImVec2 size(const Rect& at) { return {at.w * px_per_mm, at.h * px_per_mm}; }

/// What one frame of ours drew, as plain values, and the faces for it, baked by ImGui itself.
class BareFrame {
 public:
  BareFrame(const Probe& probe, Display display) : display_(display) {
    context_ = ImGui::CreateContext();
    ImGui::SetCurrentContext(context_);
    ImGui::GetIO().IniFilename = nullptr;
    for (const auto& widget : probe.widgets()) {
      widgets_.push_back({"##" + std::string(widget.id), widget.rect, widget.role, widget.ground});
    }
    for (const auto& text : probe.texts()) {
      texts_.push_back({std::string(text.text), text.rect, text.fore, face(text)});
    }
    for (const auto& shape : probe.shapes()) shapes_.push_back({shape.rect, shape.fore});
    ImGui::GetIO().Fonts->Build();
    ImGui::GetIO().Fonts->SetTexID(reinterpret_cast<ImTextureID>(1));
  }
  ~BareFrame() { ImGui::DestroyContext(context_); }
  BareFrame(const BareFrame&) = delete;
  BareFrame& operator=(const BareFrame&) = delete;

  std::size_t widgets() const { return widgets_.size(); }
  std::size_t texts() const { return texts_.size(); }

  void draw() const {
    ImGui::SetCurrentContext(context_);
    const ImVec2 all{static_cast<float>(display_.width_px), static_cast<float>(display_.height_px)};
    ImGui::GetIO().DisplaySize = all;
    ImGui::GetIO().DeltaTime = 1.0f / 60;
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(all);
    ImGui::Begin("sale", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
    ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, 16);
    for (const auto& shape : shapes_) {
      const auto from = corner(shape.rect);
      const auto by = size(shape.rect);
      ImGui::GetWindowDrawList()->AddRectFilled(from, {from.x + by.x, from.y + by.y},
                                                colour(shape.colour), 8);
    }
    for (const auto& widget : widgets_) {
      ImGui::SetCursorScreenPos(corner(widget.rect));
      if (widget.role == Role::item || widget.role == Role::area) {
        ImGui::SetItemAllowOverlap();
        ImGui::Selectable(widget.id.c_str(), false, ImGuiSelectableFlags_AllowItemOverlap,
                          size(widget.rect));
      } else {
        ImGui::PushStyleColor(ImGuiCol_Button, colour(widget.ground));
        ImGui::Button(widget.id.c_str(), size(widget.rect));
        ImGui::PopStyleColor();
      }
    }
    for (const auto& text : texts_) {
      ImGui::SetCursorScreenPos(corner(text.rect));
      ImGui::PushFont(text.font);
      ImGui::PushStyleColor(ImGuiCol_Text, colour(text.colour));
      ImGui::TextUnformatted(text.words.data(), text.words.data() + text.words.size());
      ImGui::PopStyleColor();
      ImGui::PopFont();
    }
    ImGui::PopStyleVar();
    ImGui::End();
    ImGui::Render();
  }

 private:
  struct Widget {
    std::string id;
    Rect rect;
    Role role;
    Rgb ground;
  };
  struct Text {
    std::string words;
    Rect rect;
    Rgb colour;
    ImFont* font;
  };
  struct Shape {
    Rect rect;
    Rgb colour;
  };

  ImFont* face(const ProbeText& text) {
    const int px = static_cast<int>(std::lround(text.cap_mm * px_per_mm / cap_share));
    auto& font = faces_[{text.bold, px}];
    if (font == nullptr) {
      const auto file =
          Ui::Options{}.inter_folder + (text.bold ? "/Inter-Bold.otf" : "/Inter-Regular.otf");
      font =
          ImGui::GetIO().Fonts->AddFontFromFileTTF(file.c_str(), static_cast<float>(px), nullptr,
                                                   ImGui::GetIO().Fonts->GetGlyphRangesCyrillic());
      if (font == nullptr) std::exit(1);
    }
    return font;
  }

  Display display_;
  ImGuiContext* context_ = nullptr;
  std::vector<Widget> widgets_;
  std::vector<Text> texts_;
  std::vector<Shape> shapes_;
  std::map<std::pair<bool, int>, ImFont*> faces_;
};

int measure(const Display& display) {
  Ui::Options options;
  options.output = Ui::Options::Output::none;
  auto made = Ui::make(options);
  if (!made) {
    std::fprintf(stderr, "frame_bench: %s\n", to_line(made.error()).c_str());
    return 1;
  }
  Ui ui = std::move(*made);
  const auto& session = test::look("sale.forty-lines");
  const auto context = test::shop_context();
  const Locale locale;
  Frame frame{.width_px = display.width_px,
              .height_px = display.height_px,
              .px_per_mm = px_per_mm,
              .audience = screens::audience_of(session),
              .look = screens::look_of(session, context)};
  const auto ours = [&] {
    frame.now += input::Ticks(16);
    ui.begin(frame, locale);
    (void)screens::draw(ui, session, context, test::moment);
    ui.end();
    ui.paint();
  };
  for (int i = 0; i < warm_frames; ++i) ours();
  const BareFrame bare(ui.probe(), display);
  for (int i = 0; i < warm_frames; ++i) bare.draw();

  std::vector<double> ours_us, bare_us;
  for (int i = 0; i < rounds; ++i) {  // in turns, so that a busy machine hurts both
    ours_us.push_back(round_us(ours));
    bare_us.push_back(round_us([&] { bare.draw(); }));
  }
  const double a = *std::min_element(ours_us.begin(), ours_us.end());
  const double b = *std::min_element(bare_us.begin(), bare_us.end());
  std::printf(
      "sale of 40 lines on %s: ours %.1f us, bare ImGui %.1f us, ratio %.2f (goal 2.00); "
      "%zu widgets, %zu texts\n",
      display.name, a, b, a / b, bare.widgets(), bare.texts());
  return 0;
}

}  // namespace

int main() {
  for (const auto& display : displays) {
    if (const int failed = measure(display); failed != 0) return failed;
  }
  return 0;
}
