// The card with the number: what there is, what it is worth, the tier, and what expires next.
#include <algorithm>

#include "kiosk/flow/customer/my_page.hpp"
#include "kiosk/flow/customer/state.hpp"
#include "kiosk/screens/customer/home_parts.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/reasons.hpp"
#include "kiosk/screens/shared/sync_status.hpp"
#include "storage/domain/loyalty/active_programme.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

constexpr std::int32_t soon_days = 30;
constexpr std::size_t bars_most = 4;

std::string worth_of(const Scene& s, Points points) {
  if (s.programme().programme.point_value_milli_minor <= 0 || points.hundredths <= 0) return {};
  const auto money = worth(s.programme().programme, points);
  return money.ok() ? s.locale().money(*money) : std::string();
}

/// "worth kr 128,40 here today": the amount bold wherever the language puts it.
void worth_line(Scene& s, const Rect& room, Points points) {
  const std::string money = worth_of(s, points);
  if (money.empty()) return;
  const std::string pattern = s.tr("worth {money} today");
  const auto at = pattern.find("{money}");
  if (at == std::string::npos) return;
  const std::string before = pattern.substr(0, at);
  const std::string after = pattern.substr(at + 7);
  const ui::TextStyle bold{.weight = ui::Weight::bold};
  if (ui::text_width(s.ui, before + money + after, bold) <= room.w)
    ui::runs(s.ui, room, {{before}, {money, ui::Weight::bold}, {after}}, {});
  else
    ui::paragraph_fit(s.ui, room, before + money + after, {}, least_cap(s));
}

float worth_height(Scene& s, float width, Points points) {
  const std::string money = worth_of(s, points);
  if (money.empty()) return 0;
  const std::string words = s.tr("worth {money} today", {{"money", money}});
  const float one = line(s, ui::TextSize::body);
  if (ui::text_width(s.ui, words, {.weight = ui::Weight::bold}) <= width) return one;
  ui::TextStyle least{};
  least.cap_mm = least_cap(s);
  return std::max(1.7f * one, ui::paragraph_height(s.ui, width, words, least));
}

Points balance_of(const flow::CustomerHome& home) {
  return home.standing ? home.standing->overview.balance : home.customer.balance;
}

/// What the number pays today: points that are pending do not.
Points spendable_of(const flow::CustomerHome& home) {
  return home.standing ? home.standing->overview.spendable() : home.customer.balance;
}

void age_line(Scene& s, const Rect& room, const CustomerView& customer) {
  icon_line(s, room, ui::Icon::clock,
            s.tr("as of {time}", {{"time", s.moment(customer.balance_as_of)}}),
            {.size = ui::TextSize::caption, .colour = ui::Token::muted});
}

void big_number(Scene& s, const Rect& room, Points points) {
  ui::TextStyle number{.size = ui::TextSize::number};
  // The line's height follows from the room: a comma must not reach into the words below.
  number.cap_mm = std::min(ui::cap_height(s.ui, number), room.h / 1.75f);
  ui::figure(s.ui, room, s.locale().points(points), number);
}

bool any_expiries(const MemberStanding& standing) {
  return std::ranges::any_of(standing.overview.lapsing, [](const loyalty::Lapsing& each) {
    return each.last_day.has_value();
  });
}

bool soon(const Scene& s, const std::optional<Date>& day) {
  return day && to_days(*day) - to_days(s.today()) <= soon_days;
}

std::string bar_name(const Scene& s, const std::optional<Date>& day) {
  if (!day) return s.tr("No expiry");
  if (soon(s, day)) return s.locale().relative_days(*day, s.today());
  const bool near = to_days(*day) - to_days(s.today()) < 330;
  return near ? s.locale().date_day_month(*day) : s.locale().month_year(*day);
}

