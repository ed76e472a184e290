#pragma once
// A line to 127.0.0.1:`target` that carries so many bits a second in each direction, all its connections
// together, and counts them.

#include <atomic>
#include <cstdint>
#include <memory>

namespace keepsake::bench {

class SlowLine {
 public:
  SlowLine(std::uint16_t target, double bits_a_second);
  ~SlowLine();
  SlowLine(const SlowLine&) = delete;
  SlowLine& operator=(const SlowLine&) = delete;
  std::uint16_t port() const;
  std::int64_t bytes_up() const;    ///< from who connected
  std::int64_t bytes_down() const;  ///< to who connected

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace keepsake::bench
