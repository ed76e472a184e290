#pragma once
// Something is on disk: the figure to act on first, then what came of it, then the receipt and what
// is next. Sales and returns end here.

#include <string>
#include <vector>

#include "kiosk/flow/sale/done.hpp"
#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::screens {

struct Outcome {
  ui::Icon icon;
  ui::Tone tone;
  std::string text;
};

struct DonePage {
  std::string title;  ///< of the bar
  std::string over;   ///< the figure's name: "Change"
  std::string figure;
  std::vector<std::string> under;  ///< at most two lines about it
  std::vector<Outcome> outcomes;   ///< "Receipt printed" is added
  flow::Receipt receipt = flow::Receipt::not_asked;
  std::string next;  ///< the primary button
};
void draw_done(Scene& scene, const DonePage& page);

}  // namespace keepsake::screens