/// The lots by last day; what there is no room for joins the last bar.
void expiry_bars(Scene& s, const Rect& room, const loyalty::Overview& overview) {
  std::vector<loyalty::Lapsing> lots = overview.lapsing;
  const ui::TextStyle label{.size = ui::TextSize::caption, .weight = ui::Weight::semibold};
  const float gap = s.metrics().pad * 0.5f;
  std::vector<std::string> words;
  const auto fits = [&] {
    words.clear();
    float widest = 1;
    for (std::size_t i = 0; i < lots.size(); ++i) {
      words.push_back(s.locale().points(lots[i].points));
      const bool rest = i + 1 == lots.size() && lots.size() < overview.lapsing.size();
      words.push_back(rest ? s.tr("later") : bar_name(s, lots[i].last_day));
    }
    for (const std::string& each : words)
      widest = std::max(widest, ui::text_width(s.ui, each, label));
    const auto n = static_cast<float>(lots.size());
    return lots.size() <= bars_most && n * (widest + 0.5f) + (n - 1) * gap <= room.w;
  };
  while (!fits() && lots.size() > 1) {
    const Points last = lots.back().points;
    lots.pop_back();
    lots.back().points.hundredths += last.hundredths;
  }
  std::vector<ui::Bar> bars;
  for (std::size_t i = 0; i < lots.size(); ++i) {
    const bool pressing = soon(s, lots[i].last_day);
    bars.push_back({.value = static_cast<double>(lots[i].points.hundredths),
                    .value_text = words[2 * i],
                    .name = words[2 * i + 1],
                    .colour = pressing ? ui::Token::amber : ui::Token::pine,
                    .strong = pressing});
  }
  ui::bars(s.ui, room, bars);
}

void why_link(Scene& s, const Rect& at, const flow::CustomerHome& home) {
  if (!home.standing) return;
  s.press({.id = "why",
           .at = at,
           .label = s.tr("Points history"),
           .kind = ui::ButtonKind::link,
           .icon_right = ui::Icon::next,
           .align = s.portrait() ? ui::Align::centre : ui::Align::left,
           .size = ui::TextSize::body},
          flow::Go{flow::Place::why});
}

std::string level_name(const Scene& s, const loyalty::TierStanding& tier) {
  return tier.level.empty() ? s.tr("Member") : tier_name(s, tier.level);
}

/// A name that a ring of this size has no room for is said beside it.
bool names_itself(Scene& s, float side, const loyalty::TierStanding& tier) {
  ui::TextStyle least{.size = ui::TextSize::title};
  least.cap_mm =
      std::max(least_cap(s), 0.6f * ui::cap_height(s.ui, {.size = ui::TextSize::heading}));
  return ui::text_width(s.ui, level_name(s, tier), least) <= side * 0.7f;
}

/// How far it is to the next tier, with the present one's name in the middle.
void tier_ring(Scene& s, const Rect& at, const loyalty::TierStanding& tier) {
  const float side = std::min(at.w, at.h);
  const std::string name = names_itself(s, side, tier) ? level_name(s, tier) : std::string();
  ui::ring(s.ui, {.at = at, .part = tier.per_mille / 1000.0, .title = name});
}

struct Lines {
  std::string text;
  ui::Token colour;
  ui::Weight weight = ui::Weight::regular;
};

enum class ExpiryNote { said, shown_elsewhere };

/// What is said beside the number, the most pressing first: what there is no room for goes.
std::vector<Lines> remarks(const Scene& s, const MemberStanding& standing, ExpiryNote note) {
  std::vector<Lines> lines;
  const loyalty::Overview& overview = standing.overview;
  const bool owes = overview.debt.hundredths > 0;
  const Lines wallet{overview.wallet_minor > 0 ? wallet_words(s, overview) : std::string(),
                     ui::Token::ink, ui::Weight::semibold};
  // What the person has comes with what they owe, and neither is what there is no room for.
  if (owes) lines.push_back({debt_words(s, overview), ui::Token::rose, ui::Weight::semibold});
  if (owes && !wallet.text.empty()) lines.push_back(wallet);
  // The large number says more than can be spent today.
  if (overview.pending.until)
    lines.push_back({pending_words(s, overview.pending), ui::Token::ink, ui::Weight::semibold});
  const std::string words = note == ExpiryNote::said ? expiry_reasons(s, overview) : std::string();
  const bool pressing = !words.empty() && soon(s, overview.lapsing.front().last_day);
  if (pressing) lines.push_back({words, ui::Token::amber_ink, ui::Weight::semibold});
  if (overview.tier && !tier_words(s, *overview.tier).empty())
    lines.push_back({tier_words(s, *overview.tier), ui::Token::ink});
  if (!owes && !wallet.text.empty()) lines.push_back(wallet);
  if (!words.empty() && !pressing) lines.push_back({words, ui::Token::muted});
  return lines;
}

