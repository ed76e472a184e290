#include <algorithm>

#include "kiosk/flow/sale/figures.hpp"
#include "kiosk/flow/sale/state.hpp"
#include "kiosk/flow/sale/till.hpp"
#include "kiosk/screens/sale/sale_parts.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/reasons.hpp"
#include "storage/domain/customer/profile_access.hpp"
#include "storage/domain/loyalty/active_programme.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

struct Cue {
  std::string text;
  ui::Tone tone;
  ui::Icon icon;
  std::string_view id = {};  ///< of one that can be touched
};

/// Points that expire within a month, those of the nearest day.
std::optional<Cue> lapsing(const Scene& s) {
  const auto& state = s.till.state;
  if (!state) return std::nullopt;
  std::optional<Date> day;
  Points points;
  for (const loyalty::Lot& lot : state->lots) {
    const auto last = loyalty::last_day(lot, s.programme().rules.expiry, state->last_activity);
    if (!last || *last < s.today() || lot.remaining == Points{}) continue;
    if (day && *last > *day) continue;
    if (!day || *last < *day) points = {};
    day = last;
    points.hundredths += lot.remaining.hundredths;
  }
  if (!day || to_days(*day) - to_days(s.today()) > 30) return std::nullopt;
  return Cue{s.tr("{points} expire {when}", {{"points", s.locale().points_words(points)},
                                             {"when", s.locale().relative_days(*day, s.today())}}),
             ui::Tone::soon, ui::Icon::clock};
}

Cue again_or_first(const Scene& s, const CustomerView& member) {
  if (member.last_purchases.empty())
    return {s.tr("First purchase as a member"), ui::Tone::good, ui::Icon::heart};
  const PurchaseSummary& last = member.last_purchases.front();
  return {s.tr("Same as last time: {article}, {when}",
               {{"article", last.first_article}, {"when", s.locale().date_long(last.at.date())}}),
          ui::Tone::good, ui::Icon::again, "again"};
}

/// The number beside the name says more than they can pay with today.
std::optional<Cue> pending(const Scene& s) {
  if (!s.till.state) return std::nullopt;
  const auto points = loyalty::pending_of(s.till.state->lots, s.today());
  if (!points.until) return std::nullopt;
  return Cue{pending_words(s, points), ui::Tone::plain, ui::Icon::clock};
}

/// Where they live, by which two of a name are told apart.
std::optional<Cue> address_of(const Scene& s, const CustomerView& member) {
  const std::string& address = member.profile.address;
  if (address.empty()) return std::nullopt;
  const bool all = s.visit.staff && s.visit.staff->manager;
  return Cue{all ? address : masked_address(address), ui::Tone::plain, ui::Icon::home};
}

/// What the person serving should know now, most pressing first.
std::vector<Cue> cues_of(const Scene& s, const CustomerView& member) {
  std::vector<Cue> cues;
  if (auto cue = lapsing(s)) cues.push_back(*std::move(cue));
  if (auto cue = pending(s)) cues.push_back(*std::move(cue));
  cues.push_back(again_or_first(s, member));
  if (auto cue = address_of(s, member)) cues.push_back(*std::move(cue));
  for (const WarrantySummary& w : member.warranties) {
    if (cover_state(w.cover, s.today()) != CoverState::ends_soon) continue;
    cues.push_back({s.tr("{article}: warranty ends {when}",
                         {{"article", w.article_name},
                          {"when", s.locale().relative_days(w.cover.end, s.today())}}),
                    ui::Tone::soon, ui::Icon::clock});
    break;
  }
  const auto running = std::ranges::count_if(member.warranties, [&](const WarrantySummary& w) {
    return cover_state(w.cover, s.today()) != CoverState::ended;
  });
  if (running > 0)
    cues.push_back({s.trn("{n} item under warranty", "{n} items under warranty", running),
                    ui::Tone::service, ui::Icon::shield});
  return cues;
}

