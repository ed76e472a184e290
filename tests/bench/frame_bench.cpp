// What drawing a frame costs: a list of 40 sale lines, each with two texts, two buttons, a count
// and an amount, all of them visible. Ours (with probe, hit testing and our own text) against bare
// Dear ImGui drawing the same widgets with the same fonts. CPU of the calling thread up to the
// finished draw lists; the graphics card's part is the same for both. Goal: at most twice.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <imgui.h>
#include <string>
#include <vector>

#include "kiosk/ui/kit.hpp"

using namespace keepsake;
using namespace keepsake::ui;

namespace {

constexpr int lines = 40;
constexpr int width_px = 1280;
constexpr int height_px = 3200;
constexpr int warm_frames = 50;
constexpr int frames_a_round = 200;
constexpr int rounds = 9;

struct Line {
  std::string id, name, detail, count, amount;
};

std::vector<Line> sale_lines() {
  std::vector<Line> out;
  for (int i = 0; i < lines; ++i) {
    out.push_back({"line-" + std::to_string(i), "Washing machine Nordwash " + std::to_string(i),
                   "serial NW8-0417731, cover starts today", std::to_string(i % 7 + 1),
                   std::to_string(100 + i * 37) + ".00"});
  }
  return out;
}

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

void draw_ours(Ui& ui, const std::vector<Line>& sale) {
  ui.ground(Token::paper);
  ui.push_ground(Token::surface);
  list(ui,
       {.id = "basket",
        .at = ui.screen().inset(2),
        .count = sale.size(),
        .row_mm = 13.2f,
        .card = true},
       [&](std::size_t i, const Rect& at) {
         const auto& line = sale[i];
         (void)row(ui, {.id = line.id, .at = at, .label = line.name});
         Rect in = at.inset(4, 0);
         text(ui, in.take_right(30, 3), line.amount,
              {.size = TextSize::heading, .weight = Weight::semibold, .align = Align::right});
         (void)counter(ui, {.id = line.id,
                            .at = in.take_right(28, 3).centred(28, 9.2f),
                            .value = line.count,
                            .label = line.name});
         in = in.centred(in.w, at.h * 0.72f);
         text(ui, in.row(0, 2, 0), line.name, {.weight = Weight::semibold});
         text(ui, in.row(1, 2, 0), line.detail,
              {.size = TextSize::caption, .colour = Token::muted});
       });
  ui.pop_ground();
}

/// The same faces as ours, baked by ImGui itself.
struct BareFonts {
  ImFont* caption;
  ImFont* body;
  ImFont* heading;
};

BareFonts bare_fonts() {
  auto& atlas = *ImGui::GetIO().Fonts;
  const std::string folder = Ui::Options{}.inter_folder;
  const auto add = [&](const char* file, float px) {
    auto* font = atlas.AddFontFromFileTTF((folder + file).c_str(), px);
    if (font == nullptr) std::exit(1);
    return font;
  };
  const BareFonts out{add("/Inter-Regular.otf", 21), add("/Inter-SemiBold.otf", 24),
                      add("/Inter-SemiBold.otf", 27)};
  atlas.Build();
  atlas.SetTexID(reinterpret_cast<ImTextureID>(1));
  return out;
}

void label(ImFont* font, ImVec2 at, const std::string& words) {
  ImGui::SetCursorScreenPos(at);
  ImGui::PushFont(font);
  ImGui::TextUnformatted(words.data(), words.data() + words.size());
  ImGui::PopFont();
}

void draw_bare(const BareFonts& fonts, const std::vector<Line>& sale) {
  ImGui::GetIO().DisplaySize = {width_px, height_px};
  ImGui::GetIO().DeltaTime = 1.0f / 60;
  ImGui::NewFrame();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({width_px, height_px});
  ImGui::Begin("sale", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
  ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, 16);
  const float row = 77.6f;
  for (std::size_t i = 0; i < sale.size(); ++i) {
    const auto& line = sale[i];
    const float y = 12 + static_cast<float>(i) * row;
    ImGui::PushID(static_cast<int>(i));
    ImGui::SetCursorScreenPos({12, y});
    ImGui::SetItemAllowOverlap();
    ImGui::Selectable("##row", false, ImGuiSelectableFlags_AllowItemOverlap, {width_px - 24, row});
    label(fonts.body, {36, y + 12}, line.name);
    label(fonts.caption, {36, y + 42}, line.detail);
    ImGui::PushFont(fonts.heading);
    ImGui::SetCursorScreenPos({870, y + 12});
    ImGui::Button("-", {54, 54});
    label(fonts.heading, {955, y + 24}, line.count);
    ImGui::SetCursorScreenPos({981, y + 12});
    ImGui::Button("+", {54, 54});
    ImGui::PopFont();
    label(fonts.heading, {1150, y + 24}, line.amount);
    ImGui::GetWindowDrawList()->AddLine({12, y + row}, {width_px - 12, y + row}, 0xFFC8D5DC);
    ImGui::PopID();
  }
  ImGui::PopStyleVar();
  ImGui::End();
  ImGui::Render();
}

}  // namespace

int main() {
  const auto sale = sale_lines();
  Ui::Options options;
  options.output = Ui::Options::Output::none;
  auto made = Ui::make(options);
  if (!made) {
    std::fprintf(stderr, "frame_bench: %s\n", to_line(made.error()).c_str());
    return 1;
  }
  Ui ui = std::move(*made);
  const Locale locale;
  Frame frame{.width_px = width_px,
              .height_px = height_px,
              .px_per_mm = 5.88f,
              .audience = Audience::staff};
  const auto ours = [&] {
    frame.now += input::Ticks(16);
    ui.begin(frame, locale);
    draw_ours(ui, sale);
    ui.end();
  };

  auto* bare_context = ImGui::CreateContext();
  ImGui::SetCurrentContext(bare_context);
  ImGui::GetIO().IniFilename = nullptr;
  const auto fonts = bare_fonts();
  const auto bare = [&] {
    ImGui::SetCurrentContext(bare_context);
    draw_bare(fonts, sale);
  };

  for (int i = 0; i < warm_frames; ++i) {
    ours();
    bare();
  }
  std::vector<double> ours_us, bare_us;
  for (int i = 0; i < rounds; ++i) {  // in turns, so that a busy machine hurts both
    ours_us.push_back(round_us(ours));
    bare_us.push_back(round_us(bare));
  }
  const auto least = [](const std::vector<double>& all) {
    return *std::min_element(all.begin(), all.end());
  };
  const double a = least(ours_us);
  const double b = least(bare_us);
  std::printf("frame of %d sale lines: ours %.1f us, bare ImGui %.1f us, ratio %.2f (goal 2.00)\n",
              lines, a, b, a / b);
  std::printf("  probe: %zu widgets, %zu texts\n", ui.probe().widgets().size(),
              ui.probe().texts().size());
  ImGui::DestroyContext(bare_context);
  return 0;
}
