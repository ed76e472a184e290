#pragma once
// Facts as bytes: storage/facts/*.proto behind two functions. Protobuf stays inside codec.cpp.

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake {

struct Fact;
enum class FactType : std::uint16_t;

/// The body as it is stored, hashed and sent. Failure::limit beyond limits::fact_body_bytes.
Result<std::string> encode(const Fact& fact);

/// Failure::bad_input "fact.syntax" when the bytes are not a fact of `type`, "fact.type" for a type
/// this version does not know (the bytes stay valid in a journal and travel on unchanged).
Result<Fact> decode(FactType type, std::string_view body);

/// The standard JSON mapping of protobuf, for people and other systems.
Result<std::string> to_json(FactType type, std::string_view body);

}  // namespace keepsake
