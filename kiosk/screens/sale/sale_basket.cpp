#include <algorithm>

#include "kiosk/flow/sale/state.hpp"
#include "kiosk/flow/sale/till.hpp"
#include "kiosk/screens/sale/sale_parts.hpp"
#include "kiosk/screens/shared/cover.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/reasons.hpp"
#include "storage/domain/loyalty/active_programme.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

/// A name gives way to its amount.
std::string saving_words(Scene& s, float width, const std::string& name, Money saved) {
  const std::string amount = s.locale().amount({-saved.minor, saved.currency});
  std::string both = s.tr("{name}: {amount}", {{"name", name}, {"amount", amount}});
  ui::TextStyle smallest{.size = ui::TextSize::caption};
  smallest.cap_mm = least_cap(s);
  return ui::text_width(s.ui, both, smallest) <= width ? both : amount;
}

/// What item rewards take off this line, by name where there is room for it; discounts on the order
/// stand with the total.
std::string saved_words(Scene& s, float width, std::size_t index) {
  const auto& quote = s.till.quote;
  if (!quote) return {};
  for (const loyalty::DiscountTaken& taken : quote->discounts) {
    const loyalty::Reward* reward = loyalty::find_reward(s.programme().rules, taken.reward);
    if (reward == nullptr || reward->scope == loyalty::RewardScope::order) {
      const auto stage =
          reward == nullptr ? loyalty::DiscountStage::order_money : loyalty::stage_of(*reward);
      if (stage != loyalty::DiscountStage::items) continue;
    }
    for (const loyalty::MoneyOnLine& part : taken.lines)
      if (part.line == index && part.amount.minor > 0)
        return saving_words(s, width, reward_name(s, taken.reward), part.amount);
  }
  return {};
}

Money amount_of(const Scene& s, const BasketLine& line) {
  const auto amount = line_amount(line.article.price, line.quantity, s.context.currency);
  return amount.ok() ? *amount : Money{0, s.context.currency};  // flow refuses what overflows
}

constexpr ui::TextStyle detail_style{.size = ui::TextSize::caption};

/// The serial and its cover, as much of it as the line has room for.
std::string cover_words(Scene& s, const LineWarranty& warranty, float width) {
  const std::string& serial = warranty.serial_typed;
  for (const std::string& words :
       {s.tr("S/N {serial}, warranty until {date}",
             {{"serial", serial},
              {"date", s.locale().date_short(warranty.covers.front().dates.end)}}),
        s.tr("S/N {serial}", {{"serial", serial}})})
    if (ui::text_width(s.ui, words, detail_style) <= width) return words;
  return s.tr("S/N {serial}", {{"serial", masked_serial(serial)}});
}

/// Below the name: the serial, the weight and price, or the price of one of several.
std::string detail_of(Scene& s, const BasketLine& line, float width, std::size_t index) {
  const Locale& l = s.locale();
  if (line.top_up)
    return line.top_up->kind == StoredValue::wallet
               ? s.tr("wallet top-up")
               : s.tr("card {card}", {{"card", card_end(line.top_up->card)}});
  if (std::string saved = saved_words(s, width, index); !saved.empty()) return saved;
  const std::string price = l.unit_price(line.article.price, s.context.currency);
  if (line.warranty) return cover_words(s, *line.warranty, width);
  if (line.article.sold_by == SoldBy::weight)
    return s.tr("{weight} kg at {price}",
                {{"weight", l.quantity(line.quantity)}, {"price", price}});
  if (line.quantity > Quantity::pieces(1)) return s.tr("{price} each", {{"price", price}});
  return warranty_words(s, line.article);
}

/// A line's own column of figures: as wide as the widest amount of all lines, as long as the names
/// keep room; beyond that the amounts become smaller, never shorter.
constexpr ui::TextStyle amount_style{
    .size = ui::TextSize::heading, .weight = ui::Weight::semibold, .align = ui::Align::right};

