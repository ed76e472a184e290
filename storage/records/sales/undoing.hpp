#pragma once
// What goes when a purchase came back whole: it was no visit, and what it used of rules, rewards
// and codes is as the return says.

#include "storage/records/core/applying.hpp"

namespace keepsake {
struct Return;
}  // namespace keepsake

namespace keepsake::records {

/// After the return's lines are in the records. Each purchase is undone once, by the return that
/// brought the last of it.
void undo_whole_purchases(Applying& applying, const Return& returned);

}  // namespace keepsake::records
