// Two memberships side by side: one person, or two?
#include <algorithm>
#include <numeric>

#include "kiosk/flow/customer/my_page.hpp"
#include "kiosk/flow/staff/state.hpp"
#include "kiosk/screens/customer/home_parts.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/staff/profile_rows.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

std::string words_of(const Scene& s, SimilarityReason reason) {
  switch (reason) {
    case SimilarityReason::card:
      return s.tr("same card");
    case SimilarityReason::email:
      return s.tr("same e-mail");
    case SimilarityReason::phone:
      return s.tr("same phone");
    case SimilarityReason::name:
      return s.tr("same name");
    case SimilarityReason::similar_name:
      return s.tr("similar name");
    case SimilarityReason::birthday:
      return s.tr("same birthday");
    case SimilarityReason::address:
      return s.tr("same address");
    case SimilarityReason::postcode:
      return s.tr("same postcode");
    case SimilarityReason::other_name:
      return s.tr("different name");
    case SimilarityReason::other_birthday:
      break;
  }
  return s.tr("different birthday");
}

std::string reasons_of(const Scene& s, const DuplicatePair& pair) {
  std::string all;
  for (const SimilarityReason each : pair.similarity.reasons)
    all.append(all.empty() ? "" : ", ").append(words_of(s, each));
  return all;
}

/// What both say to one question; empty: nothing.
struct Answers {
  std::string question;
  std::string one;
  std::string other;
};

std::string contacts_of(const CustomerProfile& profile, ContactKind kind) {
  std::string all;
  for (const Contact& each : profile.contacts)
    if (each.kind == kind) all.append(all.empty() ? "" : ", ").append(each.value);
  return all;
}

std::string birthday_of(const Scene& s, const CustomerProfile& profile) {
  const auto day = parse_date(std::string(profile.value(customer_field::birthday)));
  return day.ok() ? s.locale().date_long(*day) : std::string();
}

std::string last_purchase_of(const flow::ProfileSeen& seen) {
  const auto& last = seen.view.last_purchases;
  return last.empty() ? std::string() : last.front().first_article;
}

std::vector<Answers> answers_of(const Scene& s, const flow::PairSeen& pair) {
  std::vector<Answers> all;
  const auto ask = [&](std::string question, const auto& of) {
    Answers answers{std::move(question), of(pair.one), of(pair.other)};
    if (!answers.one.empty() || !answers.other.empty()) all.push_back(std::move(answers));
  };
  using Seen = flow::ProfileSeen;
  ask(s.tr("Name"),
      [](const Seen& seen) { return std::string(seen.profile.value(customer_field::name)); });
  for (const auto kind : {ContactKind::phone, ContactKind::email, ContactKind::address})
    ask(field_label(s, name_of(kind)),
        [&](const Seen& seen) { return contacts_of(seen.profile, kind); });
  ask(s.tr("Birthday"), [&](const Seen& seen) { return birthday_of(s, seen.profile); });
  ask(s.tr("Points"), [&](const Seen& seen) { return s.locale().points(seen.view.balance); });
  ask(s.tr("Member since"),
      [&](const Seen& seen) { return s.locale().date_long(seen.profile.member_since.date()); });
  ask(s.tr("Last purchase"), [](const Seen& seen) { return last_purchase_of(seen); });
  return all;
}

constexpr ui::TextStyle question_style{
    .size = ui::TextSize::caption, .colour = ui::Token::muted, .valign = ui::VAlign::top};
constexpr ui::TextStyle answer_style{.weight = ui::Weight::semibold, .valign = ui::VAlign::top};
constexpr std::string_view nothing = "\u2013";

/// A row's columns: the sign of agreement, then one answer each.
struct Columns {
  Rect sign, one, other;
};
Columns columns_of(Scene& s, const Rect& row) {
  Rect room = row.inset(s.metrics().pad, 1.6f);
  Columns columns;
  columns.sign = room.take_left(5, 3);
  columns.one = room.column(0, 2, s.metrics().pad);
  columns.other = room.column(1, 2, s.metrics().pad);
  return columns;
}

std::string_view said(const std::string& answer) {
  return answer.empty() ? nothing : std::string_view(answer);
}

