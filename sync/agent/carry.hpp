#pragma once
// A till without a line: what it has not been acknowledged goes to head office in a file, and the
// answers come back in another (sync/carry/CARRY.md).

#include <cstdint>
#include <filesystem>
#include <optional>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {
class Book;
class Clock;
}  // namespace keepsake

namespace keepsake::sync {

/// batches: as over the wire. one_by_one: the first of them are batches of one record, each followed
/// by the same record sealed, so that one which head office fails at holds nothing else up.
enum class CarryHow { batches, one_by_one };

/// What a file for head office holds.
struct CarriedOut {
  Seq first = 1;
  Seq last = 0;  ///< first - 1: no record, it only asks
  std::uint64_t bytes = 0;
  std::int64_t left = 0;  ///< records that did not fit any more
};

/// Writes the records from `from` on (nothing: those that are not acknowledged), as the same signed
/// batches that go over the wire, sealed to head office. Nothing counts as sent by it. `book` may be
/// open for reading only. Failure::refused "sync.not-enrolled", ::bad_input "carry.from", else as
/// Packer::pack and CarryWriter.
Result<CarriedOut> carry_out(Book& book, const Clock& clock, const std::filesystem::path& file,
                             std::optional<Seq> from = std::nullopt,
                             CarryHow how = CarryHow::batches);

/// What came of a file from head office.
struct CarriedIn {
  Seq acknowledged_before = 0;
  Seq acknowledged = 0;
  std::int64_t waiting = 0;
  std::int64_t outcomes = 0;    ///< that a person must look at
  std::int64_t pages = 0;       ///< of news, taken in
  bool news_elsewhere = false;  ///< its news goes on from another place than this till is at
  /// What head office refused, or that the file says less than is known; what is above counts.
  std::optional<Error> trouble;
};

/// Checks the file as a whole before anything of it counts, then each answer as one over the wire,
/// and stores them. Doing it twice changes nothing. Failure::refused "sync.not-enrolled",
/// "carry.other-till", "carry.other-office", "carry.former", "sync.fork", ::bad_input "carry.way" and
/// as CarryReader; of the book.
Result<CarriedIn> carry_in(Book& book, const Clock& clock, const std::filesystem::path& file);

}  // namespace keepsake::sync
