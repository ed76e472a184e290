// Copies between tills over TLS, with everything in the way: strangers, lines that break at any byte,
// neighbours that die or hang.

#include <algorithm>
#include <doctest/doctest.h>

#include "sync/mirror/mirror_door.hpp"
#include "sync/pki/pki.hpp"
#include "sync/wire/signing.hpp"
#include "tests/support/process.hpp"
#include "tests/sync/neighbours.hpp"

namespace keepsake::sync::test {

namespace {

using namespace std::chrono_literals;

/// A till that listens without threads of its own for head office, so that a test has it alone.
struct OpenDoor {
  explicit OpenDoor(NeighbourTill& till) : file(*mirror::MirrorFile::open(till.data())) {
    till.learn(*file);
    door = std::make_unique<mirror::MirrorDoor>(*file, till.enrolment, till.machine, [] {});
    const TlsIdentity tls = *load_identity(till.data(), till.enrolment);
    auto started = SimpleServer::start(*door, mirror::door_options({"127.0.0.1", 0}),
                                       {tls.certificate_pem, tls.key_pem, tls.ca_pem});
    REQUIRE_MESSAGE(started.ok(), (started.ok() ? "" : to_line(started.error())));
    server = std::move(*started);
    proxy = FaultProxy::start(server->port());
  }
  Seq kept(const NeighbourTill& whose) {
    const auto answer = file->take(whose.identity(), {}, 0, {1});
    return answer.ok() ? answer->held.seq : 0;
  }
  std::int64_t records() {
    std::int64_t sum = 0;
    const auto state = file->state();
    for (const KeptForTill& each : state->kept) sum += each.records;
    return sum;
  }

