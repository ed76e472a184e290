#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace keepsake::sync {

/// Decides which connections may stay. Strangers, who have not shown a terminal's certificate yet or
/// never will, share one room; where it is full the oldest of them goes, first of the address that
/// has too many, so that somebody new is always heard: a terminal proves itself within a handshake.
/// A terminal that did so has room of its own, which no stranger can take. Thread-safe.
class Gate : public std::enable_shared_from_this<Gate> {
 public:
  struct Limits {
    std::size_t strangers = 512;
    std::size_t strangers_per_address = 128;  ///< many tills stand behind one router
    std::size_t per_terminal = 8;
  };
  explicit Gate(Limits limits) : limits_(limits) {}

  /// Held as long as the connection lives.
  class Ticket {
   public:
    ~Ticket() { gate_->leave(number_); }
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;
    const std::string& address() const { return address_; }
    /// How the connection is closed when another one needs its place. Called at most once, from any
    /// thread and under no lock of the caller's; must not block.
    void when_evicted(std::function<void()> close) { gate_->set_close(number_, std::move(close)); }
    /// The other end has shown the certificate of this terminal.
    void is_terminal(std::uint32_t terminal) { gate_->prove(number_, terminal); }

   private:
    friend class Gate;
    Ticket(std::shared_ptr<Gate> gate, std::uint64_t number, std::string address)
        : gate_(std::move(gate)), number_(number), address_(std::move(address)) {}
    std::shared_ptr<Gate> gate_;
    std::uint64_t number_;
    std::string address_;
  };

  std::unique_ptr<Ticket> enter(const std::string& address);
  /// Connections that live, evicted ones that have not ended yet among them.
  std::size_t inside() const;

 private:
  struct Inside {
    std::string address;
    std::optional<std::uint32_t> terminal;  ///< none: a stranger
    std::function<void()> close;
    bool evicted = false;
  };
  using Numbers = std::list<std::uint64_t>;  // the oldest first

  void leave(std::uint64_t number);
  void set_close(std::uint64_t number, std::function<void()> close);
  void prove(std::uint64_t number, std::uint32_t terminal);
  void forget(std::uint64_t number, const Inside& inside);
  /// What closes it; to be called without the lock.
  std::function<void()> evict(std::uint64_t number);

  const Limits limits_;
  mutable std::mutex mutex_;
  std::uint64_t next_ = 1;
  std::map<std::uint64_t, Inside> inside_;
  Numbers strangers_;
  std::map<std::string, Numbers> by_address_;  // of strangers
  std::map<std::uint32_t, Numbers> by_terminal_;
};

}  // namespace keepsake::sync
