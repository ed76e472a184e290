#include "sync/central/router.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <spdlog/spdlog.h>

#include "storage/book/reader.hpp"
#include "sync/central/central_clock.hpp"
#include "sync/central/ingest_checks.hpp"
#include "sync/wire/compression.hpp"
#include "sync/wire/mirror.hpp"

namespace keepsake::sync::central {

namespace asio = boost::asio;

namespace {

constexpr std::size_t json_bytes_inflated =
    1024 * 1024;  // a parsed JSON tree is many times its text
constexpr std::string_view health_path = "/v1/health";

struct Endpoint {
  Route route;
  std::string_view method;
};

std::optional<Endpoint> endpoint_of(std::string_view path, TerminalPath& terminal) {
  if (path == ca_path) return Endpoint{Route::ca, "GET"};
  if (path == enrol_path) return Endpoint{Route::enrol, "POST"};
  if (path == status_path) return Endpoint{Route::status, "GET"};
  if (path == health_path) return Endpoint{Route::health, "GET"};
  const auto found = parse_terminal_path(path);
  if (!found) return std::nullopt;
  terminal = *found;
  switch (found->action) {
    case TerminalAction::feed:
      return Endpoint{Route::feed, "GET"};
    case TerminalAction::opaque:
      return Endpoint{Route::opaque, "POST"};
    case TerminalAction::look_up:
      return Endpoint{Route::look_up, "POST"};
    case TerminalAction::renew:
      return Endpoint{Route::renew, "POST"};
    case TerminalAction::reservations:
      return Endpoint{Route::reservations, "POST"};
    case TerminalAction::snapshot:
      return Endpoint{Route::snapshot, "GET"};
    case TerminalAction::snapshot_part:
      return Endpoint{Route::snapshot_part, "GET"};
    case TerminalAction::neighbours:
      return Endpoint{Route::neighbours, "POST"};
    case TerminalAction::hand_in:
      return Endpoint{Route::hand_in, "POST"};
    case TerminalAction::batch:
      break;
  }
  return Endpoint{Route::batch, "POST"};
}

std::string_view name_of(Route route) {
  switch (route) {
    case Route::ca:
      return "ca";
    case Route::enrol:
      return "enrol";
    case Route::batch:
      return "batch";
    case Route::opaque:
      return "opaque";
    case Route::look_up:
      return "look-up";
    case Route::renew:
      return "renew";
    case Route::feed:
      return "feed";
    case Route::reservations:
      return "reservations";
    case Route::snapshot:
      return "snapshot";
    case Route::snapshot_part:
      return "snapshot-part";
    case Route::neighbours:
      return "neighbours";
    case Route::hand_in:
      return "hand-in";
    case Route::status:
      return "status";
    case Route::health:
      return "health";
  }
  return "?";
}

/// The media type without its parameters, as it stands before the first ';'.
std::string_view media_type(std::string_view header) {
  auto type = header.substr(0, header.find(';'));
  while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
  return type;
}

/// What a terminal does under its own number.
bool is_terminals_own(Route route) {
  return route == Route::batch || route == Route::opaque || route == Route::look_up ||
         route == Route::renew || route == Route::feed || route == Route::reservations ||
         route == Route::snapshot || route == Route::snapshot_part || route == Route::neighbours ||
         route == Route::hand_in;
}

std::size_t longest_body(Route route) {
  if (route == Route::batch || route == Route::opaque) return request_bytes;
  if (route == Route::reservations) return reservation_bytes;
  if (route == Route::hand_in) return hand_in_bytes;
  const bool some = route == Route::enrol || route == Route::renew || route == Route::look_up ||
                    route == Route::neighbours;
  return some ? enrol_bytes : 0;
}

std::optional<Reply> refuse_peer(const Request& request) {
  const bool for_itself = is_terminals_own(request.route);
  if (!for_itself && request.route != Route::status) return std::nullopt;
  const auto out = request.format_out;
  switch (request.peer.kind) {
    case Peer::Kind::anonymous:
      return problem_reply(401, "certificate.missing", "A client certificate is required", out);
    case Peer::Kind::unknown:
      return problem_reply(403, "certificate.unknown",
                           "The certificate belongs to no known terminal", out);
    case Peer::Kind::operating:
      if (request.route == Route::status) return std::nullopt;
      return problem_reply(403, "certificate.terminal", "Only the terminal itself may do this",
                           out);
    case Peer::Kind::terminal:
      break;
  }
  const bool own = request.peer.terminal.terminal == request.path.terminal &&
                   request.peer.terminal.epoch == request.path.epoch;
  if (for_itself && !own) {
    return problem_reply(403, "certificate.terminal", "The certificate belongs to another terminal",
                         out);
  }
  return std::nullopt;
}

/// Reads content type and encoding into the request, or says why not.
std::optional<Reply> refuse_body(const RequestHead& head, Request& request) {
  request.body_bytes = longest_body(request.route);
  if (request.body_bytes > 0) {
    const auto type = media_type(head.content_type);
    if (!type.empty() && type != binary_type && type != json_type) {
      return problem_reply(415, "content.type", "Send application/x-protobuf or application/json",
                           request.format_out);
    }
    request.compressed = head.content_encoding == "zstd";
    if (!head.content_encoding.empty() && !request.compressed &&
        head.content_encoding != "identity") {
      return problem_reply(415, "content.encoding", "Use zstd or no compression",
                           request.format_out);
    }
  }
  if (head.content_length.value_or(0) > request.body_bytes)
    return Router::too_large(request.format_out);
  return std::nullopt;
}

Result<std::unique_ptr<Snapshots>> open_snapshots(Centre& centre, std::int64_t worth,
                                                  std::shared_ptr<spdlog::logger> log) {
  auto reader = centre.reader();
  if (!reader) return reader.error();
  auto vault = centre.vault_reader();
  if (!vault) return vault.error();
  return std::make_unique<Snapshots>(centre.folder() / "snapshots", std::move(*reader),
                                     std::move(*vault), worth, std::move(log));
}

}  // namespace

Result<std::string> Router::inflated(const Request& request, std::string body) {
  const std::size_t most =
      request.format_in == Format::json ? json_bytes_inflated : limits::batch_bytes_inflated;
  if (request.compressed) return decompress(body, most);
  return body;
}

Result<std::unique_ptr<Router>> Router::open(Centre& centre, const Clock& clock,
                                             std::shared_ptr<spdlog::logger> log,
                                             std::int64_t worth) {
  auto reader = centre.reader();
  if (!reader) return reader.error();
  auto vault = centre.vault_reader();
  if (!vault) return vault.error();
  auto snapshots = open_snapshots(centre, worth, log);
  if (!snapshots) return snapshots.error();
  return std::unique_ptr<Router>(new Router(centre, std::move(*reader), std::move(*vault),
                                            std::move(*snapshots), clock, std::move(log)));
}

Router::Router(Centre& centre, std::unique_ptr<Database> reader, std::unique_ptr<Vault> vault,
               std::unique_ptr<Snapshots> snapshots, const Clock& clock,
               std::shared_ptr<spdlog::logger> log)
    : centre_(centre),
      reader_(std::move(reader)),
      vault_(std::move(vault)),
      snapshots_(std::move(snapshots)),
      clock_(clock),
      believed_ms_(clock.now().ms),
      log_(std::move(log)) {
  look_at_clock();
}

/// On the thread that reads.
void Router::look_at_clock() {
  try {
    const ClockTrust trust = trust_in_clock(*reader_, clock_.now());
    believed_ms_ = trust.believed.ms;
    if (const auto right = expect_right(trust); !right && log_)
      log_->warn(
          "clock: {} ({}): tills are not told the time; set the date, or say that it is "
          "right: keepsake-central clock --confirm",
          right.error().code, right.error().what);
  } catch (const DatabaseError& failed) {
    if (log_) log_->error("clock: {}", failed.error().what);
  }
}

std::optional<Instant> Router::date() const {
  const Instant now = clock_.now();
  if (!ClockTrust{{believed_ms_}, now}.is_right() || !expect_plausible(now)) return std::nullopt;
  return now;
}

Router::~Router() { finish(); }

void Router::finish() {
  end_pulls();
  // It waits for the writer, so it ends first.
  centre_.forgetting().stop();
  cleaner_.join();
  writer_.join();
  readers_.join();
}

Reply Router::too_large(Format format) { return reply_of(too_long(), format); }

Reply Router::malformed(unsigned status) {
  return problem_reply(status, "http.syntax", "The request is not valid", Format::binary);
}

std::variant<Reply, Request> Router::admit(const RequestHead& head, Peer peer) {
  Request request;
  request.peer = std::move(peer);
  auto admission = admit(head, request);
  if (!admission) return request;
  note(request, *admission, 0);
  return std::move(*admission);
}

std::variant<Reply, Admitted> Router::look_at(const RequestHead& head, const Peer& peer) {
  auto admission = admit(head, peer);
  if (auto* refusal = std::get_if<Reply>(&admission)) return std::move(*refusal);
  const auto request = std::make_shared<Request>(std::move(std::get<Request>(admission)));
  return Admitted{
      request->body_bytes, too_large(request->format_out),
      [this, request](std::string body) { return serve(std::move(*request), std::move(body)); }};
}

std::optional<Reply> Router::admit(const RequestHead& head, Request& request) {
  request.format_in = format_of(head.content_type);
  request.format_out = format_of(head.accept);
  const auto endpoint = endpoint_of(head.target, request.path);
  if (!endpoint) return problem_reply(404, "path.unknown", "Not found", request.format_out);
  request.route = endpoint->route;
  if (head.method != endpoint->method) {
    auto reply = problem_reply(405, "method.wrong", "Method not allowed", request.format_out);
    reply.allow = endpoint->method;
    return reply;
  }
  if (auto reply = refuse_peer(request)) return reply;
  if (auto reply = refuse_body(head, request)) return reply;
  if (request.route == Route::enrol &&
      !enrol_throttle_.allows(request.peer.address, clock_.now())) {
    return busy_reply(429, "Too many wrong codes; wait a minute", 60, request.format_out);
  }
  return std::nullopt;
}

asio::awaitable<Reply> Router::serve(Request request, std::string body) {
  const auto begun = std::chrono::steady_clock::now();
  Reply reply = co_await dispatch(request, std::move(body));
  const auto took = std::chrono::steady_clock::now() - begun;
  note(request, reply, std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
  co_return reply;
}

asio::awaitable<Reply> Router::dispatch(Request request, std::string body) {
  switch (request.route) {
    case Route::ca:
      co_return plain_reply("application/x-pem-file", centre_.authority_pem());
    case Route::health:
      co_return plain_reply("text/plain", "ok\n");
    case Route::enrol:
      co_return co_await serve_enrol(std::move(request), std::move(body));
    case Route::batch:
      co_return co_await serve_batch(std::move(request), std::move(body));
    case Route::opaque:
      co_return co_await serve_opaque(std::move(request), std::move(body));
    case Route::look_up:
      co_return co_await serve_look_up(std::move(request), std::move(body));
    case Route::renew:
      co_return co_await serve_renew(std::move(request), std::move(body));
    case Route::reservations:
      co_return co_await serve_reservations(std::move(request), std::move(body));
    case Route::neighbours:
      co_return co_await serve_neighbours(std::move(request), std::move(body));
    case Route::hand_in:
      co_return co_await serve_hand_in(std::move(request), std::move(body));
    case Route::feed:
      co_return co_await serve_feed(std::move(request));
    case Route::status:
    case Route::snapshot:
    case Route::snapshot_part:
      break;
  }
  auto work = [this, request]() -> asio::awaitable<Reply> {
    co_return guarded([&] { return read_for(request); }, request.format_out);
  };
  co_return co_await asio::co_spawn(readers_.get_executor(), std::move(work), asio::use_awaitable);
}

// Out of memory, or a defect: this request fails, the centre goes on.
Reply Router::guarded(const std::function<Reply()>& work, Format format) const {
  try {
    return work();
  } catch (const std::exception&) {
    return reply_of(as_refusal({Failure::internal, "exception", {}, "router", {}}), format);
  }
}

asio::awaitable<Reply> Router::on_writer(Queue& queue, std::function<Reply()> work, Format format) {
  if (queue.waiting.fetch_add(1) >= queue.length) {
    queue.waiting.fetch_sub(1);
    co_return busy_reply(503, "The server is busy", 5, format);
  }
  // The slot is given back by the writer, so that a connection which breaks off while it waits
  // does not lose one. Not by co_spawn, whose answer stands in the writer's queue once more: behind
  // what `work` left for later.
  auto begin = [this, &queue, format, work = std::move(work)](auto answer) mutable {
    auto executor = asio::get_associated_executor(answer, writer_.get_executor());
    auto busy = asio::make_work_guard(executor);
    asio::post(writer_, [this, &queue, format, work = std::move(work), answer = std::move(answer),
                         busy = std::move(busy)]() mutable {
      Reply reply = guarded(work, format);
      queue.waiting.fetch_sub(1);
      asio::post(busy.get_executor(),
                 [answer = std::move(answer), reply = std::move(reply)]() mutable {
                   std::move(answer)(std::move(reply));
                 });
    });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Reply)>(
      std::move(begin), asio::use_awaitable);
}

asio::awaitable<Reply> Router::serve_batch(Request request, std::string body) {
  const Format out = request.format_out;
  const auto plain = inflated(request, std::move(body));
  if (!plain) co_return reply_of(refusal_of_body(plain.error()), out);
  auto decoded = read_batch(*plain, request.format_in);
  if (!decoded) co_return reply_of(refusal_of_body(decoded.error()), out);
  const auto batch = std::make_shared<const Batch>(std::move(*decoded));
  std::function<Reply()> work = [this, path = request.path, out, batch] {
    const auto answer = centre_.ingest().take(path.terminal, path.epoch, *batch);
    return answered(answer, !batch->records.empty(), out);
  };
  co_return co_await on_writer(batches_, std::move(work), out);
}

/// On the writer's thread. `taken`: something was.
Reply Router::answered(const Ingest::Answer& answer, bool taken, Format out) {
  if (const auto* refusal = std::get_if<Refusal>(&answer)) return reply_of(*refusal, out);
  if (taken) apply_taken();
  return ok_reply(encode(std::get<SignedAcknowledgement>(answer), out), out);
}

asio::awaitable<Reply> Router::serve_opaque(Request request, std::string body) {
  const Format out = request.format_out;
  const auto plain = inflated(request, std::move(body));
  if (!plain) co_return reply_of(refusal_of_body(plain.error()), out);
  auto decoded = decode_opaque_record(*plain, request.format_in);
  if (!decoded) co_return reply_of(refusal_of_body(decoded.error()), out);
  const auto record = std::make_shared<const OpaqueRecord>(std::move(*decoded));
  std::function<Reply()> work = [this, path = request.path, out, record] {
    const auto answer = centre_.ingest().take_opaque(path.terminal, path.epoch, *record);
    return answered(answer, true, out);
  };
  co_return co_await on_writer(batches_, std::move(work), out);
}

asio::awaitable<Reply> Router::serve_look_up(Request request, std::string body) {
  const Format out = request.format_out;
  const auto plain = inflated(request, std::move(body));
  if (!plain) co_return reply_of(refusal_of_body(plain.error()), out);
  auto decoded = decode_look_up(*plain, request.format_in);
  if (!decoded) co_return reply_of(refusal_of_body(decoded.error()), out);
  std::function<Reply()> work = [this, path = request.path, out, key = std::move(*decoded)] {
    const auto answer = centre_.look_ups().look_up(path.terminal, path.epoch, key);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) return reply_of(*refusal, out);
    const auto& found = std::get<LookUps::Found>(answer);
    if (found.news) bell_.ring(centre_.store_of(path.terminal));
    return ok_reply(encode(found.answer, out), out);
  };
  co_return co_await on_writer(batches_, std::move(work), out);
}

asio::awaitable<Reply> Router::serve_reservations(Request request, std::string body) {
  const Format out = request.format_out;
  const auto plain = inflated(request, std::move(body));
  if (!plain) co_return reply_of(refusal_of_body(plain.error()), out);
  auto decoded = decode_reservation_request(*plain, request.format_in);
  if (!decoded) co_return reply_of(refusal_of_body(decoded.error()), out);
  const auto asked = std::make_shared<const ReservationRequest>(std::move(*decoded));
  std::function<Reply()> work = [this, path = request.path, out, asked] {
    const auto answer = centre_.reservations().answer(path.terminal, path.epoch, *asked);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) return reply_of(*refusal, out);
    const auto& answered = std::get<Reservations::Answered>(answer);
    for (const std::string& store : answered.news) bell_.ring(store);
    if (!asked->given_back.empty()) share_out_soon();
    return ok_reply(encode(answered.answer, out), out);
  };
  co_return co_await on_writer(batches_, std::move(work), out);
}

