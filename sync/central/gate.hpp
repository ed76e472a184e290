#pragma once

#include <cassert>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace keepsake::sync::central {

/// Counts connections, altogether and per address. Thread-safe.
class Gate : public std::enable_shared_from_this<Gate> {
 public:
  Gate(std::size_t altogether, std::size_t per_address)
      : altogether_(altogether), per_address_(per_address) {}

  /// Held as long as the connection lives.
  class Ticket {
   public:
    Ticket(std::shared_ptr<Gate> gate, std::string address)
        : gate_(std::move(gate)), address_(std::move(address)) {}
    ~Ticket() { gate_->leave(address_); }
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;
    const std::string& address() const { return address_; }

   private:
    std::shared_ptr<Gate> gate_;
    std::string address_;
  };

  /// Null when there are too many.
  std::unique_ptr<Ticket> enter(const std::string& address) {
    const std::lock_guard lock(mutex_);
    if (inside_ >= altogether_) return nullptr;
    auto& here = by_address_[address];
    if (here >= per_address_) return nullptr;
    ++here;
    ++inside_;
    assert(here <= inside_);
    return std::make_unique<Ticket>(shared_from_this(), address);
  }

  std::size_t inside() const {
    const std::lock_guard lock(mutex_);
    return inside_;
  }

 private:
  void leave(const std::string& address) {
    const std::lock_guard lock(mutex_);
    const auto here = by_address_.find(address);
    assert(here != by_address_.end() && here->second > 0);
    assert(inside_ >= here->second);
    if (--here->second == 0) by_address_.erase(here);
    --inside_;
  }

  const std::size_t altogether_;
  const std::size_t per_address_;
  mutable std::mutex mutex_;
  std::size_t inside_ = 0;
  std::map<std::string, std::size_t> by_address_;
};

}  // namespace keepsake::sync::central
