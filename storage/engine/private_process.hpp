#pragma once

namespace keepsake {

/// No core dumps, no reading of our memory by other processes of the same user, and files for the
/// owner alone: customers' names and keys pass through here (I9). Each program calls it first.
void keep_process_private();

}  // namespace keepsake