  std::unique_ptr<mirror::MirrorFile> file;
  std::unique_ptr<mirror::MirrorDoor> door;
  std::unique_ptr<SimpleServer> server;
  std::unique_ptr<FaultProxy> proxy;
};

std::string answered(const Result<HttpAnswer>& answer) {
  if (!answer) return answer.error().code;
  const auto problem = decode_problem(answer->body);
  return std::to_string(answer->status) + (problem ? " " + problem->code : "");
}

/// What somebody with this identity gets from the door.
std::string knocked(OpenDoor& open, const TlsIdentity& as) {
  HttpsTransport transport("https://127.0.0.1:" + std::to_string(open.server->port()), as);
  return answered(transport.exchange({"POST", std::string(mirror_path), encode(MirrorRequest{}),
                                      std::string(binary_type), Compression::none}));
}

}  // namespace

TEST_CASE("mirror: strangers get nothing") {
  HeadOffice office;
  NeighbourTill keeper(office), friendly(office), foreign(office, "Nordnes");
  OpenDoor open(keeper);
  const auto as = [&](const NeighbourTill& till) {
    TlsIdentity tls = *load_identity(till.data(), till.enrolment);
    tls.neighbour = keeper.identity();
    return tls;
  };
  const std::string taken = knocked(open, as(friendly));
  CHECK(taken.starts_with("200"));
  CHECK(knocked(open, as(foreign)) == "403 neighbour.unknown");

  TlsIdentity nobody = as(friendly);
  nobody.certificate_pem.clear();
  nobody.key_pem.clear();
  CHECK(knocked(open, nobody).starts_with("link."));

  // Of an authority of their own, in the friendly one's name.
  const auto now = machine_now();
  const auto authority = pki::make_authority("Keepsake centre", now);
  const auto key = pki::make_key();
  const auto certificate = pki::issue_client(
      *authority, *pki::make_request(*key, "x"),
      pki::terminal_name(friendly.enrolment.terminal, friendly.enrolment.epoch), now);
  TlsIdentity forger = as(friendly);
  forger.certificate_pem = *certificate;
  forger.key_pem = *key;
  CHECK(knocked(open, forger).starts_with("link."));

  office.revoke(friendly.enrolment.terminal);
  CHECK(knocked(open, as(friendly)) == taken);  // nobody has told the keeper
  keeper.learn(*open.file);
  CHECK(knocked(open, as(friendly)) == "403 neighbour.unknown");
  // The one that was shut out forgets its neighbours as soon as it hears of it.
  const auto file = *mirror::MirrorFile::open(friendly.data());
  REQUIRE(file->put_neighbours({{keeper.identity(), 1, {"127.0.0.1:1"}}}).ok());
  const auto line = open_line(*friendly.book);
  CHECK_FALSE(mirror::ask_for_neighbours(*line->transport, friendly.enrolment, *file, {}).ok());
  CHECK(file->neighbours()->empty());
}

TEST_CASE("mirror: nothing is given to anybody but the neighbour") {
  HeadOffice office;
  NeighbourTill keeper(office), other(office), giving(office);
  OpenDoor open(other);
  giving.sell(1);
  const auto told = [&](const TerminalIdentity& expected, int port) {
    const auto line = giving.line_to(expected, port);
    const auto done = giving.copy(*line);
    return done.ok() ? std::string("given") : done.error().code;
  };
  const int port = open.server->port();
  // Another till of the store listens at that address.
  CHECK(told(keeper.identity(), port) == "link.certificate");
  CHECK(told({other.identity().terminal, {7}}, port) == "link.certificate");
  // Head office's own server is no till.
  CHECK(told(other.identity(), office.line().port()) == "link.certificate");
  CHECK(open.records() == 0);
  CHECK(told(other.identity(), port) == "given");
  CHECK(open.kept(giving) == 1);
  // And a till is no head office.
  TlsIdentity tls = *load_identity(giving.data(), giving.enrolment);
  HttpsTransport transport("https://127.0.0.1:" + std::to_string(port), tls);
  CHECK(answered(transport.exchange({"GET", "/v1/health", {}, {}, Compression::none})) ==
        "link.certificate");
}

TEST_CASE("mirror: a line that breaks at any byte, either way, keeps each record once") {
  HeadOffice office;
  NeighbourTill keeper(office), giving(office);
  OpenDoor open(keeper);
  int broken = 0;
  Seq sold = 0;
  for (const auto kind : {LineFault::Kind::cut_request, LineFault::Kind::lose_answer}) {
    for (std::size_t bytes = 100; bytes < 3600; bytes += 123) {
      giving.sell(12);
      sold += 12;
      const auto line = giving.line_to(keeper.identity(), open.proxy->port());
      open.proxy->set({kind, bytes, {}});
      std::jthread mending([&] {
        // An answer that is lost hangs until somebody gives up.
        if (kind != LineFault::Kind::lose_answer) return;
        std::this_thread::sleep_for(60ms);
        open.proxy->set({});
      });
      if (!giving.copy(*line)) ++broken;
      mending = {};
      open.proxy->set({});
      const auto done = giving.copy(*line);
      REQUIRE_MESSAGE(done.ok(), (done.ok() ? "" : to_line(done.error())));
      CHECK(done->held == sold);
      CHECK(open.records() == sold);
    }
  }
  CHECK(broken > 20);
  const auto line = open_line(*keeper.book);
  const auto handed =
      mirror::hand_in_all(*line->transport, keeper.enrolment, *open.file, keeper.machine);
  REQUIRE_MESSAGE(handed.ok(), (handed.ok() ? "" : to_line(handed.error())));
  CHECK(handed->refused == 0);
  CHECK(office.store().purchases == sold);
  CHECK(office.store().facts == sold);
  CHECK(open.records() == 0);
}

TEST_CASE("mirror: handing in over a line that breaks at any byte counts each record once") {
  HeadOffice office;
  NeighbourTill keeper(office), giving(office);
  OpenDoor open(keeper);
  std::int64_t sold = 0;
  int broken = 0;
  for (const auto kind : {LineFault::Kind::cut_request, LineFault::Kind::lose_answer}) {
    for (std::size_t bytes = 150; bytes < 3600; bytes += 311) {
      giving.sell(12);
      sold += 12;
      {
        const auto line = giving.line_to(keeper.identity(), open.server->port());
        REQUIRE(giving.copy(*line).ok());
      }
      const auto over = open_line(*keeper.book, {2'000ms, 5'000ms});
      keeper.line->set({kind, bytes, {}});
      std::jthread mending([&] {
        if (kind != LineFault::Kind::lose_answer) return;
        std::this_thread::sleep_for(80ms);
        keeper.line->set({});
      });
      const auto hand_in = [&] {
        return mirror::hand_in_all(*over->transport, keeper.enrolment, *open.file, keeper.machine);
      };
      if (!hand_in()) ++broken;
      mending = {};
      keeper.line->set({});
      const auto again = hand_in();
      REQUIRE_MESSAGE(again.ok(), (again.ok() ? "" : to_line(again.error())));
      CHECK(open.records() == 0);
      CHECK(office.store().purchases == sold);
      CHECK(office.store().facts == sold);
    }
  }
  CHECK(broken > 6);
}

TEST_CASE("mirror: a neighbour that says it holds what it was not given is not believed") {
  HeadOffice office;
  NeighbourTill keeper(office), giving(office);
  giving.sell(3);
  struct Liar : SimpleService {
    MirrorAnswer answer;
    std::variant<Reply, May> look_at(const RequestHead&, const Peer&) override {
      return May{mirror_bytes};
    }
    Reply serve(const RequestHead&, const Peer&, const std::string&) override {
      return ok_reply(encode(answer), Format::binary);
    }
  } liar;
  const TlsIdentity tls = *load_identity(keeper.data(), keeper.enrolment);
  const auto server = SimpleServer::start(liar, mirror::door_options({"127.0.0.1", 0}),
                                          {tls.certificate_pem, tls.key_pem, tls.ca_pem});
  REQUIRE(server.ok());
  std::string expected;
  SUBCASE("nothing, ever") { expected = "answer.untrusted"; }
  SUBCASE("more than there is") {
    liar.answer.held = {99, sha256("99")};
    expected = "answer.untrusted";
  }
  SUBCASE("another chain") {
    liar.answer.held = {2, sha256("2")};
    expected = "answer.untrusted";
  }
  SUBCASE("an acknowledgement of its own making") {
    const Acknowledgement word{
        giving.enrolment.terminal, giving.enrolment.epoch, 3, *chain_at(*giving.reader(), 3), {}};
    SignedAcknowledgement forged{encode(word), {}};
    forged.signature =
        bytes64(keeper.book->vault().sign(ack_signing_bytes(forged.acknowledgement)));
    liar.answer.acknowledgement = encode(forged);
    expected = "answer.untrusted";
  }
  const auto line = giving.line_to(keeper.identity(), (*server)->port());
  const auto done = giving.copy(*line);
  REQUIRE_FALSE(done.ok());
  CHECK(done.error().code == expected);
  CHECK(giving.reader()->acknowledged()->seq == 0);
}

TEST_CASE("mirror: a till that is killed again and again keeps what it said it keeps") {
  HeadOffice office;
  NeighbourTill keeper(office), giving(office);
  keeper.book.reset();
  const auto program = std::filesystem::path(KEEPSAKE_BINARY_DIR) / "bin/keepsake";
  const auto output = keeper.folder.path() / "output";
  const auto start = [&] {
    return std::make_unique<keepsake::test::Process>(
        std::vector<std::string>{program.string(), "--data", keeper.data().string(), "sync",
                                 "--daemon"},
        output);
  };
  keeper.cut();
  Seq told = 0;
  giving.sell(1);
  for (int round = 0; round < 6; ++round) {
    if (round == 0) keeper.mend();  // head office hears where it listens
    auto daemon = start();
    const auto file = *mirror::MirrorFile::open(giving.data());
    std::unique_ptr<mirror::NeighbourLine> line;
    const auto copied = [&] {
      const auto done = giving.copy(*line);
      if (done) told = std::max(told, done->held);
      return done.ok();
    };
    REQUIRE(eventually([&] {  // it listens, elsewhere after each start
      giving.learn(*file);
      const auto known = *file->neighbours();
      if (known.empty() || known.front().addresses.empty()) return false;
      const int port = parse_address(known.front().addresses.front())->port;
      line = giving.line_to(keeper.identity(), port);
      return copied();
    }));
    const std::jthread selling([&](const std::stop_token& token) {
      while (!token.stop_requested() && copied()) giving.sell(1);
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(150 + 70 * round));
    CHECK(daemon->kill());
  }
  CHECK(told > 5);
  const auto file = mirror::MirrorFile::open(keeper.data());
  REQUIRE(file.ok());
  const auto held = (*file)->take(giving.identity(), {}, 0, {1});
  REQUIRE(held.ok());
  const auto handed_in = static_cast<Seq>(office.store().facts);
  CHECK(std::max<Seq>(held->held.seq, handed_in) >= told);
  keeper.reopen();
  const auto line = open_line(*keeper.book);
  REQUIRE(mirror::hand_in_all(*line->transport, keeper.enrolment, **file, keeper.machine).ok());
  CHECK(office.store().facts >= told);
  CHECK(giving.sync().waiting == 0);
  CHECK(office.store().facts == giving.totals().facts);
  CHECK(office.store().purchases == giving.totals().purchases);
}

TEST_CASE("mirror: a sale does not wait for a neighbour that hangs, is gone or is busy") {
  HeadOffice office;
  NeighbourTill keeper(office), giving(office);
  meet(giving, keeper);
  giving.cut();
  const auto slowest_of = [&](int count) {
    std::chrono::steady_clock::duration slowest{};
    for (int i = 0; i < count; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      giving.sell(1);
      slowest = std::max(slowest, std::chrono::steady_clock::now() - begin);
      giving.mirror->recorded();
      std::this_thread::sleep_for(5ms);
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(slowest).count();
  };
  const auto busy = slowest_of(60);
  CHECK(busy < 500);  // a commit, on a machine with others on it
  REQUIRE(eventually([&] { return giving.copied_to(keeper) == 60; }));
  giving.leave();
  {
    // The neighbour takes connections and says nothing.
    const auto file = *mirror::MirrorFile::open(giving.data());
    const auto hanging = FaultProxy::start(keeper.mirror->port().value());
    hanging->set({LineFault::Kind::black_hole, 0, {}});
    REQUIRE(file->put_neighbours(
                    {{keeper.identity(), 1, {"127.0.0.1:" + std::to_string(hanging->port())}}})
                .ok());
    giving.take_part();
    CHECK(slowest_of(60) < 500);
    const auto begin = std::chrono::steady_clock::now();
    giving.leave();
    CHECK(std::chrono::steady_clock::now() - begin < 2s);
  }
}

}  // namespace keepsake::sync::test
