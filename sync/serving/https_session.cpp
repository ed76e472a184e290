#include "sync/serving/https_session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http.hpp>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <vector>

#include "sync/pki/pki.hpp"
#include "sync/wire/http_date.hpp"

namespace keepsake::sync {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);  // errors as values, not exceptions
constexpr std::size_t drained_bytes = 4 * 1024 * 1024;
constexpr std::chrono::seconds drained_for{2};
constexpr std::chrono::seconds closing{1};

using Parser = http::request_parser<http::string_body>;

RequestHead head_of(const Parser& parser) {
  const auto& message = parser.get();
  const auto text = [](beast::string_view view) { return std::string(view.data(), view.size()); };
  RequestHead head{text(message.method_string()),
                   text(message.target()),
                   text(message[http::field::content_type]),
                   text(message[http::field::content_encoding]),
                   text(message[http::field::accept]),
                   {}};
  if (const auto length = parser.content_length()) head.content_length = *length;
  return head;
}

unsigned status_of(const beast::error_code& fault) {
  return fault == http::error::header_limit || fault == http::error::buffer_overflow ? 431 : 400;
}

/// Whether the other side sent something wrong (and waits for an answer) rather than went away.
bool is_syntax(const beast::error_code& fault) {
  return fault.category() == http::make_error_code(http::error::bad_method).category() &&
         fault != http::error::end_of_stream && fault != http::error::partial_message;
}

/// What still comes is forgotten.
template <class Stream>
asio::awaitable<void> read_out(Stream& from) {
  std::vector<char> unread(16 * 1024);
  for (std::size_t total = 0; total < drained_bytes;) {
    const auto [failed, size] = co_await from.async_read_some(asio::buffer(unread), quietly);
    if (failed) co_return;
    total += size;
  }
}

}  // namespace

HttpsSession::HttpsSession(asio::ip::tcp::socket socket, ssl_ctx_st* tls, Service& service,
                           const ServerOptions& options, std::unique_ptr<Gate::Ticket> ticket)
    : stream_(std::move(socket), tls),
      deadline_(stream_.get_executor()),
      service_(service),
      options_(options),
      ticket_(std::move(ticket)) {
  buffer_.max_size(64 * 1024);
}

void HttpsSession::start() {
  asio::co_spawn(
      stream_.get_executor(),
      [self = shared_from_this()]() -> asio::awaitable<void> { co_await self->run(); },
      asio::detached);
}

void HttpsSession::stop() {
  asio::post(stream_.get_executor(), [self = shared_from_this()] {
    self->stopping_ = true;
    if (self->idle_) self->stream_.cancel();
  });
}

void HttpsSession::abort() {
  asio::post(stream_.get_executor(), [self = shared_from_this()] { self->stream_.close(); });
}

void HttpsSession::expire_after(std::chrono::milliseconds limit) {
  deadline_.expires_after(limit);
  deadline_.async_wait([weak = weak_from_this(), mine = ++deadlines_](const auto& cancelled) {
    const auto self = weak.lock();
    if (!cancelled && self && self->deadlines_ == mine) self->stream_.close();
  });
}

void HttpsSession::never_expire() {
  ++deadlines_;
  deadline_.cancel();
}

asio::awaitable<void> HttpsSession::run() {
  expire_after(options_.handshake);
  idle_ = true;
  const auto [failed] = co_await stream_.async_handshake(quietly);
  idle_ = false;
  if (failed) co_return co_await hear_out();
  peer_ = peer();
  if (peer_.kind == Peer::Kind::terminal) ticket_->is_terminal(peer_.terminal.terminal.value);
  Next next = Next::again;
  while (next == Next::again && !stopping_) {
    if (!co_await wait_for_request()) break;
    next = co_await one_request();
  }
  if (next == Next::drain) co_await drain();
  expire_after(closing);
  co_await stream_.async_shutdown(quietly);
}

asio::awaitable<bool> HttpsSession::wait_for_request() {
  if (buffer_.size() > 0) co_return true;  // pipelined
  buffer_.shrink_to_fit();
  expire_after(first_ ? options_.head : options_.idle);
  first_ = false;
  idle_ = true;
  // Most connections wait here most of the time: one byte is room enough until something comes.
  char first = 0;
  const auto [failed, size] = co_await stream_.async_read_some(asio::buffer(&first, 1), quietly);
  idle_ = false;
  if (failed) co_return false;
  buffer_.commit(asio::buffer_copy(buffer_.prepare(size), asio::buffer(&first, size)));
  co_return true;
}

