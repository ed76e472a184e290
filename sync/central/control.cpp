#include "sync/central/control.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "storage/domain/fact.hpp"
#include "storage/engine/socket_path.hpp"
#include "storage/facts/packed_facts.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"

namespace keepsake::sync::central {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace fs = std::filesystem;
using Local = asio::local::stream_protocol;
using LocalStream = beast::basic_stream<Local>;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t line_bytes = 4096;
constexpr std::size_t carried_most =
    limits::batch_bytes + 4096;  // a sealed record has a little more
constexpr std::chrono::seconds patience{10};
constexpr std::chrono::seconds long_patience{600};  // as many facts as there may be

std::string error_line(const Error& error) {
  const nlohmann::json answer = {{"error",
                                  {{"kind", static_cast<int>(error.kind)},
                                   {"code", error.code},
                                   {"what", error.what},
                                   {"remedy", error.remedy}}}};
  return answer.dump() + "\n";
}

struct CodeAsked {
  std::string store;
  std::string by;
};
struct JudgeAsked {};
struct ClockConfirmed {};
struct PublishAsked {
  Publication publication;
  std::size_t bytes = 0;  ///< of the facts that follow the line
};
struct WithdrawAsked {
  std::int64_t number = 0;
  std::string by;
};
struct RevokeAsked {
  TerminalNumber number;
  std::string reason;
  std::string by;
};
struct CarryAsked {
  CarriedBatch batch;
  std::size_t bytes = 0;  ///< of its body, which follows the line
};
/// monostate: it is no request.
using Asked = std::variant<std::monostate, CodeAsked, JudgeAsked, ClockConfirmed, PublishAsked,
                           WithdrawAsked, RevokeAsked, CarryAsked>;

Asked publish_asked(const nlohmann::json& request) {
  PublishAsked asked;
  asked.publication.what = request.value("what", "");
  asked.publication.store = request.value("store", "");
  asked.publication.made_by = request.value("by", "");
  asked.publication.at = {request.value("at_ms", std::int64_t{0})};
  asked.bytes = request.value("bytes", std::size_t{0});
  if (asked.publication.made_by.empty() || asked.bytes == 0 || asked.bytes > packed_facts_bytes)
    return {};
  return asked;
}

Asked carry_asked(const nlohmann::json& request) {
  CarryAsked asked;
  asked.batch.terminal = {request.value("terminal", std::uint32_t{0})};
  asked.batch.epoch = {request.value("epoch", std::uint8_t{0})};
  asked.batch.by = request.value("by", "");
  asked.batch.first = request.value("first", false);
  if (request.value("sealed", false)) asked.batch.as = CarriedAs::opaque;
  asked.batch.feed = {request.value("generation", std::int64_t{0}),
                      request.value("position", std::int64_t{0})};
  asked.bytes = request.value("bytes", std::size_t{0});
  if (asked.batch.by.empty() || asked.bytes == 0 || asked.bytes > carried_most) return {};
  return asked;
}

/// How much follows the line.
std::size_t bytes_behind(const Asked& asked) {
  if (const auto* publication = std::get_if<PublishAsked>(&asked)) return publication->bytes;
  if (const auto* carried = std::get_if<CarryAsked>(&asked)) return carried->bytes;
  return 0;
}

Asked asked(std::string_view line) try {
  const auto request = nlohmann::json::parse(line, nullptr, false);
  if (!request.is_object()) return {};
  const auto what = request.value("do", nlohmann::json());
  if (what == "judge-again") return JudgeAsked{};
  if (what == "confirm-clock") return ClockConfirmed{};
  if (what == "publish") return publish_asked(request);
  if (what == "carry") return carry_asked(request);
  if (what == "withdraw")
    return WithdrawAsked{request.value("number", std::int64_t{0}), request.value("by", "")};
  if (what == "revoke")
    return RevokeAsked{{request.value("terminal", std::uint32_t{0})},
                       request.value("reason", ""),
                       request.value("by", "")};
  const auto store = request.find("store");
  if (what != "enrol-code" || store == request.end() || !store->is_string()) return {};
  return CodeAsked{store->get<std::string>(), request.value("by", "")};
} catch (const nlohmann::json::type_error&) {
  return {};
}

// Plain functions: GCC 12 destroys temporaries of braced lists twice when they stand in a
// coroutine.
std::string no_request() {
  return error_line({Failure::bad_input, "control.syntax", "Not a request", {}, {}});
}

std::string answer_line(const Result<std::string>& code) {
  if (!code) return error_line(code.error());
  const nlohmann::json answer = {{"code", *code}};
  return answer.dump() + "\n";
}

std::string answer_line(const Result<Rejudged>& judged) {
  if (!judged) return error_line(judged.error());
  const nlohmann::json answer = {{"looked_at", judged->looked_at}, {"applied", judged->applied}};
  return answer.dump() + "\n";
}

std::string answer_line(const Result<std::int64_t>& number) {
  if (!number) return error_line(number.error());
  const nlohmann::json answer = {{"number", *number}};
  return answer.dump() + "\n";
}

std::string answer_line(const Result<Terminal>& terminal) {
  if (!terminal) return error_line(terminal.error());
  const nlohmann::json answer = {{"store", terminal->store}, {"epoch", terminal->epoch.value}};
  return answer.dump() + "\n";
}

std::string answer_line(const Result<Done>& done) {
  if (!done) return error_line(done.error());
  return "{}\n";
}

std::string answer_line(const Result<Ingest::Answer>& taken) {
  if (!taken) return error_line(taken.error());
  if (const auto* refusal = std::get_if<Refusal>(&*taken)) {
    const nlohmann::json answer = {{"status", refusal->status},
                                   {"code", refusal->problem.code},
                                   {"message", refusal->problem.message},
                                   {"expected", refusal->problem.expected}};
    return answer.dump() + "\n";
  }
  const std::string bytes = encode(std::get<SignedAcknowledgement>(*taken));
  const nlohmann::json answer = {{"bytes", bytes.size()}};
  return answer.dump() + "\n" + bytes;
}

asio::awaitable<std::string> publish(PublishAsked request, std::string facts, Router& router) {
  auto read = unpacked(facts);
  if (!read) co_return error_line(read.error());
  const Result<std::int64_t> number =
      co_await router.publish(std::move(request.publication), std::move(*read));
  co_return answer_line(number);
}

/// `more`: what follows the line.
asio::awaitable<std::string> answer_to(Asked request, std::string more, Router& router) {
  if (auto* publication = std::get_if<PublishAsked>(&request))
    co_return co_await publish(std::move(*publication), std::move(more), router);
  if (auto* carried = std::get_if<CarryAsked>(&request)) {
    carried->batch.body = std::move(more);
    const Result<Ingest::Answer> taken = co_await router.take_carried(std::move(carried->batch));
    co_return answer_line(taken);
  }
  if (const auto* withdrawal = std::get_if<WithdrawAsked>(&request)) {
    const Result<Done> done = co_await router.withdraw(withdrawal->number, withdrawal->by);
    co_return answer_line(done);
  }
  if (const auto* code = std::get_if<CodeAsked>(&request)) {
    const Result<std::string> made = co_await router.new_code(code->store, code->by);
    co_return answer_line(made);
  }
  if (const auto* asked = std::get_if<RevokeAsked>(&request)) {
    const Result<Terminal> revoked =
        co_await router.revoke(asked->number, asked->reason, asked->by);
    co_return answer_line(revoked);
  }
  if (std::holds_alternative<JudgeAsked>(request)) {
    const Result<Rejudged> judged = co_await router.judge_again();
    co_return answer_line(judged);
  }
  if (std::holds_alternative<ClockConfirmed>(request)) {
    const Result<Done> done = co_await router.confirm_clock();
    co_return answer_line(done);
  }
  co_return no_request();
}

asio::awaitable<void> converse(LocalStream stream, Router& router) {
  std::string line;
  stream.expires_after(patience);
  const auto [failed, size] = co_await asio::async_read_until(
      stream, asio::dynamic_buffer(line, line_bytes), '\n', quietly);
  if (failed) co_return;
  Asked request = asked(std::string_view(line).substr(0, size));
  line.erase(0, size);
  const std::size_t behind = bytes_behind(request);
  std::size_t there = line.size();
  line.resize(std::max(there, behind));
  while (there < behind) {
    stream.expires_after(patience);
    const auto [broken, got] =
        co_await stream.async_read_some(asio::buffer(line.data() + there, behind - there), quietly);
    if (broken) co_return;
    there += got;
  }
  stream.expires_never();
  const std::string answer = co_await answer_to(std::move(request), std::move(line), router);
  stream.expires_after(patience);
  co_await asio::async_write(stream, asio::buffer(answer), quietly);
}

Error no_answer(const fs::path& folder) {
  return {Failure::unavailable, "control.silent", "The running centre is not responding",
          folder.string(), "Check its log, or start it again"};
}

}  // namespace

