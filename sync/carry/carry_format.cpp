#include "sync/carry/carry_format.hpp"

#include <algorithm>
#include <cassert>

#include "storage/domain/values/big_endian.hpp"
#include "storage/domain/values/limits.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"

namespace keepsake::sync {

namespace {

constexpr std::string_view magic = "keepsake carry ";
constexpr std::uint8_t format_version = 1;
constexpr std::size_t sealing_bytes = 48;  // what a sealed box adds
constexpr std::size_t opaque_more = 1024;  // what an opaque record has beside its batch

/// From the front of bytes that are known to be long enough.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : bytes_(bytes) {}
  template <class Int>
  Int number() {
    return static_cast<Int>(from_big_endian<std::uint64_t>(text(sizeof(Int))));
  }
  std::string_view text(std::size_t size) {
    assert(size <= bytes_.size());
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};

/// Which way a part goes, and the longest that there is. Nothing: this version knows no such kind.
struct PartRule {
  bool to_office = false;
  bool to_terminal = false;
  std::size_t most = 0;
};
PartRule rule_of(PartKind kind) {
  switch (kind) {
    case PartKind::end:
      return {true, true, signature_bytes};
    case PartKind::batch:
      return {true, false, limits::batch_bytes + sealing_bytes};
    case PartKind::opaque:
      return {true, false, limits::batch_bytes + opaque_more + sealing_bytes};
    case PartKind::acknowledgement:
    case PartKind::feed_page:
      return {false, true, answer_bytes + sealing_bytes};
    case PartKind::refusal:
      return {false, true, 2 * (limits::text_bytes + limits::code_bytes)};
  }
  return {};
}

}  // namespace

std::string encode(const CarryHeader& header) {
  std::string bytes(magic);
  bytes += static_cast<char>(header.way);
  bytes += static_cast<char>(format_version);
  put_big_endian(bytes, header.terminal.value);
  bytes += static_cast<char>(header.epoch.value);
  bytes += view(header.office);
  put_big_endian(bytes, header.feed.generation);
  put_big_endian(bytes, header.feed.position);
  put_big_endian(bytes, header.made.ms);
  assert(bytes.size() == carry_header_bytes);
  return bytes;
}

Result<CarryHeader> decode_carry_header(std::string_view bytes) {
  if (!bytes.starts_with(magic)) return carry_foreign();
  // The version comes before everything that another one may have in another form.
  if (bytes.size() < magic.size() + 2) return carry_damaged("header");
  Cursor cursor(bytes.substr(magic.size()));
  CarryHeader header;
  const auto way = cursor.number<std::uint8_t>();
  const auto version = cursor.number<std::uint8_t>();
  if (version > format_version) return carry_newer();
  if (version == 0 || bytes.size() != carry_header_bytes) return carry_damaged("header");
  header.way = static_cast<CarryWay>(way);
  if (header.way != CarryWay::to_office && header.way != CarryWay::to_terminal)
    return carry_damaged("header");
  header.terminal.value = cursor.number<std::uint32_t>();
  header.epoch.value = cursor.number<std::uint8_t>();
  header.office = bytes32(cursor.text(header.office.size()));
  header.feed.generation = cursor.number<std::int64_t>();
  header.feed.position = cursor.number<std::int64_t>();
  header.made.ms = cursor.number<std::int64_t>();
  if (header.terminal.value > TerminalNumber::max || header.feed.generation < 0 ||
      header.feed.position < 0)
    return carry_damaged("header");
  return header;
}

std::string encode(const PartHead& head) {
  std::string bytes(1, static_cast<char>(head.kind));
  put_big_endian(bytes, head.bytes);
  assert(bytes.size() == part_head_bytes);
  return bytes;
}

Result<PartHead> decode_part_head(std::string_view bytes, CarryWay way) {
  if (bytes.size() != part_head_bytes) return carry_damaged("part");
  Cursor cursor(bytes);
  PartHead head;
  head.kind = static_cast<PartKind>(cursor.number<std::uint8_t>());
  head.bytes = cursor.number<std::uint32_t>();
  const PartRule rule = rule_of(head.kind);
  const bool goes_this_way = way == CarryWay::to_office ? rule.to_office : rule.to_terminal;
  if (!goes_this_way || head.bytes > rule.most) return carry_damaged("part");
  if (head.kind == PartKind::end && head.bytes != signature_bytes) return carry_damaged("part");
  return head;
}

std::string encode(const CarriedRefusal& refusal) {
  std::string bytes;
  put_big_endian(bytes, refusal.first);
  put_big_endian(bytes, refusal.last);
  put_big_endian(bytes, refusal.status);
  bytes += encode(refusal.problem);
  return bytes;
}

Result<CarriedRefusal> decode_carried_refusal(std::string_view bytes) {
  if (bytes.size() < 10) return carry_damaged("refusal");
  Cursor cursor(bytes);
  CarriedRefusal refusal;
  refusal.first = cursor.number<Seq>();
  refusal.last = cursor.number<Seq>();
  refusal.status = cursor.number<std::uint16_t>();
  auto problem = decode_problem(cursor.rest());
  if (!problem) return problem.error();
  refusal.problem = std::move(*problem);
  return refusal;
}

std::string carry_signing_bytes(const Bytes32& hash) {
  return "keepsake carry v1" + std::string(view(hash));
}

Error carry_damaged(std::string where) {
  return {Failure::bad_input, "carry.damaged", "This file was cut or changed on the way",
          std::move(where),
          "Nothing of it was taken. Copy it again, or have it written again, and take the stick "
          "out only when it is ready"};
}

Error carry_foreign() {
  return {Failure::bad_input,
          "carry.foreign",
          "This is not a file that keepsake wrote for carrying",
          {},
          "Name the file that carry-out or carry-in wrote"};
}

Error carry_newer() {
  return {Failure::bad_input,
          "carry.newer",
          "This file is of a later version of Keepsake",
          {},
          "Update Keepsake here, then try again"};
}

}  // namespace keepsake::sync
