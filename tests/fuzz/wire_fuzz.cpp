// The wire's boundary: whatever arrives, decoding ends with a value within its limits or an error.
// The first byte picks the message and the format.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/values/limits.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/compression.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/enrol_code.hpp"
#include "sync/wire/reservations.hpp"

namespace {

using namespace keepsake;
using namespace keepsake::sync;

void require(bool holds) {
  if (!holds) std::abort();
}

/// What decodes must encode to something that decodes to the same.
template <class Message, class Decode>
void round_trip(const Result<Message>& decoded, const Decode& decode) {
  if (!decoded) return require(!decoded.error().code.empty());
  const auto again = decode(encode(*decoded), Format::binary);
  require(again.ok() && *again == *decoded);
}

void fuzz_batch(std::string_view bytes, Format format) {
  const auto batch = decode_batch(bytes, format);
  if (batch) {
    require(batch->records.size() <= limits::batch_facts);
    require(batch->records.size() == std::size_t{batch->last} + 1 - batch->first);
  }
  round_trip(batch, decode_batch);
}

std::string written(const TerminalPath& path) {
  switch (path.action) {
    case TerminalAction::batch:
      return batch_path(path.terminal, path.epoch);
    case TerminalAction::opaque:
      return opaque_path(path.terminal, path.epoch);
    case TerminalAction::look_up:
      return look_up_path(path.terminal, path.epoch);
    case TerminalAction::renew:
      return renew_path(path.terminal, path.epoch);
    case TerminalAction::reservations:
      return reservations_path(path.terminal, path.epoch);
    case TerminalAction::neighbours:
      return neighbours_path(path.terminal, path.epoch);
    case TerminalAction::hand_in:
      return hand_in_path(path.terminal, path.epoch);
    case TerminalAction::snapshot:
      require(path.feed.has_value());
      return snapshot_path(path.terminal, path.epoch, *path.feed, path.records, path.lost);
    case TerminalAction::snapshot_part:
      return snapshot_part_path(path.terminal, path.epoch, path.snapshot, path.part);
    case TerminalAction::feed:
      break;
  }
  require(path.feed.has_value());
  return feed_path(path.terminal, path.epoch, *path.feed, path.wait, path.reservations);
}

void fuzz_reservations(std::string_view bytes, Format format) {
  round_trip(decode_reservation_request(bytes, format), decode_reservation_request);
  round_trip(decode_reservation_answer(bytes, format), decode_reservation_answer);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Format format = (data[0] & 0x80) ? Format::json : Format::binary;
  switch (data[0] & 0x7F) {
    case 0:
      fuzz_batch(bytes, format);
      break;
    case 1:
      round_trip(decode_acknowledgement(bytes, format), decode_acknowledgement);
      break;
    case 2:
      round_trip(decode_signed_acknowledgement(bytes, format), decode_signed_acknowledgement);
      break;
    case 3:
      round_trip(decode_problem(bytes, format), decode_problem);
      break;
    case 4:
      round_trip(decode_enrol_request(bytes, format), decode_enrol_request);
      break;
    case 5:
      round_trip(decode_enrol_answer(bytes, format), decode_enrol_answer);
      break;
    case 6:
      round_trip(decode_status(bytes, format), decode_status);
      break;
    case 9:
      round_trip(decode_feed_page(bytes, format), decode_feed_page);
      break;
    case 10:
      round_trip(decode_signed_feed_page(bytes, format), decode_signed_feed_page);
      break;
    case 7: {
      const auto inflated = decompress(bytes, 100'000);
      if (inflated) {
        require(inflated->size() <= 100'000);
        fuzz_batch(*inflated, Format::binary);
      }
      break;
    }
    case 8: {
      const auto code = parse_enrol_code(bytes);
      if (code) require(*parse_enrol_code(to_text(*code)) == *code);
      break;
    }
    case 11:
      round_trip(decode_opaque_record(bytes, format), decode_opaque_record);
      break;
    case 12:
      round_trip(decode_renew_request(bytes, format), decode_renew_request);
      break;
    case 13:
      round_trip(decode_renew_answer(bytes, format), decode_renew_answer);
      break;
    case 14:
      round_trip(decode_look_up(bytes, format), decode_look_up);
      break;
    case 15:
      round_trip(decode_look_up_answer(bytes, format), decode_look_up_answer);
      break;
    case 16:
      fuzz_reservations(bytes, format);
      break;
    default:
      if (const auto path = parse_terminal_path(bytes))
        require(*parse_terminal_path(written(*path)) == *path);
  }
  return 0;
}
