#pragma once

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace keepsake::cli {

/// "Reading  [#####...............]  25 %": one line of at most 79 characters.
std::string progress_line(std::string_view label, std::uint64_t done, std::uint64_t total);

enum class Shown { yes, no };  ///< no: the output is a pipe or a file

/// A bar that redraws itself at most ten times a second and is gone when the work is.
class Progress {
 public:
  Progress(std::ostream& out, Shown shown, std::string label);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(std::uint64_t done, std::uint64_t total);
  void finish();  ///< takes the bar away before the destructor does

 private:
  std::ostream& out_;
  Shown shown_;
  std::string label_;
  std::chrono::steady_clock::time_point drawn_{};
  bool drawn_once_ = false;
};

}  // namespace keepsake::cli
