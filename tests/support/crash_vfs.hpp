#pragma once
// A disk whose power can be cut: a SQLite VFS that wraps the default one and is the default while
// it lives. What was written and not synced is, after a cut, kept, dropped or garbled by seed,
// sector by sector. It models files' bytes; names (create, delete) are durable at once. One thread.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct sqlite3_vfs;

namespace keepsake::test {

class CrashDisk {
 public:
  CrashDisk();
  ~CrashDisk();
  CrashDisk(const CrashDisk&) = delete;
  CrashDisk& operator=(const CrashDisk&) = delete;

  enum class Moment { before, after };  ///< of the sync taking effect; it returns an error in both
  /// Power goes at the n-th sync from now, n >= 1. `machine`: only for files below this folder, whose
  /// syncs alone count; the others run on. Empty: for all.
  void cut_at_sync(int n, Moment moment, std::uint64_t seed, const std::string& machine = {});
  void cut_now(std::uint64_t seed, const std::string& machine = {});
  bool dead() const { return dead_; }
  int syncs() const { return syncs_; }  ///< since the last cut was planned, or the beginning

  /// Call with every database of the machine closed: the files become what survived, and the disk
  /// works again.
  void power_on();

  /// Writes that would make files grow by more than this in all fail with "disk full".
  void limit_growth(std::int64_t bytes) { growth_left_ = bytes; }
  void lift_limit() { growth_left_ = -1; }

  // For the VFS functions.
  struct Write {
    std::int64_t offset;
    std::string bytes;
    bool truncate;  ///< to `offset`
  };
  struct File {
    std::string path{};
    std::string durable{};
    std::vector<Write> pending{};
  };
  /// nullptr: a file that is not modelled.
  bool dead(const File* file) const {
    return dead_ && (machine_.empty() || (file && of_machine(file->path)));
  }
  bool of_machine(const std::string& path) const { return path.starts_with(machine_); }
  File* track(const std::string& path);
  void forget(const std::string& path);
  bool take_growth(std::int64_t bytes);
  /// False: the power went.
  bool sync(File& file);
  sqlite3_vfs* real() const { return real_; }

 private:
  sqlite3_vfs* real_;
  std::unique_ptr<sqlite3_vfs> mine_;
  std::map<std::string, File> files_;
  std::string machine_;  ///< whose power goes
  std::uint64_t seed_ = 0;
  int syncs_ = 0;
  int cut_at_ = 0;
  Moment moment_ = Moment::before;
  bool dead_ = false;
  std::int64_t growth_left_ = -1;
};

}  // namespace keepsake::test
