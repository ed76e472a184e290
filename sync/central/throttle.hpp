#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "storage/domain/values/time.hpp"

namespace keepsake::sync::central {

/// Counts refusals per address within the last minute; after too many the address waits. Codes have
/// 80 random bits: this is against noise and load rather than against guessing. Thread-safe,
/// bounded.
class Throttle {
 public:
  struct Limits {
    std::size_t per_address = 20;
    std::size_t remembered = 20'000;  ///< refusals; beyond it the oldest are forgotten
    std::chrono::milliseconds window{60'000};
  };
  explicit Throttle(Limits limits) : limits_(limits) {}

  bool allows(const std::string& address, Instant now);
  void refused(const std::string& address, Instant now);

 private:
  void forget(Instant now);
  void forget_oldest();

  struct Refused {
    Instant at;
    std::string address;
  };
  const Limits limits_;
  std::mutex mutex_;
  std::deque<Refused> recent_;
  std::map<std::string, std::size_t> counts_;
};

}  // namespace keepsake::sync::central
