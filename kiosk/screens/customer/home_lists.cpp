// The lists of a member's page: purchases and cover.
#include <algorithm>

#include "kiosk/flow/customer/my_page.hpp"
#include "kiosk/flow/customer/state.hpp"
#include "kiosk/screens/customer/home_parts.hpp"
#include "kiosk/screens/shared/cover.hpp"
#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

struct PurchaseWords {
  std::string total;
  std::string detail;
  float total_width;
};

PurchaseWords words_of(Scene& s, const PurchaseSummary& purchase) {
  PurchaseWords words;
  words.total = s.locale().money(purchase.total);
  words.detail =
      s.tr("{date}, {pieces}", {{"date", s.locale().date_long(purchase.at.date())},
                                {"pieces", s.trn("{n} item", "{n} items", purchase.pieces)}});
  words.total_width = ui::text_width(s.ui, words.total, {.weight = ui::Weight::semibold}) + 0.5f;
  return words;
}

NameAndDetail name_of(const PurchaseSummary& purchase, const PurchaseWords& words) {
  return {purchase.first_article,
          words.detail,
          {.weight = ui::Weight::semibold},
          {.size = ui::TextSize::caption, .colour = ui::Token::muted}};
}

void purchase_row(Scene& s, const Rect& at, const PurchaseSummary& purchase) {
  Rect room = at.inset(s.metrics().pad, 1);
  const PurchaseWords words = words_of(s, purchase);
  const Rect right = room.take_right(words.total_width, 3);
  name_and_detail(s, room, name_of(purchase, words));
  const bool earned = purchase.points_earned.hundredths > 0;
  const float above = line(s, ui::TextSize::body);
  const float below = earned ? line(s, ui::TextSize::caption) : 0;
  Rect money = right.centred(right.w, std::min(right.h, above + below));
  ui::text(s.ui, money.take_top(above), words.total,
           {.weight = ui::Weight::semibold, .align = ui::Align::right});
  if (earned)
    ui::text_fit(
        s.ui, money, "+" + s.locale().points(purchase.points_earned),
        {.size = ui::TextSize::caption, .colour = ui::Token::amber_ink, .align = ui::Align::right},
        least_cap(s));
}

float purchase_row_height(Scene& s, float width, const PurchaseSummary& purchase) {
  const PurchaseWords words = words_of(s, purchase);
  const float room = width - 2 * s.metrics().pad - words.total_width - 3;
  return name_and_detail_height(s, room, name_of(purchase, words)) + (s.portrait() ? 9.0f : 3.5f);
}

}  // namespace

void hidden(Scene& s, const Rect& at) {
  const Rect inside = ui::begin_card(s.ui, at);
  empty_state(s, inside, ui::Icon::eye_off, s.tr("Your purchases and warranties are hidden."),
              s.tr("So nobody near you can read them."));
  ui::end_card(s.ui);
}

void purchases_tab(Scene& s, const Rect& at, const flow::CustomerHome& home) {
  const auto& purchases = home.customer.last_purchases;
  const std::string none = s.tr("No purchases yet.");
  if (purchases.empty()) {
    const Rect inside = ui::begin_card(s.ui, at);
    empty_state(s, inside, ui::Icon::basket, none, s.tr("Show your card when you pay."));
    ui::end_card(s.ui);
    return;
  }
  std::vector<float> heights;
  heights.reserve(purchases.size());
  const float wide = ui::row_width(s.ui, at.w);
  for (const PurchaseSummary& p : purchases) heights.push_back(purchase_row_height(s, wide, p));
  card_list(s,
            {.id = "purchases",
             .at = at,
             .count = purchases.size(),
             .row_heights = &heights,
             .empty = none},
            [&](std::size_t i, const Rect& row) { purchase_row(s, row, purchases[i]); });
}

void warranties_tab(Scene& s, const Rect& at, const flow::CustomerHome& home) {
  const auto& warranties = home.customer.warranties;
  if (warranties.empty()) {
    const Rect inside = ui::begin_card(s.ui, at);
    empty_state(s, inside, ui::Icon::shield, s.tr("No warranties yet."),
                s.tr("Register an item. The number is on its box."));
    ui::end_card(s.ui);
    return;
  }
  std::vector<float> heights;
  heights.reserve(warranties.size());
  const bool opens = home.privacy == flow::Privacy::shown;
  // A low display needs the width for the words.
  const float sign_mm = opens && !s.ui.low() ? 7.0f : 0.0f;
  const float wide = ui::row_width(s.ui, at.w) - sign_mm;
  for (const WarrantySummary& w : warranties) heights.push_back(cover_row_height(s, wide, w));
  card_list(s,
            {.id = "warranties",
             .at = at,
             .count = warranties.size(),
             .row_heights = &heights,
             .empty = {}},
            [&](std::size_t i, const Rect& row) {
              if (opens && ui::row(s.ui, {.id = "warranty." + std::to_string(i),
                                          .at = row,
                                          .label = warranties[i].article_name}))
                s.send(flow::OpenItem{i});
              Rect room = row;
              if (sign_mm > 0) {
                const Rect sign = room.take_right(sign_mm);
                s.ui.icon(ui::Icon::next, sign.x, sign.centre_y(), 6, ui::Token::muted);
              }
              cover_row(s, room, warranties[i], home.privacy);
            });
}

}  // namespace keepsake::screens