float remark_height(Scene& s, float width, const Lines& remark, float cap) {
  ui::TextStyle style{.size = ui::TextSize::caption, .weight = remark.weight};
  style.cap_mm = cap;
  return ui::paragraph_height(s.ui, width, remark.text, style);
}

/// One below the other, as large as they all fit.
void say(Scene& s, Rect room, std::vector<Lines> remarks, ui::Align align = ui::Align::left) {
  const float gap = s.ui.low() ? 0.5f : 1.5f;
  float cap = least_cap(s);
  const auto high = [&] {
    float sum = 0;
    for (const Lines& each : remarks) sum += remark_height(s, room.w, each, cap) + gap;
    return sum;
  };
  while (remarks.size() > 1 && high() - gap > room.h + 0.1f) remarks.pop_back();
  cap = ui::cap_height(s.ui, {.size = ui::TextSize::caption});
  while (high() > room.h && cap > least_cap(s)) cap = std::max(least_cap(s), cap - 0.15f);
  for (const Lines& each : remarks) {
    ui::TextStyle style{.size = ui::TextSize::caption,
                        .weight = each.weight,
                        .colour = each.colour,
                        .align = align,
                        .valign = ui::VAlign::top};
    style.cap_mm = cap;
    const float wanted = remark_height(s, room.w, each, cap);
    if (wanted > room.h + 0.1f) break;
    ui::paragraph_fit(s.ui, room.take_top(wanted + 0.1f, gap), each.text, style, least_cap(s));
  }
}

/// Beside the number, where there is no room below it.
void low_worth(Scene& s, Rect room, const flow::CustomerHome& home) {
  const float age = line(s, ui::TextSize::caption);
  const float worth = std::min(worth_height(s, room.w, spendable_of(home)), room.h - age - 1);
  Rect words = room.centred(room.w, std::min(room.h, worth + age + 1));
  words.x = room.x;
  worth_line(s, words.take_top(worth, 1), spendable_of(home));
  age_line(s, words, home.customer);
}

/// "Your points"; on a low display with the level, if it has room there.
std::string over_number(Scene& s, float width, const flow::CustomerHome& home) {
  std::string words = s.tr("Your points");
  if (!s.ui.low() || !home.standing || !home.standing->overview.tier) return words;
  const std::string both = words + " \u00B7 " + level_name(s, *home.standing->overview.tier);
  ui::TextStyle least{};
  least.cap_mm = least_cap(s);
  return ui::text_width(s.ui, both, least) <= width ? both : words;
}

float left_share(const Scene& s) {
  if (s.ui.low()) return 0.4f;
  return s.ui.look().text == ui::TextScale::large ? 0.5f : 0.44f;
}