ControlSocket::ControlSocket(asio::io_context& context, fs::path folder, Router& router)
    : folder_(std::move(folder)), router_(router), acceptor_(asio::make_strand(context)) {}

Result<std::unique_ptr<ControlSocket>> ControlSocket::open(asio::io_context& context,
                                                           const fs::path& folder, Router& router) {
  std::unique_ptr<ControlSocket> control(new ControlSocket(context, folder, router));
  std::error_code ignored;
  fs::remove(folder / "control.sock", ignored);
  const SocketPath path(folder);
  boost::system::error_code failed;
  auto& acceptor = control->acceptor_;
  acceptor.open(Local(), failed);
  // Linux makes the file with the mode that the unbound socket has: it is never open to others.
  if (!failed && ::fchmod(acceptor.native_handle(), 0600) != 0)
    failed.assign(errno, boost::system::system_category());
  if (!failed) acceptor.bind(Local::endpoint(path.text()), failed);
  if (!failed) acceptor.listen(8, failed);
  if (failed) {
    return Error{Failure::unavailable, "control.open", "The control socket cannot be created",
                 (folder / "control.sock").string(), failed.message()};
  }
  asio::co_spawn(
      acceptor.get_executor(),
      [self = control.get()]() -> asio::awaitable<void> { co_await self->accept(); },
      asio::detached);
  return control;
}