/// One or two lines as they are; what would take more is made smaller.
float cue_height(Scene& s, float width, const Cue& cue) {
  ui::TextStyle style{.size = ui::TextSize::caption};
  const float row = line(s, ui::TextSize::caption);
  const float sign = 1.5f * ui::cap_height(s.ui, style);
  const float room = width - 4.4f - sign - 2 - (cue.id.empty() ? 0 : sign + 1);
  float high = ui::paragraph_height(s.ui, room, cue.text, style);
  if (high > 2 * row + 0.1f) {
    style.cap_mm = least_cap(s);
    high = std::max(2 * row, ui::paragraph_height(s.ui, room, cue.text, style));
  }
  return std::max(cue.id.empty() ? 7.2f : s.metrics().target_small, high + 1.6f);
}

/// A line on a soft ground; text too long for it becomes smaller, then two lines.
void cue_strip(Scene& s, const Rect& at, const Cue& cue) {
  const ui::Token ground = ui::ground_of(cue.tone);
  const ui::Token ink = ui::ink_of(cue.tone);
  ui::Ui::Interaction touch;
  if (!cue.id.empty())
    touch = s.ui.interact({.id = cue.id,
                           .label = cue.text,
                           .rect = at,
                           .fore = ink,
                           .ground = ground,
                           .border = ground,
                           .radius_mm = 1.8f});
  s.ui.fill(at, touch.held ? ui::Token::sunk : ground, 1.8f);
  if (ui::is_high_contrast(s.ui.look().palette))
    s.ui.border(at, cue.id.empty() ? ui::Token::line : ui::Token::control, 1.8f,
                cue.id.empty() ? s.ui.theme().card_border_mm : s.ui.theme().control_border_mm);
  s.ui.push_ground(ground);
  Rect room = at.inset(2.2f, 0);
  const float em = 1.5f * ui::cap_height(s.ui, {.size = ui::TextSize::caption});
  if (!cue.id.empty()) {
    const Rect chevron = room.take_right(em, 1);
    s.ui.icon(ui::Icon::next, chevron.centre_x(), chevron.centre_y(), em, ink);
    if (touch.activated) s.send(flow::OpenAgain{});
  }
  const Rect sign = room.take_left(em, 2);
  s.ui.icon(cue.icon, sign.centre_x(), sign.centre_y(), em, ink);
  ui::paragraph_fit(s.ui, room.inset(0, 0.6f), cue.text,
                    {.size = ui::TextSize::caption, .colour = ink}, least_cap(s));
  s.ui.pop_ground();
}

void nobody(Scene& s, const Rect& at) {
  Rect room = ui::begin_card(s.ui, at);
  const float gap = s.metrics().gap;
  // Words on two lines, where a narrow column has them.
  const float high = s.metrics().target + (s.ui.low() ? 2.0f : 0.0f);
  Rect buttons = room.take_bottom(high, gap);
  s.press({.id = "customer",
           .at = buttons.column(0, 2, gap),
           .label = s.tr("Find member"),
           .icon = ui::Icon::user,
           .size = ui::TextSize::body},
          flow::OpenCustomer{});
  s.press({.id = "new-member",
           .at = buttons.column(1, 2, gap),
           .label = s.tr("New member"),
           .icon = ui::Icon::user_plus,
           .size = ui::TextSize::body},
          flow::Go{flow::Place::join});
  const ui::TextStyle soft{.colour = ui::Token::muted, .valign = ui::VAlign::top};
  const std::string title = s.tr("No customer yet");
  const std::string hint = s.tr("Scan the member card to earn points.");
  const float above = line(s, ui::TextSize::heading);
  const float below = ui::paragraph_height(s.ui, room.w, hint, soft);
  const bool both = above + below <= room.h;
  Rect words = room.centred(room.w, std::min(room.h, both ? above + below : above));
  words.x = room.x;
  ui::TextStyle least{.size = ui::TextSize::heading};
  least.cap_mm = least_cap(s);
  if (room.h >= ui::line_height(s.ui, least))
    ui::text_fit(s.ui, words.take_top(above), title, {.size = ui::TextSize::heading}, 2);
  if (both) ui::paragraph_fit(s.ui, words, hint, soft, least_cap(s));
  ui::end_card(s.ui);
}

constexpr float face_mm = 10;
constexpr float below_head_mm = 2.2f;
constexpr float cue_gap_mm = 1.7f;

