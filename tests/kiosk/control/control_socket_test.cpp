#include "kiosk/control/control_socket.hpp"

#include <atomic>
#include <doctest/doctest.h>
#include <fstream>
#include <sys/socket.h>
#include <sys/stat.h>

#include "kiosk/control/running_book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/every_fact.hpp"
#include "storage/engine/version.hpp"
#include "storage/journal/journal.hpp"
#include "tests/kiosk/control/till_folder.hpp"

using namespace keepsake;
using namespace keepsake::control;
using namespace std::chrono_literals;

namespace {

Fact without(const std::string& article) { return CatalogueChange{{}, {article}}; }
/// A till that holds its book and answers commands.
struct Holder {
  test::FakeClock clock;
  test::TillFolder shop{clock};
  std::atomic<bool> selling = false;
  std::atomic<int> done = 0;
  std::unique_ptr<ControlSocket> socket;

  explicit Holder(std::chrono::milliseconds to_arrive = 10s) { answer(to_arrive); }
  void answer(std::chrono::milliseconds to_arrive = 10s) {
    auto opened = ControlSocket::open(
        *shop.book, {[this] { return selling.load(); },
                     [this](std::string_view, const std::optional<Error>& trouble) {
                       if (!trouble) ++done;
                     },
                     to_arrive});
    REQUIRE(opened.ok());
    socket = std::move(*opened);
  }
  std::unique_ptr<Book> running(std::function<void()> waits = {}) {
    auto book = open_running(shop.folder, clock, std::move(waits));
    REQUIRE_MESSAGE(book.ok(), (book.ok() ? std::string() : to_line(book.error())));
    return std::move(*book);
  }
  Seq head() const { return (*(*shop.book->reader())->head()).seq; }
  /// Until `what` holds.
  static bool soon(const std::function<bool()>& what) {
    for (int tries = 0; tries < 1000; ++tries) {
      if (what()) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  }
};

std::unique_ptr<Channel> connected(const std::filesystem::path& folder) {
  auto channel = Channel::to_holder(folder);
  REQUIRE(channel.ok());
  return std::move(*channel);
}

Result<Done> greeted(Channel& channel, std::string version) {
  REQUIRE(channel.send(*to_message(Hello{std::move(version)}), patience(5s)).ok());
  const auto answer = channel.receive(patience(5s));
  REQUIRE(answer.ok());
  return done_in(*answer);
}

/// What `message` is on the wire.
std::string bytes_of(const Message& message) {
  std::string bytes;
  for (const std::size_t size : {message.head.size(), message.body.size()})
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(size >> shift & 0xff);
  return bytes + message.head + message.body;
}

}  // namespace

TEST_CASE("what a command records is in the holder's journal when the call returns") {
  Holder till;
  const Seq before = till.head();
  const auto book = till.running();
  const auto id = book->record(without("BULB"));
  REQUIRE(id.ok());
  CHECK(till.head() == before + 1);
  CHECK(id->seq() == before + 1);
  const auto ids = book->record_all(std::vector<Fact>{without("BULB"), without("APPLE")});
  REQUIRE(ids.ok());
  CHECK(ids->size() == 2);
  CHECK(till.head() == before + 3);
  CHECK(book->record_all({}).ok());
  CHECK(till.done == 3);
  // And what it reads is what the holder wrote.
  REQUIRE(till.shop.book->record(without("KOK17")).ok());
  CHECK((*(*book->reader())->head()).seq == before + 4);
  CHECK(till.shop.book->confirm_clock().ok());
  CHECK(book->confirm_clock().ok());
  CHECK(book->checkpoint().ok());
  CHECK(book->run_retention(till.clock.now(), Authority::person).ok());
}

TEST_CASE("what the holder refuses is refused with its own words, and all of it") {
  Holder till;
  const Seq before = till.head();
  const auto book = till.running();
  const std::vector<Fact> facts{without("BULB"), without(std::string(100000, 'x'))};
  const auto there = till.shop.book->record_all(facts);
  const auto here = book->record_all(facts);
  REQUIRE_FALSE(there.ok());
  REQUIRE_FALSE(here.ok());
  CHECK(here.error() == there.error());
  // As well where only the book can know.
  GiftCardChange unknown;
  unknown.card = "KC-404404";
  const Fact change = unknown;
  CHECK(book->record(change).error() == till.shop.book->record(change).error());
  CHECK(till.head() == before);
  CHECK(till.done == 0);
  CHECK(book->erase(CustomerRef{{1}}, "request", "shell:anna").ok() ==
        till.shop.book->erase(CustomerRef{{1}}, "request", "shell:anna").ok());
  CHECK(book->set_enrolment({}).error().code == "book.alone");
}

TEST_CASE("the socket is its owner's alone, replaces one that was left, and goes with the holder") {
  Holder till;
  const auto file = socket_file(till.shop.folder);
  struct stat facts {};
  REQUIRE(::stat(file.c_str(), &facts) == 0);
  CHECK(S_ISSOCK(facts.st_mode));
  CHECK((facts.st_mode & 0777) == 0600);
  till.socket.reset();
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK(open_running(till.shop.folder, till.clock).error().code == "control.none");
  // As after kill -9: a socket that nobody listens at, or whatever else stands there.
  { const auto left = listen_in(till.shop.folder); }
  REQUIRE(std::filesystem::exists(file));
  CHECK(open_running(till.shop.folder, till.clock).error().code == "control.none");
  till.answer();
  CHECK(till.running()->confirm_clock().ok());
}

TEST_CASE("a folder with a name longer than a socket's may be has a socket all the same") {
  const test::FakeClock clock;
  const test::TillFolder shop(clock);
  const auto deep = shop.folder / std::string(120, 'd');
  std::filesystem::create_directory(deep);
  const auto listener = listen_in(deep);
  REQUIRE(listener.ok());
  CHECK(std::filesystem::is_socket(socket_file(deep)));
  CHECK(Channel::to_holder(deep).ok());
}

TEST_CASE("a command of another version is told so and gets nothing done") {
  Holder till;
  const Seq before = till.head();
  const auto old = connected(till.shop.folder);
  const auto refused = greeted(*old, "0.0.1");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "control.version");
  CHECK(refused.error().where.find("0.0.1") != std::string::npos);
  const auto silent = connected(till.shop.folder);  // one that does not say what it is
  for (Channel* asking : {old.get(), silent.get()}) {
    REQUIRE(asking->send(*to_message(RecordAsked{{without("BULB")}, {}}), patience(5s)).ok());
    const auto answer = asking->receive(patience(5s));
    REQUIRE(answer.ok());
    CHECK(done_in(*answer).error().code == "control.version");
  }
  CHECK(till.head() == before);
}

