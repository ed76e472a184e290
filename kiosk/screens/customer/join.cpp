// Join: name, phone, consent. On a landscape kiosk the keyboard leaves no room for all of it, so
// the name comes first and then the rest; in portrait it is one page.
#include <algorithm>

#include "kiosk/flow/customer/state.hpp"
#include "kiosk/screens/customer/consent_words.hpp"
#include "kiosk/screens/customer/join_own.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/panes.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/people.hpp"
#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/loyalty/event_rules.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

bool asks_referrer(const Scene& s) {
  return loyalty::rewards_referral(s.programme().rules, s.today());
}

enum class Page { whole, first };

void name_field(Scene& s, const Rect& at, const flow::Join& join, Page page = Page::whole) {
  field(s,
        {.id = "name",
         .at = at,
         .label = s.tr("Your name"),
         .text = join.name,
         .placeholder = s.tr("First and last name"),
         .icon = ui::Icon::user,
         .active = join.editing == flow::Field::name,
         .leads_on = page == Page::first},
        flow::Field::name);
}

void phone_field(Scene& s, const Rect& at, const flow::Join& join) {
  if (join.asking_referrer)
    return field(s,
                 {.id = "referrer.phone",
                  .at = at,
                  .label = s.tr("Phone number of your friend"),
                  .text = join.referrer,
                  .placeholder = s.context.calling_code,
                  .icon = ui::Icon::users,
                  .active = true},
                 flow::Field::phone);
  field(s,
        {.id = "phone",
         .at = at,
         .label = s.tr("Phone number"),
         .text = join.phone,
         .placeholder = s.context.calling_code,
         .icon = ui::Icon::phone,
         .active = join.editing == flow::Field::phone},
        flow::Field::phone);
}

/// In place of the consents, while somebody is named.
void about_referrer(Scene& s, const Rect& room) {
  const std::string words =
      s.tr("You can also scan their card. Leave this empty if nobody referred you.");
  ui::TextStyle least{};
  least.cap_mm = least_cap(s);
  // "Skip" beside it says the same where there is no room.
  if (ui::paragraph_height(s.ui, room.w, words, least) > room.h) return;
  ui::paragraph_fit(s.ui, room, words, {.colour = ui::Token::muted, .valign = ui::VAlign::top},
                    least_cap(s));
}

void referrer_button(Scene& s, const Rect& at, const flow::Join& join) {
  const bool named = !join.referrer.empty() || !join.referrer_card.empty();
  std::string label = s.tr("Referred by a friend?");
  if (!join.referrer.empty()) label = join.referrer;
  if (!join.referrer_card.empty()) label = s.tr("Member card");
  s.press({.id = "referrer",
           .at = at,
           .label = label,
           .kind = named ? ui::ButtonKind::chosen : ui::ButtonKind::quiet,
           .icon = ui::Icon::users,
           .align = ui::Align::left,
           .size = ui::TextSize::body},
          flow::AskReferrer{});
}

/// Consents, and below them who brought the customer, where the programme rewards it.
void consents(Scene& s, const Rect& room, const flow::Join& join, bool with_referrer) {
  if (join.asking_referrer) return about_referrer(s, room);
  const float gap = s.metrics().gap;
  const bool third = with_referrer && asks_referrer(s);
  const int rows = third ? 3 : 2;
  if (third) referrer_button(s, room.row(2, rows, gap), join);
  const auto ask = [&](int row, std::string_view id, bool on, ConsentPurpose purpose) {
    const std::string label = consent_wording(s, purpose);
    if (ui::toggle(s.ui, {.id = id, .at = room.row(row, rows, gap), .label = label, .on = on}))
      s.send(flow::SetConsent{purpose, !on});
  };
  ask(0, "consent.membership", join.membership, ConsentPurpose::membership);
  ask(1, "consent.marketing", join.marketing, ConsentPurpose::marketing);
}

void join_button(Scene& s, const Rect& at, const flow::Join& join) {
  s.press({.id = "submit",
           .at = at,
           .label = join.asking_referrer ? s.tr("OK") : s.tr("Join"),
           .kind = ui::ButtonKind::primary,
           .icon = join.asking_referrer ? ui::Icon::check : ui::Icon::user_plus,
           .state = s.readiness()},
          flow::Submit{});
}

/// Step one of two: the name and nothing else.
void name_step(Scene& s, const flow::Join& join) {
  const Typing frame = typing_frame(s);
  name_field(s, frame.row, join, Page::first);
  keyboard(s, frame.keys, s.tr("Next"));
  // "Next" and Enter lead to the second step; there they join.
  if (s.touch && holds_alternative<flow::Submit>(*s.touch))
    s.touch = flow::Edit{flow::Field::phone};
}

