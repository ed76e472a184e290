#include "sync/serving/simple_server.hpp"

#include <thread>
#include <utility>

#include "sync/serving/https_listener.hpp"

namespace keepsake::sync {

namespace {

/// Of one request.
struct Asked {
  RequestHead head;
  Peer peer;
};

class Waiting : public Service {
 public:
  explicit Waiting(SimpleService& service) : service_(service) {}

  std::variant<Reply, Admitted> look_at(const RequestHead& head, const Peer& peer) override {
    auto looked = service_.look_at(head, peer);
    if (auto* reply = std::get_if<Reply>(&looked)) return std::move(*reply);
    const std::size_t most = std::get<SimpleService::May>(looked).body_bytes;
    const Reply too_long = reply_of(sync::too_long(), Format::binary);
    if (head.content_length.value_or(0) > most) return too_long;
    const auto asked = std::make_shared<const Asked>(Asked{head, peer});
    return Admitted{most, too_long,
                    [this, asked](std::string body) { return serve(asked, std::move(body)); }};
  }
  Reply malformed(unsigned status) override {
    return problem_reply(status, "http.syntax", "The request is not valid", Format::binary);
  }

 private:
  boost::asio::awaitable<Reply> serve(std::shared_ptr<const Asked> asked, std::string body) {
    co_return service_.serve(asked->head, asked->peer, body);
  }

  SimpleService& service_;
};

}  // namespace

struct SimpleServer::Inside {
  Inside(SimpleService& simple, const ServerOptions& options)
      : service(simple), listener(context, service, options) {}
  ~Inside() {
    if (thread.joinable()) listener.stop();
    context.stop();
  }

  Waiting service;
  boost::asio::io_context context{1};
  HttpsListener listener;
  std::jthread thread;  ///< last: it runs while all above stands
};

SimpleServer::SimpleServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
SimpleServer::~SimpleServer() = default;

Result<std::unique_ptr<SimpleServer>> SimpleServer::start(SimpleService& service,
                                                          const ServerOptions& options,
                                                          const ServerIdentity& identity) {
  auto inside = std::make_unique<Inside>(service, options);
  if (auto ok = inside->listener.listen(identity); !ok) return ok.error();
  inside->thread = std::jthread([context = &inside->context] { context->run(); });
  return std::unique_ptr<SimpleServer>(new SimpleServer(std::move(inside)));
}

std::uint16_t SimpleServer::port() const { return inside_->listener.port(); }
std::size_t SimpleServer::connections() const { return inside_->listener.connections(); }

}  // namespace keepsake::sync
