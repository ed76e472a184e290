#pragma once
// The world around the engines, small enough to be obviously right: journals, a centre, and what is
// durable of each. Chain values are 64-bit mixes instead of SHA-256; the rules are those of
// sync/wire/WIRE.md.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sync/engine/engine.hpp"

namespace keepsake::sim {

using sync::engine::Range;

struct Fact {
  std::uint64_t id = 0;
  std::int64_t amount = 0;
  std::uint64_t chain = 0;  ///< after this fact
};

std::uint64_t mix(std::uint64_t previous, std::uint64_t id, std::int64_t amount);

/// A terminal's disk.
struct Journal {
  std::vector<Fact> facts;  ///< seq n is at n - 1
  Seq acked = 0;

  Seq head() const { return static_cast<Seq>(facts.size()); }
  std::uint64_t chain_at(Seq seq) const { return seq == 0 ? 0 : facts[seq - 1].chain; }
  void append(std::uint64_t id, std::int64_t amount) {
    facts.push_back({id, amount, mix(chain_at(head()), id, amount)});
  }
};

struct Request {
  std::size_t terminal = 0;
  /// Names the HTTP exchange; an answer to another one has nowhere to go.
  std::uint64_t number = 0;
  Range range;
  std::uint64_t base = 0;
  std::vector<Fact> facts;
};

struct Answer {
  std::size_t terminal = 0;
  std::uint64_t number = 0;
  Range range;
  int status = 200;
  std::string code;
  Seq expected = 0;
  std::optional<std::chrono::seconds> retry_after;
  Seq acked = 0;
  std::uint64_t acked_chain = 0;
};

/// The centre's disk, and its one transaction per batch.
class ModelCentre {
 public:
  explicit ModelCentre(std::size_t terminals) : cursors_(terminals) {}

  Answer receive(const Request& request);

  struct Cursor {
    std::vector<std::uint64_t> chain;  ///< of each fact held, in order
    std::int64_t total = 0;
  };
  const Cursor& of(std::size_t terminal) const { return cursors_[terminal]; }
  const std::map<std::uint64_t, int>& applied() const { return applied_; }

 private:
  std::vector<Cursor> cursors_;
  std::map<std::uint64_t, int> applied_;  ///< how often each fact was
};

}  // namespace keepsake::sim
