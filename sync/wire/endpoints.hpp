#pragma once
// Paths, header names and sizes of the protocol, written once for both ends.

#include <cstddef>
#include <string>
#include <string_view>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/limits.hpp"

namespace keepsake::sync {

inline constexpr std::string_view ca_path = "/v1/ca";
inline constexpr std::string_view enrol_path = "/v1/enrol";
inline constexpr std::string_view status_path = "/v1/status";

inline constexpr std::size_t request_bytes = limits::batch_bytes;  ///< any body as sent
inline constexpr std::size_t enrol_bytes = 16 * 1024;              ///< body of POST /v1/enrol
inline constexpr std::size_t answer_bytes = 1024 * 1024;           ///< any answer
inline constexpr std::size_t outcomes_per_answer = limits::batch_facts;

/// "/v1/t/{terminal}/{epoch}/batch", decimal.
std::string batch_path(TerminalNumber terminal, Epoch epoch);

struct BatchPath {
  TerminalNumber terminal;
  Epoch epoch;
  bool operator==(const BatchPath&) const = default;
};
/// false: not the path of a batch.
bool parse_batch_path(std::string_view path, BatchPath& into);

}  // namespace keepsake::sync
