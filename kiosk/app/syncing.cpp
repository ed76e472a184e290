// The till's line to head office and its copies at other tills, as the screens see them.

#include <spdlog/spdlog.h>

#include "kiosk/app/app.hpp"

namespace keepsake::app {

/// A till without it sells and sends all the same.
void App::keep_copies() {
  auto started = sync::mirror::Mirror::start(book_, clock_,
                                             {[this] {
                                                sync_changed_ = true;
                                                wake_();
                                              },
                                              [this] {
                                                answered_elsewhere_ = true;
                                                sync_changed_ = true;
                                                wake_();
                                              }});
  if (!started)
    return spdlog::warn("copies at other tills: {} ({})", started.error().code,
                        started.error().where);
  mirror_ = *std::move(started);
}

/// There is something new to send, or a person wants it sent.
void App::sync_soon() {
  if (agent_) agent_->nudge();
  if (mirror_) mirror_->recorded();
}

void App::look_at_sync() {
  if (!sync_changed_.exchange(false)) return;
  // The agent looks again at how much is acknowledged.
  if (answered_elsewhere_.exchange(false)) agent_->nudge();
  SyncState state = agent_->state();
  const bool online = state.link == LinkState::online;
  const bool was_online = online_.exchange(online);
  if (mirror_) {
    if (online && !was_online) mirror_->line_is_up();
    state.mirror = mirror_->state();
  }
  if (state != session_.device.sync) handle(flow::SyncChanged{std::move(state)});
}

}  // namespace keepsake::app
