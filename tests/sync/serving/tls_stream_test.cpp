#include "sync/serving/tls_stream.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <csignal>
#include <doctest/doctest.h>
#include <malloc.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <thread>

#include "sync/pki/pki.hpp"

using namespace keepsake;
using namespace keepsake::sync;
namespace asio = boost::asio;
using asio::ip::tcp;
using Fault = boost::system::error_code;

namespace {

std::unique_ptr<asio::ssl::context> served() {
  const Instant now{std::chrono::duration_cast<std::chrono::milliseconds>(
                        std::chrono::system_clock::now().time_since_epoch())
                        .count()};
  const auto authority = pki::make_authority("test", now).value();
  const auto key = pki::make_key().value();
  const auto request = pki::make_request(key, "x").value();
  const auto pem = pki::issue_server(authority, request, {"localhost"}, now).value();
  auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  tls->use_certificate_chain(asio::buffer(pem));
  tls->use_private_key(asio::buffer(key), asio::ssl::context::pem);
  return tls;
}

struct FreeTls {
  void operator()(SSL* tls) const { SSL_free(tls); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};

/// A client that hands its bytes out as a test wants: OpenSSL in memory, and a plain socket.
struct Client {
  explicit Client(asio::io_context& turns, const tcp::endpoint& to) : socket(turns) {
    socket.connect(to);
    socket.non_blocking(true);
    SSL_set_bio(tls.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_connect_state(tls.get());
  }
  /// At most `most` bytes of what OpenSSL wants to send.
  std::size_t send(std::size_t most = 1 << 20) {
    std::string bytes(most, '\0');
    const int size =
        BIO_read(SSL_get_wbio(tls.get()), bytes.data(), static_cast<int>(bytes.size()));
    if (size <= 0) return 0;
    Fault failed;
    const auto sent =
        asio::write(socket, asio::buffer(bytes.data(), static_cast<std::size_t>(size)), failed);
    CHECK(sent == static_cast<std::size_t>(size));
    return sent;
  }
  void receive() {
    char bytes[32 * 1024];
    Fault failed;
    const auto size = socket.read_some(asio::buffer(bytes), failed);
    if (size == 0) return;
    wire.append(bytes, size);
    BIO_write(SSL_get_rbio(tls.get()), bytes, static_cast<int>(size));
  }
  void write(const std::string& text) {
    CHECK(SSL_write(tls.get(), text.data(), static_cast<int>(text.size())) ==
          static_cast<int>(text.size()));
  }
  std::string read() {
    std::string all;
    char bytes[16 * 1024];
    receive();
    for (int size = 0; (size = SSL_read(tls.get(), bytes, sizeof bytes)) > 0; receive())
      all.append(bytes, static_cast<std::size_t>(size));
    return all;
  }

  std::unique_ptr<SSL_CTX, FreeTls> context{SSL_CTX_new(TLS_client_method())};
  std::unique_ptr<SSL, FreeTls> tls{SSL_new(context.get())};
  tcp::socket socket;
  std::string wire;  ///< as it came
};

struct Ended {
  Fault fault;
  std::size_t bytes = 0;
};

/// Both ends in one thread: nothing happens but what a test lets happen.
struct Line {
  Line() { link(); }
  void link() {
    client.emplace(context, acceptor.local_endpoint());
    server.emplace(acceptor.accept(), tls->native_handle());
  }
  template <class Until>
  void run(Until until, std::size_t at_once = 1 << 20) {
    for (int idle = 0; !until() && idle < 2000;) {
      context.restart();
      const bool moved = context.poll() > 0 || client->send(at_once) > 0;
      if (!moved) {
        ++idle;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    }
    REQUIRE(until());
  }
  void shake_hands(std::size_t at_once = 1 << 20) {
    std::optional<Fault> done;
    server->async_handshake([&](Fault fault) { done = fault; });
    run(
        [&] {
          client->receive();
          SSL_do_handshake(client->tls.get());
          return done && SSL_is_init_finished(client->tls.get()) == 1;
        },
        at_once);
    REQUIRE_FALSE(*done);
  }
  auto keep(std::optional<Ended>& into) {
    return [&into](Fault fault, std::size_t bytes) { into = Ended{fault, bytes}; };
  }
  Ended read(std::string& text, std::size_t at_once = 1 << 20) {
    std::optional<Ended> ended;
    char bytes[4096];
    server->async_read_some(asio::buffer(bytes), keep(ended));
    run([&] { return ended.has_value(); }, at_once);
    text.append(bytes, ended->bytes);
    return *ended;
  }

  asio::io_context context;
  std::unique_ptr<asio::ssl::context> tls = served();
  tcp::acceptor acceptor{context, tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
  std::optional<TlsStream> server;
  std::optional<Client> client;
};

std::string long_text(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i * i % 23);
  return text;
}

}  // namespace

TEST_CASE("what comes one byte at a time arrives whole") {
  Line line;
  line.shake_hands(1);
  const std::string sent = long_text(3000);
  line.client->write(sent);
  std::string got;
  while (got.size() < sent.size()) REQUIRE_FALSE(line.read(got, 1).fault);
  CHECK(got == sent);
}

TEST_CASE("who is read slowly gets every byte of a long answer in its order") {
  Line line;
  line.server->close();
  const int small = 4096;
  setsockopt(line.acceptor.native_handle(), SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
  line.link();
  line.shake_hands();
  const std::string sent = long_text(3'000'000);
  std::optional<Ended> ended;
  asio::async_write(*line.server, asio::buffer(sent), line.keep(ended));
  line.context.restart();
  while (line.context.poll() > 0) {
  }
  CHECK_FALSE(ended);  // the socket took what it has room for
  std::string got;
  line.run([&] {
    got += line.client->read();
    return ended && got.size() >= sent.size();
  });
  CHECK_FALSE(ended->fault);
  CHECK(ended->bytes == sent.size());
  CHECK(got == sent);
}

TEST_CASE("head and body leave in one record") {
  Line line;
  line.shake_hands();
  const std::string head = "head", body = long_text(500);
  const std::array<asio::const_buffer, 3> both{asio::buffer(head), asio::const_buffer(),
                                               asio::buffer(body)};
  std::optional<Ended> ended;
  line.server->async_write_some(asio::buffer("after tickets", 13), line.keep(ended));
  std::string got;
  line.run([&] { return (got += line.client->read()) == "after tickets"; });
  got.clear();
  line.client->wire.clear();
  ended.reset();
  line.server->async_write_some(both, line.keep(ended));
  line.run([&] { return (got += line.client->read()) == head + body && ended; });
  CHECK(ended->bytes == got.size());
  CHECK(line.client->wire.size() < got.size() + 40);  // what a record adds is 22
}

TEST_CASE("nothing completes before the call that began it has returned") {
  Line line;
  line.shake_hands();
  line.client->write("here already");
  line.client->send();
  std::optional<Ended> read, wrote, none;
  char bytes[100];
  line.server->async_read_some(asio::buffer(bytes), line.keep(read));
  CHECK_FALSE(read);
  line.run([&] { return read.has_value(); });
  line.server->async_write_some(asio::buffer("x", 1), line.keep(wrote));
  line.server->async_read_some(asio::mutable_buffer(), line.keep(none));
  CHECK_FALSE(wrote);
  CHECK_FALSE(none);
  line.run([&] { return wrote && none; });
  CHECK_FALSE(none->fault);
  CHECK(none->bytes == 0);
}

TEST_CASE("a goodbye is the end and a line that is cut at any byte is not") {
  Line line;
  line.shake_hands();
  std::string got;
  SSL_shutdown(line.client->tls.get());
  CHECK(line.read(got).fault == asio::error::eof);
  for (std::size_t cut = 0; cut < 27; ++cut) {
    line.link();
    line.shake_hands();
    line.client->write("hello");  // 27 bytes as a record
    line.client->send(cut);
    line.client->socket.shutdown(tcp::socket::shutdown_send);
    BIO_reset(SSL_get_wbio(line.client->tls.get()));
    CHECK_MESSAGE(line.read(got).fault == asio::ssl::error::stream_truncated, cut);
  }
  CHECK(got.empty());
}

TEST_CASE("a handshake that is cut at any byte fails") {
  for (const std::size_t step : {std::size_t{1}, std::size_t{37}}) {
    Line line;
    SSL_do_handshake(line.client->tls.get());
    const std::size_t hello = BIO_ctrl_pending(SSL_get_wbio(line.client->tls.get()));
    REQUIRE(hello > 100);
    for (std::size_t cut = 0; cut <= hello; cut += step) {
      line.link();
      SSL_do_handshake(line.client->tls.get());
      std::optional<Fault> done;
      line.server->async_handshake([&](Fault fault) { done = fault; });
      line.client->send(cut);
      line.client->socket.close();
      for (int i = 0; !done && i < 2000; ++i) {
        line.context.restart();
        if (line.context.poll() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      REQUIRE(done);
      CHECK(*done);
      // It stays so: nothing is asked of a connection that failed.
      std::optional<Ended> after;
      line.server->async_write_some(asio::buffer("x", 1), line.keep(after));
      line.context.restart();
      line.context.poll();
      REQUIRE(after);
      CHECK(after->fault == asio::error::not_connected);
    }
  }
}

TEST_CASE("what is no TLS fails the handshake") {
  Line line;
  asio::write(line.client->socket, asio::buffer(std::string("GET / HTTP/1.1\r\nHost: x\r\n\r\n")));
  std::optional<Fault> done;
  line.server->async_handshake([&](Fault fault) { done = fault; });
  line.run([&] { return done.has_value(); });
  CHECK(done->category() == asio::error::get_ssl_category());
}

TEST_CASE("a wait that is cancelled ends and the connection goes on") {
  Line line;
  line.shake_hands();
  std::optional<Ended> ended;
  char bytes[100];
  line.server->async_read_some(asio::buffer(bytes), line.keep(ended));
  line.context.restart();
  line.context.poll();
  CHECK_FALSE(ended);
  line.server->cancel();
  line.run([&] { return ended.has_value(); });
  CHECK(ended->fault == asio::error::operation_aborted);
  line.client->write("later");
  std::string got;
  CHECK_FALSE(line.read(got).fault);
  CHECK(got == "later");
}

TEST_CASE("a closed connection never writes to the one that got its descriptor") {
  Line line;
  line.shake_hands();
  std::optional<Ended> waiting, late;
  char bytes[100];
  line.server->async_read_some(asio::buffer(bytes), line.keep(waiting));
  line.context.restart();
  line.context.poll();
  line.server->close();
  line.run([&] { return waiting.has_value(); });
  CHECK(waiting->fault == asio::error::operation_aborted);
  int other[2] = {-1, -1};  // one of them has the number that was given back
  REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, other) == 0);
  line.server->async_write_some(asio::buffer("secret", 6), line.keep(late));
  std::optional<Fault> goodbye;
  line.server->async_shutdown([&](Fault fault) { goodbye = fault; });
  line.run([&] { return late && goodbye; });
  CHECK(late->fault == asio::error::bad_descriptor);
  CHECK(*goodbye);
  for (const int end : other) CHECK(recv(end, bytes, sizeof bytes, 0) == -1);
  for (const int end : other) ::close(end);
}

TEST_CASE("errors that others of the thread left with OpenSSL are not this connection's") {
  Line line;
  line.shake_hands();
  std::optional<Ended> ended;
  char bytes[100];
  ERR_raise(ERR_LIB_SSL, SSL_R_BAD_LENGTH);
  line.server->async_read_some(asio::buffer(bytes), line.keep(ended));
  line.context.restart();
  line.context.poll();
  CHECK_FALSE(ended);
  line.client->write("fine");
  line.run([&] {
    ERR_raise(ERR_LIB_SSL, SSL_R_BAD_LENGTH);
    return ended.has_value();
  });
  ERR_clear_error();
  CHECK_FALSE(ended->fault);
  CHECK(ended->bytes == 4);
}

TEST_CASE("a client that went is an error and no signal") {
  std::signal(SIGPIPE, SIG_DFL);
  Line line;
  line.shake_hands();
  line.client->socket.set_option(asio::socket_base::linger(true, 0));
  line.client->socket.close();  // resets
  const std::string text = long_text(100'000);
  std::optional<Ended> ended;
  for (int i = 0; i < 3; ++i) {
    ended.reset();
    line.server->async_write_some(asio::buffer(text), line.keep(ended));
    for (int turn = 0; !ended && turn < 2000; ++turn) {
      line.context.restart();
      line.context.poll();
    }
    REQUIRE(ended);
    CHECK(ended->fault);
  }
}

TEST_CASE("new keys in the middle change nothing and a flood of them leaves others their turn") {
  Line line;
  line.shake_hands();
  REQUIRE(SSL_version(line.client->tls.get()) == TLS1_3_VERSION);
  for (int i = 0; i < 3; ++i) {
    SSL_key_update(line.client->tls.get(), SSL_KEY_UPDATE_REQUESTED);
    line.client->write("with new keys");
    std::string got;
    CHECK_FALSE(line.read(got).fault);
    CHECK(got == "with new keys");
    std::optional<Ended> wrote;
    line.server->async_write_some(asio::buffer("same here", 9), line.keep(wrote));
    got.clear();
    line.run([&] { return (got += line.client->read()) == "same here"; });
  }
  for (int i = 0; i < 300; ++i) {
    SSL_key_update(line.client->tls.get(), SSL_KEY_UPDATE_NOT_REQUESTED);
    SSL_do_handshake(line.client->tls.get());
  }
  line.client->write("at last");
  while (line.client->send() > 0) {
  }
  std::optional<Ended> ended;
  char bytes[100];
  line.server->async_read_some(asio::buffer(bytes), line.keep(ended));
  int turns = 0;
  for (; !ended && turns < 2000; ++turns) {
    line.context.restart();
    line.context.run_one_for(std::chrono::milliseconds(100));
  }
  REQUIRE(ended);
  CHECK_FALSE(ended->fault);
  CHECK(turns > 100);  // between two of them whoever else has something to do may do it
}

TEST_CASE("goodbye is said and the other end's is awaited") {
  Line line;
  line.shake_hands();
  std::optional<Fault> done;
  line.server->async_shutdown([&](Fault fault) { done = fault; });
  line.run([&] {
    line.client->read();
    return SSL_get_shutdown(line.client->tls.get()) == SSL_RECEIVED_SHUTDOWN;
  });
  CHECK_FALSE(done);
  SSL_shutdown(line.client->tls.get());
  line.run([&] { return done.has_value(); });
  CHECK_FALSE(*done);
}

#if !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)  // whose malloc counts otherwise
TEST_CASE("a connection that waits keeps no buffers") {
  Line line;
  const std::size_t most = 24 * 1024;
  std::size_t held = 0;
  for (int i = 0; i < 10; ++i) {
    line.link();
    line.shake_hands();
    std::string got;
    line.client->write(long_text(2000));
    CHECK_FALSE(line.read(got).fault);
    std::optional<Ended> wrote, waiting;
    line.server->async_write_some(asio::buffer(got), line.keep(wrote));
    line.run([&] { return wrote.has_value(); });
    char byte = 0;
    line.server->async_read_some(asio::buffer(&byte, 1), line.keep(waiting));
    line.context.restart();
    line.context.poll();
    CHECK_FALSE(waiting);
    const std::size_t with = mallinfo2().uordblks;
    line.server->cancel();
    line.run([&] { return waiting.has_value(); });
    line.server.reset();
    held = with - std::min(with, mallinfo2().uordblks);
    CHECK(held < most);
  }
  CHECK(held > 1000);
}
#endif
