// A snapshot's offer and its parts as they come from the line: whatever they are, they are read or
// refused, and what is read says the same again.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "storage/vault/file_key.hpp"
#include "sync/wire/compression.hpp"
#include "sync/wire/snapshot.hpp"

namespace {

using namespace keepsake;
using namespace keepsake::sync;

void require(bool holds) {
  if (!holds) std::abort();
}

void offers(std::string_view bytes) {
  for (const Format format : {Format::binary, Format::json}) {
    if (const auto offer = decode_snapshot_offer(bytes, format)) {
      require(offer->row_parts == snapshot_parts(offer->bytes));
      require(decode_snapshot_offer(encode(*offer, format), format).value() == *offer);
    }
    if (const auto given = decode_signed_snapshot_offer(bytes, format))
      require(decode_signed_snapshot_offer(encode(*given, format), format).value() == *given);
  }
}

void parts(std::string_view bytes) {
  static const FileKey key = *FileKey::from(std::string(32, 'k'));
  constexpr Bytes16 file{1, 2, 3};
  require(!key.open(file, 0, bytes));  // nobody seals by chance
  const std::string sealed = key.seal(file, 7, bytes);
  require(key.open(file, 7, sealed).value() == bytes);
  require(!key.open(file, 8, sealed));
  const auto rows = decompress(bytes, snapshot_part_bytes);
  require(!rows || rows->size() <= snapshot_part_bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  offers(bytes);
  parts(bytes);
  return 0;
}
