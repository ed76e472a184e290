#pragma once
// Head office without sockets and threads: a real Centre, and what its router does with a request,
// on the spot. Its folder is a machine of the crash disk.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "storage/domain/fact.hpp"
#include "sync/agent/transport.hpp"
#include "sync/central/centre.hpp"
#include "sync/wire/endpoints.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/world/chance.hpp"

namespace keepsake::world {

class Office {
 public:
  Office(std::filesystem::path folder, const test::FakeClock& clock)
      : folder_(std::move(folder)), clock_(clock) {}

  Result<Done> open();
  void close() { centre_.reset(); }
  const std::filesystem::path& folder() const { return folder_; }
  const test::FakeClock& clock() const { return clock_; }
  sync::central::Centre& centre() { return *centre_; }
  /// Failure also while it is closed.
  Result<std::unique_ptr<Database>> records() const { return sync::central::open_records(folder_); }

  bool busy_at_times = false;  ///< then it answers before it applies what it took
  /// The answer to what a terminal sends, with all that follows from it at head office.
  sync::HttpAnswer serve(const sync::HttpRequest& request);

  // As its people and its daily rounds do. Failure as the centre's.
  Result<Done> publish(const std::string& what, const std::vector<Fact>& facts,
                       const std::string& store = {});
  Result<Done> daily_round();
  Result<Done> back_up(const std::filesystem::path& file);
  /// Put back and opened again.
  Result<Done> restore(const std::filesystem::path& file);

 private:
  struct Answered;
  Answered dispatch(const sync::TerminalPath& path, const std::string& body);
  Answered feed(const sync::TerminalPath& path);
  void follow_up();
  void apply();
  void share_out();
  Result<Done> let_leave();
  Result<Done> release();

  std::filesystem::path folder_;
  const test::FakeClock& clock_;
  std::unique_ptr<sync::central::Centre> centre_;
  Chance chance_{1};
};

}  // namespace keepsake::world
