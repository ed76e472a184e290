#pragma once
// What this program asks of its files: which are synced and which get another name, in order. The
// program's own fsync, fdatasync and renames stand before the C library's, and do the same.

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

}  // namespace keepsake::test
