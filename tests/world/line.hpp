#pragma once
// The line between a till and head office: the same bytes as over TLS, lost, doubled, late or cut as
// chance has it.

#include <functional>
#include <string>
#include <vector>

#include "sync/agent/transport.hpp"
#include "tests/support/crash_vfs.hpp"
#include "tests/world/chance.hpp"
#include "tests/world/office.hpp"

namespace keepsake::world {

/// Per thousand.
struct LineFaults {
  int request_lost = 60;
  int answer_lost = 60;
  int doubled = 60;     ///< the request arrives twice; the answer is the second's
  int late = 40;        ///< it arrives after others have, and nobody waits for the answer
  int page_again = 60;  ///< an answer to an earlier pull comes in place of this one's
  int cut = 30;         ///< the answer ends anywhere
  /// A bit of a batch is another: TLS would see it, a file on a stick would not (sync/carry).
  int flipped = 20;
  static LineFaults none() { return {0, 0, 0, 0, 0, 0, 0}; }
};

/// What all lines of a world share.
struct Network {
  Office& office;
  const test::CrashDisk& disk;
  LineFaults faults{};
  Chance chance{0};  ///< anew with each step
  std::vector<sync::HttpRequest> late{};
  std::vector<sync::HttpAnswer> pages{};  ///< a few that went by

  Result<sync::HttpAnswer> exchange(const sync::HttpRequest& request);
  /// What is on its way since earlier steps arrives, or some of it.
  void deliver_late();

 private:
  sync::HttpRequest flipped(sync::HttpRequest request);
};

class Line : public sync::Transport {
 public:
  explicit Line(Network& network) : network_(network) {}
  Result<sync::HttpAnswer> exchange(const sync::HttpRequest& request) override {
    return network_.exchange(request);
  }
  void abort() noexcept override {}

 private:
  Network& network_;
};

}  // namespace keepsake::world
