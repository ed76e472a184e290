#pragma once
// A program of ours in a process of its own, to be waited for or killed.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace keepsake::test {

class Process {
 public:
  /// Starts `arguments[0]`; what it prints goes to `output`. Throws when it cannot be started.
  Process(const std::vector<std::string>& arguments, const std::filesystem::path& output);
  ~Process() { kill(); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Its exit code; nothing if it still runs after `most`; -1 when a signal ended it.
  std::optional<int> wait(std::chrono::milliseconds most);
  /// SIGTERM, as a person or systemd ends it.
  void ask_to_end();
  /// kill -9, and waits for its end. false: it had ended before.
  bool kill();
  std::string output() const;
  int id() const { return pid_; }  ///< -1 when it has ended

 private:
  int pid_ = -1;
  std::filesystem::path output_;
};

}  // namespace keepsake::test
