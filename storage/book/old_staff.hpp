#pragma once

#include "storage/domain/values/result.hpp"

namespace keepsake {

class Book;
class Clock;

/// Folders from before staff were facts kept them in the vault: records them as facts, then forgets
/// them there. A crash between the two records them again, which changes nothing.
Result<Done> take_in_old_staff(Book& book, const Clock& clock);

}  // namespace keepsake
