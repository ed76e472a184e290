// A holder that ends in the middle: what the journal says is what the command is told.
#include "kiosk/control/running_book.hpp"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <thread>

#include "kiosk/control/messages.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/every_fact.hpp"
#include "storage/journal/journal.hpp"
#include "tests/kiosk/control/till_folder.hpp"

using namespace keepsake;
using namespace keepsake::control;
using namespace std::chrono_literals;

namespace {

enum class Dies { before_recording, after_recording };

/// Welcomes one command, takes one request, and is gone without an answer.
class DyingHolder {
 public:
  DyingHolder(test::TillFolder& shop, Dies when)
      : listener_(*listen_in(shop.folder)), thread_([this, &shop, when] { run(shop, when); }) {}
  ~DyingHolder() { thread_.join(); }
  DyingHolder(const DyingHolder&) = delete;
  DyingHolder& operator=(const DyingHolder&) = delete;

 private:
  void run(test::TillFolder& shop, Dies when) {
    int descriptor = -1;
    while (descriptor < 0) descriptor = ::accept(listener_->number(), nullptr, nullptr);
    Channel channel(descriptor);
    CHECK(channel.receive(patience(10s)).ok());
    CHECK(channel.send(answer_of(Result<Done>(Done{})), patience(10s)).ok());
    const auto message = channel.receive(patience(10s));
    REQUIRE(message.ok());
    if (when == Dies::before_recording) return;
    const auto request = request_in(*message);
    REQUIRE(request.ok());
    // Another's stands before and behind it.
    CHECK(shop.book->record(CatalogueChange{{}, {"BULB"}}).ok());
    if (const auto* record = std::get_if<RecordAsked>(&*request))
      CHECK(shop.book->record_import(record->facts, record->marks).ok());
    CHECK(shop.book->record(CatalogueChange{{}, {"BULB"}}).ok());
  }

  std::unique_ptr<Descriptor> listener_;
  std::thread thread_;
};

Seq head_of(Book& book) { return (*(*book.reader())->head()).seq; }

}  // namespace

TEST_CASE("a holder that ends after recording has recorded: the command hears its ids") {
  const test::FakeClock clock;
  test::TillFolder shop(clock);
  const Seq before = head_of(*shop.book);
  const std::vector<Fact> facts{CatalogueChange{{}, {"BULB"}}, CatalogueChange{{}, {"APPLE"}}};
  Result<std::vector<FactId>> ids = std::vector<FactId>{};
  {
    const DyingHolder holder(shop, Dies::after_recording);
    const auto book = open_running(shop.folder, clock);
    REQUIRE(book.ok());
    ids = (*book)->record_all(facts);
  }
  REQUIRE_MESSAGE(ids.ok(), (ids.ok() ? std::string() : to_line(ids.error())));
  REQUIRE(ids->size() == 2);
  CHECK(ids->front().seq() == before + 2);
  CHECK(ids->back().seq() == before + 3);
}

TEST_CASE("a holder that ends before recording has not, and the command says so") {
  const test::FakeClock clock;
  test::TillFolder shop(clock);
  const Seq before = head_of(*shop.book);
  Result<FactId> id = FactId{};
  {
    const DyingHolder holder(shop, Dies::before_recording);
    const auto book = open_running(shop.folder, clock);
    REQUIRE(book.ok());
    id = (*book)->record(CatalogueChange{{}, {"BULB"}});
  }
  REQUIRE_FALSE(id.ok());
  CHECK(id.error().code == "control.lost");
  CHECK(head_of(*shop.book) == before);
}

TEST_CASE("what is no record may be asked again when the holder ends in the middle") {
  const test::FakeClock clock;
  test::TillFolder shop(clock);
  const DyingHolder holder(shop, Dies::before_recording);
  const auto book = open_running(shop.folder, clock);
  REQUIRE(book.ok());
  const auto kept = (*book)->run_retention(clock.now(), Authority::person);
  REQUIRE_FALSE(kept.ok());
  CHECK(kept.error().code == "control.lost");
  CHECK(kept.error().remedy.find("not done twice") != std::string::npos);
}
