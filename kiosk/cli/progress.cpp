#include "kiosk/cli/progress.hpp"

#include <algorithm>
#include <utility>

namespace keepsake::cli {
namespace {

constexpr std::size_t bar_width = 40;
constexpr std::size_t label_width = 20;
constexpr std::chrono::milliseconds between_draws{100};

}  // namespace

std::string progress_line(std::string_view label, std::uint64_t done, std::uint64_t total) {
  done = std::min(done, total);
  const auto share = [&](std::uint64_t whole) {
    if (total == 0) return whole;
    return static_cast<std::uint64_t>(static_cast<long double>(whole) *
                                      static_cast<long double>(done) /
                                      static_cast<long double>(total));
  };
  const auto filled = static_cast<std::size_t>(share(bar_width));
  const std::string percent = std::to_string(share(100));
  std::string line(label.substr(0, label_width));
  line.append(label_width - line.size(), ' ');
  line.append(" [").append(filled, '#').append(bar_width - filled, '.').append("] ");
  return line.append(3 - percent.size(), ' ').append(percent).append(" %");
}

Progress::Progress(std::ostream& out, Shown shown, std::string label)
    : out_(out), shown_(shown), label_(std::move(label)) {}

Progress::~Progress() { finish(); }

void Progress::finish() {
  if (drawn_once_) out_ << "\r\x1B[K" << std::flush;
  drawn_once_ = false;
}

void Progress::update(std::uint64_t done, std::uint64_t total) {
  if (shown_ == Shown::no) return;
  const auto now = std::chrono::steady_clock::now();
  if (drawn_once_ && now - drawn_ < between_draws) return;
  drawn_ = now;
  drawn_once_ = true;
  out_ << '\r' << progress_line(label_, done, total) << "\x1B[K" << std::flush;
}

}  // namespace keepsake::cli
