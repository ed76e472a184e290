#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>
#include <future>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>
#include <thread>

#include "storage/book/enrolment.hpp"
#include "storage/domain/fact.hpp"
#include "storage/engine/whole_file.hpp"
#include "sync/central/control.hpp"
#include "sync/wire/compression.hpp"
#include "tests/sync/central/https.hpp"

using namespace keepsake;
using namespace keepsake::sync;
using namespace keepsake::sync::central;
using namespace keepsake::sync::central::test;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// While the server runs, its writer's thread alone uses the writing connection: it is asked.
std::string code_of(const RunningOffice& office, const char* store = "Lysvik") {
  const auto code = ask_for_code(office.data(), store);
  REQUIRE(code.ok());
  return code->value();
}

void enrol(const RunningOffice& office, SendingTerminal& terminal) {
  const auto answer = office.ask({"POST",
                                  "/v1/enrol",
                                  encode(terminal.request(code_of(office))),
                                  {"Content-Type: application/x-protobuf"},
                                  ""});
  REQUIRE(answer.status == 200);
  terminal.keep(decode_enrol_answer(answer.body).value());
}

std::string code_in(const Answer& answer) {
  const auto problem = decode_problem(answer.body);
  return problem ? problem->code : "no problem at all";
}

tcp::socket connected(asio::io_context& context, const RunningOffice& office) {
  tcp::socket socket(context);
  socket.connect({asio::ip::make_address("127.0.0.1"), office.server->port()});
  return socket;
}

using Tls = asio::ssl::stream<tcp::socket>;

struct RawTls {
  asio::io_context context;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  std::unique_ptr<Tls> stream;
  explicit RawTls(const RunningOffice& office) {
    stream = std::make_unique<Tls>(connected(context, office), tls);
    stream->handshake(asio::ssl::stream_base::client);
  }
  /// Everything that comes until the server closes.
  std::string rest() {
    std::string all;
    char chunk[4096];
    boost::system::error_code end;
    while (!end) {
      const auto size = stream->read_some(asio::buffer(chunk), end);
      all.append(chunk, size);
    }
    return all;
  }
};

}  // namespace

TEST_CASE("anybody may ask for the authority and for health over TLS") {
  const RunningOffice office;
  const auto ca = office.ask({.path = "/v1/ca"});
  CHECK(ca.fault == CURLE_OK);
  CHECK(ca.status == 200);
  CHECK(ca.body == office.centre->authority_pem());
  const auto health = office.ask({.path = "/v1/health"});
  CHECK(health.status == 200);
  CHECK(health.body == "ok\n");
}

TEST_CASE("a terminal enrols and pushes and reads its own figures over mutual TLS") {
  RunningOffice office;
  SendingTerminal terminal(office.clock);
  enrol(office, terminal);
  terminal.sell(9900);
  const auto pushed = office.push(terminal, compress(encode(terminal.all())));
  REQUIRE(pushed.status == 200);
  const auto signed_ack = decode_signed_acknowledgement(pushed.body).value();
  CHECK(decode_acknowledgement(signed_ack.acknowledgement).value().acked == 1);
  CHECK(verify_signature(ack_signing_bytes(signed_ack.acknowledgement), view(signed_ack.signature),
                         terminal.central_sign_public));
  code_of(office, "Bergen");
  const auto own = office.ask({"GET", "/v1/status", "", {}, office.certificate_of(terminal)});
  REQUIRE(own.status == 200);
  const auto status = decode_status(own.body).value();
  REQUIRE(status.stores.size() == 1);
  CHECK(status.stores[0].purchase_minor == 9900);
  const auto all =
      office.ask({"GET", "/v1/status", "", {}, (office.data() / "operator.pem").string()});
  CHECK(decode_status(all.body).value().stores.size() == 2);
}

TEST_CASE("the same batch in JSON is answered in JSON") {
  RunningOffice office;
  SendingTerminal terminal(office.clock);
  enrol(office, terminal);
  terminal.sell(9900);
  const auto pushed = office.push(terminal, encode(terminal.all(), Format::json),
                                  {"Content-Type: application/json", "Accept: application/json"});
  CHECK(pushed.status == 200);
  CHECK(decode_signed_acknowledgement(pushed.body, Format::json).ok());
  CHECK(office.figures().purchases == 1);
}

