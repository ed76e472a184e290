#pragma once
// Inside sync/wire only: reading messages within their limits.

#include <algorithm>
#include <array>
#include <google/protobuf/message.h>
#include <span>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake::sync::parsing {

Error wrong(std::string where);   ///< Failure::bad_input "wire.syntax"
Error beyond(std::string where);  ///< Failure::limit "wire.limit"

template <std::size_t N>
bool fill(std::array<std::uint8_t, N>& into, std::string_view from) {
  if (from.size() != N) return false;
  std::copy(from.begin(), from.end(), into.begin());
  return true;
}

/// A message of a few bytes can hold a million empty sub-messages. So that parsing cannot be made
/// to allocate without bound, repeated fields are counted before anything is built.
struct FieldLimit {
  int field;
  std::size_t most;
};

bool within_counts(std::string_view bytes, std::span<const FieldLimit> limits);

/// JSON goes through the binary form, so that both take the same checks.
Result<std::string> binary_of(std::string_view json, const google::protobuf::Descriptor& type);

template <class Message>
Result<Message> parse(std::string_view bytes, Format format, std::size_t most,
                      std::span<const FieldLimit> counts = {}) {
  std::string binary;
  if (format == Format::json) {
    auto converted = binary_of(bytes, *Message::descriptor());
    if (!converted) return converted.error();
    binary = std::move(*converted);
    bytes = binary;
  }
  if (bytes.size() > most) return beyond("body");
  if (!within_counts(bytes, counts)) return beyond("repeated field");
  Message message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return wrong("body");
  return message;
}

}  // namespace keepsake::sync::parsing
