#pragma once
// Inside sync/wire only: messages to bytes.

#include <google/protobuf/message.h>
#include <string>

#include "sync/wire/codec.hpp"

namespace keepsake::sync::writing {

template <std::size_t N>
std::string text(const std::array<std::uint8_t, N>& bytes) {
  return std::string(view(bytes));
}

/// The same message is the same bytes.
std::string write(const google::protobuf::Message& message, Format format);

}  // namespace keepsake::sync::writing
