#pragma once
// The end of a sale or return, once it is saved: first the amount to hand over, then the results,
// then the receipt and the next customer.

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
  std::vector<std::string> under;  ///< a few lines about it
  std::vector<Outcome> outcomes;   ///< "Receipt printed" is added
  flow::Receipt receipt = flow::Receipt::not_asked;
  std::string next;  ///< the primary button
};
void draw_done(Scene& scene, const DonePage& page);

}  // namespace keepsake::screens
