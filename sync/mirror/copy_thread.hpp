#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "storage/book/enrolment.hpp"
#include "sync/mirror/bell.hpp"
#include "sync/mirror/neighbour_line.hpp"
#include "sync/mirror/neighbourhood.hpp"

namespace keepsake {
class Book;
class Clock;
}  // namespace keepsake

namespace keepsake::sync::mirror {

class MirrorFile;

/// What several threads that make copies share: who is around, of which enrolment.
class Surroundings {
 public:
  /// Those that `file` knows, for this till.
  std::shared_ptr<Neighbourhood> of(const Enrolment& enrolment, MirrorFile& file);
  void look_again();  ///< head office said who is there

 private:
  std::mutex mutex_;
  std::optional<Enrolment> enrolment_;
  std::shared_ptr<Neighbourhood> around_;
  bool fresh_ = false;
};

/// Keeps one copy of what head office has not acknowledged at one other till, and goes on to the next
/// where that one fails or is full.
class CopyThread {
 public:
  /// On its thread: `copied` after what others hold changed; `acknowledged` when one of them
  /// brought more of head office's acknowledgement.
  struct Told {
    std::function<void()> copied;
    std::function<void()> acknowledged;
  };
  CopyThread(Book& book, const Clock& clock, MirrorFile& file, Surroundings& surroundings,
             Bell& bell, Told told);
  ~CopyThread();  ///< stops and joins; aborts an exchange under way

 private:
  void run(const std::stop_token& token);
  bool copy_at(const Neighbour& neighbour, Neighbourhood& around, const Enrolment& enrolment,
               const std::stop_token& token);
  Result<std::unique_ptr<NeighbourLine>> connect(const Neighbour& neighbour,
                                                 const std::string& address,
                                                 const Enrolment& enrolment);
  bool keep_copied(NeighbourLine& line, const Neighbour& neighbour, const Enrolment& enrolment,
                   const std::stop_token& token);
  bool still_there(const Neighbour& neighbour, const Enrolment& enrolment);
  std::int64_t tail();
  void note(TerminalNumber neighbour, Seq held, std::string_view trouble);
  void attach(NeighbourLine* line, const std::stop_token& token);

  Book& book_;
  const Clock& clock_;
  MirrorFile& file_;
  Surroundings& surroundings_;
  Bell& bell_;
  const Told told_;
  std::uint64_t heard_ = 0;
  std::optional<TerminalNumber> last_;  ///< the one that has it, to go on with
  struct Noted {
    Seq held = 0;
    std::string trouble;
    Instant at;
    TerminalNumber neighbour;
  };
  std::optional<Noted> noted_;  ///< as the file has it
  std::mutex mutex_;
  NeighbourLine* line_ = nullptr;  ///< at work, to be aborted
  std::jthread thread_;            ///< last: it runs while all above stands
};

}  // namespace keepsake::sync::mirror