std::string shown_points(const Scene& s, const CustomerView& member) {
  const auto& state = s.till.state;
  const std::string points = s.locale().points_words(member.balance);
  const std::string tier = state ? tier_name(s, state->tier) : std::string();
  return tier.empty() ? points : s.tr("{tier}, {points}", {{"tier", tier}, {"points", points}});
}

/// The member's card, worked out for its width and then drawn.
class MemberCard {
 public:
  MemberCard(Scene& s, float width_mm, const CustomerView& member)
      : s_(s),
        member_(member),
        name_(member.profile.name.empty() ? s.tr("Member") : member.profile.name),
        points_(shown_points(s, member)),
        cues_(cues_of(s, member)) {
    const float inside = width_mm - 2 * s.metrics().pad;
    // Name and points, beside the face and the button that takes the member off.
    const float bare = inside - s.metrics().target_small - 2;
    // In a narrow column a long name matters more than the face.
    face_ = longest_word_mm(s, name_, words().name_style) <= bare - face_mm - 2.8f;
    const float beside = face_ ? bare - face_mm - 2.8f : bare;
    head_mm_ = std::max(face_mm, name_and_detail_height(s, beside, words()));
    for (const Cue& cue : cues_) cue_mm_.push_back(cue_height(s, inside, cue));
  }

  /// With every cue.
  float height() const {
    float high = least() + below_head_mm - cue_gap_mm;
    for (const float cue : cue_mm_) high += cue + cue_gap_mm;
    return high;
  }
  /// With the name alone.
  float least() const { return 2 * s_.metrics().pad + head_mm_ + 0.1f; }

  void draw(const Rect& at) const {
    Rect room = ui::begin_card(s_.ui, at);
    draw_head(room.take_top(head_mm_, below_head_mm));
    for (std::size_t i = 0; i < cues_.size() && cue_mm_[i] <= room.h; ++i)
      cue_strip(s_, room.take_top(cue_mm_[i], cue_gap_mm), cues_[i]);
    ui::end_card(s_.ui);
  }

 private:
  NameAndDetail words() const {
    return {name_,
            points_,
            {.size = ui::TextSize::heading},
            {.size = ui::TextSize::caption, .colour = ui::Token::muted}};
  }

  void draw_head(Rect head) const {
    const float size = s_.metrics().target_small;
    const Rect drop = head.take_right(size, 2);
    s_.press({.id = "detach",
              .at = drop.centred(size, size),
              .label = s_.tr("Remove customer"),
              .kind = ui::ButtonKind::sunk,
              .icon = ui::Icon::close,
              .icon_only = true},
             flow::DetachCustomer{});
    if (face_) {
      const Rect face = head.take_left(face_mm, 2.8f);
      const std::string& name = member_.profile.name;
      ui::avatar(s_.ui, face.centre_x(), face.centre_y(), 4.9f, initials(s_, name));
    }
    name_and_detail(s_, head, words());
  }

  Scene& s_;
  const CustomerView& member_;
  std::string name_;
  std::string points_;
  std::vector<Cue> cues_;
  std::vector<float> cue_mm_;  ///< height of each
  float head_mm_ = 0;
  bool face_ = true;
};

/// The member comes back by reference after a lock.
void loading(Scene& s, const Rect& at) {
  const Rect inside = ui::begin_card(s.ui, at);
  empty_state(s, inside, ui::Icon::user, s.tr("Member"), s.tr("Loading details."));
  ui::end_card(s.ui);
}

/// "of which VAT 25 %, 15 %".
std::string tax_words(const Scene& s) {
  std::vector<std::int32_t> rates;
  for (const BasketLine& line : s.till.basket.lines)
    if (std::ranges::find(rates, line.article.tax.basis_points) == rates.end())
      rates.push_back(line.article.tax.basis_points);
  std::ranges::sort(rates, std::greater<>());
  std::string all;
  for (const std::int32_t rate : rates) {
    if (!all.empty()) all += ", ";
    all += s.locale().percent_bp(rate);
  }
  if (all.empty()) return s.tr("incl. VAT");
  return s.tr("incl. VAT {rates}", {{"rates", all}});
}

}  // namespace

void draw_customer(Scene& s, const Rect& at) {
  const flow::Till& till = s.till;
  if (till.customer.nobody()) return nobody(s, at);
  if (!till.member) return loading(s, at);
  MemberCard(s, at.w, *till.member).draw(at);
}

