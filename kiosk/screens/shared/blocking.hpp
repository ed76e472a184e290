#pragma once
// The question before a gift card or wallet is blocked or unblocked. Answers with Submit or Back.

#include <string>
#include <string_view>

#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::screens {

struct Blocking {
  std::string_view id;   ///< its buttons are ID.yes and ID.no
  bool blocked = false;  ///< then it asks whether to unblock it
  std::string title;
  std::string text;
};
void ask_blocking(Scene& scene, const Blocking& blocking);

}  // namespace keepsake::screens
