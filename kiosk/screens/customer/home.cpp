// A member's own page: one big number, its worth and its age; purchases and cover when asked for.
#include <algorithm>

#include "kiosk/flow/customer/my_page.hpp"
#include "kiosk/flow/customer/state.hpp"
#include "kiosk/flow/customer/touches.hpp"
#include "kiosk/screens/customer/home_parts.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/cover.hpp"
#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {
namespace {

using flow::HomeTab;
using flow::Privacy;
using ui::Rect;

bool shown(const flow::CustomerHome& home) { return home.privacy == Privacy::shown; }

std::string title_of(const Scene& s, const flow::CustomerHome& home) {
  switch (home.tab) {
    case HomeTab::purchases:
      return s.tr("My purchases");
    case HomeTab::warranties:
      return s.tr("My warranties");
    case HomeTab::rewards:
      return s.tr("My rewards");
    case HomeTab::points:
      break;
  }
  const std::string& name = home.customer.profile.name;
  if (name.empty()) return s.locale().greeting(s.now);
  return s.locale().greeting(s.now, masked_name(name));
}

std::string detail_of(const Scene& s, const flow::CustomerHome& home) {
  const CustomerView& c = home.customer;
  if (home.tab == HomeTab::warranties) {
    const auto covered = std::ranges::count_if(c.warranties, [&](const WarrantySummary& w) {
      return cover_state(w.cover, s.today()) != CoverState::ended;
    });
    return s.trn("{n} item under warranty today", "{n} items under warranty today", covered);
  }
  if (home.tab == HomeTab::rewards) return s.tr("Use them at the till when you pay.");
  if (home.tab == HomeTab::purchases && c.last_purchases.empty()) return {};
  if (home.tab == HomeTab::purchases)
    return s.trn("Your last purchase", "Your last {n} purchases",
                 static_cast<std::int64_t>(c.last_purchases.size()));
  return s.tr("Member since {month}", {{"month", s.locale().month_year(c.member_since.date())}});
}

struct Destination {
  std::string_view id;
  std::string label;
  ui::Icon icon;
  flow::Touch event;
  ui::ButtonKind kind = ui::ButtonKind::quiet;
};

Destination privacy(const Scene& s, const flow::CustomerHome& home) {
  const bool open = shown(home);
  return {"privacy", open ? s.tr("Hide") : s.tr("Show"), open ? ui::Icon::eye_off : ui::Icon::eye,
          flow::SetPrivacy{open ? Privacy::masked : Privacy::shown}};
}

void place(Scene& s, const Rect& at, const Destination& to) {
  s.press({.id = to.id, .at = at, .label = to.label, .kind = to.kind, .icon = to.icon}, to.event);
}

/// The page's buttons, within reach: low in portrait, beside Finish in landscape.
void overview_actions(Scene& s, const Framed& frame, const flow::CustomerHome& home) {
  const Destination rewards{"rewards", s.tr("Rewards"), ui::Icon::gift,
                            flow::ShowTab{HomeTab::rewards}, ui::ButtonKind::primary};
  const Destination warranties{"warranties", s.tr("Warranties"), ui::Icon::shield,
                               flow::ShowTab{HomeTab::warranties}};
  const Destination purchases{"purchases", s.tr("Purchases"), ui::Icon::receipt,
                              flow::ShowTab{HomeTab::purchases}};
  const Destination data{"my-data", s.tr("My data"), ui::Icon::lock,
                         flow::Go{flow::Place::my_data}};
  const bool tall = s.portrait();
  const float gap = tall ? s.metrics().gap + 2 : s.metrics().gap;
  const Rect upper = tall ? frame.actions.row(0, 2, gap) : frame.upper;
  const Rect lower = tall ? frame.actions.row(1, 2, gap) : frame.actions;
  if (tall) {
    place(s, upper.column(0, 2, gap), rewards);
    place(s, upper.column(1, 2, gap), warranties);
    place(s, lower.column(0, 2, gap), purchases);
    return place(s, lower.column(1, 2, gap), data);
  }
  place(s, upper.column(0, 3, gap), rewards);
  place(s, upper.column(1, 3, gap), warranties);
  place(s, upper.column(2, 3, gap), purchases);
  if (!s.ui.low() || !home.standing) return place(s, lower, data);
  // The card has no room for the way to its reasons.
  place(s, lower.column(0, 2, gap),
        {"why", s.tr("Points history"), ui::Icon::clock, flow::Go{flow::Place::why}});
  place(s, lower.column(1, 2, gap), data);
}

void list_actions(Scene& s, const Rect& room, const flow::CustomerHome& home) {
  if (home.tab == HomeTab::rewards) return;
  const float gap = s.portrait() ? s.metrics().gap + 2 : s.metrics().gap;
  Destination first = privacy(s, home);
  if (!shown(home)) first.kind = ui::ButtonKind::primary;
  place(s, room.column(0, 2, gap), first);
  place(
      s, room.column(1, 2, gap),
      {"register", s.tr("Register an item"), ui::Icon::plus_circle, flow::Go{flow::Place::warranty},
       shown(home) ? ui::ButtonKind::primary : ui::ButtonKind::quiet});
}

/// Portrait has room for the rewards on the first page.
void overview(Scene& s, Rect body, const flow::CustomerHome& home) {
  if (!s.portrait()) return points_card(s, body, home);
  const float gap = s.metrics().gap;
  const float high = points_card_height(home);
  if (!home.standing || home.standing->overview.rewards.empty())
    return points_card(s, body.take_top(std::min(body.h, high), gap), home);
  const bool large = s.ui.look().text == ui::TextScale::large;
  const float below = large ? 98.0f : 76.0f;
  points_card(s, body.take_top(std::min(body.h - below, high), gap), home);
  within_reach(s, body, *home.standing);
}

}  // namespace

void draw(Scene& s, const flow::CustomerHome& home) {
  const bool first = home.tab == HomeTab::points;
  // A low display shows the list, or the number, rather than a title.
  const bool titled = s.portrait();
  const int rows = first ? 2 : home.tab == HomeTab::rewards ? 0 : 1;
  const auto frame = customer_frame(
      s, {.title = titled ? title_of(s, home) : std::string(),
          .detail = titled ? detail_of(s, home) : std::string(),
          .left = first ? CustomerFrame::Left::sign : CustomerFrame::Left::back,
          .beside_sign = titled ? std::string() : masked_name(home.customer.profile.name),
          .action_rows = rows});
  if (first) {
    overview_actions(s, frame, home);
    return overview(s, frame.body, home);
  }
  list_actions(s, frame.actions, home);
  if (home.tab == HomeTab::rewards) {
    rewards_tab(s, frame.body, home);
  } else if (!shown(home)) {
    hidden(s, s.portrait() ? Rect{frame.body.x, frame.body.y, frame.body.w, 110} : frame.body);
  } else if (home.tab == HomeTab::purchases) {
    purchases_tab(s, frame.body, home);
  } else {
    warranties_tab(s, frame.body, home);
  }
}

}  // namespace keepsake::screens
