#include "tests/support/crash_vfs.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <new>
#include <random>
#include <sqlite3.h>

namespace keepsake::test {

namespace {

constexpr std::size_t sector = 512;

struct Handle {
  sqlite3_file base;
  CrashDisk* disk;
  CrashDisk::File* file;  // nullptr: not modelled (temporary files)
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

Handle& of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
const sqlite3_io_methods& methods(Handle& handle) { return *handle.real()->pMethods; }
CrashDisk& disk_of(sqlite3_vfs* vfs) { return *static_cast<CrashDisk*>(vfs->pAppData); }

int on_close(sqlite3_file* file) {
  Handle& handle = of(file);
  return handle.real()->pMethods != nullptr ? methods(handle).xClose(handle.real()) : SQLITE_OK;
}

int on_read(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
  Handle& handle = of(file);
  if (handle.disk->dead(handle.file)) return SQLITE_IOERR_READ;
  return methods(handle).xRead(handle.real(), into, size, offset);
}

int on_write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  Handle& handle = of(file);
  if (handle.disk->dead(handle.file)) return SQLITE_IOERR_WRITE;
  sqlite3_int64 now = 0;
  methods(handle).xFileSize(handle.real(), &now);
  if (!handle.disk->take_growth(offset + size - now)) return SQLITE_FULL;
  if (handle.file != nullptr)
    handle.file->pending.push_back(
        {offset, std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)),
         false});
  return methods(handle).xWrite(handle.real(), bytes, size, offset);
}

int on_truncate(sqlite3_file* file, sqlite3_int64 size) {
  Handle& handle = of(file);
  if (handle.disk->dead(handle.file)) return SQLITE_IOERR_TRUNCATE;
  if (handle.file != nullptr) handle.file->pending.push_back({size, {}, true});
  return methods(handle).xTruncate(handle.real(), size);
}

// The real sync is left out: the model knows what is durable, and a test of thousands of cuts is
// fast.
int on_sync(sqlite3_file* file, int) {
  Handle& handle = of(file);
  if (handle.disk->dead(handle.file)) return SQLITE_IOERR_FSYNC;
  if (handle.file == nullptr) return SQLITE_OK;
  return handle.disk->sync(*handle.file) ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

int on_size(sqlite3_file* file, sqlite3_int64* size) {
  return methods(of(file)).xFileSize(of(file).real(), size);
}
int on_lock(sqlite3_file* file, int lock) { return methods(of(file)).xLock(of(file).real(), lock); }
int on_unlock(sqlite3_file* file, int lock) {
  return methods(of(file)).xUnlock(of(file).real(), lock);
}
int on_check_lock(sqlite3_file* file, int* held) {
  return methods(of(file)).xCheckReservedLock(of(file).real(), held);
}
int on_control(sqlite3_file* file, int what, void* with) {
  return methods(of(file)).xFileControl(of(file).real(), what, with);
}
int on_sector_size(sqlite3_file* file) { return methods(of(file)).xSectorSize(of(file).real()); }
int on_characteristics(sqlite3_file* file) {
  return methods(of(file)).xDeviceCharacteristics(of(file).real());
}
int on_shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  return methods(of(file)).xShmMap(of(file).real(), page, size, extend, memory);
}
int on_shm_lock(sqlite3_file* file, int offset, int n, int flags) {
  return methods(of(file)).xShmLock(of(file).real(), offset, n, flags);
}
void on_shm_barrier(sqlite3_file* file) { methods(of(file)).xShmBarrier(of(file).real()); }
int on_shm_unmap(sqlite3_file* file, int remove) {
  return methods(of(file)).xShmUnmap(of(file).real(), remove);
}

const sqlite3_io_methods wrapped = {2,
                                    on_close,
                                    on_read,
                                    on_write,
                                    on_truncate,
                                    on_sync,
                                    on_size,
                                    on_lock,
                                    on_unlock,
                                    on_check_lock,
                                    on_control,
                                    on_sector_size,
                                    on_characteristics,
                                    on_shm_map,
                                    on_shm_lock,
                                    on_shm_barrier,
                                    on_shm_unmap,
                                    nullptr,
                                    nullptr};

int on_open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  CrashDisk& disk = disk_of(vfs);
  Handle& handle = *new (file) Handle{{nullptr}, &disk, nullptr};
  std::memset(handle.real(), 0, static_cast<std::size_t>(disk.real()->szOsFile));
  constexpr int modelled = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
  if (name != nullptr && (flags & modelled) != 0) handle.file = disk.track(name);
  if (disk.dead(handle.file)) return SQLITE_CANTOPEN;
  const int code = disk.real()->xOpen(disk.real(), name, handle.real(), flags, out_flags);
  if (handle.real()->pMethods != nullptr) handle.base.pMethods = &wrapped;
  return code;
}

