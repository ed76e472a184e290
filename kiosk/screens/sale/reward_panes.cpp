// Rewards and coupons of a sale, the choice between using points and keeping them, and where the
// points to earn come from.
#include <algorithm>

#include "kiosk/flow/sale/panes.hpp"
#include "kiosk/flow/sale/quoting.hpp"
#include "kiosk/flow/sale/state.hpp"
#include "kiosk/flow/sale/till.hpp"
#include "kiosk/screens/sale/sale_parts.hpp"
#include "kiosk/screens/shared/panes.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/reasons.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

/// What the reward brings, then what it costs, or why not.
std::string offer_words(const Scene& s, const flow::Offer& offer) {
  std::string words = s.locale().points_words(offer.cost);
  if (offer.cost == Points{}) words = s.tr("Free");
  if (offer.saves.minor > 0)
    words += ", " + (loyalty::is_discount(offer.kind)
                         ? s.tr("saves {amount}", {{"amount", s.locale().amount(offer.saves)}})
                         : s.tr("worth {amount}", {{"amount", s.locale().amount(offer.saves)}}));
  if (offer.refused && offer.steps == 0) words += ", " + refused_because(s, *offer.refused);
  return words;
}

void step_button(Scene& s, const Rect& at, const flow::Offer& offer, int by) {
  const bool more = by > 0;
  const std::string id = (more ? "reward.more." : "reward.less.") + offer.reward;
  const std::string label =
      more ? s.tr("Redeem {name}", {{"name", reward_name(s, offer.reward)}})
           : s.tr("Do not redeem {name}", {{"name", reward_name(s, offer.reward)}});
  s.press({.id = id,
           .at = at,
           .label = label,
           .kind = ui::ButtonKind::sunk,
           .icon = more ? ui::Icon::plus : ui::Icon::minus,
           .icon_only = true,
           .repeats = true},
          flow::ClaimReward{offer.reward, by});
}

void offer_row(Scene& s, const Rect& at, const flow::Offer& offer) {
  const bool claimed = offer.steps > 0;
  const ui::Token ground = claimed ? ui::Token::amber_soft : ui::Token::surface;
  if (claimed) s.ui.fill(at, ground);
  s.ui.push_ground(ground);
  Rect room = at.inset(s.metrics().pad, 0.6f);
  const float size = s.metrics().target_small;
  const auto square = [&] { return room.take_right(size, s.metrics().gap).centred(size, size); };
  const Rect more = square();
  if (!offer.refused) step_button(s, more, offer, 1);
  if (claimed) {
    ui::text(s.ui, room.take_right(size * 0.8f, 1), s.locale().number(offer.steps),
             {.size = ui::TextSize::heading,
              .weight = ui::Weight::semibold,
              .align = ui::Align::centre});
    step_button(s, square(), offer, -1);
  }
  const Rect sign = room.take_left(size * 0.8f, 2.5f);
  s.ui.icon(claimed ? ui::Icon::check_circle : ui::Icon::gift, sign.centre_x(), sign.centre_y(),
            size * 0.5f, claimed ? ui::Token::amber_ink : ui::Token::ink);
  name_and_detail(s, room,
                  {reward_name(s, offer.reward),
                   offer_words(s, offer),
                   {.weight = ui::Weight::semibold},
                   {.size = ui::TextSize::caption,
                    .colour = claimed ? ui::Token::amber_ink : ui::Token::muted}});
  s.ui.pop_ground();
}

const loyalty::Why* waits_because(const flow::Till& till, const std::string& code) {
  if (!till.quote) return nullptr;
  const auto& refused = till.quote->refused;
  const auto found = std::ranges::find(refused, code, &loyalty::Refusal::asked);
  return found == refused.end() ? nullptr : &found->why;
}

void code_row(Scene& s, const Rect& at, std::size_t index) {
  const flow::Till& till = s.till;
  const std::string& code = till.request.codes[index];
  Rect room = at.inset(s.metrics().pad, 0.6f);
  const float size = s.metrics().target_small;
  s.press({.id = "coupon.remove." + std::to_string(index),
           .at = room.take_right(size, s.metrics().gap).centred(size, size),
           .label = s.tr("Remove {name}", {{"name", code}}),
           .kind = ui::ButtonKind::sunk,
           .icon = ui::Icon::trash,
           .icon_only = true},
          flow::DropCode{index});
  std::string detail = s.tr("Applies once an item is added");
  if (till.quote) {
    const loyalty::Why* why = waits_because(till, code);
    const auto taken =
        std::ranges::find(till.quote->discounts, code, &loyalty::DiscountTaken::code);
    if (why != nullptr)
      detail = s.tr("Not applied yet: {reason}", {{"reason", refused_because(s, *why)}});
    else if (taken != till.quote->discounts.end())
      detail = reward_name(s, taken->reward) + ", " +
               s.tr("saves {amount}", {{"amount", s.locale().amount(taken->amount)}});
    else
      detail = s.tr("Coupon");
  }
  const Rect sign = room.take_left(size * 0.8f, 2.5f);
  s.ui.icon(ui::Icon::ticket, sign.centre_x(), sign.centre_y(), size * 0.5f, ui::Token::ink);
  name_and_detail(s, room,
                  {code,
                   detail,
                   {.weight = ui::Weight::semibold},
                   {.size = ui::TextSize::caption, .colour = ui::Token::muted}});
}