/// Where names and figures share what the buttons leave, or where that is too little for both, the
/// buttons stand below them.
struct RowShape {
  float amount_mm;
  bool stacked;
};

struct Columns {
  Rect words;
  Rect shield;
  Rect less;
  Rect count;
  Rect more;
  Rect amount;
};

bool is_large(const Scene& s) { return s.ui.look().text == ui::TextScale::large; }
float count_mm(const Scene& s) { return is_large(s) ? 14 : 11; }

RowShape row_shape(Scene& s, float width_mm) {
  const float usual = is_large(s) ? 31 : 21;
  const float least_words_mm = is_large(s) ? 30 : 24;
  const auto& m = s.metrics();
  const float targets = 3 * m.target_small + count_mm(s) + 4 * m.gap + 1.5f;
  const float beside = width_mm - 2 * m.pad - targets - least_words_mm;
  float widest = usual;
  float smallest = 0;  // at which every amount is still read
  float longest = 0;   // word of a name
  ui::TextStyle least = amount_style;
  least.cap_mm = least_cap(s);
  for (const BasketLine& line : s.till.basket.lines) {
    const std::string amount = s.locale().amount(amount_of(s, line));
    widest = std::max(widest, ui::text_width(s.ui, amount, amount_style) + 1.8f);
    smallest = std::max(smallest, ui::text_width(s.ui, amount, least) + 0.1f);
    if (s.ui.low())
      longest = std::max(longest,
                         longest_word_mm(s, line.article.name, {.weight = ui::Weight::semibold}));
  }
  if (s.ui.low() && (std::max(smallest, usual) > beside || longest > least_words_mm))
    return {std::min(widest, width_mm - 2 * m.pad - least_words_mm), true};
  return {std::min(widest, std::max(usual, beside)), false};
}

Columns columns_of(const Scene& s, const Rect& at, const RowShape& shape) {
  const float size = s.metrics().target_small;
  const float gap = s.metrics().gap;
  Rect room = at.inset(s.metrics().pad, 0);
  Columns c;
  Rect below = room;
  if (shape.stacked) {
    room = room.inset(0, 1);
    below = room.take_bottom(size, 0.5f);
  }
  c.amount = room.take_right(shape.amount_mm, 1.5f);
  Rect& targets = shape.stacked ? below : room;
  const auto target = [&](float width) {
    const Rect strip = targets.take_right(width, gap);
    return Rect{strip.x, targets.centre_y() - size / 2, width, size};
  };
  c.more = target(size);
  c.count = target(count_mm(s));
  c.less = target(size);
  c.shield = target(size);
  c.words = room;
  return c;
}

struct LineView {
  std::size_t index;
  const BasketLine& line;
  bool touched;
  std::string suffix;  ///< of widget ids
  float top;           ///< of the list
  RowShape shape;
};

void icon_button(Scene& s, const std::string& id, const Rect& at, ui::Icon icon,
                 const std::string& label, flow::Touch event) {
  const bool repeats = !holds_alternative<flow::VoidLine>(event);
  s.press({.id = id,
           .at = at,
           .label = label,
           .kind = ui::ButtonKind::sunk,
           .icon = icon,
           .icon_only = true,
           .repeats = repeats},
          std::move(event));
}

