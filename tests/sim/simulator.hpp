#pragma once
// A deterministic simulator: real engines, a model of everything else, one seed. Requests and
// answers are lost, late and doubled; either side dies at any step. Events are ordered by time,
// then by birth, so that a seed replays the same run.

#include <functional>
#include <queue>
#include <random>
#include <string>
#include <vector>

#include "sync/engine/engine.hpp"
#include "tests/sim/model.hpp"

namespace keepsake::sim {

/// Probabilities are per thousand, per occasion.
struct Faults {
  int request_lost = 150;
  int answer_lost = 150;
  int answer_late = 100;   ///< often later than the terminal waits
  int doubled = 100;       ///< a request arrives twice, the second time much later
  int terminal_dies = 60;  ///< at each of: sending, answer received, acknowledgement stored
  int centre_dies = 60;  ///< at each of: before the commit, after the commit and before the answer
  int error_500 = 60;
  int busy = 40;
  int too_large = 60;
  int disk_full = 30;
  int read_failed = 20;
  int untrusted = 20;
  int centre_restored = 0;  ///< from an older copy of its data

  static Faults none() { return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}; }
};

class Simulator {
 public:
  Simulator(std::uint64_t seed, std::size_t terminals, const Faults& faults);

  /// Faults for `faulty`, then none; until everything is at the centre. Returns what is wrong, or
  /// "".
  std::string run(std::chrono::hours faulty, std::chrono::hours calm);

  std::uint64_t sends() const { return sends_; }
  std::uint64_t deaths() const { return deaths_; }
  std::uint64_t repeats() const { return repeats_; }  ///< facts that reached the centre again

 private:
  struct Terminal {
    Journal disk;
    std::optional<sync::engine::State> engine;  ///< nothing: it is down
    std::uint64_t exchange = 0;                 ///< the one HTTP exchange under way, or 0
    std::optional<Answer> in_hand;
    std::uint64_t life = 0;  ///< raised by each start and death: older events are of a former life
  };
  struct Event {
    Instant at;
    std::uint64_t birth = 0;
    std::function<void()> happen;
    bool operator>(const Event& other) const {
      return at != other.at ? at > other.at : birth > other.birth;
    }
  };

  bool chance(int per_thousand);
  std::chrono::milliseconds between(std::chrono::milliseconds least,
                                    std::chrono::milliseconds most);
  void after(std::chrono::milliseconds delay, std::function<void()> happen);
  void fail(const std::string& what);

  void start(std::size_t t);
  void kill(std::size_t t);
  void feed(std::size_t t, const sync::engine::Input& input);
  void carry_out(std::size_t t, const sync::engine::Action& action);
  void send(std::size_t t, Range range);
  void store(std::size_t t);
  void sell(std::size_t t);

  void arrive(const Request& request);
  void reply(const Answer& answer);
  void receive(const Answer& answer);

  void check(std::size_t t);
  bool converged() const;
  std::string verdict() const;

  std::mt19937_64 random_;
  Faults faults_;
  ModelCentre centre_;
  ModelCentre old_copy_;
  bool centre_up_ = true;
  std::vector<Terminal> terminals_;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
  Instant now_;
  std::uint64_t births_ = 0;
  std::uint64_t exchanges_ = 0;
  std::uint64_t facts_ = 0;
  std::uint64_t sends_ = 0;
  std::uint64_t deaths_ = 0;
  std::uint64_t repeats_ = 0;
  bool selling_ = true;
  bool restored_ = false;
  std::string wrong_;
};

}  // namespace keepsake::sim
