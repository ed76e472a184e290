#pragma once
// Figures as shapes. Each has its value in words beside it; colour is never alone.

#include "kiosk/ui/card.hpp"

namespace keepsake::ui {

/// Part of a whole as a ring with round ends; text in the middle. `part` is 0..1.
struct Ring {
  Rect at;
  double part = 0;
  std::string_view title = {};
  std::string_view detail = {};
  Token colour = Token::amber;
};
void ring(Ui& ui, const Ring& ring);

/// Bars with the value above and the name below: "When they expire".
struct Bar {
  double value = 0;
  std::string_view value_text;
  std::string_view name;
  Token colour = Token::pine;
  bool strong = false;  ///< name in amber ink and semibold
};
void bars(Ui& ui, const Rect& at, const std::vector<Bar>& bars);

/// Bars against a line, with a scale: "Sales by hour".
struct Chart {
  Rect at;
  std::vector<std::string> names;
  std::vector<double> values;  ///< negative: no bar
  std::vector<double> usual;   ///< empty: no line
  int current = -1;            ///< this bar is not complete yet: drawn lighter
  std::function<std::string(double)> scale_text;
};
void chart(Ui& ui, const Chart& chart);

/// Cover: the maker's part, then the plan's, with today as a tick. Fractions of the whole, 0..1.
struct Timeline {
  Rect at;               ///< the bar is as high as its height allows, 6 mm at most
  double plan_from = 1;  ///< 1: no plan
  double today = 0;      ///< outside 0..1: no tick
  bool over = false;     ///< cover has ended: all muted
};
void timeline(Ui& ui, const Timeline& timeline);

/// Steps of a claim: done, the present one, those to come.
struct Step {
  std::string_view name;
  Icon icon = Icon::check;
};
void steps(Ui& ui, const Rect& at, const std::vector<Step>& steps, int present);

}  // namespace keepsake::ui