ControlSocket::~ControlSocket() { close(); }

void ControlSocket::close() {
  if (!acceptor_.is_open()) return;
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  std::error_code no_matter;
  fs::remove(folder_ / "control.sock", no_matter);
}

// One conversation at a time is enough for a person at a shell.
asio::awaitable<void> ControlSocket::accept() {
  for (;;) {
    auto [failed, socket] = co_await acceptor_.async_accept(quietly);
    if (failed == asio::error::operation_aborted || !acceptor_.is_open()) co_return;
    if (!failed) co_await converse(LocalStream(std::move(socket)), router_);
  }
}

namespace {

struct Answered {
  nlohmann::json line;
  std::string more;  ///< what follows it
};

/// nullopt: no centre is running.
/// `more`: what follows the request's line.
Result<std::optional<Answered>> ask_for_more(const fs::path& folder, const nlohmann::json& request,
                                             std::chrono::seconds longest,
                                             const std::string& more) {
  const SocketPath path(folder);
  asio::io_context context;
  Local::socket socket(context);
  boost::system::error_code failed;
  socket.connect(Local::endpoint(path.text()), failed);
  if (failed == boost::system::errc::no_such_file_or_directory ||
      failed == asio::error::connection_refused) {
    return std::optional<Answered>();
  }
  if (failed) return no_answer(folder);
  const timeval wait{longest.count(), 0};
  ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  asio::write(socket,
              asio::buffer(request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) +
                           "\n" + more),
              failed);
  std::string line;
  std::size_t size = 0;
  if (!failed)
    size = asio::read_until(socket, asio::dynamic_buffer(line, line_bytes), '\n', failed);
  if (failed) return no_answer(folder);
  Answered answer{
      nlohmann::json::parse(line.begin(), line.begin() + static_cast<long>(size), nullptr, false),
      line.substr(size)};
  if (!answer.line.is_object()) return no_answer(folder);
  const std::size_t behind = answer.line.value("bytes", std::size_t{0});
  if (behind > answer_bytes || answer.more.size() > behind) return no_answer(folder);
  const std::size_t there = answer.more.size();
  answer.more.resize(behind);
  if (there < behind)
    asio::read(socket, asio::buffer(answer.more.data() + there, behind - there), failed);
  if (failed) return no_answer(folder);
  if (!answer.line.contains("error")) return std::optional(std::move(answer));
  const auto& error = answer.line["error"];
  return Error{static_cast<Failure>(error.value("kind", static_cast<int>(Failure::internal))),
               error.value("code", "control.error"),
               error.value("what", "The centre refused"),
               {},
               error.value("remedy", "")};
}