/// A low display has a page for them.
void consent_step(Scene& s, const flow::Join& join) {
  const auto& m = s.metrics();
  const auto frame = customer_frame(s, {.title = {}, .detail = {}, .action_rows = 1});
  Rect row = frame.actions;
  s.press({.id = "phone",
           .at = row.take_left(m.target, m.gap),
           .label = s.tr("Phone number"),
           .icon = ui::Icon::back,
           .icon_only = true},
          flow::ShowPage{0});
  if (asks_referrer(s)) referrer_button(s, row.take_left((row.w - m.gap) / 2, m.gap), join);
  join_button(s, row, join);
  consents(s, frame.body, join, false);
}

/// A low display has the number alone here, beside its keys.
void low_phone_step(Scene& s, const flow::Join& join) {
  const auto& m = s.metrics();
  const auto frame = customer_frame(s, {.title = {}, .detail = {}, .action_rows = 1});
  Rect row = frame.actions;
  Rect body = frame.body;
  keypad(s, body.take_right(keypad_width(s), m.gap), flow::Field::phone);
  const float high = ui::field_height(s.ui, ui::ErrorRoom::no);
  phone_field(s, body.take_top(join.asking_referrer ? std::max(high, 32.0f) : high, m.gap), join);
  if (join.asking_referrer) {
    about_referrer(s, body);
    s.press({.id = "referrer.none",
             .at = row.take_left((row.w - m.gap) * 0.45f, m.gap),
             .label = s.tr("Skip"),
             .icon = ui::Icon::back},
            flow::Back{});
    return join_button(s, row, join);
  }
  s.press({.id = "name",
           .at = row.take_left((row.w - m.gap) * 0.45f, m.gap),
           .label = s.tr("Your name"),
           .icon = ui::Icon::back},
          flow::Edit{flow::Field::name});
  s.press({.id = "next",
           .at = row,
           .label = s.tr("Next"),
           .kind = ui::ButtonKind::primary,
           .icon_right = ui::Icon::next},
          flow::ShowPage{1});
  // Enter leads on, too; there they join.
  if (s.touch && holds_alternative<flow::Submit>(*s.touch)) s.touch = flow::ShowPage{1};
}

void phone_step(Scene& s, const flow::Join& join) {
  if (s.ui.low()) return low_phone_step(s, join);
  const auto& m = s.metrics();
  const auto frame = customer_frame(s, {.title = {}, .detail = {}, .action_rows = 1});
  Rect row = frame.actions;
  const bool referral = asks_referrer(s);
  if (join.asking_referrer) {
    s.press({.id = "referrer.none",
             .at = row.take_left((row.w - m.gap) * 0.45f, m.gap),
             .label = s.tr("Skip"),
             .icon = ui::Icon::back},
            flow::Back{});
  } else {
    s.press({.id = "name",
             .at = row.take_left(referral ? m.target : (row.w - m.gap) * 0.45f, m.gap),
             .label = s.tr("Your name"),
             .icon = ui::Icon::back,
             .icon_only = referral},
            flow::Edit{flow::Field::name});
    if (referral) referrer_button(s, row.take_left((row.w - m.gap) / 2, m.gap), join);
  }
  join_button(s, row, join);
  Rect body = frame.body;
  keypad(s, body.take_right(3 * m.target_small + 2 * m.gap + 6, m.gap + 2), flow::Field::phone);
  phone_field(s, body.take_top(ui::field_height(s.ui, ui::ErrorRoom::no), m.gap), join);
  consents(s, body, join, false);
}

void portrait(Scene& s, const flow::Join& join) {
  const auto& m = s.metrics();
  const auto frame = customer_frame(s, {.title = s.tr("Join"),
                                        .detail = s.tr("Points on every purchase, free of charge."),
                                        .action_rows = 1});
  join_button(s, frame.actions, join);
  Rect body = frame.body;
  const Rect keys = body.take_bottom(keyboard_height(s, body.w), m.gap + 2);
  const float high = ui::field_height(s.ui, ui::ErrorRoom::no);
  name_field(s, body.take_top(high, m.gap), join);
  phone_field(s, body.take_top(high, m.gap + 2), join);
  body.h = std::min(body.h, asks_referrer(s) ? 120.0f : 96.0f);
  consents(s, body, join, true);
  if (join.editing == flow::Field::phone || join.asking_referrer)
    keypad(s, keys, flow::Field::phone);
  else
    keyboard(s, keys, s.tr("Next"));
  if (join.editing == flow::Field::name && !join.asking_referrer && s.touch &&
      holds_alternative<flow::Submit>(*s.touch) && join.phone.empty())
    s.touch = flow::Edit{flow::Field::phone};
}

