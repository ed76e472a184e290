#include "storage/facts/packed_facts.hpp"

#include "storage/domain/fact.hpp"
#include "storage/domain/values/big_endian.hpp"
#include "storage/facts/codec.hpp"

namespace keepsake {

namespace {

constexpr std::size_t head_bytes = sizeof(std::uint16_t) + sizeof(std::uint32_t);

}  // namespace

Result<std::string> packed(std::span<const Fact> facts) {
  std::string bytes;
  for (const Fact& fact : facts) {
    const auto body = encode(fact);
    if (!body) return body.error();
    put_big_endian(bytes, static_cast<std::uint16_t>(type_of(fact)));
    put_big_endian(bytes, static_cast<std::uint32_t>(body->size()));
    bytes += *body;
    if (bytes.size() > packed_facts_bytes) {
      return Error{Failure::limit,
                   "facts.size",
                   "This is too much at once",
                   {},
                   "Divide the file, and take in one part after the other"};
    }
  }
  return bytes;
}

Result<std::vector<Fact>> unpacked(std::string_view bytes) {
  const Error cut{Failure::bad_input, "facts.syntax", "These bytes are no facts", {}, {}};
  std::vector<Fact> facts;
  while (!bytes.empty()) {
    if (bytes.size() < head_bytes) return cut;
    const auto type = static_cast<FactType>(
        from_big_endian<std::uint16_t>(bytes.substr(0, sizeof(std::uint16_t))));
    const std::size_t length =
        from_big_endian<std::uint32_t>(bytes.substr(sizeof(std::uint16_t), sizeof(std::uint32_t)));
    bytes.remove_prefix(head_bytes);
    if (bytes.size() < length) return cut;
    auto fact = decode(type, bytes.substr(0, length));
    if (!fact) return fact.error();
    facts.push_back(std::move(*fact));
    bytes.remove_prefix(length);
  }
  return facts;
}

}  // namespace keepsake