TEST_CASE("without a certificate or with another terminal's there is no push") {
  RunningOffice office;
  SendingTerminal terminal(office.clock);
  SendingTerminal other(office.clock);
  enrol(office, terminal);
  enrol(office, other);
  terminal.sell(100);
  const auto body = compress(encode(terminal.all()));
  const auto path = batch_path(terminal.number, terminal.epoch);
  const auto anonymous = office.ask({"POST", path, body, {"Content-Encoding: zstd"}, ""});
  CHECK(anonymous.status == 401);
  CHECK(code_in(anonymous) == "certificate.missing");
  const auto stolen =
      office.ask({"POST", path, body, {"Content-Encoding: zstd"}, office.certificate_of(other)});
  CHECK(stolen.status == 403);
  CHECK(code_in(stolen) == "certificate.terminal");
  CHECK(office.figures().facts == 0);
}

TEST_CASE("a certificate of another authority does not get through the handshake") {
  const RunningOffice office;
  const auto stranger = pki::make_authority("Keepsake centre", machine_now()).value();
  const auto key = pki::make_key().value();
  const auto certificate =
      pki::issue_client(stranger, pki::make_request(key, "x").value(), "operator", machine_now())
          .value();
  const auto answer =
      office.ask({"GET", "/v1/status", "", {}, office.write("false.pem", certificate + key)});
  CHECK(answer.fault != CURLE_OK);
  CHECK(answer.status == 0);
}