Result<std::optional<nlohmann::json>> ask(const fs::path& folder, const nlohmann::json& request,
                                          std::chrono::seconds longest,
                                          const std::string& more = {}) {
  auto answer = ask_for_more(folder, request, longest, more);
  if (!answer) return answer.error();
  if (!*answer) return std::optional<nlohmann::json>();
  return std::optional(std::move((*answer)->line));
}

}  // namespace

Result<std::optional<std::string>> ask_for_code(const fs::path& folder, std::string_view store,
                                                std::string_view by) {
  const auto answer = ask(folder, {{"do", "enrol-code"}, {"store", store}, {"by", by}}, patience);
  if (!answer) return answer.error();
  if (!*answer) return std::optional<std::string>();
  return std::optional((*answer)->value("code", ""));
}

Result<std::optional<Rejudged>> ask_to_judge_again(const fs::path& folder) {
  const auto answer = ask(folder, {{"do", "judge-again"}}, long_patience);
  if (!answer) return answer.error();
  if (!*answer) return std::optional<Rejudged>();
  return std::optional(Rejudged{(*answer)->value("looked_at", std::int64_t{0}),
                                (*answer)->value("applied", std::int64_t{0})});
}

Result<std::optional<Done>> ask_to_confirm_clock(const fs::path& folder) {
  const auto answer = ask(folder, {{"do", "confirm-clock"}}, long_patience);
  if (!answer) return answer.error();
  return *answer ? std::optional(Done{}) : std::nullopt;
}

Result<std::optional<std::int64_t>> ask_to_publish(const fs::path& folder,
                                                   const Publication& publication,
                                                   const std::vector<Fact>& facts) {
  const auto bytes = packed(facts);
  if (!bytes) return bytes.error();
  const auto answer = ask(folder,
                          {{"do", "publish"},
                           {"what", publication.what},
                           {"store", publication.store},
                           {"by", publication.made_by},
                           {"at_ms", publication.at.ms},
                           {"bytes", bytes->size()}},
                          long_patience, *bytes);
  if (!answer) return answer.error();
  if (!*answer) return std::optional<std::int64_t>();
  return std::optional((*answer)->value("number", std::int64_t{0}));
}

Result<std::optional<Done>> ask_to_withdraw(const fs::path& folder, std::int64_t number,
                                            std::string_view by) {
  const auto answer =
      ask(folder, {{"do", "withdraw"}, {"number", number}, {"by", by}}, long_patience);
  if (!answer) return answer.error();
  return *answer ? std::optional(Done{}) : std::nullopt;
}

Result<std::optional<Terminal>> ask_to_revoke(const fs::path& folder, TerminalNumber number,
                                              std::string_view reason, std::string_view by) {
  const auto answer =
      ask(folder, {{"do", "revoke"}, {"terminal", number.value}, {"reason", reason}, {"by", by}},
          long_patience);
  if (!answer) return answer.error();
  if (!*answer) return std::optional<Terminal>();
  Terminal terminal;
  terminal.number = number;
  terminal.store = (*answer)->value("store", "");
  terminal.epoch = terminal.revoked = {(*answer)->value("epoch", std::uint8_t{0})};
  return std::optional(std::move(terminal));
}

Result<std::optional<Ingest::Answer>> ask_to_take(const fs::path& folder,
                                                  const CarriedBatch& carried) {
  const auto answer = ask_for_more(folder,
                                   {{"do", "carry"},
                                    {"terminal", carried.terminal.value},
                                    {"epoch", carried.epoch.value},
                                    {"by", carried.by},
                                    {"first", carried.first},
                                    {"sealed", carried.as == CarriedAs::opaque},
                                    {"generation", carried.feed.generation},
                                    {"position", carried.feed.position},
                                    {"bytes", carried.body.size()}},
                                   long_patience, carried.body);
  if (!answer) return answer.error();
  if (!*answer) return std::optional<Ingest::Answer>();
  const nlohmann::json& line = (*answer)->line;
  if (line.contains("status"))
    return std::optional<Ingest::Answer>(
        Refusal{line.value("status", 500U),
                {line.value("code", ""), line.value("message", ""), line.value("expected", Seq{0})},
                {}});
  auto taken = decode_signed_acknowledgement((*answer)->more);
  if (!taken) return taken.error();
  return std::optional<Ingest::Answer>(std::move(*taken));
}

}  // namespace keepsake::sync::central