int on_delete(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  CrashDisk& disk = disk_of(vfs);
  if (disk.dead() && disk.of_machine(name)) return SQLITE_IOERR_DELETE;
  disk.forget(name);
  return disk.real()->xDelete(disk.real(), name, sync_folder);
}

std::string contents(const std::string& path) {
  std::error_code none;
  const auto size = std::filesystem::file_size(path, none);
  std::string bytes(none ? 0 : size, '\0');
  std::ifstream(path, std::ios::binary)
      .read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

void put(std::string& disk, std::size_t at, std::string_view bytes) {
  if (disk.size() < at + bytes.size()) disk.resize(at + bytes.size(), '\0');
  disk.replace(at, bytes.size(), bytes);
}

void settle(CrashDisk::File& file, const CrashDisk::Write& write) {
  if (write.truncate)
    file.durable.resize(static_cast<std::size_t>(write.offset), '\0');
  else
    put(file.durable, static_cast<std::size_t>(write.offset), write.bytes);
}

/// How a cut treats what was not synced: the extremes on purpose, the rest by chance.
enum class Fate { all_dropped, all_kept, by_write, by_sector };

void survive(CrashDisk::File& file, Fate fate, std::mt19937_64& random) {
  for (const CrashDisk::Write& write : file.pending) {
    if (fate == Fate::all_dropped) break;
    const bool kept = fate == Fate::all_kept || random() % 2 == 0;
    if (fate != Fate::by_sector || write.truncate) {
      if (kept) settle(file, write);
      continue;
    }
    for (std::size_t at = 0; at < write.bytes.size(); at += sector) {
      std::string part = write.bytes.substr(at, sector);
      const auto chance = random() % 8;
      if (chance < 3) continue;
      if (chance == 7)
        for (char& byte : part) byte = static_cast<char>(random());
      put(file.durable, static_cast<std::size_t>(write.offset) + at, part);
    }
  }
  file.pending.clear();
}

}  // namespace

CrashDisk::CrashDisk()
    : real_(sqlite3_vfs_find(nullptr)), mine_(std::make_unique<sqlite3_vfs>(*real_)) {
  mine_->szOsFile = static_cast<int>(sizeof(Handle)) + real_->szOsFile;
  mine_->zName = "keepsake-crash";
  mine_->pNext = nullptr;
  mine_->pAppData = this;
  mine_->xOpen = on_open;
  mine_->xDelete = on_delete;
  sqlite3_vfs_register(mine_.get(), 1);
}

CrashDisk::~CrashDisk() {
  sqlite3_vfs_unregister(mine_.get());
  sqlite3_vfs_register(real_, 1);
}

void CrashDisk::cut_at_sync(int n, Moment moment, std::uint64_t seed, const std::string& machine) {
  machine_ = machine;
  syncs_ = 0;
  cut_at_ = n;
  moment_ = moment;
  seed_ = seed;
}

void CrashDisk::cut_now(std::uint64_t seed, const std::string& machine) {
  machine_ = machine;
  seed_ = seed;
  dead_ = true;
}

CrashDisk::File* CrashDisk::track(const std::string& path) {
  const auto [at, fresh] = files_.try_emplace(path);
  if (fresh) at->second = {path, contents(path)};
  return &at->second;
}

// The entry stays, as an open handle may still point to it; a deleted file has nothing durable.
void CrashDisk::forget(const std::string& path) {
  if (const auto found = files_.find(path); found != files_.end()) found->second = {path};
}

bool CrashDisk::take_growth(std::int64_t bytes) {
  if (bytes <= 0 || growth_left_ < 0) return true;
  if (bytes > growth_left_) return false;
  growth_left_ -= bytes;
  return true;
}

bool CrashDisk::sync(File& file) {
  const bool cut = of_machine(file.path) && ++syncs_ == cut_at_;
  if (!cut || moment_ == Moment::after) {
    for (const Write& write : file.pending) settle(file, write);
    file.pending.clear();
  }
  dead_ = dead_ || cut;
  return !cut;
}

void CrashDisk::power_on() {
  std::mt19937_64 random(seed_);
  const auto fate = static_cast<Fate>(seed_ % 4);
  for (auto at = files_.begin(); at != files_.end();) {
    auto& [path, file] = *at;
    if (!of_machine(path)) {
      ++at;
      continue;
    }
    if (dead_)
      survive(file, fate, random);
    else
      for (const Write& write : file.pending) settle(file, write);
    // A file that was deleted, or never got a byte to the disk, is not there.
    if (file.durable.empty() && path.ends_with("-wal")) {
      std::filesystem::remove(path);
    } else if (std::filesystem::exists(path)) {
      std::ofstream(path, std::ios::binary | std::ios::trunc) << file.durable;
    }
    std::filesystem::remove(path + "-shm");
    at = files_.erase(at);
  }
  dead_ = false;
  cut_at_ = 0;
  syncs_ = 0;
}

}  // namespace keepsake::test
