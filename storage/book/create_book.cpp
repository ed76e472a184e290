#include "storage/book/book.hpp"
#include "storage/book/new_folder.hpp"
#include "storage/engine/database.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/lock_file.hpp"

namespace keepsake {

Result<std::unique_ptr<Book>> Book::create(const std::filesystem::path& folder,
                                           const Settings& settings, const Clock& clock) {
  if (auto ok = make_private_folder(folder); !ok) return ok.error();
  {
    auto lock = LockFile::acquire(folder / "lock");
    if (!lock) return lock.error();
    try {
      if (auto ok = fill_folder(folder, settings); !ok) return ok.error();
    } catch (const DatabaseError& error) {
      return error.error();
    }
  }
  return open(folder, clock);
}

}  // namespace keepsake