/// The number and the way to its reasons at the left; tier, worth and what is pressing at the
/// right.
void low_card(Scene& s, Rect room, const flow::CustomerHome& home) {
  const bool large = s.ui.look().text == ui::TextScale::large;
  const flow::Notice* news = good_news(s);
  Rect left = room;
  if (home.standing || news != nullptr || s.ui.low())
    left = room.take_left(room.w * left_share(s), s.metrics().pad);
  if (news != nullptr) draw_news_card(s, room, *news);
  const float label =
      std::min(line(s, ui::TextSize::body), std::max(left.h * 0.2f, 2 * least_cap(s)));
  if (home.standing && !s.ui.low())
    why_link(s, left.take_bottom(s.metrics().target_small, 1), home);
  const ui::TextStyle soft{.colour = ui::Token::muted};
  const std::string over = over_number(s, left.w, home);
  ui::text_fit(s.ui, left.take_top(label), over, soft, least_cap(s));
  if (!home.standing) {
    if (s.ui.low() && news == nullptr) low_worth(s, room, home);
    if (s.ui.low()) return big_number(s, left, balance_of(home));
    const float worth = worth_height(s, left.w, spendable_of(home));
    age_line(s, left.take_bottom(line(s, ui::TextSize::caption), 1), home.customer);
    if (worth > 0 && left.h - worth > 12)
      worth_line(s, left.take_bottom(worth), spendable_of(home));
    return big_number(s, left, balance_of(home));
  }
  big_number(s, left, balance_of(home));
  if (news != nullptr) return;
  const float age = line(s, ui::TextSize::caption);
  const bool low = s.ui.low();
  const bool owes = home.standing->overview.debt.hundredths > 0;
  const float least = 2.1f * least_cap(s);
  // A debt needs all of a low card.
  if (!low || !owes)
    age_line(s, room.take_bottom(low ? least : std::min(age, room.h * 0.25f), low ? 0.5f : 1),
             home.customer);
  const auto& tier = home.standing->overview.tier;
  bool named = true;
  const bool ring = !large && !s.ui.low();  // the words matter more where there is little room
  if (tier && ring) {
    const float side = std::min(room.h, room.w * 0.38f);
    named = names_itself(s, side, *tier);
    Rect square = room.take_left(side, s.metrics().pad * 0.8f);
    tier_ring(s, square.centred(side, side), *tier);
  }
  auto words = remarks(s, *home.standing, ExpiryNote::said);
  const std::string money = worth_of(s, spendable_of(home));
  if (!money.empty())
    words.push_back({s.tr("worth {money} today", {{"money", money}}), ui::Token::ink});
  const Lines level{tier ? level_name(s, *tier) : std::string(), ui::Token::ink, ui::Weight::bold};
  // Where there is little room, what they owe and what is pressing come before the level.
  const bool said = !tier || over.ends_with(level.text);
  if (tier && low && !said) words.push_back(level);
  if (tier && !low && (!ring || !named)) words.insert(words.begin(), level);
  say(s, room, words);
}

void number_column(Scene& s, Rect room, const flow::CustomerHome& home) {
  const float label = line(s, ui::TextSize::body);
  const float age = line(s, ui::TextSize::caption);
  const float worth = worth_height(s, room.w, spendable_of(home));
  const float full = ui::cap_height(s.ui, {.size = ui::TextSize::number}) * 1.75f;
  const float number = std::min(full, room.h - label - worth - age - 1);
  Rect words = room.centred(room.w, label + number + worth + age + 1);
  words.x = room.x;
  ui::text_fit(s.ui, words.take_top(label), s.tr("Your points"), {.colour = ui::Token::muted},
               least_cap(s));
  big_number(s, words.take_top(number, 1), balance_of(home));
  worth_line(s, words.take_top(worth), spendable_of(home));
  age_line(s, words, home.customer);
}

void high_card(Scene& s, Rect room, const flow::CustomerHome& home) {
  if (!home.standing) return number_column(s, room, home);
  const loyalty::Overview& overview = home.standing->overview;
  const bool bars = any_expiries(*home.standing);
  if (bars) {
    Rect chart = room.take_bottom(std::min(72.0f, room.h * 0.42f), 4);
    ui::hairline(s.ui, chart.x, chart.y, chart.w);
    chart.take_top(3);
    Rect head = chart.take_top(s.metrics().target_small, 1);
    const std::string title = s.tr("When they expire");
    const std::string why = s.tr("Points history");
    const float link = ui::text_width(s.ui, why, {.weight = ui::Weight::semibold}) + 16;
    why_link(s, head.take_right(std::min(link, head.w * 0.62f), 3), home);
    ui::paragraph_fit(s.ui, head, title, {.weight = ui::Weight::semibold}, least_cap(s));
    expiry_bars(s, chart, overview);
  } else {
    why_link(s, room.take_bottom(s.metrics().target_small, 2), home);
  }
  auto words = remarks(s, *home.standing, bars ? ExpiryNote::shown_elsewhere : ExpiryNote::said);
  if (overview.tier) {
    Rect right = room.take_right(room.w * 0.36f, s.metrics().pad);
    const float below = words.empty() ? 0 : std::min(right.h * 0.36f, 34.0f);
    const float side = std::min(right.w, right.h - below - 2);
    if (!names_itself(s, side, *overview.tier))
      words.insert(words.begin(),
                   {level_name(s, *overview.tier), ui::Token::ink, ui::Weight::bold});
    tier_ring(s, right.take_top(side, 2).centred(side, side), *overview.tier);
    say(s, right, words, ui::Align::centre);
  } else if (!words.empty()) {
    say(s, room.take_bottom(std::min(room.h * 0.3f, 24.0f), 2), words);
  }
  number_column(s, room, home);
}

}  // namespace

