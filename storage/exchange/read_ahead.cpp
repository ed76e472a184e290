#include "storage/exchange/read_ahead.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

namespace keepsake {
namespace {

constexpr std::size_t block_bytes = 256 * 1024;
constexpr std::size_t most_blocks = 8;

class ReadAhead : public ByteSource {
 public:
  explicit ReadAhead(std::unique_ptr<ByteSource> source)
      : size_(source->size()),
        thread_([this, source = std::move(source)](const std::stop_token& stop) {
          work(stop, *source);
        }) {}

  Result<std::size_t> read(std::span<char> into) override {
    if (at_ == block_.bytes.size() && !next()) {
      if (block_.thrown) std::rethrow_exception(block_.thrown);
      if (block_.error) return *block_.error;
      return std::size_t{0};
    }
    const std::size_t n = block_.bytes.copy(into.data(), into.size(), at_);
    at_ += n;
    return n;
  }
  std::uint64_t consumed() const override { return block_.consumed; }
  std::uint64_t size() const override { return size_; }

 private:
  struct Block {
    std::string bytes;  // empty: the end, or what went wrong
    std::uint64_t consumed = 0;
    std::optional<Error> error;
    std::exception_ptr thrown;
  };

  static Block block_of(ByteSource& source) {
    Block block;
    try {
      block.bytes.resize(block_bytes);
      auto got = source.read(block.bytes);
      if (!got) block.error = got.error();
      block.bytes.resize(got ? *got : 0);
      block.consumed = source.consumed();
    } catch (...) {  // for who reads, not for this thread
      block = {};
      block.thrown = std::current_exception();
    }
    return block;
  }

  void work(const std::stop_token& stop, ByteSource& source) {
    for (bool last = false; !last && !stop.stop_requested();) {
      Block block = block_of(source);
      last = block.bytes.empty();
      std::unique_lock lock(mutex_);
      if (!room_.wait(lock, stop, [&] { return blocks_.size() < most_blocks; })) return;
      blocks_.push_back(std::move(block));
      ready_.notify_one();
    }
  }

  /// The next block; the last one stays, so that the end and an error are told again.
  bool next() {
    if (ended_) return false;
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return !blocks_.empty(); });
    block_ = std::move(blocks_.front());
    blocks_.pop_front();
    room_.notify_one();
    at_ = 0;
    ended_ = block_.bytes.empty();
    return !ended_;
  }

  const std::uint64_t size_;
  Block block_;  // being handed out
  std::size_t at_ = 0;
  bool ended_ = false;
  std::mutex mutex_;
  std::condition_variable_any room_;
  std::condition_variable ready_;
  std::deque<Block> blocks_;
  std::jthread thread_;  // last: it uses all the others
};

}  // namespace

std::unique_ptr<ByteSource> read_ahead(std::unique_ptr<ByteSource> source) {
  return std::make_unique<ReadAhead>(std::move(source));
}

}  // namespace keepsake