TEST_CASE("what is no message is answered, and the next command is served") {
  Holder till;
  {
    const auto other = connected(till.shop.folder);
    const std::string page = "GET / HTTP/1.1\r\nHost: till\r\n\r\n";
    REQUIRE(::send(other->number(), page.data(), page.size(), MSG_NOSIGNAL) > 0);
    const auto answer = other->receive(patience(5s));
    REQUIRE(answer.ok());
    CHECK(done_in(*answer).error().code == "control.syntax");
    CHECK(other->receive(patience(5s)).error().code == "control.ended");
  }
  const auto channel = connected(till.shop.folder);
  REQUIRE(channel->send({R"({"do":"nothing that is known"})", {}}, patience(5s)).ok());
  CHECK(done_in(*channel->receive(patience(5s))).error().code == "control.syntax");
  CHECK(greeted(*channel, std::string(version())).ok());  // it may go on
  CHECK(till.running()->confirm_clock().ok());
}

TEST_CASE(
    "a request cut at any byte records nothing; a whole one is recorded though nobody waits") {
  Holder till;
  const Seq before = till.head();
  const std::string bytes = bytes_of(*to_message(RecordAsked{{without("BULB")}, {}}));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto channel = connected(till.shop.folder);
    REQUIRE(greeted(*channel, std::string(version())).ok());
    if (size > 0)
      REQUIRE(::send(channel->number(), bytes.data(), size, MSG_NOSIGNAL) ==
              static_cast<ssize_t>(size));
  }
  CHECK(till.running()->confirm_clock().ok());  // all of them have been seen to
  CHECK(till.head() == before);
  {
    const auto channel = connected(till.shop.folder);
    REQUIRE(greeted(*channel, std::string(version())).ok());
    REQUIRE(::send(channel->number(), bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0);
  }
  CHECK(Holder::soon([&] { return till.head() == before + 1; }));
  CHECK(till.running()->confirm_clock().ok());
}