/// What is left of the member's points beside what is claimed; none while nobody is known.
std::optional<Points> points_to_use(const Scene& s) {
  const flow::Till& till = s.till;
  if (!till.state) return std::nullopt;
  if (!till.quote) {
    const auto points = loyalty::spendable(till.state->lots, s.today());
    return points.ok() ? std::optional(*points) : std::nullopt;
  }
  return Points{till.quote->balance_before.hundredths - till.quote->pending_before.hundredths -
                till.quote->points_spent.hundredths};
}

bool claims_money(const Scene& s) {
  const flow::Till& till = s.till;
  return till.quote &&
         std::ranges::any_of(till.quote->issued, [&](const loyalty::RewardIssued& issued) {
           return issued.kind == loyalty::RewardKind::cash_out;
         });
}

/// How the money for points is given.
void cash_out_tabs(Scene& s, const Rect& at) {
  const std::string wallet = s.tr("To the wallet");
  const std::string hand = s.tr("In cash");
  const bool in_hand = s.till.request.cash_out == CashOut::in_hand;
  const int chosen =
      ui::tabs(s.ui, at,
               {{.id = "cash-out.wallet", .label = wallet}, {.id = "cash-out.hand", .label = hand}},
               in_hand ? 1 : 0);
  if (chosen >= 0)
    s.send(flow::ChooseCashOut{chosen == 1 ? CashOut::in_hand : CashOut::onto_wallet});
}

}  // namespace

