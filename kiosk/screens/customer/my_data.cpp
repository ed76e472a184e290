// My data: what may be done with it, and how to be reached.
#include <algorithm>
#include <array>
#include <numeric>

#include "kiosk/flow/customer/state.hpp"
#include "kiosk/screens/customer/consent_words.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/sync_status.hpp"

namespace keepsake::screens {
namespace {

using flow::Preference;
using ui::Rect;

struct RowOf {
  std::string_view id;
  std::string name;
  std::string state;
  ui::Icon icon;
  ui::Tone tone;
  std::string action;
  ui::ButtonKind kind;
  flow::Touch event;
};

RowOf consent_row(const Scene& s, const CustomerProfile& profile, ConsentPurpose purpose) {
  constexpr std::array<std::string_view, 3> ids = {"consent.membership", "consent.marketing",
                                                   "consent.sharing"};
  const ConsentState* now = flow::consent_of(profile, purpose);
  const bool given = now != nullptr && now->granted;
  return {ids[static_cast<std::size_t>(purpose)],
          consent_name(s.locale(), purpose),
          consent_state(s.locale(), now),
          given ? ui::Icon::check : ui::Icon::close,
          given ? ui::Tone::good : ui::Tone::plain,
          given ? s.tr("Withdraw") : s.tr("Agree"),
          given ? ui::ButtonKind::danger : ui::ButtonKind::quiet,
          flow::AskConsent{purpose}};
}

std::vector<RowOf> rows_of(const Scene& s, const flow::ProfileSeen& seen) {
  const CustomerProfile& profile = seen.profile;
  std::vector<RowOf> rows;
  for (const auto purpose :
       {ConsentPurpose::membership, ConsentPurpose::marketing, ConsentPurpose::sharing})
    rows.push_back(consent_row(s, profile, purpose));
  rows.push_back({"prefer.language", s.tr("My language"),
                  language_name(s.locale(), profile.value(customer_field::language)),
                  ui::Icon::globe, ui::Tone::service, s.tr("Choose"), ui::ButtonKind::quiet,
                  flow::OpenPreference{Preference::language}});
  rows.push_back({"prefer.channel", s.tr("Contact me by"),
                  channel_name(s.locale(), profile.value(customer_field::channel)), ui::Icon::phone,
                  ui::Tone::service, s.tr("Choose"), ui::ButtonKind::quiet,
                  flow::OpenPreference{Preference::channel}});
  const bool quiet = !profile.value(customer_field::do_not_contact).empty();
  rows.push_back({"prefer.quiet", s.tr("Contact"),
                  quiet ? s.tr("You asked not to be contacted.") : s.tr("We may contact you."),
                  quiet ? ui::Icon::close : ui::Icon::check,
                  quiet ? ui::Tone::soon : ui::Tone::good, s.tr("settings", "Change"),
                  ui::ButtonKind::quiet,
                  flow::SetPreference{Preference::do_not_contact, quiet ? "" : "yes"}});
  const bool has_pin = seen.has_pin;
  rows.push_back(
      {"pin", s.tr("My PIN"),
       has_pin ? s.tr("With your number it opens your page without the card.") : s.tr("Not set"),
       ui::Icon::lock, has_pin ? ui::Tone::good : ui::Tone::service,
       has_pin ? s.tr("settings", "Change") : s.tr("Choose"), ui::ButtonKind::quiet,
       flow::OpenPin{}});
  return rows;
}

constexpr ui::TextStyle name_style{.size = ui::TextSize::heading, .valign = ui::VAlign::top};
constexpr ui::TextStyle state_style{
    .size = ui::TextSize::caption, .colour = ui::Token::muted, .valign = ui::VAlign::top};

struct Widths {
  float sign;
  float button;
  float words;
};

Widths widths_of(Scene& s, float width, const std::vector<RowOf>& rows) {
  Widths out{};
  float label = 0;
  for (const RowOf& row : rows)
    label = std::max(label, ui::text_width(s.ui, row.action, {.weight = ui::Weight::semibold}));
  const float inside = width - 2 * s.metrics().pad;
  out.button = std::clamp(label + 3 * s.metrics().pad, 34.0f, inside * 0.36f);
  out.sign = s.ui.look().text == ui::TextScale::large && !s.portrait() ? 0 : s.portrait() ? 20 : 13;
  out.words = inside - out.button - 4 - (out.sign > 0 ? out.sign + 4 : 0);
  return out;
}

float row_height(Scene& s, float words_w, const RowOf& row) {
  const float words = ui::paragraph_height(s.ui, words_w, row.name, name_style) +
                      ui::paragraph_height(s.ui, words_w, row.state, state_style);
  return std::max(words, s.metrics().target_small) + (s.portrait() ? 10.0f : 4.5f);
}

void draw_row(Scene& s, const Rect& at, const RowOf& row, const Widths& widths) {
  Rect room = at.inset(s.metrics().pad, s.portrait() ? 5.0f : 2.0f);
  const Rect side = room.take_right(widths.button, 4);
  s.press({.id = row.id,
           .at = side.centred(side.w, s.metrics().target_small),
           .label = row.action,
           .kind = row.kind,
           .state = s.readiness(),
           .size = ui::TextSize::body},
          row.event);
  if (widths.sign > 0) {
    const Rect sign = room.take_left(widths.sign, 4);
    ui::badge(s.ui, sign.centred(widths.sign, widths.sign), row.icon, row.tone);
  }
  const float above = ui::paragraph_height(s.ui, room.w, row.name, name_style);
  const float below = ui::paragraph_height(s.ui, room.w, row.state, state_style);
  Rect words = room.centred(room.w, std::min(room.h, above + below));
  words.x = room.x;
  ui::paragraph_fit(s.ui, words.take_top(above), row.name, name_style, least_cap(s));
  ui::paragraph_fit(s.ui, words, row.state, state_style, least_cap(s));
}

struct Choice {
  std::string id;
  std::string label;
  std::string value;
};

void choose(Scene& s, const Rect& body, const CustomerProfile& profile, Preference preference) {
  std::vector<Choice> choices;
  std::string_view field = customer_field::channel;
  if (preference == Preference::language) {
    field = customer_field::language;
    for (const Language each : all_languages)
      choices.push_back({"choice." + std::string(code_of(each)), std::string(native_name(each)),
                         std::string(code_of(each))});
  } else {
    for (const std::string_view each : {"phone", "sms", "email", "post"})
      choices.push_back(
          {"choice." + std::string(each), channel_name(s.locale(), each), std::string(each)});
  }
  const std::string_view now = profile.value(field);
  const int count = static_cast<int>(choices.size());
  const int columns = s.portrait() ? 1 : 2;
  for (int i = 0; i < count; ++i) {
    const Choice& each = choices[static_cast<std::size_t>(i)];
    const bool selected = each.value == now;
    s.press({.id = each.id,
             .at = body.cell(i, columns, (count + columns - 1) / columns, s.metrics().gap),
             .label = each.label,
             .kind = selected ? ui::ButtonKind::chosen : ui::ButtonKind::quiet,
             .icon_right = selected ? ui::Icon::check : ui::Icon::none,
             .selected = selected},
            flow::SetPreference{preference, each.value});
  }
}

void pin_actions(Scene& s, Rect row, bool again, bool removable) {
  const auto& m = s.metrics();
  if (removable && !again)
    s.press({.id = "pin.remove",
             .at = row.take_left((row.w - m.gap) / 2, m.gap),
             .label = s.tr("Remove PIN"),
             .icon = ui::Icon::trash,
             .state = s.readiness()},
            flow::RemovePin{});
  s.press({.id = "pane.ok",
           .at = row,
           .label = again ? s.tr("Save") : s.tr("Continue"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::check,
           .state = s.readiness()},
          flow::Submit{});
}

/// A page of its own: a panel has no room for keys of a customer's size.
void choose_pin(Scene& s, const flow::NewPin& pin, bool removable) {
  const auto& m = s.metrics();
  const bool again = !pin.first.empty();
  const std::string title = again ? s.tr("The same PIN once more") : s.tr("Choose your PIN");
  const auto frame = customer_frame(
      s, {.title = s.portrait() ? title : std::string(), .detail = {}, .action_rows = 1});
  pin_actions(s, frame.actions, again, removable);
  Rect body = frame.body;
  const auto entry = [&](const Rect& at, const std::string& label) {
    field(s,
          {.id = "pin",
           .at = at,
           .label = label,
           .text = pin.entry,
           .mask = ui::FieldMask::secret,
           .icon = ui::Icon::lock,
           .size = ui::TextSize::heading,
           .active = true},
          flow::Field::pin);
  };
  const float high = ui::field_height(s.ui, ui::ErrorRoom::no);
  if (s.portrait()) {
    keypad(s, body.take_bottom(4 * 25.0f + 3 * m.gap, m.gap + 4), flow::Field::pin);
    return entry(body.take_bottom(std::min(body.h, high), m.gap), s.tr("4 to 8 digits"));
  }
  keypad(s, body.take_right(std::max(keypad_width(s), body.w * 0.34f), m.gap + 3),
         flow::Field::pin);
  entry(body.take_bottom(std::min(high, body.h), m.gap), title);
}

}  // namespace

void draw(Scene& s, const flow::MyData& data) {
  if (data.pin && data.seen) return choose_pin(s, *data.pin, data.seen->has_pin);
  std::string title = s.tr("My data");
  if (data.choosing)
    title = *data.choosing == Preference::language ? s.tr("My language") : s.tr("Contact me by");
  const bool titled = s.portrait() || (data.choosing && !s.ui.low());
  const auto frame = customer_frame(
      s, {.title = titled ? title : std::string(),
          .detail = s.portrait() && !data.choosing ? s.tr("You decide. Change it here at any time.")
                                                   : std::string()});
  Rect body = frame.body;
  if (const flow::Notice* news = good_news(s); news != nullptr && !titled)
    draw_good_news(s, body, *news);
  if (!data.seen) {
    const Rect inside = ui::begin_card(s.ui, body);
    empty_state(s, inside, ui::Icon::lock, s.tr("Loading details."));
    ui::end_card(s.ui);
    return;
  }
  const CustomerProfile& profile = data.seen->profile;
  if (data.choosing) {
    if (s.portrait()) body.h = std::min(body.h, 230.0f);
    return choose(s, body, profile, *data.choosing);
  }
  const auto rows = rows_of(s, *data.seen);
  const Widths widths = widths_of(s, ui::row_width(s.ui, body.w), rows);
  std::vector<float> heights;
  heights.reserve(rows.size());
  for (const RowOf& row : rows) heights.push_back(row_height(s, widths.words, row));
  const float wanted = std::accumulate(heights.begin(), heights.end(), 0.5f);
  body.h = std::min(body.h, wanted);
  card_list(s,
            {.id = "data", .at = body, .count = rows.size(), .row_heights = &heights, .empty = {}},
            [&](std::size_t i, const Rect& at) { draw_row(s, at, rows[i], widths); });
  if (data.asking) consent_dialog(s, *data.seen, *data.asking);
}

}  // namespace keepsake::screens