/// Minus (a bin at the last piece), the quantity itself, plus.
void stepper(Scene& s, const Columns& c, const LineView& v) {
  const std::string& name = v.line.article.name;
  const bool weighed = v.line.article.sold_by == SoldBy::weight;
  const bool last = weighed || v.line.quantity <= Quantity::pieces(1);
  if (last)
    icon_button(s, "line.remove." + v.suffix, c.less, ui::Icon::trash,
                s.tr("Remove {name}", {{"name", name}}), flow::VoidLine{v.index});
  else
    icon_button(s, "line.less." + v.suffix, c.less, ui::Icon::minus,
                s.tr("One less {name}", {{"name", name}}), flow::AddPieces{v.index, -1});
  if (v.line.warranty || v.line.top_up) {
    ui::text(s.ui, c.count, s.locale().quantity(v.line.quantity),
             {.size = ui::TextSize::heading,
              .weight = ui::Weight::semibold,
              .align = ui::Align::centre});
    return;
  }
  Rect count = c.count;
  if (weighed) count.w = c.more.right() - count.x;
  const std::string id = "line.quantity." + v.suffix;
  const std::string value =
      weighed ? s.tr("{weight} kg", {{"weight", s.locale().quantity(v.line.quantity)}})
              : s.locale().quantity(v.line.quantity);
  s.press({.id = id,
           .at = count,
           .label = value,
           .kind = ui::ButtonKind::quiet,
           .size = ui::TextSize::body},
          flow::OpenQuantity{v.index});
  if (!weighed)
    icon_button(s, "line.more." + v.suffix, c.more, ui::Icon::plus,
                s.tr("One more {name}", {{"name", name}}), flow::AddPieces{v.index, 1});
}

void basket_line(Scene& s, const Rect& at, const LineView& v) {
  const ui::Token ground = v.touched ? ui::Token::amber_soft : ui::Token::surface;
  if (v.touched) {
    // The first row follows the card's round corners.
    const float radius = s.metrics().card_radius;
    if (at.y < v.top + 1)
      s.ui.fill_top(at, ground, radius - s.ui.theme().card_border_mm);
    else
      s.ui.fill(at, ground);
    // Soft grounds are white there: the row is known by a bar instead.
    if (ui::is_high_contrast(s.ui.look().palette))
      s.ui.fill({at.x, at.y + 1.2f, 1.5f, at.h - 2.4f}, ui::Token::ink);
  }
  s.ui.push_ground(ground);
  Columns c = columns_of(s, at, v.shape);
  const BasketLine& line_ = v.line;
  const bool coverable = takes_serial(line_.article, flow::statutory_of(s.context));
  if (coverable && !line_.warranty)
    icon_button(s, "line.serial." + v.suffix, c.shield, ui::Icon::shield,
                s.tr("Start the warranty for {name}", {{"name", line_.article.name}}),
                flow::OpenSerial{v.index});
  else if (!v.shape.stacked)
    c.words.w = c.shield.right() - c.words.x;
  stepper(s, c, v);
  const std::string detail = detail_of(s, line_, c.words.w, v.index);
  name_and_detail(s, c.words,
                  {line_.article.name,
                   detail,
                   {.weight = ui::Weight::semibold},
                   {.size = ui::TextSize::caption,
                    .colour = v.touched ? ui::Token::amber_ink : ui::Token::muted}});
  ui::figure(s.ui, c.amount, s.locale().amount(amount_of(s, line_)), amount_style);
  s.ui.pop_ground();
}

}  // namespace

void draw_basket(Scene& s, const Rect& at, const flow::Sale& sale) {
  const auto& lines = s.till.basket.lines;
  if (lines.empty()) {
    const Rect inside = ui::begin_card(s.ui, at);
    empty_state(s, inside, ui::Icon::basket, s.tr("Scan the first item."),
                s.tr("You can scan the member card at any time."));
    ui::end_card(s.ui);
    return;
  }
  const RowShape shape = row_shape(s, ui::row_width(s.ui, at.w));
  const float words = line(s, ui::TextSize::body) + line(s, ui::TextSize::caption);
  const float row = shape.stacked ? words + s.metrics().target_small + 3.0f
                                  : std::max(s.metrics().target_small + 4, words + 3.4f);
  card_list(s,
            {.id = "basket",
             .at = at,
             .count = lines.size(),
             .row_mm = row,
             .stick_to_end = true,
             .empty = {}},
            [&](std::size_t i, const Rect& r) {
              basket_line(s, r, {i, lines[i], sale.touched == i, std::to_string(i), at.y, shape});
            });
}

}  // namespace keepsake::screens