void draw_customer(Scene& s, Rect& column, float leave_mm) {
  const float gap = s.metrics().gap;
  const float free = std::max(0.0f, column.h - leave_mm - gap);
  if (!s.till.member) {
    const float least = 2 * s.metrics().pad + line(s, ui::TextSize::body);
    const float most = std::max(least, column.h * (s.ui.low() ? 0.46f : 0.36f));
    return draw_customer(s, column.take_top(std::clamp(free, least, most), gap));
  }
  const MemberCard card(s, column.w, *s.till.member);
  card.draw(column.take_top(std::min(std::max(free, card.least()), card.height()), gap));
}

namespace {
float bill_row(const Scene& s) { return line(s, ui::TextSize::body) + 0.6f; }
float total_row(const Scene& s) { return std::max(line(s, ui::TextSize::number) * 0.75f, 10.0f); }

constexpr ui::TextStyle to_pay_style{.size = ui::TextSize::heading, .valign = ui::VAlign::bottom};

/// A total too long to stand beside its word stands below it.
bool total_alone(Scene& s, float width, const std::string& total) {
  ui::TextStyle least{.size = ui::TextSize::number};
  // It is the figure of the page: on a low display it does not shrink to a word's size for the word.
  least.cap_mm = s.ui.low() ? ui::cap_height(s.ui, to_pay_style) * 1.2f : least_cap(s);
  const float word = ui::text_width(s.ui, s.tr("To pay"), to_pay_style) + 3.5f;
  return word + ui::text_width(s.ui, total, least) > width;
}

constexpr std::size_t savings_shown = 2;

struct Saving {
  std::string name;
  std::string amount;  ///< empty: a coupon that waits
};

/// What rewards and coupons take off, then coupons that wait.
std::vector<Saving> savings_of(const Scene& s) {
  std::vector<Saving> all;
  const auto& quote = s.till.quote;
  if (!quote) return all;
  for (const loyalty::DiscountTaken& taken : quote->discounts)
    all.push_back({reward_name(s, taken.reward),
                   s.locale().amount({-taken.amount.minor, taken.amount.currency})});
  for (const loyalty::RewardIssued& issued : quote->issued)
    all.push_back({reward_name(s, issued.reward), s.locale().points_words(issued.cost)});
  for (const loyalty::Refusal& refusal : quote->refused)
    all.push_back({s.tr("{code}: {reason}", {{"code", reward_name(s, refusal.asked)},
                                             {"reason", refused_because(s, refusal.why)}}),
                   {}});
  if (all.size() <= savings_shown) return all;
  // More than fit: one line says what they come to; the rewards pane has each.
  const auto given = static_cast<std::int64_t>(quote->discounts.size() + quote->issued.size());
  return {{s.trn("{n} reward", "{n} rewards", given),
           s.locale().amount({-quote->discount.minor, quote->discount.currency})}};
}

bool shows_points(const Scene& s) {
  return s.programme().programme.version > 0 && !s.till.customer.nobody();
}

ui::Banner points_banner(const std::string& text) {
  return {.at = {},
          .text = text,
          .tone = ui::Tone::soon,
          .icon = ui::Icon::gift,
          .id = "why",
          .size = ui::TextSize::body};
}

std::string points_words(const Scene& s) {
  return s.tr("{points} from this sale",
              {{"points", "+ " + s.locale().points_words(flow::totals(s.till, s.context).points)}});
}

float points_height(Scene& s, float width) {
  const std::string text = points_words(s);
  return std::max(s.metrics().target_small, ui::banner_height(s.ui, width, points_banner(text)));
}

/// Two lines for a name that has no room on one.
float saving_row(Scene& s, float width, const Saving& saving) {
  ui::TextStyle least{};
  least.cap_mm = least_cap(s);
  const float amount = saving.amount.empty() ? 0 : ui::text_width(s.ui, saving.amount, {}) + 2.3f;
  if (ui::text_width(s.ui, saving.name, least) <= width - amount) return bill_row(s);
  return std::max(bill_row(s),
                  ui::paragraph_height(s.ui, width - amount, saving.name, least) + 0.6f);
}

void draw_saving(Scene& s, Rect& room, const Saving& saving) {
  const float row = saving_row(s, room.w, saving);
  if (room.h < row - 0.6f) return;
  Rect strip = room.take_top(row);
  const ui::TextStyle rose{.colour = saving.amount.empty() ? ui::Token::muted : ui::Token::rose};
  if (!saving.amount.empty()) {
    ui::TextStyle right = rose;
    right.align = ui::Align::right;
    const float wide = ui::text_width(s.ui, saving.amount, rose) + 0.3f;
    ui::text(s.ui, strip.take_right(wide, 2), saving.amount, right);
  }
  ui::paragraph_fit(s.ui, strip, saving.name, rose, least_cap(s));
}
}  // namespace

