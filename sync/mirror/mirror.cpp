#include "sync/mirror/mirror.hpp"

#include <mutex>
#include <utility>

#include "storage/book/book.hpp"
#include "storage/book/settings.hpp"
#include "sync/mirror/copy_thread.hpp"
#include "sync/mirror/errand_thread.hpp"

namespace keepsake::sync::mirror {

struct Mirror::Inside {
  Inside(Book& book, const Clock& clock, Told to, std::unique_ptr<MirrorFile> kept)
      : told(std::move(to)),
        file(std::move(kept)),
        state(known()),
        errands(book, clock, *file, book.settings().mirror.listen,
                {[this] {
                   surroundings.look_again();
                   bell.ring();
                 },
                 [this] { look(); }}) {
    errands.start();
    if (!book.settings().mirror.send) return;
    const CopyThread::Told copies{[this] { look(); }, [this] { told.acknowledged(); }};
    first = std::make_unique<CopyThread>(book, clock, *file, surroundings, bell, copies);
    second = std::make_unique<CopyThread>(book, clock, *file, surroundings, bell, copies);
  }

  MirrorState known() {
    auto found = file->state();
    return found ? std::move(*found) : MirrorState{};
  }
  /// On the threads of what follows: a screen never waits for their disk.
  void look() {
    auto now = known();
    {
      const std::lock_guard lock(mutex);
      if (now == state) return;
      state = std::move(now);
    }
    told.changed();
  }

  const Told told;
  const std::unique_ptr<MirrorFile> file;
  std::mutex mutex;
  MirrorState state;  ///< as it was looked at last
  Bell bell;
  Surroundings surroundings;
  // Two copies: one till may burn together with another.
  std::unique_ptr<CopyThread> first, second;
  ErrandThread errands;
};

Mirror::Mirror(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Mirror::~Mirror() = default;

Result<std::unique_ptr<Mirror>> Mirror::start(Book& book, const Clock& clock, Told told,
                                              const KeepingLimits& limits) {
  const MirrorSettings& settings = book.settings().mirror;
  if (!settings.listen && !settings.send) return std::unique_ptr<Mirror>();
  auto file = MirrorFile::open(book.folder(), limits);
  if (!file) return file.error();
  return std::unique_ptr<Mirror>(
      new Mirror(std::make_unique<Inside>(book, clock, std::move(told), std::move(*file))));
}

void Mirror::recorded() { inside_->bell.ring(); }
void Mirror::line_is_up() { inside_->errands.line_is_up(); }

MirrorState Mirror::state() const {
  const std::lock_guard lock(inside_->mutex);
  return inside_->state;
}

std::optional<Error> Mirror::trouble() const { return inside_->errands.listening().trouble(); }
std::optional<std::uint16_t> Mirror::port() const { return inside_->errands.listening().port(); }

}  // namespace keepsake::sync::mirror