/// On a low display the keyboard leaves room for the fields alone; beside a keypad there is room for
/// the rest.
void at_the_low_till(Scene& s, Rect body, const flow::Join& join) {
  const auto& m = s.metrics();
  const float high = ui::field_height(s.ui, ui::ErrorRoom::no);
  const bool letters = join.editing == flow::Field::name && !join.asking_referrer;
  const float most = std::max(keyboard_height(s, body.w), std::min(body.h - high - m.gap, 62.0f));
  Rect keys = letters ? body.take_bottom(most, m.gap) : body.take_right(keypad_width(s), m.gap + 1);
  Rect fields = body.take_top(high, m.gap);
  name_field(s, fields.column(0, 2, m.gap), join);
  phone_field(s, fields.column(1, 2, m.gap), join);
  if (letters) {
    keyboard(s, keys, s.tr("Next"));
    if (s.touch && holds_alternative<flow::Submit>(*s.touch))
      s.touch = flow::Edit{flow::Field::phone};
    return;
  }
  Rect row = body.take_bottom(m.target + 1, m.gap);
  if (asks_referrer(s) && !join.asking_referrer)
    referrer_button(s, row.take_left((row.w - m.gap) * 0.5f, m.gap), join);
  join_button(s, row, join);
  consents(s, body, join, false);
  keypad(s, keys, flow::Field::phone);
}

/// Staff type for a customer: everything on one page at staff sizes.
void at_the_till(Scene& s, const flow::Join& join) {
  const auto& m = s.metrics();
  Rect body = staff_frame(s, {.title = s.tr("New member"), .detail = {}, .back = s.tr("Back")});
  if (s.ui.low()) return at_the_low_till(s, body, join);
  Rect keys = body.take_bottom(keyboard_height(s, body.w) + 4, m.gap);
  if (join.editing == flow::Field::phone || join.asking_referrer)
    keypad(s, keys.centred(std::min(keys.w, 110.0f), keys.h), flow::Field::phone);
  else
    keyboard(s, keys, s.tr("Next"));
  if (join.editing == flow::Field::name && !join.asking_referrer && s.touch &&
      holds_alternative<flow::Submit>(*s.touch) && join.phone.empty())
    s.touch = flow::Edit{flow::Field::phone};
  Rect fields = body.take_top(ui::field_height(s.ui, ui::ErrorRoom::no), m.gap);
  name_field(s, fields.column(0, 2, m.gap), join);
  phone_field(s, fields.column(1, 2, m.gap), join);
  Rect row = body.take_top(std::min(body.h, 2 * m.target + m.gap));
  Rect right = row.take_right(row.w * 0.3f, m.gap);
  if (asks_referrer(s) && !join.asking_referrer)
    referrer_button(s, right.take_top((right.h - m.gap) / 2, m.gap), join);
  join_button(s, right, join);
  consents(s, row, join, false);
}

/// The number is a member's. Their initials are all that is said of them.
void is_this_you(Scene& s, const flow::Join& join) {
  const std::string title =
      join.known_as.empty()
          ? s.tr("This number already belongs to a member. Is it you?")
          : s.tr("This number belongs to {initials} Is it you?", {{"initials", join.known_as}});
  const std::string yes = s.staff() ? s.tr("Yes, use that member") : s.tr("Yes, open my page");
  const std::string no = s.tr("No, use another number");
  const int chosen = ui::dialog(s.ui, {.title = title,
                                       .icon = ui::Icon::user,
                                       .tone = ui::Tone::service,
                                       .choices = {{.id = "known.yes",
                                                    .label = yes,
                                                    .kind = ui::ButtonKind::primary,
                                                    .state = s.readiness()},
                                                   {.id = "known.no", .label = no}},
                                       .escape = 1});
  // What was typed beneath in this frame is of no interest now.
  if (chosen == 0) s.touch = flow::Submit{};
  if (chosen == 1) s.touch = flow::Back{};
}

void similar_row(Scene& s, const Rect& at, const flow::FoundPerson& person, std::size_t index) {
  const std::string id = "similar." + std::to_string(index);
  if (ui::row(s.ui, {.id = id, .at = at, .label = person.name})) s.send(flow::PickPerson{index});
  person_words(s, at, person);
}

/// Staff are shown who may be this person already.
void one_of_these(Scene& s, const flow::Join& join) {
  ListPanel panel = begin_list_panel(s, s.tr("Is it one of these members?"));
  s.press({.id = "similar.none",
           .at = panel.buttons,
           .label = s.tr("No, new member"),
           .icon = ui::Icon::user_plus,
           .state = s.readiness(),
           .size = ui::TextSize::body},
          flow::Submit{});
  const auto heights = person_heights(s, ui::row_width(s.ui, panel.room.w), join.similar);
  card_list(s,
            {.id = "similar",
             .at = panel.room,
             .count = join.similar.size(),
             .row_heights = &heights,
             .empty = {}},
            [&](std::size_t i, const Rect& row) { similar_row(s, row, join.similar[i], i); });
  ui::end_panel(s.ui);
}

}  // namespace

void draw(Scene& s, const flow::Join& join) {
  if (join.asking_own) return draw_own_field(s, *join.asking_own);
  if (s.staff())
    at_the_till(s, join);
  else if (s.portrait())
    portrait(s, join);
  else if (s.ui.low() && join.page > 0 && !join.asking_referrer)
    consent_step(s, join);
  else
    join.editing == flow::Field::phone || join.asking_referrer ? phone_step(s, join)
                                                               : name_step(s, join);
  if (join.known)
    is_this_you(s, join);
  else if (!join.similar.empty())
    one_of_these(s, join);
}

}  // namespace keepsake::screens
