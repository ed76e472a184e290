#include "storage/engine/shell_user.hpp"

#include <pwd.h>
#include <unistd.h>

namespace keepsake {

std::string shell_user() {
  const passwd* known = ::getpwuid(::getuid());
  const std::string name = known != nullptr ? known->pw_name : std::to_string(::getuid());
  return "shell:" + name.substr(0, 32);
}

}  // namespace keepsake
