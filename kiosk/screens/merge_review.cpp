// Two memberships side by side: one person, or two?
#include <algorithm>

#include "kiosk/screens/home_parts.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/parts.hpp"
#include "kiosk/screens/profile_rows.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

std::string words_of(const Scene& s, LikenessReason reason) {
  switch (reason) {
    case LikenessReason::card:
      return s.tr("same card");
    case LikenessReason::email:
      return s.tr("same e-mail");
    case LikenessReason::phone:
      return s.tr("same phone");
    case LikenessReason::name:
      return s.tr("same name");
    case LikenessReason::similar_name:
      return s.tr("similar name");
    case LikenessReason::birthday:
      return s.tr("same birthday");
    case LikenessReason::address:
      return s.tr("same address");
    case LikenessReason::postcode:
      return s.tr("same postcode");
    case LikenessReason::other_name:
      return s.tr("another name");
    case LikenessReason::other_birthday:
      break;
  }
  return s.tr("another birthday");
}

std::string reasons_of(const Scene& s, const DuplicatePair& pair) {
  std::string all;
  for (const LikenessReason each : pair.similarity.reasons)
    all.append(all.empty() ? "" : ", ").append(words_of(s, each));
  return all;
}

struct Fact {
  std::string name;
  std::string value;
};

std::vector<Fact> facts_of(const Scene& s, const flow::ProfileSeen& seen) {
  std::vector<Fact> facts;
  facts.push_back({s.tr("Name"), std::string(seen.profile.value(customer_field::name))});
  for (const Contact& each : seen.profile.contacts)
    if (each.kind == ContactKind::phone || each.kind == ContactKind::email ||
        each.kind == ContactKind::address)
      facts.push_back({field_label(s, name_of(each.kind)), each.value});
  const std::string birthday(seen.profile.value(customer_field::birthday));
  if (const auto day = parse_date(birthday); day.ok())
    facts.push_back({s.tr("Birthday"), s.locale().date_long(*day)});
  facts.push_back({s.tr("Points"), s.locale().points(seen.view.balance)});
  facts.push_back({s.tr("Member since"), s.locale().date_long(seen.profile.member_since.date())});
  if (!seen.view.last_purchases.empty())
    facts.push_back({s.tr("Last purchase"), seen.view.last_purchases.front().first_article});
  return facts;
}

void side(Scene& s, const Rect& at, const std::optional<flow::ProfileSeen>& seen) {
  Rect room = ui::begin_card(s.ui, at);
  if (!seen) {
    empty_state(s, room, ui::Icon::user, s.tr("The details are being loaded."));
    return ui::end_card(s.ui);
  }
  const ui::TextStyle label{.size = ui::TextSize::caption, .colour = ui::Token::muted};
  const ui::TextStyle value{.weight = ui::Weight::semibold, .valign = ui::VAlign::top};
  for (const Fact& fact : facts_of(s, *seen)) {
    const float above = line(s, ui::TextSize::caption);
    const float below = ui::paragraph_height(s.ui, room.w, fact.value, value);
    if (above + below > room.h) break;
    ui::text_fit(s.ui, room.take_top(above), fact.name, label, least_cap(s));
    ui::paragraph_fit(s.ui, room.take_top(below + 0.1f, 1.2f), fact.value, value, least_cap(s));
  }
  ui::end_card(s.ui);
}

/// Which pair of how many, how sure, and why.
void head(Scene& s, Rect row, const flow::MergeReview& review) {
  const auto& m = s.metrics();
  const DuplicatePair& pair = review.pairs[review.at];
  const auto step = [&](std::string_view id, const std::string& label, ui::Icon icon,
                        std::size_t to, bool can) {
    s.press({.id = id,
             .at = row.take_right(m.target, m.gap),
             .label = label,
             .icon = icon,
             .icon_only = true,
             .state = can ? ui::ButtonState::ready : ui::ButtonState::disabled},
            flow::ShowPair{to});
  };
  step("next-pair", s.tr("Next"), ui::Icon::arrow_right, review.at + 1,
       review.at + 1 < review.pairs.size());
  step("previous-pair", s.tr("Previous"), ui::Icon::arrow_left, review.at == 0 ? 0 : review.at - 1,
       review.at > 0);
  const bool certain = pair.similarity.certain();
  const std::string sure = certain ? s.tr("Very likely one") : s.tr("Perhaps one");
  const ui::Chip chip{.text = sure,
                      .tone = certain ? ui::Tone::good : ui::Tone::soon,
                      .icon = certain ? ui::Icon::check : ui::Icon::question};
  ui::chip(s.ui, row.take_left(ui::chip_width(s.ui, chip), m.gap), chip);
  const std::string count =
      s.tr("{n} of {all}: {reasons}",
           {{"n", s.locale().number(static_cast<std::int64_t>(review.at) + 1)},
            {"all", s.locale().number(static_cast<std::int64_t>(review.pairs.size()))},
            {"reasons", reasons_of(s, pair)}});
  ui::paragraph_fit(s.ui, row, count, {}, least_cap(s));
}

void decide(Scene& s, const Rect& row) {
  const auto& m = s.metrics();
  s.press({.id = "apart",
           .at = row.column(0, 2, m.gap),
           .label = s.tr("Not the same"),
           .icon = ui::Icon::close,
           .state = s.readiness(),
           .size = ui::TextSize::body},
          flow::TellApart{});
  s.press({.id = "same",
           .at = row.column(1, 2, m.gap),
           .label = s.tr("The same person"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::users,
           .state = s.readiness(),
           .size = ui::TextSize::body},
          flow::AskMerge{});
}

void confirm(Scene& s, const flow::MergeReview& review) {
  const Points sum{review.one->view.balance.hundredths + review.other->view.balance.hundredths};
  const std::string text =
      s.tr("One customer with {points} and both histories remains. It can be undone on their page.",
           {{"points", points_words_of(s, sum)}});
  const std::string yes = s.tr("The same person");
  const std::string no = s.tr("Leave as it is");
  const int chosen = ui::dialog(
      s.ui, {.title = s.tr("Make them one customer?"),
             .text = text,
             .icon = ui::Icon::users,
             .tone = ui::Tone::service,
             .choices = {{.id = "merge.yes", .label = yes, .kind = ui::ButtonKind::primary},
                         {.id = "merge.no", .label = no}},
             .escape = 1});
  if (chosen == 0) s.send(flow::Submit{});
  if (chosen == 1) s.send(flow::Back{});
}

}  // namespace

void draw(Scene& s, const flow::MergeReview& review) {
  const auto& m = s.metrics();
  Rect body =
      staff_frame(s, {.title = s.tr("Same person twice?"), .detail = {}, .back = s.tr("Back")});
  if (review.pairs.empty()) {
    const Rect inside = ui::begin_card(s.ui, body);
    empty_state(s, inside, review.loaded ? ui::Icon::check_circle : ui::Icon::users,
                review.loaded ? s.tr("Nobody seems to be here twice.")
                              : s.tr("All customers are being compared."));
    ui::end_card(s.ui);
    return;
  }
  head(s, body.take_top(m.target, m.gap), review);
  decide(s, body.take_bottom(m.target + 2, m.gap));
  side(s, body.column(0, 2, m.gap), review.one);
  side(s, body.column(1, 2, m.gap), review.other);
  if (review.asking && review.one && review.other) confirm(s, review);
}

}  // namespace keepsake::screens