TEST_CASE("a command that hangs in the middle of asking keeps others waiting for a moment only") {
  Holder till(50ms);
  const auto hanging = connected(till.shop.folder);
  REQUIRE(::send(hanging->number(), "\0\0", 2, MSG_NOSIGNAL) == 2);
  CHECK(till.running()->record(without("BULB")).ok());
  CHECK(hanging->ended());
}

TEST_CASE("the holder closes at once though somebody is in the middle of asking") {
  Holder till;
  const auto half = connected(till.shop.folder);
  REQUIRE(::send(half->number(), "\0\0", 2, MSG_NOSIGNAL) == 2);
  std::this_thread::sleep_for(200ms);  // it waits for the rest
  const auto begun = std::chrono::steady_clock::now();
  till.socket.reset();
  CHECK(std::chrono::steady_clock::now() - begun < 5s);
}

TEST_CASE("the holder closes at once, whoever is connected or does not read") {
  Holder till;
  const auto idle = till.running();
  const auto deaf = connected(till.shop.folder);
  REQUIRE(greeted(*deaf, std::string(version())).ok());
  const std::string bytes = bytes_of(*to_message(ClockConfirmed{}));
  for (int each = 0; each < 5000; ++each)
    if (::send(deaf->number(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT) < 0) break;
  const auto begun = std::chrono::steady_clock::now();
  till.socket.reset();
  CHECK(std::chrono::steady_clock::now() - begun < 5s);
  const auto after = idle->record(without("BULB"));
  REQUIRE_FALSE(after.ok());
  CHECK(after.error().code == "control.lost");
  CHECK(idle->confirm_clock().error().code == "control.lost");
}

TEST_CASE("prices wait for the end of a sale, everything else does not") {
  Holder till;
  const Seq before = till.head();
  till.selling = true;
  std::atomic<int> told = 0;
  const auto other = till.running();
  CHECK(other->confirm_clock().ok());
  std::atomic<bool> ended = false;
  std::thread waiting([&] {
    const auto id = till.running([&] { ++told; })->record(without("BULB"));
    CHECK(id.ok());
    ended = true;
  });
  CHECK(Holder::soon([&] { return told == 1; }));
  CHECK(other->confirm_clock().ok());  // others are served meanwhile
  CHECK(till.head() == before);
  CHECK_FALSE(ended);
  till.selling = false;
  waiting.join();
  CHECK(till.head() == before + 1);
  CHECK(told == 1);
}

TEST_CASE("who gives up while a sale is under way has recorded nothing") {
  Holder till;
  const Seq before = till.head();
  till.selling = true;
  {
    const auto channel = connected(till.shop.folder);
    REQUIRE(greeted(*channel, std::string(version())).ok());
    REQUIRE(channel->send(*to_message(RecordAsked{{without("BULB")}, {}}), patience(5s)).ok());
    const auto answer = channel->receive(patience(5s));
    REQUIRE(answer.ok());
    CHECK(is_not_yet(*answer));
  }
  till.selling = false;
  std::this_thread::sleep_for(400ms);  // it has looked again
  CHECK(till.running()->confirm_clock().ok());
  CHECK(till.head() == before);
}

TEST_CASE(
    "a holder that closes while a command waits for the sale says that nothing was recorded") {
  Holder till;
  const Seq before = till.head();
  till.selling = true;
  std::atomic<bool> waits = false;
  Result<FactId> id = FactId{};
  std::thread waiting([&] { id = till.running([&] { waits = true; })->record(without("BULB")); });
  CHECK(Holder::soon([&] { return waits.load(); }));
  till.socket.reset();
  waiting.join();
  REQUIRE_FALSE(id.ok());
  CHECK(id.error().code == "control.closing");
  CHECK(till.head() == before);
}

TEST_CASE("many commands at once are served one after the other, and each is recorded once") {
  Holder till;
  const Seq before = till.head();
  std::vector<std::thread> commands;
  for (int each = 0; each < 8; ++each) {
    commands.emplace_back([&, each] {
      const auto book = till.running();
      for (int fact = 0; fact < 10; ++fact)
        CHECK(book->record(without("A" + std::to_string(each) + "-" + std::to_string(fact))).ok());
    });
  }
  for (std::thread& each : commands) each.join();
  CHECK(till.head() == before + 80);
}
