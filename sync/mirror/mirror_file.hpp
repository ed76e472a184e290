#pragma once
// DIR/mirror.db: what one till keeps for others (MIRROR.md). Beside the book, so that nothing which
// others send can reach it.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "storage/domain/values/result.hpp"
#include "storage/domain/views/mirror_state.hpp"
#include "sync/wire/mirror.hpp"

namespace keepsake {
class Database;
class Query;
}  // namespace keepsake

namespace keepsake::sync::mirror {

/// What is kept, at most. Beyond it the other till is told so, and nothing is dropped.
struct KeepingLimits {
  std::int64_t bytes_of_till = std::int64_t{64} * 1024 * 1024;
  std::int64_t records_of_till = 200'000;
  std::int64_t bytes = std::int64_t{512} * 1024 * 1024;  ///< of all
};

/// A part of another till's journal.
struct KeptBatch {
  std::int64_t n = 0;  ///< its place here
  TerminalIdentity whose;
  std::int64_t records = 0;
  std::string sealed;
  Instant kept;
};

/// Thread-safe; one process writes it, the one that holds the folder.
class MirrorFile {
 public:
  /// Mode 0600; made when there is none. Failure as sqlite::open(), migrate().
  static Result<std::unique_ptr<MirrorFile>> open(const std::filesystem::path& folder,
                                                  const KeepingLimits& limits = {});
  ~MirrorFile();

  /// What another till asks, in one transaction, durable when this returns. `acknowledged`: so much of
  /// it head office has, by its own signature. What is kept of that is dropped where `request.own` shows
  /// that it is part of the asking till's journal; what it kept on another branch of it (before it was put
  /// back from a backup) stays until head office has it.
  Result<MirrorAnswer> take(const TerminalIdentity& whose, const MirrorRequest& request,
                            Seq acknowledged, Instant now);

  // For head office.
  /// Of one till, in order, up to handed_in_at_once and what one request takes; empty: nothing waits.
  /// Of the tills that are not among `put_off`, the one whose part came first.
  Result<std::vector<KeptBatch>> next(const std::vector<TerminalIdentity>& put_off);
  /// Head office has these. `signed_answer`: for that till, up to `acked`; empty: none.
  Result<Done> handed_in(const std::vector<KeptBatch>& batches, Instant now, Seq acked,
                         std::string_view signed_answer);
  /// Head office does not take it: kept, told, and not handed in again until ask_again().
  Result<Done> put_refused(const KeptBatch& batch, std::string_view code);
  Result<Done> ask_again();

  // Others of the store.
  Result<Done> put_neighbours(const std::vector<Neighbour>& neighbours);
  Result<std::vector<Neighbour>> neighbours();
  /// Whether this is a till of the store, under the epoch that head office named or a later one.
  Result<bool> is_neighbour(const TerminalIdentity& who);

  Result<Done> put_copy(TerminalNumber neighbour, Seq held, Instant at, std::string_view trouble);
  Result<MirrorState> state();

 private:
  MirrorFile(std::unique_ptr<Database> database, const KeepingLimits& limits);
  template <class Work>
  auto locked(Work&& work) -> decltype(work());
  void drop_acknowledged(const TerminalIdentity& whose, ChainPlace place, Seq acknowledged);
  bool has_room(TerminalNumber whose, const MirroredBatch& batch);

  const KeepingLimits limits_;
  std::mutex mutex_;
  std::unique_ptr<Database> database_;
};

/// For who only looks, beside the process that writes it. Nothing: there is no such file.
Result<MirrorState> read_mirror_state(const std::filesystem::path& folder);

}  // namespace keepsake::sync::mirror
