#include "kiosk/control/control_socket.hpp"

#include <algorithm>
#include <exception>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include "storage/domain/values/overloaded.hpp"
#include "storage/engine/version.hpp"

namespace keepsake::control {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t visitors_most = 64;  // more wait to be let in
constexpr auto to_leave = 2s;              // an answer
constexpr auto look_at_sale = 250ms;
constexpr auto tell_again = 60s;  // that it still waits

Error other_version(std::string_view theirs) {
  return {Failure::refused, "control.version",
          "The running kiosk is of another version than this command",
          "kiosk " + std::string(version()) + ", command " + std::string(theirs),
          "Use the `keepsake` that was installed with the kiosk, or start the kiosk again"};
}

Error closing() {
  return {Failure::unavailable, "control.closing", "The kiosk is being closed", "",
          "Nothing was recorded: run the command again"};
}

bool changes_prices(const Request& request) {
  if (const auto* page = std::get_if<PageAsked>(&request)) return changes_prices(page->page);
  const auto* record = std::get_if<RecordAsked>(&request);
  return record != nullptr && std::ranges::any_of(record->facts, [](const Fact& fact) {
           return keepsake::changes_prices(type_of(fact));
         });
}

}  // namespace

Result<std::unique_ptr<ControlSocket>> ControlSocket::open(Book& book, Hooks hooks) {
  auto listener = listen_in(book.folder());
  if (!listener) return listener.error();
  return std::unique_ptr<ControlSocket>(
      new ControlSocket(book, std::move(hooks), std::move(*listener)));
}

ControlSocket::ControlSocket(Book& book, Hooks hooks, std::unique_ptr<Descriptor> listener)
    : book_(book),
      hooks_(std::move(hooks)),
      listener_(std::move(listener)),
      stop_(::eventfd(0, EFD_CLOEXEC)),
      thread_([this] { run(); }) {}

ControlSocket::~ControlSocket() {
  std::error_code ignored;
  std::filesystem::remove(socket_file(book_.folder()), ignored);
  ::eventfd_write(stop_.number(), 1);
  thread_.join();
}

bool ControlSocket::stopped() const {
  pollfd asked{stop_.number(), POLLIN, 0};
  return ::poll(&asked, 1, 0) != 0;
}

/// Until something is to be done. First what says so of this socket and of those who come; then of
/// each visitor, in their order.
std::vector<pollfd> ControlSocket::wait() {
  const bool room = visitors_.size() < visitors_most;
  std::vector<pollfd> watched{{stop_.number(), POLLIN, 0},
                              {listener_->number(), room ? short{POLLIN} : short{0}, 0}};
  bool waits = false;
  for (const Visitor& each : visitors_) {
    waits = waits || each.waiting;
    // One who waits has nothing to say but that they are gone.
    watched.push_back({each.channel->number(), each.waiting ? short{POLLRDHUP} : short{POLLIN}, 0});
  }
  const auto longest = std::chrono::milliseconds(look_at_sale).count();
  ::poll(watched.data(), watched.size(), waits ? static_cast<int>(longest) : -1);
  return watched;
}

void ControlSocket::run() {
  for (;;) {
    const std::vector<pollfd> watched = wait();
    if (watched[0].revents != 0) break;
    auto ready = watched.begin() + 2;
    for (Visitor& each : visitors_) {
      const bool news = (ready++)->revents != 0;
      if (each.waiting) {
        look_again(each);
      } else if (news) {
        serve(each);
      }
      if (stopped()) break;
    }
    visitors_.remove_if([](const Visitor& each) { return each.over; });
    if (watched[1].revents != 0) let_in();
  }
  for (Visitor& each : visitors_)
    if (each.waiting) reply(each, answer_of(Result<Done>(closing())));
}

