// An article scanned by somebody who is not selling: what it costs and how long it is covered.
#include <algorithm>

#include "kiosk/flow/customer/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/cover.hpp"
#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {

void draw(Scene& s, const flow::PriceCheck& price) {
  using ui::Rect;
  const auto frame = customer_frame(
      s, {.title = s.portrait() ? s.tr("Price") : std::string(), .detail = {}, .action_rows = 1});
  const Article& article = price.article;
  Rect body = frame.body;
  if (s.portrait()) {
    body.take_top(6);
    body.h = std::min(body.h, 190.0f);
  }
  Rect room = ui::begin_card(s.ui, body);
  // A low display has the figure beside the words.
  const Rect beside = s.ui.low() ? room.take_right(room.w * 0.46f, s.metrics().pad) : Rect{};
  const ui::TextStyle name{.size = ui::TextSize::heading, .valign = ui::VAlign::top};
  const float high = ui::paragraph_height(s.ui, room.w, article.name, name);
  ui::paragraph_fit(s.ui, room.take_top(std::min(high, room.h * (s.ui.low() ? 0.6f : 0.36f)), 1),
                    article.name, name, least_cap(s));
  ui::TextStyle soft{.colour = ui::Token::muted};
  ui::TextStyle pine{.colour = ui::Token::pine};
  float row = line(s, ui::TextSize::body);
  if (s.ui.low()) {
    // What the name leaves, not under the smallest that is read.
    row = std::clamp(room.h / 2, 2.1f * least_cap(s), row);
    soft.cap_mm = pine.cap_mm = std::min(ui::cap_height(s.ui, soft), row / 2);
  }
  if (const std::string cover = warranty_words(s, article); !cover.empty())
    icon_line(s, room.take_bottom(row), ui::Icon::shield, cover, pine);
  const std::string unit =
      article.sold_by == SoldBy::weight ? s.tr("per kilogram") : s.tr("each, tax included");
  ui::text_fit(s.ui, room.take_bottom(row), unit, soft, least_cap(s));
  ui::TextStyle figure{.size = ui::TextSize::title};
  const Rect& price_at = s.ui.low() ? beside : room;
  figure.cap_mm =
      std::min(s.portrait() ? 22.0f : std::max(12.0f, 0.09f * s.ui.screen().h), price_at.h / 1.4f);
  ui::figure(s.ui, price_at, s.locale().unit_money(article.price, s.context.currency), figure);
  ui::end_card(s.ui);
  s.press({.id = "done",
           .at = frame.actions,
           .label = s.tr("OK"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::check},
          flow::Submit{});
}

}  // namespace keepsake::screens