asio::awaitable<HttpsSession::Next> HttpsSession::one_request() {
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(options_.head_bytes));
  parser.body_limit(boost::none);  // the service says how much, below
  expire_after(options_.head);
  const auto [no_head, head_size] =
      co_await http::async_read_header(stream_, buffer_, parser, quietly);
  if (no_head) {
    if (!is_syntax(no_head)) co_return Next::close;
    co_return co_await send(service_.malformed(status_of(no_head)), Next::drain);
  }
  const bool keeps = parser.keep_alive();
  auto admission = service_.look_at(head_of(parser), peer_);
  if (auto* refusal = std::get_if<Reply>(&admission)) {
    co_return co_await send(*refusal, !parser.is_done() ? Next::drain
                                      : keeps           ? Next::again
                                                        : Next::close);
  }
  auto& admitted = std::get<Admitted>(admission);
  if (!parser.is_done()) {
    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
      http::response<http::empty_body> go_on(http::status::continue_, 11);
      expire_after(options_.reply);
      const auto [unsent, sent_size] = co_await http::async_write(stream_, go_on, quietly);
      if (unsent) co_return Next::close;
    }
    parser.body_limit(admitted.body_bytes);
    expire_after(options_.body);
    const auto [no_body, body_size] = co_await http::async_read(stream_, buffer_, parser, quietly);
    if (no_body == http::error::body_limit) co_return co_await send(admitted.too_long, Next::drain);
    if (no_body) {
      if (!is_syntax(no_body)) co_return Next::close;
      co_return co_await send(service_.malformed(400), Next::drain);
    }
  }
  never_expire();                                    // what the service does has its own bounds
  if (buffer_.size() == 0) buffer_.shrink_to_fit();  // a pull waits here for what is new
  const Reply reply = co_await admitted.serve(std::move(parser.get().body()));
  co_return co_await send(reply, keeps ? Next::again : Next::close);
}

asio::awaitable<HttpsSession::Next> HttpsSession::send(const Reply& reply, Next next) {
  if (stopping_ && next == Next::again) next = Next::close;
  http::response<http::string_body> message(static_cast<http::status>(reply.status), 11);
  message.set(http::field::content_type, reply.type);
  message.set(http::field::cache_control, "no-store");
  if (const auto now = service_.date()) message.set(http::field::date, http_date(*now));
  if (!reply.allow.empty()) message.set(http::field::allow, reply.allow);
  if (reply.retry_after_s)
    message.set(http::field::retry_after, std::to_string(*reply.retry_after_s));
  message.keep_alive(next == Next::again);
  message.body() = reply.body;
  message.prepare_payload();
  expire_after(options_.reply);
  const auto [failed, size] = co_await http::async_write(stream_, message, quietly);
  co_return failed ? Next::close : next;
}

// Closing with unread bytes would reset the connection, and the answer with it, before it is read.
asio::awaitable<void> HttpsSession::drain() {
  expire_after(drained_for);
  buffer_.clear();
  co_await read_out(stream_);
}

// A client sends its request along with the certificate that is refused: TLS's word why is an answer, too.
asio::awaitable<void> HttpsSession::hear_out() {
  auto& socket = stream_.socket();
  boost::system::error_code gone;
  socket.shutdown(asio::socket_base::shutdown_send, gone);
  if (gone) co_return;
  expire_after(closing);
  idle_ = true;
  co_await read_out(socket);
  idle_ = false;
}

Peer HttpsSession::peer() {
  Peer found;
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(
      SSL_get1_peer_certificate(stream_.native_handle()), &X509_free);
  if (certificate) {
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> text(BIO_new(BIO_s_mem()), &BIO_free_all);
    char* data = nullptr;
    PEM_write_bio_X509(text.get(), certificate.get());
    const long size = BIO_get_mem_data(text.get(), &data);
    const auto name = pki::common_name({data, static_cast<std::size_t>(size)});
    found = peer_named(name ? *name : std::string());
  }
  found.address = ticket_->address();
  return found;
}

}  // namespace keepsake::sync
