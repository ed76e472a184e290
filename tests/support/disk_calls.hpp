#pragma once
// What this program asks of its files: which are synced and which get another name, in order; and a
// process that dies before one of these calls, or of those that write. The program's own fsync, pwrite,
// rename ... stand before the C library's, and do the same.

#include <functional>
#include <string>
#include <vector>

namespace keepsake::test {

/// Tells of the calls made while it lives; one at a time, one thread.
class DiskCalls {
 public:
  DiskCalls();
  ~DiskCalls();
  DiskCalls(const DiskCalls&) = delete;
  DiskCalls& operator=(const DiskCalls&) = delete;

  /// "sync NAME" and "rename NAME NAME", names without their folders.
  const std::vector<std::string>& told() const { return told_; }
  void tell(std::string what) { told_.push_back(std::move(what)); }

 private:
  std::vector<std::string> told_;
};

/// Runs `work` in a process of its own, which is killed (-9) before its n-th call that changes a file; of
/// SQLite's and of our own. n = 0: it lives. Where the process has threads, `work` must not need them.
struct Killed {
  bool died = false;
  bool done = false;    ///< `work` returned true
  std::string calls{};  ///< of one that lived: w write, t truncate, s sync, r rename, u unlink
};
Killed killed_before(int n, const std::function<bool()>& work);

}  // namespace keepsake::test
