#include "tests/kiosk/cli/run_program.hpp"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace keepsake::cli {
namespace {

const std::string program = KEEPSAKE_BINARY_DIR "/bin/keepsake";

pid_t start(const std::vector<std::string>& args, const std::string& in, const std::string& out,
            const std::string& err) {
  const pid_t child = fork();
  if (child != 0) return child;
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const auto& arg : args) argv.push_back(const_cast<char*>(arg.c_str()));
  argv.push_back(nullptr);
  unsetenv("KEEPSAKE_DATA");
  dup2(open(in.c_str(), O_RDONLY), STDIN_FILENO);
  dup2(open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
  dup2(open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
  execv(program.c_str(), argv.data());
  _exit(127);
}

}  // namespace

Ran run_program(const std::vector<std::string>& args, std::string_view input) {
  const Scratch scratch;
  const std::string in = scratch.write("in", input);
  const pid_t child = start(args, in, (scratch / "out").string(), (scratch / "err").string());
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, scratch.read("out"), scratch.read("err")};
}

bool run_and_kill(const std::vector<std::string>& args, int after_ms) {
  const pid_t child = start(args, "/dev/null", "/dev/null", "/dev/null");
  std::this_thread::sleep_for(std::chrono::milliseconds(after_ms));
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}

std::string core_limit(const std::vector<std::string>& args, std::string_view wanted) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return "no pipe";
  const std::string in = "/proc/self/fd/" + std::to_string(ends[0]);
  rlimit before{};
  getrlimit(RLIMIT_CORE, &before);
  const rlimit most{before.rlim_max, before.rlim_max};
  setrlimit(RLIMIT_CORE, &most);
  const pid_t child = start(args, in, "/dev/null", "/dev/null");
  setrlimit(RLIMIT_CORE, &before);
  std::string line;
  for (int tries = 0; tries < 1000 && line.find(wanted) == std::string::npos; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::ifstream limits("/proc/" + std::to_string(child) + "/limits");
    while (std::getline(limits, line) && !line.starts_with("Max core file size")) {
    }
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  close(ends[0]);
  close(ends[1]);
  return line;
}

}  // namespace keepsake::cli
