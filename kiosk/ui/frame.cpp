#include <backends/imgui_impl_opengl3.h>
#include <cmath>
#include <imgui_internal.h>

#include "kiosk/ui/impl.hpp"

namespace keepsake::ui {
namespace {

constexpr float fade_ms = 150.0f;
constexpr float focus_ring_mm = 1.0f;

}  // namespace

void ContextDeleter::operator()(ImGuiContext* context) const {
  auto* previous = ImGui::GetCurrentContext();
  ImGui::SetCurrentContext(context);
  if (output == Ui::Options::Output::opengl) ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext(context);
  ImGui::SetCurrentContext(previous == context ? nullptr : previous);
}

Ui::Impl::Impl(const Options& options, std::shared_ptr<const FontFiles> files)
    : output(options.output),
      context(ImGui::CreateContext(), ContextDeleter{options.output}),
      textures(options.output == Options::Output::opengl),
      typefaces(files),
      glyphs(files, options),
      spelling(typefaces) {
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

/// ImGui's own shapes (the white pixel of fills, the profiles of lines) go to the corner of the
/// first page of letters: one texture serves nearly all of a frame.
Result<Done> Ui::Impl::open_graphics() {
  auto& atlas = *ImGui::GetIO().Fonts;
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight | ImFontAtlasFlags_NoMouseCursors;
  atlas.FontBuilderIO = ImFontAtlasGetBuilderForStbTruetype();
  atlas.TexDesiredWidth = 128;
  ImFontConfig smallest;
  smallest.SizePixels = 8;
  static constexpr ImWchar one_letter[] = {'?', '?', 0};
  smallest.GlyphRanges = one_letter;
  atlas.AddFontDefault(&smallest);
  if (output == Options::Output::none) {
    atlas.Build();
    atlas.SetTexID(reinterpret_cast<ImTextureID>(1));
    return Done{};
  }
  // The shaders too: made later, ImGui would put a texture of its own in place of ours.
  if (!ImGui_ImplOpenGL3_CreateDeviceObjects())
    return Error{Failure::unavailable, "ui.graphics", "the shaders could not be made", "OpenGL 3.2",
                 "check the graphics driver"};
  unsigned char* rgba = nullptr;
  int width = 0;
  int height = 0;
  atlas.GetTexDataAsRGBA32(&rgba, &width, &height);
  if (auto opened = glyphs.open(width, height, rgba); !opened.ok()) return opened;
  const float x = static_cast<float>(width) / static_cast<float>(glyphs.side_px());
  const float y = static_cast<float>(height) / static_cast<float>(glyphs.side_px());
  atlas.TexUvWhitePixel = {atlas.TexUvWhitePixel.x * x, atlas.TexUvWhitePixel.y * y};
  for (ImVec4& line : atlas.TexUvLines) line = {line.x * x, line.y * y, line.z * x, line.w * y};
  atlas.SetTexID(texture_id(glyphs.texture(0)));
  atlas.ClearTexData();
  return Done{};
}

float Ui::Impl::snap(float mm) const { return std::round(px(mm)); }

ImU32 Ui::Impl::colour(Token token) const {
  const Rgb c = rgb(token);
  return IM_COL32(c.r, c.g, c.b, 255);
}

void Ui::Impl::begin_layers() {
  layer = 0;
  clips.clear();
  grounds.clear();
  focus_layer = -1;
  draw = ImGui::GetBackgroundDrawList();
}

Result<Ui> Ui::make(const Options& options) {
  auto files = FontFiles::open(options);
  if (!files) return files.error();
  auto impl = std::make_unique<Impl>(options, *std::move(files));
  if (auto opened = impl->open_graphics(); !opened.ok()) return opened.error();
  return Ui(std::move(impl));
}
Ui::Ui(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Ui::Ui(Ui&&) noexcept = default;
Ui& Ui::operator=(Ui&&) noexcept = default;
Ui::~Ui() = default;

void Ui::feed(const input::Event& event) {
  constexpr std::size_t longest_queue = 1024;  // a stuck key or a broken panel must not eat memory
  if (impl_->queue.size() < longest_queue) impl_->queue.push_back(event);
}

void Ui::begin(const Frame& frame, const Locale& locale) {
  auto& ui = *impl_;
  assert(!ui.in_frame);
  ImGui::SetCurrentContext(ui.context.get());
  const bool shown = ui.glyphs.complete();
  ui.glyphs.begin_frame();
  ui.spelling.begin_frame();
  ui.frame = frame;
  ui.metrics = metrics_of(frame);
  ui.theme = &theme_of(frame.look.palette);
  ui.locale = locale;

  auto& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(frame.width_px), static_cast<float>(frame.height_px)};
  io.DeltaTime = 1.0f / 60.0f;
  if (ui.output == Options::Output::opengl) ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  ui.in_frame = true;
  ui.begin_layers();

  ui.textures.next_frame();
  // What nobody has seen cannot have been meant: input waits for the frame that is shown.
  if (shown) std::swap(ui.probe, ui.last);
  ui.resolve_input(shown && !ui.held_back ? Impl::Input::taken : Impl::Input::waits);
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
  ui.glyphs.end_frame();
  if (ui.glyphs.complete()) ui.note_shown();
  ui.in_frame = false;
}

void Ui::paint() {
  assert(!impl_->in_frame);
  ImGui::SetCurrentContext(impl_->context.get());
  if (impl_->output == Options::Output::opengl && impl_->glyphs.complete())
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

bool Ui::complete() const { return impl_->glyphs.complete(); }
void Ui::wait_for_glyphs() { impl_->glyphs.wait(); }
std::optional<Error> Ui::take_error() { return impl_->glyphs.take_error(); }

bool Ui::has_queued_input() const { return !impl_->queue.empty(); }

bool Ui::wants_animation() const {
  return impl_->gesture.phase() != input::Gesture::Phase::idle || impl_->flicking ||
         impl_->fade_started || impl_->fade_wanted;
}

Ui::Touched Ui::take_touched() { return std::exchange(impl_->touched, Touched::nothing); }
void Ui::hold_touches() { impl_->held_back = true; }
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
Glass Ui::glass() const { return glass_of(impl_->frame); }
const Metrics& Ui::metrics() const { return impl_->metrics; }
const Theme& Ui::theme() const { return *impl_->theme; }
Audience Ui::audience() const { return impl_->frame.audience; }
Look Ui::look() const { return impl_->frame.look; }
const Locale& Ui::locale() const { return impl_->locale; }
input::Ticks Ui::now() const { return impl_->frame.now; }

}  // namespace keepsake::ui