void draw_pane(Scene& s, const flow::RewardsPane& pane) {
  const auto& m = s.metrics();
  const flow::Till& till = s.till;
  ListPanel panel = begin_list_panel(s, s.tr("Rewards and coupons"));
  s.press({.id = "coupon",
           .at = panel.buttons.take_left((panel.buttons.w - m.gap) / 2, m.gap),
           .label = s.tr("Coupon"),
           .icon = ui::Icon::ticket,
           .size = ui::TextSize::body},
          flow::OpenCoupon{});
  const bool hand_over = flow::hands_over(till);
  s.press({.id = "pane.ok",
           .at = panel.buttons,
           .label = hand_over ? s.tr("Hand over") : s.tr("Done"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::check,
           .state = hand_over ? s.readiness() : ui::ButtonState::ready},
          flow::Submit{});
  if (const auto left = points_to_use(s))
    ui::text_fit(s.ui, panel.room.take_top(line(s, ui::TextSize::body), m.gap),
                 s.tr("{points} available", {{"points", s.locale().points_words(*left)}}),
                 {.weight = ui::Weight::semibold, .colour = ui::Token::amber_ink}, least_cap(s));
  if (claims_money(s)) cash_out_tabs(s, panel.room.take_top(m.target_small, m.gap));
  const std::size_t codes = till.request.codes.size();
  const std::size_t count = codes + pane.offers.size();
  if (count == 0) {
    empty_state(s, panel.room, ui::Icon::gift, s.tr("No rewards at the moment."),
                till.customer.nobody() ? s.tr("Scan the member card first.")
                                       : s.tr("You can scan a coupon at any time."));
  } else {
    card_list(
        s, {.id = "rewards", .at = panel.room, .count = count, .row_mm = two_lines(s), .empty = {}},
        [&](std::size_t i, const Rect& r) {
          i < codes ? code_row(s, r, i) : offer_row(s, r, pane.offers[i - codes]);
        });
  }
  ui::end_panel(s.ui);
}

void draw_pane(Scene& s, const flow::CouponPane& pane) {
  keyboard_pane(s, {.title = s.tr("Coupon"),
                    .id = "coupon-code",
                    .label = s.tr("Coupon code"),
                    .text = pane.code,
                    .placeholder = s.tr("Scan or type it"),
                    .which = flow::Field::reference,
                    .submit = s.tr("Apply"),
                    .icon = ui::Icon::ticket});
}

namespace {

struct Side {
  std::string_view id;
  ui::Icon icon;
  std::string title;
  std::string about;  ///< the reward, or where keeping leads
  Money pay;
  Points left;
};

std::string side_words(const Scene& s, const Side& side) {
  return side.title + ". " + s.tr("Pay {amount}", {{"amount", s.locale().amount(side.pay)}});
}

void choice_card(Scene& s, const Rect& at, const Side& side, flow::Touch event) {
  if (ui::card_button(s.ui, {.id = side.id, .at = at, .label = side_words(s, side)}))
    s.send(std::move(event));
  s.ui.push_ground(ui::Token::surface);
  Rect room = at.inset(s.metrics().pad + 1, s.metrics().pad);
  const float least = least_cap(s);
  const float head = std::max(line(s, ui::TextSize::heading) * 2, 9.0f);
  Rect top = room.take_top(head, 2);
  ui::badge(s.ui, top.take_left(head, 3).centred(head * 0.9f, head * 0.9f), side.icon,
            ui::Tone::soon);
  ui::paragraph_fit(s.ui, top, side.title, {.size = ui::TextSize::heading}, least);
  const ui::TextStyle soft{.colour = ui::Token::muted};
  ui::text_fit(s.ui, room.take_top(line(s, ui::TextSize::body)), s.tr("To pay"), soft, least);
  ui::TextStyle number{.size = ui::TextSize::number};
  ui::figure(s.ui, room.take_top(ui::line_height(s.ui, number), 1), s.locale().amount(side.pay),
             number);
  ui::text_fit(s.ui, room.take_top(line(s, ui::TextSize::body), 1),
               s.tr("{points} left", {{"points", s.locale().points_words(side.left)}}),
               {.weight = ui::Weight::semibold, .colour = ui::Token::amber_ink}, least);
  if (!side.about.empty())
    ui::paragraph_fit(s.ui, room, side.about,
                      {.colour = ui::Token::muted, .valign = ui::VAlign::top}, least);
  s.ui.pop_ground();
}

}  // namespace

void draw_pane(Scene& s, const flow::ChoicePane& pane) {
  const auto& m = s.metrics();
  const Rect screen = s.ui.screen();
  const bool large = s.ui.look().text == ui::TextScale::large;
  const float card = large ? 74.0f : 56.0f;
  const float cards = s.portrait() ? 2 * card + m.gap + 2 : card;
  const float high = 2 * m.pad + m.target_small + m.gap + cards + 0.1f;
  Rect room = ui::begin_panel(s.ui, std::min(screen.w - 12, 170.0f), std::min(high, screen.h - 6));
  pane_title(s, room, s.tr("Use points now or save them?"));
  const Side use{"points.use",
                 ui::Icon::gift,
                 s.tr("Use {points} now", {{"points", s.locale().points_words(pane.cost)}}),
                 pane.reward.empty() ? s.tr("Pay part with points")
                 : pane.steps > 1
                     ? s.tr("{count} × {name}", {{"count", s.locale().number(pane.steps)},
                                                 {"name", reward_name(s, pane.reward)}})
                     : reward_name(s, pane.reward),
                 pane.pay_now,
                 pane.left_now};
  const Side keep{"points.keep",
                  ui::Icon::star,
                  s.tr("Save the points"),
                  pane.next.empty() ? std::string()
                                    : s.tr("Next reward at {points}: {name}",
                                           {{"points", s.locale().points_words(pane.next_cost)},
                                            {"name", reward_name(s, pane.next)}}),
                  pane.pay_keeping,
                  pane.left_keeping};
  const bool stacked = s.portrait();
  choice_card(s, stacked ? room.row(0, 2, m.gap + 2) : room.column(0, 2, m.gap + 2), use,
              flow::UsePoints{});
  choice_card(s, stacked ? room.row(1, 2, m.gap + 2) : room.column(1, 2, m.gap + 2), keep,
              flow::KeepPoints{});
  ui::end_panel(s.ui);
}

namespace {

void earned_row(Scene& s, const Rect& at, const loyalty::RuleEarned& earned) {
  Rect room = at.inset(s.metrics().pad, 0.6f);
  const std::string points = "+ " + s.locale().points(earned.points);
  const ui::TextStyle figure{
      .size = ui::TextSize::heading, .weight = ui::Weight::semibold, .align = ui::Align::right};
  ui::text(s.ui, room.take_right(ui::text_width(s.ui, points, figure) + 0.5f, 3), points, figure);
  name_and_detail(s, room,
                  {rule_name(s, earned.rule),
                   earned_because(s, earned.why),
                   {.weight = ui::Weight::semibold},
                   {.size = ui::TextSize::caption, .colour = ui::Token::muted}});
}

}  // namespace

void draw_pane(Scene& s, const flow::WhyPane&) {
  const auto& quote = s.till.quote;
  ListPanel panel = begin_list_panel(s, s.tr("Where the points come from"));
  s.press({.id = "pane.ok",
           .at = panel.buttons,
           .label = s.tr("Done"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::check},
          flow::Submit{});
  const std::size_t count = quote ? quote->earned.size() : 0;
  if (count == 0) {
    empty_state(s, panel.room, ui::Icon::gift, s.tr("This sale earns no points."));
  } else {
    card_list(
        s, {.id = "earned", .at = panel.room, .count = count, .row_mm = two_lines(s), .empty = {}},
        [&](std::size_t i, const Rect& r) { earned_row(s, r, quote->earned[i]); });
  }
  ui::end_panel(s.ui);
}

}  // namespace keepsake::screens