std::string points_words_of(const Scene& s, Points points) {
  return s.locale().points_words(points);
}

std::string wallet_words(const Scene& s, const loyalty::Overview& overview) {
  const std::string amount = s.locale().money({overview.wallet_minor, s.context.currency});
  const bool blocked = overview.wallet_state == WalletState::blocked;
  if (!overview.wallet_until)
    return blocked ? s.tr("{amount} in the wallet, blocked", {{"amount", amount}})
                   : s.tr("{amount} in the wallet", {{"amount", amount}});
  const std::string date = s.locale().date_short(*overview.wallet_until);
  return blocked
             ? s.tr("{amount} in the wallet until {date}, blocked",
                    {{"amount", amount}, {"date", date}})
             : s.tr("{amount} in the wallet until {date}", {{"amount", amount}, {"date", date}});
}

std::string tier_words(const Scene& s, const loyalty::TierStanding& tier) {
  if (tier.next.empty()) return {};
  const std::string next = tier_name(s, tier.next);
  std::string way;
  switch (tier.basis) {
    case loyalty::TierBasis::spend:
      way =
          s.tr("{amount} to {tier}",
               {{"amount", s.locale().money({tier.missing, s.context.currency})}, {"tier", next}});
      break;
    case loyalty::TierBasis::points:
      way = s.tr("{amount} to {tier}",
                 {{"amount", points_words_of(s, {tier.missing})}, {"tier", next}});
      break;
    case loyalty::TierBasis::visits:
      way = s.tr("{amount} to {tier}",
                 {{"amount", s.trn("{n} visit", "{n} visits", tier.missing)}, {"tier", next}});
      break;
  }
  if (!tier.by) return way;
  return s.tr("{what}, by {date}", {{"what", way}, {"date", s.locale().date_day_month(*tier.by)}});
}

std::string expiry_reasons(const Scene& s, const loyalty::Overview& overview) {
  if (overview.lapsing.empty() || !overview.lapsing.front().last_day) return {};
  const loyalty::Lapsing& next = overview.lapsing.front();
  const std::string points = points_words_of(s, next.points);
  if (soon(s, next.last_day))
    return s.tr(
        "{points} expire {when}",
        {{"points", points}, {"when", s.locale().relative_days(*next.last_day, s.today())}});
  return s.tr("{points} valid until {date}",
              {{"points", points}, {"date", s.locale().date_long(*next.last_day)}});
}

std::string debt_words(const Scene& s, const loyalty::Overview& overview) {
  if (overview.debt.hundredths <= 0) return {};
  return s.tr("You owe {points} after a return. Your next points will cover it.",
              {{"points", points_words_of(s, overview.debt)}});
}

float points_card_height(const flow::CustomerHome& home) {
  return home.standing && any_expiries(*home.standing) ? 186.0f : 128.0f;
}

void points_card(Scene& s, const Rect& at, const flow::CustomerHome& home) {
  const Rect room = ui::begin_card(s.ui, at);
  s.portrait() ? high_card(s, room, home) : low_card(s, room, home);
  ui::end_card(s.ui);
}

}  // namespace keepsake::screens
