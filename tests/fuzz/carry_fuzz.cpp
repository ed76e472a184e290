// Files that come on a stick: whatever is in them, reading ends with parts within their limits or an
// error; and a till takes in what its head office has signed, sense or not, without falling over.
// The first byte picks which of the two.

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#define DOCTEST_CONFIG_DISABLE  // of the shop, only what it makes is wanted
#include "storage/vault/vault.hpp"
#include "sync/agent/carry.hpp"
#include "sync/carry/carry_file.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/signing.hpp"
#include "tests/support/shop.hpp"

namespace {

using namespace keepsake;
using namespace keepsake::sync;

void require(bool holds) {
  if (!holds) std::abort();
}

const bool in_memory = ::setenv("TMPDIR", "/dev/shm", 1) == 0;

/// A till with three sales of its own, and a head office that says anything.
struct Hostile {
  test::TemporaryFolder folder;
  std::unique_ptr<Vault> office = std::move(*Vault::create(folder.path()));
  test::Shop till;
  Enrolment enrolment{{4711}, {1}, "Lysvik", "https://head.example:1", {}, {}, 1};

  Hostile() {
    enrolment.central_sign_public = office->sign_public();
    enrolment.central_box_public = office->box_public();
    require(till.book->set_enrolment(enrolment).ok());
    for (int i = 0; i < 3; ++i) till.record(test::purchase(till.clock, {test::line("A", 1, 1000)}));
  }
  std::filesystem::path file() const { return folder.path() / "file"; }
};

void read_all(Hostile& world, std::string_view bytes) {
  {
    std::ofstream out(world.file(), std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  const auto reader = CarryReader::open(world.file());
  if (!reader) return require(!reader.error().code.empty());
  require(*decode_carry_header(encode((*reader)->header())) == (*reader)->header());
  require(!(*reader)->check(world.office->sign_public()));  // nobody has signed it
  static_cast<void>(carry_in(*world.till.book, world.till.clock, world.file()));
  if (const auto refusal = decode_carried_refusal(bytes))
    require(*decode_carried_refusal(encode(*refusal)) == *refusal);
}

/// What stands next, of a length that it names itself.
std::string_view next(std::string_view& bytes) {
  if (bytes.size() < 2) return {};
  const auto high = static_cast<std::uint8_t>(bytes[0]), low = static_cast<std::uint8_t>(bytes[1]);
  const std::size_t size = std::size_t{high} << 8 | low;
  const std::string_view taken = bytes.substr(2, size);
  bytes.remove_prefix(2 + taken.size());
  return taken;
}

/// `content`, signed as its kind is where `kind` says so.
std::string signed_content(const Hostile& world, int kind, std::string_view content) {
  const std::string own(content);
  if ((kind & 0x80) != 0) return own;
  if ((kind & 3) == 0)
    return encode(SignedAcknowledgement{own, bytes64(world.office->sign(ack_signing_bytes(own)))});
  if ((kind & 3) == 2)
    return encode(
        SignedFeedPage{own, bytes64(world.office->sign(feed_signing_bytes({4711}, {1}, own)))});
  return own;
}

void take_in(Hostile& world, std::string_view bytes) {
  std::error_code ignored;
  std::filesystem::remove(world.file(), ignored);
  const CarryHeader header{
      CarryWay::to_terminal,           {4711}, {1}, office_of(world.office->box_public()),
      *world.till.book->feed_cursor(), {}};
  auto writer = CarryWriter::create(world.file(), header);
  require(writer.ok());
  const std::string box = world.till.book->vault().box_public();
  constexpr PartKind kinds[] = {PartKind::acknowledgement, PartKind::refusal, PartKind::feed_page,
                                PartKind::acknowledgement};
  while (bytes.size() > 1) {
    const int kind = static_cast<std::uint8_t>(bytes[0]);
    bytes.remove_prefix(1);
    require((*writer)->add(kinds[kind & 3], signed_content(world, kind, next(bytes)), box).ok());
  }
  require((*writer)->finish(*world.office).ok());
  const Seq before = world.till.reader()->acknowledged()->seq;
  const auto in = carry_in(*world.till.book, world.till.clock, world.file());
  require(in.ok() || !in.error().code.empty());
  const Seq after = world.till.reader()->acknowledged()->seq;
  require(after >= before && after <= 3);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Hostile world;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] & 1)
    take_in(world, bytes);
  else
    read_all(world, bytes);
  return 0;
}