TEST_CASE("whoever is refused at the handshake hears why, whatever they had sent along") {
  const RunningOffice office;
  const auto stranger = pki::make_authority("Keepsake centre", machine_now()).value();
  const auto key = pki::make_key().value();
  const auto certificate =
      pki::issue_client(stranger, pki::make_request(key, "x").value(), "operator", machine_now())
          .value();
  asio::io_context context;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  tls.use_certificate_chain(asio::buffer(certificate));
  tls.use_private_key(asio::buffer(key), asio::ssl::context::pem);
  Tls stream(connected(context, office), tls);
  // By TLS 1.3 this end is done before the other one has looked at the certificate.
  stream.handshake(asio::ssl::stream_base::client);
  boost::system::error_code failed;
  asio::write(stream, asio::buffer(std::string("POST /v1/")), failed);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // it has looked by now
  for (int n = 0; n < 2 && !failed; ++n) {  // who cannot send does not look for an answer
    asio::write(stream, asio::buffer(std::string(20'000, 'x')), failed);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  CHECK_FALSE(failed);
  char byte = 0;
  stream.read_some(asio::buffer(&byte, 1), failed);
  CHECK(failed.category() == asio::error::get_ssl_category());
  CHECK(ERR_GET_REASON(static_cast<unsigned long>(failed.value())) == SSL_R_TLSV1_ALERT_UNKNOWN_CA);
}

TEST_CASE("an expired certificate does not get through the handshake") {
  const RunningOffice office;
  const pki::Authority authority{office.centre->authority_pem(),
                                 read_whole(office.data() / "ca.key", 10'000).value()};
  const auto key = pki::make_key().value();
  const Instant long_ago{machine_now().ms - std::int64_t{500} * 86'400'000};
  const auto certificate =
      pki::issue_client(authority, pki::make_request(key, "x").value(), "operator", long_ago)
          .value();
  const auto answer =
      office.ask({"GET", "/v1/status", "", {}, office.write("old.pem", certificate + key)});
  CHECK(answer.fault != CURLE_OK);
  CHECK(answer.status == 0);
}

TEST_CASE("wrong paths and methods get their answers and the connection stays") {
  const RunningOffice office;
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                 &curl_easy_cleanup);
  CHECK(office.ask(curl.get(), {.path = "/nothing"}).status == 404);
  const auto wrong = office.ask(curl.get(), {.method = "DELETE", .path = "/v1/ca"});
  CHECK(wrong.status == 405);
  CHECK(wrong.head.find("Allow: GET") != std::string::npos);
  CHECK(office.ask(curl.get(), {.path = "/v1/health"}).status == 200);
  long connects = -1;
  curl_easy_getinfo(curl.get(), CURLINFO_NUM_CONNECTS, &connects);
  CHECK(connects == 0);
}

TEST_CASE("bodies that are too large are 413 however they are sent") {
  RunningOffice office;
  SendingTerminal terminal(office.clock);
  enrol(office, terminal);
  const std::string large(limits::batch_bytes + 1, 'x');
  CHECK(office.push(terminal, large).status == 413);
  const auto chunked = office.push(
      terminal, large, {"Content-Type: application/x-protobuf", "Transfer-Encoding: chunked"});
  CHECK(chunked.status == 413);
  const std::string bomb = compress(std::string(limits::batch_bytes_inflated + 1, '\0'));
  REQUIRE(bomb.size() < limits::batch_bytes);
  const auto inflated = office.push(terminal, bomb);
  CHECK(inflated.status == 413);
  CHECK(code_in(inflated) == "batch.too-large");
  CHECK(office.ask({"POST", "/v1/enrol", std::string(enrol_bytes + 1, 'x'), {}, ""}).status == 413);
}

TEST_CASE("garbage gets 400 and unknown encodings 415 and the server lives on") {
  RunningOffice office;
  SendingTerminal terminal(office.clock);
  enrol(office, terminal);
  CHECK(office.push(terminal, "not zstd at all").status == 400);
  CHECK(office.push(terminal, compress("\xFF\xFF\xFF\xFFnot protobuf")).status == 400);
  CHECK(office.push(terminal, "{\"first\":", {"Content-Type: application/json"}).status == 400);
  CHECK(office.push(terminal, "", {"Content-Type: application/x-protobuf"}).status != 200);
  CHECK(office.push(terminal, "x", {"Content-Encoding: gzip"}).status == 415);
  CHECK(office.push(terminal, "x", {"Content-Type: text/html"}).status == 415);
  CHECK(office.ask({.path = "/v1/health"}).status == 200);
}

TEST_CASE("what is not HTTP or has an endless head is refused and closed") {
  const RunningOffice office;
  RawTls garbage(office);
  asio::write(*garbage.stream, asio::buffer(std::string("\x01\x02 no http\r\n\r\n")));
  CHECK(garbage.rest().starts_with("HTTP/1.1 400"));
  RawTls endless(office);
  const std::string head =
      "GET /v1/health HTTP/1.1\r\nHost: x\r\nX: " + std::string(9000, 'a') + "\r\n\r\n";
  asio::write(*endless.stream, asio::buffer(head));
  CHECK(endless.rest().starts_with("HTTP/1.1 431"));
}

TEST_CASE("who is slow is closed in the handshake and in the head and in the body and when idle") {
  using std::chrono::milliseconds;
  ServerOptions options;
  options.handshake = options.head = options.body = options.idle = milliseconds(300);
  const RunningOffice office(options);
  const auto begun = std::chrono::steady_clock::now();
  asio::io_context context;
  auto silent = connected(context, office);
  RawTls no_head(office);
  RawTls half_head(office);
  asio::write(*half_head.stream, asio::buffer(std::string("GET /v1/health HT")));
  RawTls half_body(office);
  asio::write(*half_body.stream, asio::buffer(std::string("POST /v1/enrol HTTP/1.1\r\nHost: x\r\n"
                                                          "Content-Length: 100\r\n\r\nabc")));
  RawTls idle(office);
  asio::write(*idle.stream,
              asio::buffer(std::string("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n")));
  char byte = 0;
  boost::system::error_code end;
  silent.read_some(asio::buffer(&byte, 1), end);
  CHECK(end);
  CHECK(no_head.rest().empty());
  CHECK(half_head.rest().empty());
  CHECK(half_body.rest().empty());
  CHECK(idle.rest().ends_with("ok\n"));
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(8));
  for (int i = 0; i < 400 && office.server->connections() > 0; ++i)
    std::this_thread::sleep_for(milliseconds(10));
  CHECK(office.server->connections() == 0);
}

TEST_CASE("who drips bytes or new keys is closed in time all the same") {
  using std::chrono::milliseconds;
  ServerOptions options;
  options.head = options.idle = milliseconds(300);
  const RunningOffice office(options);
  const std::string slow_head =
      "GET /v1/health HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(500, 'a');
  const auto drip = [&](const auto& one_more) {
    RawTls client(office);
    const auto begun = std::chrono::steady_clock::now();
    boost::system::error_code closed;
    for (std::size_t n = 0; !closed && n < slow_head.size(); ++n) {
      one_more(client, slow_head[n], closed);
      std::this_thread::sleep_for(milliseconds(20));
    }
    CHECK(closed);
    return std::chrono::steady_clock::now() - begun;
  };
  const auto byte = [](RawTls& client, char next, boost::system::error_code& closed) {
    asio::write(*client.stream, asio::buffer(&next, 1), closed);
  };
  const auto keys = [](RawTls& client, char, boost::system::error_code& closed) {
    SSL_key_update(client.stream->native_handle(), SSL_KEY_UPDATE_NOT_REQUESTED);
    asio::write(*client.stream, asio::buffer("", 0), closed);
    client.stream->handshake(asio::ssl::stream_base::client, closed);
  };
  CHECK(drip(byte) < std::chrono::seconds(5));
  CHECK(drip(keys) < std::chrono::seconds(5));
  CHECK(office.ask({.path = "/v1/health"}).status == 200);
}

TEST_CASE("nobody may begin the handshake anew and the server lives on") {
  const RunningOffice office;
  asio::io_context context;
  asio::ssl::context older(asio::ssl::context::tlsv12_client);
  Tls client(connected(context, office), older);
  client.handshake(asio::ssl::stream_base::client);
  REQUIRE(SSL_renegotiate(client.native_handle()) == 1);
  boost::system::error_code refused;
  client.handshake(asio::ssl::stream_base::client, refused);
  CHECK(refused);
  CHECK(office.ask({.path = "/v1/health"}).status == 200);
}

TEST_CASE("a slow terminal keeps nobody else waiting") {
  RunningOffice office;
  SendingTerminal terminal(office.clock);
  enrol(office, terminal);
  terminal.sell(100);
  std::vector<std::unique_ptr<RawTls>> slow;
  for (int i = 0; i < 10; ++i) {
    slow.push_back(std::make_unique<RawTls>(office));
    asio::write(*slow.back()->stream, asio::buffer(std::string("POST /v1/enrol HTTP/1.1\r\n"
                                                               "Content-Length: 100\r\n\r\nab")));
  }
  CHECK(office.push(terminal, compress(encode(terminal.all()))).status == 200);
}

TEST_CASE("hostile connections from everywhere do not shut a terminal out") {
  ServerOptions options;
  options.connections = {.strangers = 20, .strangers_per_address = 10, .per_terminal = 8};
  RunningOffice office(options);
  SendingTerminal terminal(office.clock);
  enrol(office, terminal);
  asio::io_context context;
  std::vector<asio::ip::tcp::socket> hostile;
  for (int i = 0; i < 100; ++i) {
    hostile.push_back(connected(context, office));
    if (i % 10 != 0) continue;
    terminal.sell(100);
    CHECK(office.push(terminal, compress(encode(terminal.all()))).status == 200);
  }
  CHECK(office.ask({.path = "/v1/health"}).status == 200);
  CHECK(office.figures().purchases == 10);
}

TEST_CASE("wrong enrolment codes are 403 and after twenty the address waits") {
  RunningOffice office;
  SendingTerminal terminal(office.clock);
  const auto body = encode(terminal.request("0000-0000-0000-0000-0000-0000-0000-0000-0"));
  const Ask ask{"POST", "/v1/enrol", body, {}, ""};
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                 &curl_easy_cleanup);
  for (int i = 0; i < 20; ++i) {
    const auto answer = office.ask(curl.get(), ask);
    REQUIRE(answer.status == 403);
    CHECK(code_in(answer) == "code.unknown");
  }
  const auto held = office.ask(curl.get(), ask);
  CHECK(held.status == 429);
  CHECK(held.head.find("Retry-After: 60") != std::string::npos);
  office.clock.advance(std::chrono::minutes(1));
  CHECK(office.ask(curl.get(), ask).status == 403);
}

TEST_CASE("terminals push at the same time and every fact counts once") {
  RunningOffice office;
  std::vector<std::unique_ptr<SendingTerminal>> terminals;
  for (int i = 0; i < 4; ++i) {
    terminals.push_back(std::make_unique<SendingTerminal>(office.clock));
    enrol(office, *terminals.back());
    for (int n = 0; n < 10; ++n) terminals.back()->sell(100);
  }
  std::vector<std::future<long>> answers;
  for (int round = 0; round < 2; ++round) {
    for (const auto& terminal : terminals) {
      const auto body = compress(encode(terminal->all()));
      const Ask ask{"POST",
                    batch_path(terminal->number, terminal->epoch),
                    body,
                    {"Content-Encoding: zstd"},
                    office.certificate_of(*terminal)};
      answers.push_back(
          std::async(std::launch::async, [&office, ask] { return office.ask(ask).status; }));
    }
  }
  for (auto& answer : answers) CHECK(answer.get() == 200);
  CHECK(office.figures().purchases == 40);
  CHECK(office.figures().purchase_minor == 4000);
}

TEST_CASE("the control socket is its owner's alone and gives codes while the server runs") {
  const RunningOffice office;
  struct stat facts {};
  REQUIRE(::stat((office.data() / "control.sock").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 07777U) == 0600U);
  REQUIRE(::stat(office.data().c_str(), &facts) == 0);
  CHECK((facts.st_mode & 07777U) == 0700U);
  const auto code = ask_for_code(office.data(), "Lysvik");
  REQUIRE(code.ok());
  REQUIRE(code->has_value());
  CHECK(office.figures().store == "Lysvik");
  const auto refused = ask_for_code(office.data(), "");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "store.name");
  CHECK(refused.error().kind == Failure::bad_input);
}

TEST_CASE("a port that is in use is told") {
  const RunningOffice office;
  Office other;
  const auto router = std::move(*Router::open(*other.centre, other.clock, nullptr));
  ServerOptions options;
  options.address = {"127.0.0.1", office.server->port()};
  const auto second = Server::start(*other.centre, *router, options);
  REQUIRE_FALSE(second.ok());
  CHECK(second.error().code == "address.in-use");
}

TEST_CASE("a second centre on the same folder is told that the first has it") {
  const RunningOffice office;
  const auto second = Centre::open(office.data(), {"localhost"}, office.clock);
  REQUIRE_FALSE(second.ok());
  CHECK(second.error().kind == Failure::busy);
}

TEST_CASE("a stopped server closes idle connections soon and leaves no socket behind") {
  RunningOffice office;
  const RawTls idle(office);
  CHECK(office.ask({.path = "/v1/health"}).status == 200);
  const auto begun = std::chrono::steady_clock::now();
  office.server->stop();
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(5));
  CHECK(office.server->connections() == 0);
  CHECK_FALSE(std::filesystem::exists(office.data() / "control.sock"));
  const auto none = ask_for_code(office.data(), "Lysvik");
  REQUIRE(none.ok());
  CHECK_FALSE(none->has_value());
}

TEST_CASE("a request that has begun is answered before the server stops") {
  RunningOffice office;
  RawTls client(office);
  asio::write(*client.stream, asio::buffer(std::string("GET /v1/health HTTP/1.1\r\nHost: x\r\n")));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  auto stopping = std::async(std::launch::async, [&] { office.server->stop(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  asio::write(*client.stream, asio::buffer(std::string("\r\n")));
  const auto answer = client.rest();
  CHECK(answer.starts_with("HTTP/1.1 200"));
  CHECK(answer.find("Connection: close") != std::string::npos);
  stopping.get();
}

TEST_CASE("the log names terminals and answers and no code or address") {
  RunningOffice office;
  SendingTerminal terminal(office.clock);
  const auto code = code_of(office);
  const auto first = office.ask({"POST", "/v1/enrol", encode(terminal.request(code)), {}, ""});
  REQUIRE(first.status == 200);
  terminal.keep(decode_enrol_answer(first.body).value());
  enrol(office, terminal);
  terminal.sell(100);
  CHECK(office.push(terminal, compress(encode(terminal.all()))).status == 200);
  office.server->stop();
  const auto text = office.log_text.str();
  CHECK(text.find("batch terminal=" + std::to_string(terminal.number.value) +
                  " epoch=2 status=200") != std::string::npos);
  CHECK(text.find(code) == std::string::npos);
  CHECK(text.find("127.0.0.1") == std::string::npos);
  CHECK(text.find("Lysvik") == std::string::npos);
}
