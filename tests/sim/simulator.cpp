#include "tests/sim/simulator.hpp"

#include <algorithm>

#include "sync/engine/engine.hpp"

namespace keepsake::sim {

using namespace std::chrono_literals;
namespace engine = sync::engine;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds request_timeout = 30s;
const Error no_line{Failure::unavailable, "link.down", "No line", {}, {}};

}  // namespace

// The model ------------------------------------------------------------------------------------

std::uint64_t mix(std::uint64_t previous, std::uint64_t id, std::int64_t amount) {
  std::uint64_t z = previous * 0x9E3779B97F4A7C15ULL + id * 0xBF58476D1CE4E5B9ULL +
                    static_cast<std::uint64_t>(amount) + 1;
  z ^= z >> 29;
  return z * 0x94D049BB133111EBULL ^ (z >> 32);
}

Answer ModelCentre::receive(const Request& request) {
  Cursor& cursor = cursors_[request.terminal];
  const Seq held = static_cast<Seq>(cursor.chain.size());
  const auto chain_at = [&](Seq seq) { return seq == 0 ? 0 : cursor.chain[seq - 1]; };
  Answer answer{request.terminal, request.number, request.range, 200, "", 0, std::nullopt, 0, 0};
  if (request.range.first > held + 1) {
    answer.status = 409;
    answer.code = "gap";
    answer.expected = held + 1;
    return answer;
  }
  const Seq common = std::min(held, request.range.last);
  const std::uint64_t theirs = common + 1 == request.range.first
                                   ? request.base
                                   : request.facts[common - request.range.first].chain;
  if (theirs != chain_at(common)) {
    answer.status = 409;
    answer.code = "fork";
    return answer;
  }
  for (Seq seq = held + 1; seq <= request.range.last; ++seq) {
    const Fact& fact = request.facts[seq - request.range.first];
    cursor.chain.push_back(fact.chain);
    cursor.total += fact.amount;
    ++applied_[fact.id];
  }
  answer.acked = static_cast<Seq>(cursor.chain.size());
  answer.acked_chain = chain_at(answer.acked);
  return answer;
}

// The world ------------------------------------------------------------------------------------

Simulator::Simulator(std::uint64_t seed, std::size_t terminals, const Faults& faults)
    : random_(seed),
      faults_(faults),
      centre_(terminals),
      old_copy_(terminals),
      terminals_(terminals) {
  for (std::size_t t = 0; t < terminals; ++t) {
    after(between(0ms, 60s), [this, t] { start(t); });
    after(between(0ms, 60s), [this, t] { sell(t); });
  }
}

bool Simulator::chance(int per_thousand) {
  return static_cast<int>(random_() % 1000) < per_thousand;
}

milliseconds Simulator::between(milliseconds least, milliseconds most) {
  const auto span = static_cast<std::uint64_t>((most - least).count()) + 1;
  return least + milliseconds(static_cast<std::int64_t>(random_() % span));
}

void Simulator::after(milliseconds delay, std::function<void()> happen) {
  events_.push({now_ + delay, births_++, std::move(happen)});
}

void Simulator::fail(const std::string& what) {
  if (wrong_.empty()) wrong_ = what + " at " + std::to_string(now_.ms) + " ms";
}

std::string Simulator::run(std::chrono::hours faulty, std::chrono::hours calm) {
  bool calm_now = false;
  while (wrong_.empty() && !events_.empty()) {
    Event event = events_.top();
    events_.pop();
    now_ = event.at;
    if (!calm_now && now_.ms > milliseconds(faulty).count()) {
      calm_now = true;
      faults_ = Faults::none();
      selling_ = false;
    }
    if (now_.ms > milliseconds(faulty + calm).count()) break;
    event.happen();
    if (calm_now && converged()) break;
  }
  return wrong_.empty() ? verdict() : wrong_;
}

void Simulator::start(std::size_t t) {
  Terminal& terminal = terminals_[t];
  if (terminal.engine) return;
  ++terminal.life;
  terminal.engine = engine::start(random_(), terminal.disk.head(), terminal.disk.acked);
  feed(t, engine::Tick{});
}

