// What a till says to another one, or to head office of another one: whatever it is, reading ends with
// values within their limits or an error, what was read comes out the same again, and a till that keeps
// copies keeps what it kept.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "sync/mirror/mirror_file.hpp"
#include "sync/wire/mirror.hpp"

namespace {

using namespace keepsake;
using namespace keepsake::sync;

void require(bool holds) {
  if (!holds) std::abort();
}

const bool in_memory = ::setenv("TMPDIR", "/dev/shm", 1) == 0;

struct Keeper {
  std::filesystem::path folder;
  std::unique_ptr<mirror::MirrorFile> file;

  Keeper() {
    std::string name = "/dev/shm/keepsake-mirror-XXXXXX";
    require(::mkdtemp(name.data()) != nullptr);
    folder = name;
    file = std::move(*mirror::MirrorFile::open(folder, {.bytes_of_till = 100'000}));
  }
};

template <class T, class Decode>
void both_ways(std::string_view bytes, const Decode& decode) {
  for (const Format format : {Format::binary, Format::json}) {
    const auto read = decode(bytes, format);
    if (!read) {
      require(!read.error().code.empty());
      continue;
    }
    const T& value = *read;
    require(*decode(encode(value, Format::binary), Format::binary) == value);
  }
}

void keep(Keeper& keeper, std::string_view bytes) {
  const auto request = decode_mirror_request(bytes);
  if (!request) return;
  const TerminalIdentity whose{{1'000'001}, {1}};
  const auto before = keeper.file->take(whose, {}, 0, {1});
  const auto answer = keeper.file->take(whose, *request, 0, {1});
  require(before.ok() && answer.ok());
  // Nobody has shown head office's word, so nothing is dropped.
  if (answer->full || !request->batch) require(answer->held == before->held);
  const auto state = keeper.file->state();
  require(state.ok());
  for (const KeptForTill& kept : state->kept) require(kept.records >= 0);
  require(keeper.file->next({}).ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Keeper keeper;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 7) {
    case 0:
      both_ways<NeighboursRequest>(bytes, decode_neighbours_request);
      break;
    case 1:
      both_ways<NeighboursAnswer>(bytes, decode_neighbours_answer);
      break;
    case 2:
      both_ways<MirrorRequest>(bytes, decode_mirror_request);
      break;
    case 3:
      both_ways<MirrorAnswer>(bytes, decode_mirror_answer);
      break;
    case 4:
      both_ways<HandIn>(bytes, decode_hand_in);
      break;
    case 5:
      both_ways<HandInAnswer>(bytes, decode_hand_in_answer);
      break;
    default:
      keep(keeper, bytes);
  }
  return 0;
}
