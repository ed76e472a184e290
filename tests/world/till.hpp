#pragma once
// One till of a world: a real Book in a folder that is a machine of the crash disk, with a clock of
// its own, and what its agent does, on the spot.

#include <filesystem>
#include <memory>
#include <string>

#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/views/sync_state.hpp"
#include "sync/agent/office_line.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/world/line.hpp"

namespace keepsake::world {

class Till {
 public:
  Till(std::filesystem::path folder, std::string store, Network& network)
      : folder_(std::move(folder)), store_(std::move(store)), network_(network) {}

  /// Makes the folder's book.
  Result<Done> create();
  Result<Done> open();
  void close();
  Book& book() { return *book_; }
  bool is_open() const { return book_ != nullptr; }
  Reader& reader();
  const std::filesystem::path& folder() const { return folder_; }
  const std::string& store() const { return store_; }

  /// With a code that somebody at head office has made, the same way as `keepsake enrol`.
  enum class Answer { comes, is_lost };
  Result<Done> enrol(Answer answered = Answer::comes);
  sync::OfficeLine line() const;
  /// Sends what there is, until the engine wants to wait or stops. Where it stands then; nullopt: it
  /// could not begin.
  std::optional<SyncState> push();
  /// One page. Failure as Puller::pull.
  Result<bool> pull();
  /// push() and all pages. Whether nothing went wrong.
  bool sync();

  test::FakeClock clock;

 private:
  std::filesystem::path folder_;
  std::string store_;
  Network& network_;
  std::unique_ptr<Book> book_;
  std::unique_ptr<Reader> reader_;
};

}  // namespace keepsake::world
