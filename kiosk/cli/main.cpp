#include <cerrno>
#include <iostream>
#include <system_error>
#include <unistd.h>

#include "kiosk/cli/commands.hpp"
#include "storage/engine/private_process.hpp"

int main(int argc, char** argv) {
  using keepsake::cli::Shown;
  keepsake::keep_process_private();
  std::ios::sync_with_stdio(false);
  const keepsake::cli::Streams streams{std::cin, std::cout, std::cerr,
                                       isatty(STDERR_FILENO) ? Shown::yes : Shown::no,
                                       isatty(STDIN_FILENO) != 0};
  const int exit =
      keepsake::cli::Program(streams).run({argv + 1, argv + argc}, keepsake::cli::add_commands);
  std::cout.flush();
  if (std::cout) return exit;
  // A full disk or a closed pipe is not success; but what was asked for has been done.
  std::cerr << "keepsake: The answer could not be written (standard output: "
            << std::generic_category().message(errno)
            << "). What the command does is done: do not repeat it before looking.\n";
  return 2;
}
