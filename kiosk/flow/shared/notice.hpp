#pragma once
// What a screen says beside its own content: an error, a refusal, or good news. Flow names it by a
// code; screens hold the words, in three sentences: what happened (code), what was kept (Kept), and
// what to do next (code).

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "storage/domain/spending.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake::flow {

/// question: said beside what it is about, and waits for the next touch; what it asks about stays
/// within reach. The two before it leave by themselves; warnings and errors are read first.
enum class Tone { info, good, question, warning, error };

/// What is still there after something went wrong; its own sentence on the screen.
enum class Kept { nothing_to_keep, form, basket, basket_and_payments, sale, count };

struct Notice {
  Tone tone = Tone::info;
  std::string code;  ///< always one of notice_codes()
  Kept kept = Kept::nothing_to_keep;
  int count = 0;                     ///< where the words need a number (tries left, lines allowed)
  Points points = {};                ///< where they tell of points (those that joining gave)
  std::optional<LocalTime> at = {};  ///< where they tell when (a code was used)
  std::string by = {};               ///< and by whom; "": not known
  std::optional<Shortage> shortage = {};  ///< where they tell how much may be spent
  bool operator==(const Notice&) const = default;
};

/// Every code that flow can put into a Notice: a closed list, so that catalogues can be complete.
std::span<const std::string_view> notice_codes();

/// `error.code` when the list has it, else "failure." and the kind's name ("failure.unavailable").
std::string notice_code(const Error& error);

}  // namespace keepsake::flow
