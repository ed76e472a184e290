#include "kiosk/app/app.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <spdlog/spdlog.h>

#include "kiosk/app/held_sales.hpp"
#include "kiosk/app/receipts.hpp"
#include "kiosk/screens/screens.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/values/handle.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/journal/journal.hpp"
#include "storage/services/staff.hpp"
#include "sync/agent/look_up.hpp"
#include "sync/agent/reservations.hpp"

namespace keepsake::app {
namespace {

using namespace std::chrono_literals;
using input::Ticks;

constexpr int frames_after_event = 3;
constexpr Ticks frame_time{16};
constexpr Ticks sound_stays = 10s;

/// A line that pays in to a card or wallet; no tax is due before it is spent.
Article pays_in(const char* code, std::string name) {
  Article article;
  article.code = code;
  article.name = std::move(name);
  return article;
}

flow::Context context_of(const Settings& settings, const CurrentProgramme::Shared& programme,
                         const AppOptions& options) {
  flow::Context context;
  context.shop = settings.shop;
  context.currency = settings.currency;
  context.cash_step = settings.cash_step;
  context.calling_code = settings.calling_code;
  context.country = settings.country;
  context.active = programme;
  const auto tag = options.language;
  const Locale locale = Locale::make(tag, settings.country, options.locale_folder);
  context.gift_card = pays_in("GIFT-CARD", locale.tr("Gift card"));
  context.stored_value = settings.stored_value;
  context.wallet = pays_in("WALLET", locale.tr("Wallet"));
  context.language = options.language;
  context.theme = options.theme;
  context.customer_fields = settings.customer_fields;
  context.consent_texts = settings.consent_texts;
  if (const StatutoryCover* statutory = statutory_cover(settings)) context.statutory = *statutory;
  context.has_printer = options.devices || !settings.printer.empty();
  return context;
}

/// Without an agent: what waits, by the book.
SyncState state_without_agent(Book& book, Reader& reader) {
  SyncState state;
  const auto head = reader.head();
  const auto acknowledged = reader.acknowledged();
  if (head.ok() && acknowledged.ok()) {
    state.acknowledged = acknowledged->seq;
    state.waiting = static_cast<std::int64_t>(head->seq) - acknowledged->seq;
  }
  if (const auto oldest = reader.oldest_waiting(); oldest.ok()) state.oldest_waiting = *oldest;
  if (const auto enrolment = book.enrolment()) {
    state.link = LinkState::never_reached;
    state.store = enrolment->store;
  }
  state.terminal = book.terminal();
  if (const auto enrolment = book.enrolment()) state.till = enrolment->till;
  return state;
}

/// What happened, for the log: kinds and codes, never what was typed, scanned or found (I9).
void note(const flow::Event& event) {
  const auto failed = [](const char* what, const Error& error) {
    spdlog::warn("{}: {} ({})", what, error.code, error.what);
  };
  handle(
      event,
      [&](const flow::Recorded& e) {
        if (!e.id.ok()) return failed("record", e.id.error());
        spdlog::info("recorded {}", to_hex(*e.id));
      },
      [&](const flow::Printed& e) {
        if (!e.outcome.ok()) failed("print", e.outcome.error());
      },
      [&](const flow::PinChecked& e) {
        if (!e.staff.ok()) return failed("sign-in", e.staff.error());
        spdlog::info("signed in: {}", e.staff->id);
      },
      [&](const flow::ScanResolved& e) {
        if (!e.scanned.ok()) failed("scan", e.scanned.error());
      },
      [&](const flow::SyncChanged& e) {
        spdlog::info("sync: link {}, {} waiting, {} acknowledged", static_cast<int>(e.state.link),
                     e.state.waiting, e.state.acknowledged);
        if (e.state.last_error) failed("sync", *e.state.last_error);
      });
}

}  // namespace

App::App(Book& book, const Clock& clock, platform::Window& window, ui::Ui ui,
         const AppOptions& options)
    : book_(book),
      clock_(clock),
      window_(window),
      ui_(std::move(ui)),
      options_(options),
      wake_(window.waker()),
      mailbox_(wake_),
      programme_(book, [this](const CurrentProgramme::Shared& programme) {
        mailbox_.post(flow::ProgrammeChanged{programme});
      }) {}

App::~App() = default;

void App::stop() {
  stop_ = true;
  wake_();
}

Result<Done> App::start(Reader& reader) {
  const auto programme = programme_.get(reader);
  if (!programme.ok()) return programme.error();
  settings_ = &book_.settings();
  context_ = context_of(*settings_, *programme, options_);
  const auto shift = reader.open_shift();
  if (!shift.ok()) return shift.error();
  handle(flow::ShiftKnown{*shift});
  const auto staff = staff_of(reader);
  if (!staff.ok()) return staff.error();
  handle(flow::StaffKnown{*staff});
  auto worker = Worker::start(book_, programme_, mailbox_,
                              options_.sync == SyncRole::on ? look_up() : LookUp(),
                              options_.sync == SyncRole::on ? holds() : HoldLine());
  if (!worker.ok()) return worker.error();
  worker_ = *std::move(worker);
  if (context_.has_printer) {
    auto devices = options_.devices ? Result<Devices>(*options_.devices)
                                    : devices_of(book_, programme_, options_.locale_folder);
    if (!devices.ok()) return devices.error();
    printing_ = std::make_unique<Printing>(*std::move(devices), mailbox_);
  }
  handle(
      flow::HeldSalesKnown{views_of(HeldSales(book_.folder(), book_.settings().currency).all())});
  handle(flow::SyncChanged{state_without_agent(book_, reader)});
  if (options_.sync == SyncRole::on) {
    agent_ = sync::Agent::start(
        book_, clock_,
        [this] {
          sync_changed_ = true;
          wake_();
        },
        [this] { look_at_news(); }, [this] { return selling_.load(); });
    keep_copies();
    handle(flow::SyncChanged{agent_->state()});
  }
  chores_ = std::make_unique<Chores>(book_, programme_, clock_,
                                     [this](const flow::ChoresDone& done) { mailbox_.post(done); });
  answer_commands();
  return Done{};
}

/// A till without it sells all the same: commands are told that the folder is in use.
void App::answer_commands() {
  auto socket = control::ControlSocket::open(
      book_, {[this] { return selling_.load(); },
              [this](std::string_view what, const std::optional<Error>& trouble) {
                if (trouble)
                  return spdlog::warn("command: {} was refused: {}", what, trouble->code);
                spdlog::info("command: {}", what);
                look_at_news();
                sync_soon();
              }});
  if (!socket) return spdlog::warn("commands: {} ({})", socket.error().code, socket.error().remedy);
  commands_ = *std::move(socket);
}

/// On a thread of the worker's.
LookUp App::look_up() {
  return [this, office = std::make_shared<sync::LookUps>(book_)](const ContactKey& key) {
    if (!online_) return false;
    const auto found = office->ask(key);
    return found.ok() && *found;
  };
}

HoldLine App::holds() {
  const auto office = std::make_shared<sync::Holds>(book_, clock_);
  return {[office](const std::vector<Spending>& spendings) { return office->ask(spendings); },
          [office](const std::vector<ReservationId>& ids) { office->give_back(ids); },
          [this] { return online_.load(); }};
}

/// Another till, head office or a command may have published rules, or taken somebody on; on their
/// thread.
void App::look_at_news() {
  const auto reader = book_.reader();
  if (!reader.ok()) return;
  static_cast<void>(programme_.get(**reader));
  if (auto staff = staff_of(**reader)) mailbox_.post(flow::StaffKnown{*std::move(staff)});
}

/// Head office may have set something else meanwhile.
void App::take_settings() {
  const Settings& present = book_.settings();
  if (&present == settings_ || !flow::may_change_settings(session_)) return;
  settings_ = &present;
  context_ = context_of(present, context_.active, options_);
  spdlog::info("settings of head office are in force");
}

Result<std::vector<StaffMember>> App::staff_of(Reader& reader) const {
  const auto all = all_staff(reader, book_.vault());
  if (!all) return all.error();
  std::vector<StaffMember> staff;
  for (const StaffEntry& each : *all) staff.push_back(each.member);
  return staff;
}

bool App::due_now() const {
  return frames_due_ > 0 || ui_.has_queued_input() || ui_.wants_animation();
}

bool App::at_rest() const {
  const flow::Visit& visit = session_.visit;
  return !due_now() && !visit.pending && visit.asked.empty() && printing_now_ == 0 &&
         mailbox_.empty();
}

/// What the picture shows of the time: the clock's minute, and the countdown's second.
App::Face App::face() const {
  const Instant now = clock_.now();
  Face face{now.ms / 60'000, 0};
  if (session_.visit.idle.gone_at)
    face.seconds_left = (session_.visit.idle.gone_at->ms - now.ms + 999) / 1000;
  return face;
}

/// The earliest of: the next frame, the session's next deadline, the next change of the face,
/// `until`.
Ticks App::next_wake(std::optional<Ticks> until) const {
  const Ticks now = window_.now();
  const Ticks latest = until.value_or(Ticks::max());
  if (due_now()) return std::min(latest, std::max(now, last_frame_ + frame_time));
  const std::int64_t wall = clock_.now().ms;
  std::int64_t wait = 60'000 - wall % 60'000;
  if (const auto gone = session_.visit.idle.gone_at)
    wait = std::min(wait, std::max<std::int64_t>(1, (gone->ms - wall) % 1000));
  if (const auto deadline = flow::next_deadline(session_))
    wait = std::min(wait, std::max<std::int64_t>(0, deadline->ms - wall));
  const Ticks quiet = sound_ ? sound_used_ + sound_stays : Ticks::max();
  return std::min({latest, now + Ticks(wait), quiet});
}

void App::run(std::optional<Ticks> until) {
  while (!stopped() && !(until && window_.now() >= *until)) turn(until);
}

void App::turn(std::optional<Ticks> until) {
  const platform::Polled polled = window_.wait(next_wake(until));
  ++counters_.wakeups;
  if (polled.quit) stop_ = true;
  if (sound_ && window_.now() >= sound_used_ + sound_stays) sound_.reset();
  drain(polled);
  if (!due_now() && face() != drawn_face_) frames_due_ = 1;
  if (due_now() && window_.now() >= last_frame_ + frame_time) draw();
}

void App::drain(const platform::Polled& polled) {
  take_settings();
  if (polled.exposed) frames_due_ = frames_after_event;
  for (const input::Event& event : polled.events) {
    frames_due_ = frames_after_event;
    if (const auto* scan = get_if<input::Scan>(&event)) {
      const auto read = read_by(book_.settings().scanner_layout, scan->text);
      handle(flow::Scan{read.value_or(scan->text)});
      continue;
    }
    // A key that only moves the focus is a sign of life all the same.
    if (holds_alternative<input::KeyPress>(event)) handle(flow::StillHere{});
    ui_.feed(event);
  }
  for (const flow::Event& event : mailbox_.take()) handle(event);
  if (agent_) look_at_sync();
  const auto deadline = flow::next_deadline(session_);
  if (deadline && clock_.now() >= *deadline) handle(flow::Tick{});
}

void App::handle(const flow::Event& event) {
  note(event);
  if (holds_alternative<flow::Printed>(event)) --printing_now_;
  assert(printing_now_ >= 0);  // what was asked of the printer is answered once
  if (const auto* changed = get_if<flow::ProgrammeChanged>(&event)) {
    assert(changed->programme != nullptr);
    context_.active = changed->programme;
  }
  const flow::Session before = session_;
  flow::Step step = flow::reduce(std::move(session_), event, context_, clock_.local_now());
  session_ = std::move(step.session);
  selling_ = session_.till.selling();
  if (session_ != before) frames_due_ = frames_after_event;
  if (screens::is_another_step(before, session_)) ui_.hold_touches();
  if (screens::is_another_screen(before, session_)) {
    ui_.start_fade();
    ui_.drop_focus();
  }
  for (const flow::Effect& effect : step.effects) perform(effect);
  if (session_.visit.asked != before.visit.asked) drop_forgotten();
}

/// Reads whose screen has gone are not worth the disk's time.
void App::drop_forgotten() {
  if (!worker_) return;
  std::vector<flow::Ticket> awaited;
  for (const flow::Asked& each : session_.visit.asked) awaited.push_back(each.ticket);
  worker_->keep_only(awaited);
}

void App::perform(const flow::Effect& effect) {
  visit(Overloaded{
            [&](const flow::Print& print) {
              if (!printing_) return;
              ++printing_now_;
              printing_->ask(print);
            },
            [&](const flow::OpenDrawer&) {
              if (printing_) printing_->open_drawer();
            },
            [&](const flow::Sync&) { sync_soon(); },
            [&](const flow::Play& sound) { play(sound.sound); },
            [&](const auto& question) {
              assert(worker_ != nullptr);  // nothing that happens before it is there asks anything
              worker_->ask(flow::Question(question));
            },
        },
        effect);
}

platform::Sound& App::sound() {
  sound_used_ = window_.now();
  if (!sound_) sound_.emplace();
  return *sound_;
}

void App::play(flow::Sound what) {
  switch (what) {
    case flow::Sound::click:
      return;  // given with the press, one frame after the finger landed (draw)
    case flow::Sound::scan_ok:
      return sound().click();
    case flow::Sound::good:
      return sound().done();
    case flow::Sound::error:
      return sound().error();
  }
}

ui::Frame App::frame() const {
  return {window_.width_px(),
          window_.height_px(),
          window_.px_per_mm(),
          window_.now(),
          screens::audience_of(session_),
          screens::look_of(session_, context_)};
}

const Locale& App::locale() {
  const Language language = flow::language_of(session_.visit, context_);
  std::optional<Locale>& locale = locales_[static_cast<std::size_t>(language)];
  if (!locale) locale = Locale::make(language, context_.country, options_.locale_folder);
  return *locale;
}

/// Draws the session into the back buffer; what was activated on it comes back.
std::optional<flow::Touch> App::lay_out() {
  window_.clear(0, 0, 0);
  ui_.begin(frame(), locale());
  std::optional<flow::Touch> touch = screens::draw(ui_, session_, context_, clock_.local_now());
  ui_.end();
  ui_.paint();
  ++counters_.frames;
  drawn_face_ = face();
  last_frame_ = window_.now();
  return touch;
}

/// A display that stays black says why in the log.
void App::tell_graphics_errors() {
  for (const auto& error : {ui_.take_error(), window_.take_error()})
    if (error) spdlog::error("{}: {} ({})", error->code, error->what, error->where);
}

void App::draw() {
  if (frames_due_ > 0) --frames_due_;
  const std::optional<flow::Touch> touch = lay_out();
  // Letters that are still being made come with one of the next frames; until then the display
  // keeps what it shows, and the loop goes on.
  if (ui_.complete())
    window_.present();
  else
    frames_due_ = std::max(frames_due_, 1);
  tell_graphics_errors();
  const ui::Ui::Touched touched = ui_.take_touched();
  if (touched == ui::Ui::Touched::widget) sound().click();
  if (touch)
    handle(flow::event_of(*touch));
  else if (touched == ui::Ui::Touched::ground)
    handle(flow::StillHere{});
}

platform::Window::Picture App::picture() {
  for (;;) {
    const std::optional<flow::Touch> touch = lay_out();
    const bool complete = ui_.complete();
    platform::Window::Picture picture;
    if (complete) {
      picture = window_.read_back();
      window_.present();
    }
    if (touch) handle(flow::event_of(*touch));
    if (complete) return picture;
    ui_.wait_for_glyphs();
  }
}

Result<std::unique_ptr<App>> App::make(Book& book, const Clock& clock, platform::Window& window,
                                       const AppOptions& options) {
  auto reader = book.reader();
  if (!reader.ok()) return reader.error();
  ui::Ui::Options drawing;
  drawing.glyphs_ready = window.waker();
  auto ui = ui::Ui::make(drawing);
  if (!ui.ok()) return ui.error();
  std::unique_ptr<App> app(new App(book, clock, window, *std::move(ui), options));
  if (auto started = app->start(**reader); !started.ok()) return started.error();
  return app;
}

}  // namespace keepsake::app