float row_height(Scene& s, float width, const Answers& answers) {
  const float wide = columns_of(s, {0, 0, width, 20}).one.w;
  return ui::paragraph_height(s.ui, wide, answers.question, question_style) +
         std::max(ui::paragraph_height(s.ui, wide, said(answers.one), answer_style),
                  ui::paragraph_height(s.ui, wide, said(answers.other), answer_style)) +
         3.6f;
}

void side(Scene& s, Rect at, const std::string& question, const std::string& answer) {
  const float above = ui::paragraph_height(s.ui, at.w, question, question_style);
  ui::paragraph_fit(s.ui, at.take_top(above), question, question_style, least_cap(s));
  ui::paragraph_fit(s.ui, at, said(answer), answer_style, least_cap(s));
}

/// Question by question side by side; where both say the same there is a tick.
void compared(Scene& s, Rect at, const flow::PairSeen& pair) {
  const auto rows = answers_of(s, pair);
  std::vector<float> heights;
  heights.reserve(rows.size());
  for (const Answers& each : rows)
    heights.push_back(row_height(s, ui::row_width(s.ui, at.w), each));
  at.h = std::min(at.h, std::accumulate(heights.begin(), heights.end(), 0.5f));
  card_list(s, {.id = "pair", .at = at, .count = rows.size(), .row_heights = &heights, .empty = {}},
            [&](std::size_t i, const Rect& row) {
              const Answers& each = rows[i];
              const Columns columns = columns_of(s, row);
              if (each.one == each.other)
                s.ui.icon(ui::Icon::check, columns.sign.centre_x(), row.centre_y(), 4,
                          ui::Token::pine);
              side(s, columns.one, each.question, each.one);
              side(s, columns.other, each.question, each.other);
            });
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
  step("next-pair", s.tr("Next pair"), ui::Icon::arrow_right, review.at + 1,
       review.at + 1 < review.pairs.size());
  step("previous-pair", s.tr("Previous pair"), ui::Icon::arrow_left,
       review.at == 0 ? 0 : review.at - 1, review.at > 0);
  const bool certain = pair.similarity.certain();
  const std::string sure =
      certain ? s.tr("Very likely the same person") : s.tr("Possibly the same person");
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
           .label = s.tr("Different people"),
           .icon = ui::Icon::close,
           .state = s.readiness(),
           .size = ui::TextSize::body},
          flow::TellApart{});
  s.press({.id = "same",
           .at = row.column(1, 2, m.gap),
           .label = s.tr("Same person"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::users,
           .state = s.readiness(),
           .size = ui::TextSize::body},
          flow::AskMerge{});
}

void confirm(Scene& s, const flow::MergeReview& review) {
  const Points sum{review.pair->one.view.balance.hundredths +
                   review.pair->other.view.balance.hundredths};
  const std::string text = s.tr(
      "Both histories and {points} move to one customer. You can undo this on the customer page.",
      {{"points", points_words_of(s, sum)}});
  const std::string yes = s.tr("Merge");
  const std::string no = s.tr("Leave as is");
  const int chosen = ui::dialog(
      s.ui, {.title = s.tr("Merge these customers?"),
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
      staff_frame(s, {.title = s.tr("Possible duplicates"), .detail = {}, .back = s.tr("Back")});
  if (review.pairs.empty()) {
    const Rect inside = ui::begin_card(s.ui, body);
    empty_state(s, inside, review.loaded ? ui::Icon::check_circle : ui::Icon::users,
                review.loaded ? s.tr("No duplicates found.") : s.tr("Looking for duplicates."));
    ui::end_card(s.ui);
    return;
  }
  head(s, body.take_top(m.target, m.gap), review);
  decide(s, body.take_bottom(m.target + 2, m.gap));
  if (review.pair) {
    compared(s, body, *review.pair);
  } else {
    const Rect inside = ui::begin_card(s.ui, body);
    empty_state(s, inside, ui::Icon::users, s.tr("Loading details."));
    ui::end_card(s.ui);
  }
  if (review.asking && review.pair) confirm(s, review);
}

}  // namespace keepsake::screens
