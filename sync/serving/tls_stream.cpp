#include "sync/serving/tls_stream.hpp"

#include <boost/asio/ssl/error.hpp>
#include <new>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace keepsake::sync {

namespace asio = boost::asio;

// OpenSSL's own for sockets writes without MSG_NOSIGNAL, and goes on with a descriptor's number after it
// was closed and given to another connection.
struct TlsStream::Wire {
  static TlsStream& stream_of(BIO* wire) { return *static_cast<TlsStream*>(BIO_get_data(wire)); }

  static int read(BIO* wire, char* into, int size) {
    TlsStream& stream = stream_of(wire);
    BIO_clear_retry_flags(wire);
    boost::system::error_code failed;
    const std::size_t got =
        stream.socket_.read_some(asio::buffer(into, static_cast<std::size_t>(size)), failed);
    if (!failed) return static_cast<int>(got);
    if (may_retry(failed)) {
      BIO_set_retry_read(wire);
      return -1;
    }
    stream.ended_ = failed == asio::error::eof;
    if (!stream.ended_) stream.socket_failed_ = failed;
    return stream.ended_ ? 0 : -1;
  }
  static int write(BIO* wire, const char* from, int size) {
    TlsStream& stream = stream_of(wire);
    BIO_clear_retry_flags(wire);
    boost::system::error_code failed;
    const std::size_t sent =
        stream.socket_.write_some(asio::buffer(from, static_cast<std::size_t>(size)), failed);
    if (!failed) return static_cast<int>(sent);
    if (may_retry(failed))
      BIO_set_retry_write(wire);
    else
      stream.socket_failed_ = failed;
    return -1;
  }
  static long control(BIO* wire, int command, long, void*) {
    if (command == BIO_CTRL_FLUSH) return 1;
    if (command == BIO_CTRL_EOF) return stream_of(wire).ended_ ? 1 : 0;
    return 0;
  }
  static bool may_retry(const boost::system::error_code& failed) {
    return failed == asio::error::would_block || failed == asio::error::try_again ||
           failed == asio::error::interrupted;
  }

  struct Free {
    void operator()(BIO_METHOD* method) const { BIO_meth_free(method); }
  };
  static const BIO_METHOD* method() {
    static const std::unique_ptr<BIO_METHOD, Free> made = [] {
      std::unique_ptr<BIO_METHOD, Free> wire(
          BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "keepsake socket"));
      if (!wire) throw std::bad_alloc();
      BIO_meth_set_read(wire.get(), &read);
      BIO_meth_set_write(wire.get(), &write);
      BIO_meth_set_ctrl(wire.get(), &control);
      return wire;
    }();
    return made.get();
  }
};

void TlsStream::Free::operator()(ssl_st* tls) const { SSL_free(tls); }

TlsStream::TlsStream(asio::ip::tcp::socket socket, ssl_ctx_st* context)
    : socket_(std::move(socket)), tls_(SSL_new(context)) {
  BIO* wire = BIO_new(Wire::method());
  if (!tls_ || !wire) {
    BIO_free(wire);
    throw std::bad_alloc();
  }
  BIO_set_data(wire, this);
  BIO_set_init(wire, 1);
  SSL_set_bio(tls_.get(), wire, wire);  // owns it now
  SSL_set_accept_state(tls_.get());
  SSL_set_mode(tls_.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                               SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // One record at a time: who sends nothing but new keys for ever keeps no thread, and runs out of time.
  SSL_clear_mode(tls_.get(), SSL_MODE_AUTO_RETRY);
  boost::system::error_code failed;  // of a socket that is gone already: the first step tells
  socket_.non_blocking(true, failed);
}

TlsStream::~TlsStream() = default;

void TlsStream::cancel() {
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void TlsStream::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

template <class Call>
TlsStream::Progress TlsStream::attempt(Call call) {
  if (broken_) return {.failed = asio::error::not_connected};
  ERR_clear_error();  // SSL_get_error() looks at what others of this thread left there
  std::size_t bytes = 0;
  const int returned = call(bytes);
  return after(returned, bytes);
}

TlsStream::Progress TlsStream::handshake() {
  return attempt([&](std::size_t&) { return SSL_do_handshake(tls_.get()); });
}

TlsStream::Progress TlsStream::read(asio::mutable_buffer into) {
  if (into.size() == 0) return {};
  return attempt(
      [&](std::size_t& got) { return SSL_read_ex(tls_.get(), into.data(), into.size(), &got); });
}

TlsStream::Progress TlsStream::write(asio::const_buffer from) {
  if (from.size() == 0) return {};
  return attempt(
      [&](std::size_t& sent) { return SSL_write_ex(tls_.get(), from.data(), from.size(), &sent); });
}

TlsStream::Progress TlsStream::shutdown() {
  return attempt([&](std::size_t&) {
    const int returned = SSL_shutdown(tls_.get());
    // Ours is sent; the second call reads until theirs is here.
    return returned == 0 ? SSL_shutdown(tls_.get()) : returned;
  });
}

TlsStream::Progress TlsStream::after(int returned, std::size_t bytes) {
  const int said = SSL_get_error(tls_.get(), returned);
  switch (said) {
    case SSL_ERROR_NONE:
      return {.bytes = bytes};
    case SSL_ERROR_WANT_READ:
      return {.next = Progress::Next::when_readable};
    case SSL_ERROR_WANT_WRITE:
      return {.next = Progress::Next::when_writable};
    case SSL_ERROR_ZERO_RETURN:
      return {.failed = asio::error::eof};
    default:
      break;
  }
  broken_ = true;
  const unsigned long why = ERR_get_error();
  ERR_clear_error();
  if (socket_failed_) return {.failed = socket_failed_};
  if (ended_) return {.failed = asio::ssl::error::stream_truncated};
  if (said == SSL_ERROR_SSL && why != 0)
    return {.failed = {static_cast<int>(why), asio::error::get_ssl_category()}};
  return {.failed = asio::ssl::error::unexpected_result};
}

}  // namespace keepsake::sync
