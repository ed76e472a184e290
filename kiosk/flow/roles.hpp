#pragma once
// Who may ask what. One table, beside the questions; the worker holds everybody to it.

#include "kiosk/flow/question.hpp"

namespace keepsake::flow {

enum class Role {
  anyone,   ///< whoever stands at the screen
  staff,    ///< signed in
  manager,  ///< signed in as one
};

/// The least that the vault must know whoever asks as.
Role role_for(const Question& question);

}  // namespace keepsake::flow
