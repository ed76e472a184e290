#pragma once

#include <algorithm>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <optional>
#include <vector>

struct ssl_ctx_st;
struct ssl_st;

namespace keepsake::sync {

/// The server's end of a TLS connection: an AsyncReadStream and AsyncWriteStream of Asio's.
/// OpenSSL reads from and writes to the socket itself, so that a connection which waits has no buffers:
/// the stream that comes with Asio keeps 70 KB for each. One operation at a time, on the executor
/// (a strand) of the socket; none completes before the call that began it has returned.
/// Whatever fails with anything but Asio's `operation_aborted` has ended the connection.
class TlsStream {
  using Failed = boost::system::error_code;

 public:
  using executor_type = boost::asio::any_io_executor;

  /// `context` outlives it.
  TlsStream(boost::asio::ip::tcp::socket socket, ssl_ctx_st* context);
  ~TlsStream();
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  executor_type get_executor() { return socket_.get_executor(); }
  ssl_st* native_handle() { return tls_.get(); }
  /// Under TLS, for whoever ends the connection.
  boost::asio::ip::tcp::socket& socket() { return socket_; }
  /// What waits ends with `operation_aborted`; the connection lives.
  void cancel();
  /// What waits ends with `operation_aborted`. Nothing is sent or read any more.
  void close();

  /// void(error_code)
  template <class Token>
  auto async_handshake(Token&& token) {
    return begin<void(Failed)>([this] { return handshake(); }, std::forward<Token>(token));
  }
  /// void(error_code): says goodbye and waits for the other end's. After a failure it does nothing.
  template <class Token>
  auto async_shutdown(Token&& token) {
    return begin<void(Failed)>([this] { return shutdown(); }, std::forward<Token>(token));
  }
  /// void(error_code, bytes). `eof`: the other end said goodbye; `stream_truncated`: it just went.
  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return begin<void(Failed, std::size_t)>(
        [this, into = first<boost::asio::mutable_buffer>(buffers)] { return read(into); },
        std::forward<Token>(token));
  }
  /// void(error_code, bytes): at most one record of TLS.
  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return begin<void(Failed, std::size_t)>(
        [this, outgoing = one_record(buffers)] { return write(outgoing.view); },
        std::forward<Token>(token));
  }

 private:
  struct Wire;  // what OpenSSL calls for the socket
  struct Progress {
    enum class Next { finished, when_readable, when_writable };
    Next next = Next::finished;
    Failed failed{};
    std::size_t bytes = 0;
  };
  /// What one record takes: of several buffers a copy, so that a head does not travel alone.
  struct Record {
    boost::asio::const_buffer view;
    std::shared_ptr<const std::vector<char>> copy;  // shared: an operation is moved, or copied
  };
  static constexpr std::size_t record_bytes = 16 * 1024;

  template <class Signature, class Step>
  struct Operation;
  template <class Signature, class Step, class Token>
  auto begin(Step step, Token&& token) {
    return boost::asio::async_compose<Token, Signature>(
        Operation<Signature, Step>{*this, std::move(step), {}}, token, socket_);
  }
  template <class Buffer, class Buffers>
  static Buffer first(const Buffers& buffers) {
    for (auto at = boost::asio::buffer_sequence_begin(buffers);
         at != boost::asio::buffer_sequence_end(buffers); ++at)
      if (const Buffer one(*at); one.size() > 0) return one;
    return {};
  }
  template <class Buffers>
  static Record one_record(const Buffers& buffers) {
    const auto leading = first<boost::asio::const_buffer>(buffers);
    const std::size_t size = std::min(boost::asio::buffer_size(buffers), record_bytes);
    if (leading.size() >= size) return {boost::asio::buffer(leading, size), nullptr};
    const auto copy = std::make_shared<std::vector<char>>(size);
    boost::asio::buffer_copy(boost::asio::buffer(*copy), buffers);
    return {boost::asio::buffer(std::as_const(*copy)), copy};
  }

  template <class Call>
  Progress attempt(Call call);
  Progress handshake();
  Progress read(boost::asio::mutable_buffer into);
  Progress write(boost::asio::const_buffer from);
  Progress shutdown();
  /// What OpenSSL's answer `returned` means.
  Progress after(int returned, std::size_t bytes);

  struct Free {
    void operator()(ssl_st* tls) const;
  };
  boost::asio::ip::tcp::socket socket_;
  std::unique_ptr<ssl_st, Free> tls_;
  Failed socket_failed_{};  ///< why OpenSSL could not read or write
  bool ended_ = false;      ///< the other end sends nothing more
  bool broken_ = false;     ///< nothing may be asked of OpenSSL any more
};

/// Tries, waits for the socket where OpenSSL must, and tries again.
template <class Signature, class Step>
struct TlsStream::Operation {
  TlsStream& stream;
  Step step;
  std::optional<Progress> progress;  ///< of the last step; none before the first

  template <class Self>
  void operator()(Self& self, Failed waited = {}) {
    const bool begun = progress.has_value();
    if (waited) progress = Progress{.failed = waited};
    if (begun && progress->next == Progress::Next::finished) return complete(self);
    progress = step();
    switch (progress->next) {
      case Progress::Next::when_readable:
        return stream.socket_.async_wait(boost::asio::ip::tcp::socket::wait_read, std::move(self));
      case Progress::Next::when_writable:
        return stream.socket_.async_wait(boost::asio::ip::tcp::socket::wait_write, std::move(self));
      case Progress::Next::finished:
        if (begun) return complete(self);
        boost::asio::post(stream.get_executor(), std::move(self));
    }
  }
  template <class Self>
  void complete(Self& self) {
    if constexpr (std::is_same_v<Signature, void(Failed)>)
      self.complete(progress->failed);
    else
      self.complete(progress->failed, progress->bytes);
  }
};

}  // namespace keepsake::sync
