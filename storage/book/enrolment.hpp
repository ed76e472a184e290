#pragma once
// What a terminal keeps of its centre: who it is there, and how far the centre has come.

#include <string>

#include "storage/domain/record.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// What the centre gave at enrolment.
struct Enrolment {
  TerminalNumber terminal;
  Epoch epoch;
  std::string store;
  std::string central_url;
  std::string central_sign_public;  ///< 32 bytes, checks signed answers
  std::string central_box_public;   ///< 32 bytes, customers' keys are sealed to it
  std::uint32_t till = 0;           ///< what people call it in its store; 0: not told
  bool operator==(const Enrolment&) const = default;
};

/// How far the centre has everything, and the chain there; of a sync::Acknowledgement.
struct Acknowledged {
  Seq seq = 0;
  Hash hash{};
};

/// Head office does not take what this terminal sends, and since when. Nothing but an enrolment, or
/// head office changing its mind, ends it.
struct LineRefusal {
  Error error;
  Instant since;
  bool operator==(const LineRefusal&) const = default;
};

}  // namespace keepsake
