#include "kiosk/app/process.hpp"

#include <csignal>
#include <pthread.h>
#include <utility>

namespace keepsake::app {
namespace {

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGHUP);
  return set;
}

}  // namespace

void block_stop_signals() {
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

StopSignals::StopSignals(std::function<void()> asked) {
  thread_ = std::thread([this, asked = std::move(asked)] {
    const sigset_t set = stop_signals();
    int signal = 0;
    if (sigwait(&set, &signal) == 0 && !over_) asked();
  });
}

StopSignals::~StopSignals() {
  over_ = true;
  pthread_kill(thread_.native_handle(), SIGTERM);  // to that thread alone, which only waits for it
  thread_.join();
}

}  // namespace keepsake::app
