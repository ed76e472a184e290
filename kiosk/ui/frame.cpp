#include <backends/imgui_impl_opengl3.h>
#include <cmath>

#include "kiosk/ui/impl.hpp"

namespace keepsake::ui {
namespace {

constexpr float fade_ms = 150.0f;
constexpr float focus_ring_mm = 1.0f;

/// Sizes at which large figures and headlines are baked; others are scaled down from the next.
constexpr float number_ladder_mm[] = {4.5f, 6.5f, 9.5f, 14.0f, 20.0f, 28.0f};
constexpr int icon_ladder_px[] = {18, 28, 44, 72, 112};

}  // namespace

void ContextDeleter::operator()(ImGuiContext* context) const {
  auto* previous = ImGui::GetCurrentContext();
  ImGui::SetCurrentContext(context);
  if (output == Ui::Options::Output::opengl) ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext(context);
  ImGui::SetCurrentContext(previous == context ? nullptr : previous);
}

Ui::Impl::Impl(const Options& options, Fonts&& fonts_)
    : output(options.output),
      context(ImGui::CreateContext(), ContextDeleter{options.output}),
      textures(options.output == Options::Output::opengl),
      fonts(std::move(fonts_)) {
  ImGui::SetCurrentContext(context.get());
  auto& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  ImGui::GetStyle().CircleTessellationMaxError = 0.12f;
  ImGui::GetStyle().CurveTessellationTol = 0.5f;
  if (output == Options::Output::opengl) {
    ImGui_ImplOpenGL3_Init("#version 150");
  } else {
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  }
}

float Ui::Impl::snap(float mm) const { return std::round(px(mm)); }

ImU32 Ui::Impl::colour(Token token) const {
  const Rgb c = rgb(token);
  return IM_COL32(c.r, c.g, c.b, 255);
}

void Ui::Impl::prepare(const Frame& next) {
  std::set<Fonts::Want> wants;
  const auto want = [&](TextSize size, Weight weight) {
    wants.insert({weight, Fonts::px_of_cap(cap_mm_of(next, size) * next.px_per_mm), Glyphs::all});
  };
  for (const auto size : {TextSize::caption, TextSize::body, TextSize::heading}) {
    want(size, Weight::regular);
    want(size, Weight::semibold);
    want(size, Weight::bold);
  }
  want(TextSize::title, Weight::bold);
  for (const float mm : number_ladder_mm) {
    const float largest = cap_mm_of(next, TextSize::number);
    if (mm > largest * 1.2f) continue;
    wants.insert({Weight::bold, Fonts::px_of_cap(mm * next.px_per_mm), Glyphs::few});
  }
  std::set<int> icons(std::begin(icon_ladder_px), std::end(icon_ladder_px));
  if (output == Options::Output::none) icons = {icon_ladder_px[0]};  // only their shape is asked
  if (fonts.ensure(*ImGui::GetIO().Fonts, wants, icons)) upload_fonts();
}

void Ui::Impl::upload_fonts() {
  auto& atlas = *ImGui::GetIO().Fonts;
  if (output == Options::Output::opengl) {
    // With the first faces the shaders too: made later, ImGui would bake the faces once more by
    // itself and undo what was done to their digits.
    if (shaders_made) {
      ImGui_ImplOpenGL3_DestroyFontsTexture();
      ImGui_ImplOpenGL3_CreateFontsTexture();
    } else {
      shaders_made = ImGui_ImplOpenGL3_CreateDeviceObjects();
    }
  } else {
    atlas.SetTexID(reinterpret_cast<ImTextureID>(1));
  }
  atlas.ClearTexData();  // the pixels are on the graphics card now
}

void Ui::Impl::choose_faces() {
  for (std::size_t i = 0; i < faces.size(); ++i) {
    const auto size = static_cast<TextSize>(i);
    const auto glyphs = size == TextSize::number ? Glyphs::few : Glyphs::all;
    for (std::size_t w = 0; w < faces[i].size(); ++w) {
      faces[i][w] =
          fonts.face(weight_of(size, static_cast<Weight>(w)), px(cap_mm_of(frame, size)), glyphs);
    }
  }
}

void Ui::Impl::begin_layers() {
  layer = 0;
  clips.clear();
  grounds.clear();
  focus_layer = -1;
  draw = ImGui::GetBackgroundDrawList();
}

Result<Ui> Ui::make(const Options& options) {
  auto fonts = Fonts::open(options);
  if (!fonts) return fonts.error();
  return Ui(std::make_unique<Impl>(options, std::move(*fonts)));
}
Ui::Ui(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Ui::Ui(Ui&&) noexcept = default;
Ui& Ui::operator=(Ui&&) noexcept = default;
Ui::~Ui() = default;

void Ui::feed(const input::Event& event) {
  constexpr std::size_t longest_queue = 1024;  // a stuck key or a broken panel must not eat memory
  if (impl_->queue.size() < longest_queue) impl_->queue.push_back(event);
}

void Ui::prepare(const Frame& frame) {
  ImGui::SetCurrentContext(impl_->context.get());
  impl_->prepare(frame);
}

void Ui::begin(const Frame& frame, const Locale& locale) {
  auto& ui = *impl_;
  assert(!ui.in_frame);
  ImGui::SetCurrentContext(ui.context.get());
  ui.prepare(frame);
  ui.frame = frame;
  ui.metrics = metrics_of(frame);
  ui.theme = &theme_of(frame.look.palette);
  ui.choose_faces();
  ui.locale = locale;

  auto& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(frame.width_px), static_cast<float>(frame.height_px)};
  io.DeltaTime = 1.0f / 60.0f;
  if (ui.output == Options::Output::opengl) ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  ui.in_frame = true;
  ui.begin_layers();

  ui.textures.next_frame();
  std::swap(ui.probe, ui.last);
  ui.resolve_input();
  ui.probe.clear();
  for (auto it = ui.areas.begin(); it != ui.areas.end();) {
    it = it->second.drawn ? std::next(it) : ui.areas.erase(it);
  }
  for (auto& [id, area] : ui.areas) area.drawn = false;
  ui.flicking = false;
  if (ui.fade_wanted) ui.fade_started = frame.now;
  ui.fade_wanted = false;
}

void Ui::Impl::draw_focus_ring() {
  if (focus_layer < 0) return;
  auto* list = ImGui::GetForegroundDrawList();
  const float half = std::max(1.0f, std::round(px(focus_ring_mm / 2)));
  const auto ring = [&](float out_px, Token token) {
    const float grow = out_px - half / 2 - 0.5f;
    const ImVec2 min{snap(focus_rect.x) - grow - 1, snap(focus_rect.y) - grow - 1};
    const ImVec2 max{snap(focus_rect.right()) + grow + 1, snap(focus_rect.bottom()) + grow + 1};
    list->AddRect(min, max, colour(token), px(focus_radius) + out_px, 0, half);
  };
  ring(half, Token::focus_inner);
  ring(2 * half, Token::focus);
}

void Ui::Impl::draw_fade() {
  if (!fade_started) return;
  const float t = static_cast<float>((frame.now - *fade_started).count()) / fade_ms;
  if (t >= 1) {
    fade_started.reset();
    return;
  }
  const Rgb c = rgb(Token::paper);
  const auto alpha = static_cast<int>(255.0f * (1.0f - t));
  ImGui::GetForegroundDrawList()->AddRectFilled({0, 0}, ImGui::GetIO().DisplaySize,
                                                IM_COL32(c.r, c.g, c.b, alpha));
}

void Ui::end() {
  auto& ui = *impl_;
  assert(ui.in_frame && ui.clips.empty() && ui.layer == 0);
  ui.draw_focus_ring();
  ui.draw_fade();
  ui.activated_id.clear();
  ImGui::Render();
  if (ui.output == Options::Output::opengl) ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  ui.in_frame = false;
}

bool Ui::has_queued_input() const { return !impl_->queue.empty(); }

bool Ui::wants_animation() const {
  return impl_->gesture.phase() != input::Gesture::Phase::idle || impl_->flicking ||
         impl_->fade_started || impl_->fade_wanted;
}

Ui::Touched Ui::take_touched() { return std::exchange(impl_->touched, Touched::nothing); }
void Ui::start_fade() { impl_->fade_wanted = true; }
const Probe& Ui::probe() const { return impl_->probe; }

Rect Ui::screen() const {
  const auto& f = impl_->frame;
  return {0, 0, static_cast<float>(f.width_px) / f.px_per_mm,
          static_cast<float>(f.height_px) / f.px_per_mm};
}
Shape Ui::shape() const {
  return impl_->frame.width_px >= impl_->frame.height_px ? Shape::landscape : Shape::portrait;
}
bool Ui::compact() const { return is_compact(impl_->frame); }
const Metrics& Ui::metrics() const { return impl_->metrics; }
const Theme& Ui::theme() const { return *impl_->theme; }
Audience Ui::audience() const { return impl_->frame.audience; }
Look Ui::look() const { return impl_->frame.look; }
const Locale& Ui::locale() const { return impl_->locale; }
input::Ticks Ui::now() const { return impl_->frame.now; }

}  // namespace keepsake::ui