float totals_height(Scene& s, float width_mm) {
  const float inside = width_mm - 2 * s.metrics().pad;
  float savings = 0;
  for (const Saving& each : savings_of(s)) savings += saving_row(s, inside, each);
  const auto total = s.locale().amount(flow::totals(s.till, s.context).total);
  const float word = total_alone(s, inside, total) ? line(s, ui::TextSize::heading) : 0;
  const float points = shows_points(s) ? points_height(s, 60) + 1.5f : 0;
  return 2 * s.metrics().pad + 2 * bill_row(s) + savings + points + word + total_row(s) + 1.1f;
}

void draw_totals(Scene& s, const Rect& at) {
  const flow::SaleFigures sums = flow::totals(s.till, s.context);
  const Locale& l = s.locale();
  Rect room = ui::begin_card(s.ui, at);
  const ui::TextStyle soft{.colour = ui::Token::muted};
  const ui::TextStyle plain{};
  const float row = bill_row(s);
  const float least = least_cap(s);
  const bool alone = total_alone(s, room.w, l.amount(sums.total));
  Rect total = room.take_bottom(total_row(s), 1);
  const Rect word = alone ? room.take_bottom(line(s, ui::TextSize::heading)) : Rect{};
  const auto bill = [&](const std::string& label, const std::string& value,
                        const ui::TextStyle& label_style, const ui::TextStyle& value_style) {
    if (room.h < row - 0.6f) return;
    Rect strip = room.take_top(row);
    ui::TextStyle smallest = label_style;
    smallest.cap_mm = least;
    // A long amount becomes smaller before its word has no room.
    const float most = strip.w - ui::text_width(s.ui, label, smallest) - 2.3f;
    const float wide = std::min(ui::text_width(s.ui, value, value_style) + 0.3f, most);
    const Rect right = strip.take_right(wide, 2);
    ui::TextStyle right_style = value_style;
    right_style.align = ui::Align::right;
    ui::figure(s.ui, right, value, right_style);
    ui::text_fit(s.ui, strip, label, label_style, least);
  };
  bill(s.trn("{n} item", "{n} items", sums.pieces), l.amount(sums.gross), soft, plain);
  for (const Saving& saving : savings_of(s)) draw_saving(s, room, saving);
  const std::string tax = l.amount(sums.tax);
  std::string rates = tax_words(s);
  const float beside = room.w - ui::text_width(s.ui, tax, plain) - 2.5f;
  if (ui::text_width(s.ui, rates, soft) > beside) rates = s.tr("incl. VAT");
  bill(rates, tax, soft, plain);
  if (shows_points(s)) {
    const std::string words = points_words(s);
    ui::Banner banner = points_banner(words);
    const float high = std::max(s.metrics().target_small, ui::banner_height(s.ui, room.w, banner));
    if (room.h >= high) {
      room.take_top(0, std::min(1.5f, room.h - high));
      banner.at = room.take_top(high);
      if (ui::banner(s.ui, banner)) s.send(flow::OpenWhy{});
    }
  }
  const std::string to_pay = s.tr("To pay");
  const float wide = ui::text_width(s.ui, to_pay, to_pay_style) + 0.5f;
  ui::text(s.ui, alone ? word : total.take_left(wide, 3), to_pay, to_pay_style);
  ui::figure(
      s.ui, total, l.amount(sums.total),
      {.size = ui::TextSize::number, .align = ui::Align::right, .valign = ui::VAlign::bottom});
  ui::end_card(s.ui);
}

}  // namespace keepsake::screens
