#pragma once
// Runs the real `keepsake` as a process.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/scratch.hpp"

namespace keepsake::cli {

using test::packed;
using test::Scratch;

struct Ran {
  int exit = -1;
  std::string out;
  std::string err;
  nlohmann::json json() const { return nlohmann::json::parse(out); }
};

/// With `input` as its standard input and without KEEPSAKE_DATA in its environment.
Ran run_program(const std::vector<std::string>& args, std::string_view input = {});

/// Starts it and kills it with SIGKILL after so long; true when it was still running.
bool run_and_kill(const std::vector<std::string>& args, int after_ms);

/// What the system says of the process (/proc/PID/limits), as soon as its first line about core
/// files is `wanted` or after ten seconds. The process waits for standard input, and is killed. It
/// starts with the largest core files that the system allows.
std::string core_limit(const std::vector<std::string>& args, std::string_view wanted);

}  // namespace keepsake::cli