asio::awaitable<Reply> Router::serve_renew(Request request, std::string body) {
  const Format out = request.format_out;
  const auto plain = inflated(request, std::move(body));
  if (!plain) co_return reply_of(refusal_of_body(plain.error()), out);
  auto decoded = decode_renew_request(*plain, request.format_in);
  if (!decoded) co_return reply_of(refusal_of_body(decoded.error()), out);
  std::function<Reply()> work = [this, path = request.path, out,
                                 csr = std::move(decoded->csr_pem)] {
    const auto answer = centre_.renewals().renew(path.terminal, path.epoch, csr);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) return reply_of(*refusal, out);
    return ok_reply(encode(std::get<RenewAnswer>(answer), out), out);
  };
  co_return co_await on_writer(batches_, std::move(work), out);
}

asio::awaitable<Reply> Router::serve_enrol(Request request, std::string body) {
  const Format out = request.format_out;
  const auto plain = inflated(request, std::move(body));
  if (!plain) co_return reply_of(refusal_of_body(plain.error()), out);
  auto decoded = decode_enrol_request(*plain, request.format_in);
  if (!decoded) {
    enrol_throttle_.refused(request.peer.address, clock_.now());
    co_return reply_of(refusal_of_body(decoded.error()), out);
  }
  const auto asked = std::make_shared<const EnrolRequest>(std::move(*decoded));
  std::function<Reply()> work = [this, out, asked] {
    const auto answer = centre_.enrolment().enrol(*asked);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) return reply_of(*refusal, out);
    deal_codes(std::get<EnrolAnswer>(answer).store);
    return ok_reply(encode(std::get<EnrolAnswer>(answer), out), out);
  };
  Reply reply = co_await on_writer(enrolments_, std::move(work), out);
  if (reply.status == 400 || reply.status == 403)
    enrol_throttle_.refused(request.peer.address, clock_.now());
  co_return reply;
}

// Numbers of terminals, never addresses, names, codes or bodies (I9).
void Router::note(const Request& request, const Reply& reply, std::int64_t took_ms) {
  if (!log_ || request.route == Route::health) return;
  const auto level = reply.status >= 500   ? spdlog::level::err
                     : reply.status >= 400 ? spdlog::level::warn
                                           : spdlog::level::info;
  log_->log(level, "{} terminal={} epoch={} status={} ms={}{}{}", name_of(request.route),
            request.peer.terminal.terminal.value, request.peer.terminal.epoch.value, reply.status,
            took_ms, reply.cause.empty() ? "" : " cause=", reply.cause);
}

}  // namespace keepsake::sync::central