void ControlSocket::let_in() {
  const int descriptor =
      ::accept4(listener_->number(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (descriptor < 0) return;
  Visitor visitor;
  visitor.channel = std::make_unique<Channel>(descriptor);
  // The mode of the socket says so already; whoever root lets in is not meant either.
  if (visitor.channel->same_user()) visitors_.push_back(std::move(visitor));
}

void ControlSocket::serve(Visitor& visitor) {
  const auto message = visitor.channel->receive(patience(hooks_.to_arrive, stop_.number()));
  if (!message) {
    if (message.error().code == "control.syntax")
      reply(visitor, answer_of(Result<Done>(message.error())));
    visitor.over = true;
    return;
  }
  auto request = request_in(*message);
  if (!request) return reply(visitor, answer_of(Result<Done>(request.error())));
  take(visitor, std::move(*request));
}

void ControlSocket::take(Visitor& visitor, Request request) {
  if (const auto* hello = std::get_if<Hello>(&request)) {
    visitor.greeted = hello->version == version();
    const Result<Done> welcome =
        visitor.greeted ? Result<Done>(Done{}) : other_version(hello->version);
    return reply(visitor, answer_of(welcome));
  }
  if (!visitor.greeted) return reply(visitor, answer_of(Result<Done>(other_version("unknown"))));
  if (!selling() || !changes_prices(request)) return reply(visitor, carry_out(request));
  const Moment now = std::chrono::steady_clock::now();
  visitor.waiting = Waiting{std::move(request), now, now};
  reply(visitor, not_yet());
}

/// Whether the sale is over, or the person has given up.
void ControlSocket::look_again(Visitor& visitor) {
  Waiting& waiting = *visitor.waiting;
  const Moment now = std::chrono::steady_clock::now();
  if (visitor.channel->ended()) {
    visitor.over = true;
  } else if (!selling() || now - waiting.since >= longest_sale) {
    const Request request = std::move(waiting.request);
    visitor.waiting.reset();
    reply(visitor, carry_out(request));
  } else if (now - waiting.told >= tell_again) {
    waiting.told = now;
    reply(visitor, not_yet());
  }
}

void ControlSocket::reply(Visitor& visitor, const Message& answer) {
  if (!visitor.channel->send(answer, patience(to_leave))) visitor.over = true;
}

/// What the book says of it.
Message ControlSocket::carry_out(const Request& request) {
  std::optional<Error> trouble;
  const auto answer = [&](const auto& result) {
    if (!result) trouble = result.error();
    return answer_of(result);
  };
  const auto carried_out = [&]() -> Message {
    try {
      return std::visit(
          Overloaded{
              [&](const Hello&) { return answer(Result<Done>(Done{})); },
              [&](const RecordAsked& asked) {
                return answer(book_.record_import(asked.facts, asked.marks));
              },
              [&](const EraseAsked& asked) {
                return answer(book_.erase(asked.ref, asked.reason, asked.staff));
              },
              [&](const RetentionAsked& asked) {
                return answer(book_.run_retention(asked.now, asked.authority));
              },
              [&](const ClockConfirmed&) { return answer(book_.confirm_clock()); },
              [&](const AcknowledgeAsked& asked) {
                return answer(
                    book_.acknowledge(asked.acknowledged, asked.outcomes, asked.signed_answer));
              },
              [&](const PageAsked& asked) { return answer(book_.take_in(asked.page)); },
              [&](const FeedBegun& begun) { return answer(book_.begin_feed(begun.generation)); },
              [&](const RefusalAsked& asked) {
                return answer(book_.put_line_refusal(asked.refusal));
              },
              [&](const CheckpointAsked&) { return answer(book_.checkpoint()); },
          },
          request);
    } catch (const std::exception& defect) {
      return answer(Result<Done>(Error{Failure::internal, "internal",
                                       std::string("A defect of Keepsake: ") + defect.what(), "",
                                       "Report it; what was recorded is safe"}));
    }
  };
  const Message made = carried_out();
  if (hooks_.answered) hooks_.answered(name_of(request), trouble);
  return made;
}

}  // namespace keepsake::control