void Simulator::kill(std::size_t t) {
  Terminal& terminal = terminals_[t];
  ++deaths_;
  ++terminal.life;
  terminal.engine.reset();
  terminal.in_hand.reset();
  terminal.exchange = 0;
  after(between(1s, 10min), [this, t] { start(t); });
}

/// Customers come whether sync works or not; the journal is written even while sync is down.
void Simulator::sell(std::size_t t) {
  if (!selling_) return;
  const int burst = chance(20) ? 900 : 1 + static_cast<int>(random_() % 3);
  for (int i = 0; i < burst; ++i) {
    terminals_[t].disk.append(++facts_, static_cast<std::int64_t>(random_() % 10'000));
  }
  if (terminals_[t].engine) feed(t, engine::NewFacts{terminals_[t].disk.head()});
  if (terminals_[t].engine && chance(20)) feed(t, engine::Nudge{});
  after(between(5s, 10min), [this, t] { sell(t); });
}

void Simulator::feed(std::size_t t, const engine::Input& input) {
  Terminal& terminal = terminals_[t];
  const Seq before = terminal.engine->acked;
  engine::Step step = engine::step(std::move(*terminal.engine), now_, input);
  terminal.engine = std::move(step.state);
  if (terminal.engine->acked < before) fail("acknowledged fell on terminal " + std::to_string(t));
  for (const engine::Action& action : step.actions) carry_out(t, action);
  check(t);
}

void Simulator::carry_out(std::size_t t, const engine::Action& action) {
  const std::uint64_t life = terminals_[t].life;
  if (const auto* sending = std::get_if<engine::Send>(&action)) {
    send(t, sending->range);
  } else if (std::holds_alternative<engine::StoreAck>(action)) {
    store(t);
  } else if (const auto* wait = std::get_if<engine::Wait>(&action)) {
    after(wait->until - now_, [this, t, life] {
      if (terminals_[t].life == life) feed(t, engine::Tick{});
    });
  } else if (std::get<engine::Stop>(action).reason == engine::StopReason::frozen) {
    fail("terminal " + std::to_string(t) + " froze: " + terminals_[t].engine->trouble->code);
  }
}

void Simulator::send(std::size_t t, Range range) {
  Terminal& terminal = terminals_[t];
  if (terminal.exchange != 0) fail("two batches in flight on terminal " + std::to_string(t));
  if (chance(faults_.terminal_dies)) return kill(t);
  const std::uint64_t number = ++exchanges_;
  const std::uint64_t life = terminal.life;
  terminal.exchange = number;
  ++sends_;
  if (chance(faults_.read_failed)) {
    after(1ms, [this, t, life] {
      if (terminals_[t].life != life) return;
      terminals_[t].exchange = 0;
      feed(t, engine::ReadFailed{no_line});
    });
    return;
  }
  Request request{t, number, range, terminal.disk.chain_at(range.first - 1), {}};
  for (Seq seq = range.first; seq <= range.last; ++seq) {
    request.facts.push_back(terminal.disk.facts[seq - 1]);
  }
  if (!chance(faults_.request_lost)) {
    after(between(1ms, 3s), [this, request] { arrive(request); });
    if (chance(faults_.doubled)) after(between(1s, 30min), [this, request] { arrive(request); });
  }
  after(request_timeout, [this, t, life, number, range] {
    if (terminals_[t].life != life || terminals_[t].exchange != number) return;
    terminals_[t].exchange = 0;
    feed(t, engine::Unreachable{range, no_line});
  });
}

void Simulator::store(std::size_t t) {
  if (chance(faults_.terminal_dies)) return kill(t);  // before the commit
  Terminal& terminal = terminals_[t];
  const std::uint64_t life = terminal.life;
  const bool full = chance(faults_.disk_full);
  if (!full) {
    if (terminal.in_hand->acked < terminal.disk.acked) fail("stored acknowledgement fell");
    terminal.disk.acked = terminal.in_hand->acked;
    if (chance(faults_.terminal_dies)) return kill(t);  // after the commit
  }
  after(5ms, [this, t, life, full] {
    if (terminals_[t].life != life) return;
    if (full) return feed(t, engine::StoreFailed{no_line});
    feed(t, engine::Stored{});
  });
}

// The centre -----------------------------------------------------------------------------------

void Simulator::arrive(const Request& request) {
  if (!centre_up_) return;
  if (chance(faults_.centre_restored)) {
    centre_ = old_copy_;
    restored_ = true;
  }
  if (chance(5)) old_copy_ = centre_;
  const auto down = [this] {
    ++deaths_;
    centre_up_ = false;
    after(between(1s, 20min), [this] { centre_up_ = true; });
  };
  if (chance(faults_.centre_dies)) return down();  // before the commit
  Answer answer{request.terminal, request.number, request.range, 200, "", 0, std::nullopt, 0, 0};
  if (chance(faults_.error_500)) {
    answer.status = 500;
  } else if (chance(faults_.busy)) {
    answer.status = 503;
    if (chance(700)) answer.retry_after = std::chrono::seconds(1 + random_() % 120);
  } else if (request.facts.size() > 20 && chance(faults_.too_large)) {
    answer.status = 413;
  } else {
    const std::size_t held = centre_.of(request.terminal).chain.size();
    answer = centre_.receive(request);
    const std::size_t taken = centre_.of(request.terminal).chain.size() - held;
    repeats_ += request.facts.size() - std::min(taken, request.facts.size());
    if (chance(faults_.centre_dies)) return down();  // after the commit, before the answer
  }
  reply(answer);
}

void Simulator::reply(const Answer& answer) {
  if (chance(faults_.answer_lost)) return;
  after(between(1ms, chance(faults_.answer_late) ? 60s : 3s), [this, answer] { receive(answer); });
}

void Simulator::receive(const Answer& answer) {
  Terminal& terminal = terminals_[answer.terminal];
  if (!terminal.engine || terminal.exchange != answer.number) return;  // nobody waits for it
  terminal.exchange = 0;
  if (chance(faults_.terminal_dies)) return kill(answer.terminal);
  if (chance(faults_.untrusted))
    return feed(answer.terminal, engine::Unreachable{answer.range, no_line});
  if (answer.status != 200) {
    return feed(answer.terminal, engine::Refused{answer.range, answer.status, answer.code,
                                                 answer.expected, answer.retry_after});
  }
  if (answer.acked > terminal.disk.head() ||
      answer.acked_chain != terminal.disk.chain_at(answer.acked)) {
    return feed(answer.terminal, engine::Diverged{answer.range});
  }
  terminal.in_hand = answer;
  feed(answer.terminal, engine::Acked{answer.range, answer.acked});
}

// What must hold -------------------------------------------------------------------------------

void Simulator::check(std::size_t t) {
  const Terminal& terminal = terminals_[t];
  const auto& chain = centre_.of(t).chain;
  if (chain.size() > terminal.disk.facts.size() ||
      (!chain.empty() && chain.back() != terminal.disk.facts[chain.size() - 1].chain)) {
    fail("the centre does not hold a prefix of terminal " + std::to_string(t));
  }
  if (!restored_ && terminal.disk.acked > chain.size()) {
    fail("acknowledged beyond what the centre holds");
  }
}

bool Simulator::converged() const {
  for (std::size_t t = 0; t < terminals_.size(); ++t) {
    const Journal& disk = terminals_[t].disk;
    if (disk.acked != disk.head() || centre_.of(t).chain.size() != disk.facts.size()) return false;
  }
  return true;
}

std::string Simulator::verdict() const {
  if (!converged()) return "not converged";
  std::size_t facts = 0;
  for (std::size_t t = 0; t < terminals_.size(); ++t) {
    std::int64_t total = 0;
    for (const Fact& fact : terminals_[t].disk.facts) {
      const auto found = centre_.applied().find(fact.id);
      if (found == centre_.applied().end() || found->second != 1) {
        return "a fact of terminal " + std::to_string(t) + " was not applied exactly once";
      }
      total += fact.amount;
      ++facts;
    }
    if (total != centre_.of(t).total) return "totals differ on terminal " + std::to_string(t);
  }
  return facts == centre_.applied().size() ? "" : "the centre holds facts that nobody has";
}

}  // namespace keepsake::sim
