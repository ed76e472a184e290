#pragma once
// Where a terminal's carry file is opened, and the file of answers to it written
// (sync/carry/CARRY.md). It reads beside a running centre; batches are taken by whoever writes.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "storage/domain/values/time.hpp"
#include "sync/carry/carry_format.hpp"
#include "sync/central/carrying.hpp"

namespace keepsake::sync::central {

/// What a file came to.
struct CarriedFile {
  TerminalNumber terminal;
  Epoch epoch;
  std::string store;
  std::uint32_t till = 0;
  Instant made;                           ///< when the terminal wrote it, by its clock
  std::int64_t batches = 0;               ///< taken
  Seq acknowledged = 0;                   ///< where the last of them came to; 0: none was taken
  std::int64_t outcomes = 0;              ///< of its facts, that a person must look at
  std::int64_t pages = 0;                 ///< of news for the terminal
  bool more_news = false;                 ///< than one file takes
  std::optional<CarriedRefusal> refusal;  ///< of the first batch that was not taken
};

/// nullopt: there is no centre that could be asked.
using TakeBatch = std::function<Result<std::optional<Ingest::Answer>>(const CarriedBatch&)>;

inline constexpr std::uint64_t news_bytes = 64 * 1024 * 1024;  ///< of one file of answers

struct CarryFiles {
  std::filesystem::path file;
  std::filesystem::path answers;
};

/// Has the batches of a file taken, in order, until one is refused, and writes what the terminal is
/// to know into `answers`: acknowledgements, the refusal, news of its store. What is taken is taken
/// for good, also where the answers cannot be written: the same file again gives the same answers.
/// nullopt: as TakeBatch. Failure::refused "carry.other-office", "carry.unknown", ::bad_input
/// "carry.way", ::unavailable "carry.busy"; as CarryReader, CarryWriter, open_records().
Result<std::optional<CarriedFile>> carry_in(const std::filesystem::path& folder,
                                            const CarryFiles& files, const std::string& by,
                                            const Clock& clock, const TakeBatch& take);

}  // namespace keepsake::sync::central
