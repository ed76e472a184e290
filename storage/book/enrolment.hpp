#pragma once
// What a terminal keeps of its centre: who it is there, and how far the centre has come.

#include <string>

#include "storage/domain/values/ids.hpp"
#include "storage/journal/journal.hpp"

namespace keepsake {

/// What the centre gave at enrolment.
struct Enrolment {
  TerminalNumber terminal;
  Epoch epoch;
  std::string store;
  std::string central_url;
  std::string central_sign_public;  ///< 32 bytes, checks signed answers
  std::string central_box_public;   ///< 32 bytes, customers' keys are sealed to it
  bool operator==(const Enrolment&) const = default;
};

struct Acknowledged {
  Seq seq = 0;
  Hash hash{};
};

/// An unusual outcome that the centre reported for one fact.
struct Outcome {
  Seq seq = 0;
  std::string code;     ///< "warranty.disputed", "fact.quarantined", ...
  std::string message;  ///< plain words, no personal data
  bool operator==(const Outcome&) const = default;
};

}  // namespace keepsake
