#pragma once
// The routes: what each request may and does, without sockets. The network's threads inflate and
// decode; one thread owns the writing connection and one the reading, so that a slow or broken
// terminal keeps nobody waiting but itself (I7).

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "sync/central/centre.hpp"
#include "sync/central/news_bell.hpp"
#include "sync/central/register.hpp"
#include "sync/central/snapshots.hpp"
#include "sync/central/throttle.hpp"
#include "sync/serving/reply.hpp"
#include "sync/serving/service.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"

namespace spdlog {
class logger;
}

namespace keepsake {
struct Fact;
}

namespace keepsake::sync::central {

enum class Route {
  ca,
  enrol,
  batch,
  opaque,
  look_up,
  renew,
  feed,
  reservations,
  snapshot,
  snapshot_part,
  neighbours,
  hand_in,
  status,
  health
};

/// A request that may send its body.
struct Request {
  Route route = Route::health;
  TerminalPath path;  ///< of a batch or a feed
  Peer peer;
  Format format_in = Format::binary;
  Format format_out = Format::binary;
  bool compressed = false;
  std::size_t body_bytes = 0;  ///< the longest body that is read
};

class Router : public Service {
 public:
  static constexpr int queue_length = 64;       ///< batches waiting for the writer; beyond: 503
  static constexpr int enrol_queue_length = 8;  ///< of requests that anybody may send

  /// `worth`: a terminal that lacks fewer facts than these is sent no snapshot.
  static Result<std::unique_ptr<Router>> open(Centre& centre, const Clock& clock,
                                              std::shared_ptr<spdlog::logger> log,
                                              std::int64_t worth = snapshot_worth);
  ~Router() override;

  /// Everything that can be refused from the head alone: 401, 403, 404, 405, 413, 415, 429.
  std::variant<Reply, Request> admit(const RequestHead& head, Peer peer);
  std::variant<Reply, Admitted> look_at(const RequestHead& head, const Peer& peer) override;
  boost::asio::awaitable<Reply> serve(Request request, std::string body);
  /// On the writer's thread, as everything that writes.
  boost::asio::awaitable<Result<std::string>> new_code(std::string store, std::string by);
  /// From its return on the terminal gets nothing but the refusal; what it waits for ends with it.
  boost::asio::awaitable<Result<Terminal>> revoke(TerminalNumber number, std::string reason,
                                                  std::string by);
  boost::asio::awaitable<Result<Rejudged>> judge_again();
  /// A person says that this machine's clock is right; from its return on answers say the time.
  boost::asio::awaitable<Result<Done>> confirm_clock();
  /// As Carrying::take; who waits for news of the store hears of it.
  boost::asio::awaitable<Result<Ingest::Answer>> take_carried(CarriedBatch carried);
  /// As Publishing has it; what is due is in force when it returns, and its stores know.
  boost::asio::awaitable<Result<std::int64_t>> publish(Publication publication,
                                                       std::vector<Fact> facts);
  boost::asio::awaitable<Result<Done>> withdraw(std::int64_t number, std::string by);
  /// Lets expire what is past its last day; what stands in the way is in the log.
  boost::asio::awaitable<void> let_expire();
  /// Has the leases of what has moved looked at, behind what waits for the writer.
  void share_out_soon();
  /// Erases customers who are idle in the whole chain; what stands in the way is in the log.
  boost::asio::awaitable<void> erase_idle();
  /// Lets customers leave stores that have not seen them for long; what stands in the way is in the log.
  boost::asio::awaitable<void> let_leave();
  /// Brings into force what is due. false: that failed, and is in the log.
  boost::asio::awaitable<bool> release_due();
  /// The answer to a body longer than Request::body_bytes.
  static Reply too_large(Format format);
  Reply malformed(unsigned status) override;
  /// None while this machine's clock is not believed: tills go by it.
  std::optional<Instant> date() const override;
  /// Terminals that wait for news get what there is, and none waits any more.
  void end_pulls() { bell_.close(); }
  /// Lets begun work end and takes no more.
  void finish();

