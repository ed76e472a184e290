#include "storage/engine/private_process.hpp"

#include <doctest/doctest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

/// In a process of its own: none of it is undone.
int told_by_a_child() {
  const pid_t child = ::fork();
  if (child == 0) {
    keepsake::keep_process_private();
    rlimit core{1, 1};
    ::getrlimit(RLIMIT_CORE, &core);
    const bool none = core.rlim_cur == 0 && core.rlim_max == 0;
    const bool unseen = ::prctl(PR_GET_DUMPABLE) == 0;
    const bool owners = ::umask(0) == 077;
    ::_exit((none ? 0 : 1) + (unseen ? 0 : 2) + (owners ? 0 : 4));
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("a private process leaves no core, shows no memory and makes files for its owner") {
  CHECK(told_by_a_child() == 0);
}
