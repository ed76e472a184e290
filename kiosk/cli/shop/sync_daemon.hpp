#pragma once

#include "kiosk/cli/program.hpp"

namespace keepsake::cli {

/// `keepsake sync --daemon`: what the kiosk does beside selling, for a till whose kiosk is closed.
/// Returns after SIGTERM, SIGINT or SIGHUP.
Exit run_sync_daemon(Program& program);

}  // namespace keepsake::cli