 private:
  Router(Centre& centre, std::unique_ptr<Database> reader, std::unique_ptr<Vault> vault,
         std::unique_ptr<Snapshots> snapshots, const Clock& clock,
         std::shared_ptr<spdlog::logger> log);
  std::optional<Reply> admit(const RequestHead& head, Request& request);
  static Result<std::string> inflated(const Request& request, std::string body);
  boost::asio::awaitable<Reply> dispatch(Request request, std::string body);
  struct Queue;
  struct Pulled;
  boost::asio::awaitable<Reply> on_writer(Queue& queue, std::function<Reply()> work, Format format);
  boost::asio::awaitable<Reply> serve_batch(Request request, std::string body);
  boost::asio::awaitable<Reply> serve_opaque(Request request, std::string body);
  Reply answered(const Ingest::Answer& answer, bool taken, Format out);
  boost::asio::awaitable<Reply> serve_look_up(Request request, std::string body);
  boost::asio::awaitable<Reply> serve_reservations(Request request, std::string body);
  boost::asio::awaitable<Reply> serve_renew(Request request, std::string body);
  boost::asio::awaitable<Reply> serve_neighbours(Request request, std::string body);
  boost::asio::awaitable<Reply> serve_hand_in(Request request, std::string body);
  boost::asio::awaitable<Reply> serve_enrol(Request request, std::string body);
  Reply guarded(const std::function<Reply()>& work, Format format) const;
  template <class T>
  boost::asio::awaitable<Result<T>> by_writer(std::function<Result<T>()> work);
  Result<Done> release();
  std::shared_ptr<std::vector<StoreExpiry>> look_for_expiry();
  std::shared_ptr<std::vector<StoreRetention>> look_for_idle();
  std::shared_ptr<std::vector<StoreDormancy>> look_for_dormant();
  void look_at_clock();
  void clean_up();
  void forget();
  void apply_taken();
  void apply_soon();
  void apply();
  void deal_codes(const std::string& store);
  void share_out();
  boost::asio::awaitable<Reply> serve_feed(Request request);
  boost::asio::awaitable<Reply> serve_another_order(Request request);
  boost::asio::awaitable<std::shared_ptr<Pulled>> pull(Request request);
  Pulled page_of(const Request& request);
  std::variant<Reply, Terminal> terminal_of(const Request& request);
  Reply read_for(const Request& request);
  Reply status_for(const Request& request);
  Reply snapshot_for(const Request& request);
  Reply snapshot_part_for(const Request& request);
  void note(const Request& request, const Reply& reply, std::int64_t took_ms);

  Centre& centre_;
  // Of the one thread that reads.
  std::unique_ptr<Database> reader_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<Snapshots> snapshots_;
  const Clock& clock_;
  std::atomic<std::int64_t> believed_ms_;  ///< the last instant at which the clock was believed
  std::shared_ptr<spdlog::logger> log_;
  Throttle enrol_throttle_{Throttle::Limits{}};
  /// Waiting for the writer: what enrolled terminals send never stands behind what anybody may.
  struct Queue {
    const int length;
    std::atomic<int> waiting{0};
  };
  Queue batches_{queue_length};
  Queue enrolments_{enrol_queue_length};
  NewsBell bell_;
  std::atomic<bool> applying_ = false;  ///< apply() is on its way
  std::atomic<bool> sharing_ = false;   ///< share_out() is on its way
  boost::asio::thread_pool writer_{1};
  boost::asio::thread_pool readers_{1};
  /// Looks through the file for what is left of erased customers, and for who is idle: neither thread
  /// above waits for it.
  boost::asio::thread_pool cleaner_{1};
  std::atomic<bool> cleaning_{false};
  int erasures_ = 0;  ///< that snapshots_ has heard of; the writer's
  std::chrono::steady_clock::time_point clean_again_{};  ///< after one that failed; the writer's
};

}  // namespace keepsake::sync::central
