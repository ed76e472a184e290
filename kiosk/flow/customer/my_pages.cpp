// A member's own pages: points, why they are what they are, consents and preferences.
#include <algorithm>
#include <cassert>
#include <utility>

#include "kiosk/flow/customer/handlers.hpp"
#include "kiosk/flow/places.hpp"
#include "kiosk/flow/warranty/handlers.hpp"
#include "storage/domain/customer/consent.hpp"
#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/values/handle.hpp"
#include "storage/domain/values/pin.hpp"

namespace keepsake::flow {

const ConsentState* consent_of(const CustomerProfile& profile, ConsentPurpose purpose) {
  const auto found = std::ranges::find(profile.consents, purpose, &ConsentState::purpose);
  return found == profile.consents.end() ? nullptr : &*found;
}

std::string wording_of(const Context& context, ConsentPurpose purpose) {
  const ConsentText* text = present_text(context.consent_texts, purpose);
  return text != nullptr ? text->version : std::string(product_version(purpose));
}

void turn_consent(Turn& turn, CustomerRef customer, const CustomerProfile& profile,
                  ConsentPurpose purpose) {
  const ConsentState* now = consent_of(profile, purpose);
  const bool given = now != nullptr && now->granted;
  Consent consent{purpose, !given, wording_of(turn.ctx, purpose),
                  std::string(code_of(language_of(turn.s.visit, turn.ctx))), turn.now};
  turn.ask(ChangeConsents{customer, {consent}});
}

PinStep take_step(NewPin& pin) {
  const std::string typed = std::exchange(pin.entry, {});
  if (pin.first.empty()) {
    if (const auto ok = check_new_pin(typed); !ok.ok())
      return {.wrong = ok.error().code == "pin.common" ? "pin.common" : "pin.short"};
    pin.first = typed;
    return {};
  }
  const std::string first = std::exchange(pin.first, {});
  if (first != typed) return {.wrong = "pin.differs"};
  return {.pin = typed};
}

void say_saved(Turn& turn, const ProfileSaved& answer) {
  if (answer.seen && left_membership(answer.seen->profile.consents))
    return turn.notify(
        Tone::info, turn.ctx.active->rules.points_at_withdrawal == loyalty::PointsAtWithdrawal::kept
                        ? "membership.withdrawn"
                        : "membership.given-up");
  turn.notify(Tone::good, "profile.saved");
}

namespace {

void load_story(Turn& turn, const PointsWhy& why) {
  if (turn.asked<LoadStory>() || why.entries.size() >= story_limit) return;
  std::optional<TimelinePlace> before;
  if (!why.entries.empty()) before = why.entries.back().place;
  turn.ask(LoadStory{why.customer, before});
}

void story_loaded(Turn& turn, PointsWhy& why, const StoryLoaded& answer) {
  if (!answer.entries.ok()) return turn.fail(answer.entries.error(), Kept::nothing_to_keep);
  why.more = answer.entries->size() == story_page;
  why.entries.insert(why.entries.end(), answer.entries->begin(), answer.entries->end());
}

void change_consent(Turn& turn, MyData& data) {
  assert(data.asking && data.seen);  // it is asked on what the page shows
  const ConsentPurpose purpose = *std::exchange(data.asking, std::nullopt);
  turn_consent(turn, data.customer, data.seen->profile, purpose);
}

std::string_view field_of(Preference preference) {
  switch (preference) {
    case Preference::language:
      return customer_field::language;
    case Preference::channel:
      return customer_field::channel;
    case Preference::do_not_contact:
      break;
  }
  return customer_field::do_not_contact;
}

void prefer(Turn& turn, MyData& data, const SetPreference& set) {
  data.choosing.reset();
  if (!data.seen || data.seen->profile.value(field_of(set.preference)) == set.value) return;
  ProfileChange change;
  change.fields = {{std::string(field_of(set.preference)), set.value}};
  turn.ask(ChangeProfile{data.customer, std::move(change)});
}

void submit_pin(Turn& turn, MyData& data) {
  PinStep step = take_step(*data.pin);
  if (!step.wrong.empty()) return turn.refuse(step.wrong, Kept::form);
  if (!step.pin.empty()) turn.ask(ChangeMemberPin{data.customer, std::move(step.pin)});
}

void type_pin(Turn& turn, NewPin& pin, const Event& event) {
  if (const auto* type = get_if<Type>(&event)) {
    if (type_into(pin.entry, Field::pin, type->utf8) != Typed::taken)
      turn.refuse("field.full", Kept::form);
  } else if (holds_alternative<Erase>(event)) {
    erase_last(pin.entry);
  } else {
    pin.entry.clear();
  }
}

void saved(Turn& turn, MyData& data, const ProfileSaved& answer) {
  if (!answer.outcome.ok()) return turn.fail(answer.outcome.error(), Kept::nothing_to_keep);
  if (answer.seen) data.seen = answer.seen;
  data.pin.reset();
  turn.emit(Sync{});
  say_saved(turn, answer);
  turn.play(Sound::good);
}

void data_back(Turn& turn, MyData& data) {
  if (!data.asking && !data.choosing && !data.pin) return turn.customer_home();
  data.pin.reset();
  data.asking.reset();
  data.choosing.reset();
}

/// What is hidden is not opened by guessing where it lies.
void load_item(Turn& turn, const CustomerHome& home, std::size_t index) {
  const auto& mine = home.customer.warranties;
  if (home.privacy != Privacy::shown || index >= mine.size() || turn.asked<LoadItem>()) return;
  turn.ask(LoadItem{home.customer.ref, {mine[index].id, mine[index].line}});
}

}  // namespace

void Turn::customer_home() {
  if (!s.visit.member) return leave_to(Start{});
  leave_to(CustomerHome{.customer = *s.visit.member});
  ask(LoadStanding{s.visit.member->ref, now});
}

void to_why(Turn& turn) {
  const auto* home = get_if<CustomerHome>(&turn.s.visit.screen);
  if (home == nullptr || !home->standing) return go_to(turn, Place::identify);
  PointsWhy why{.customer = home->customer.ref, .standing = *home->standing};
  turn.leave_to(std::move(why));
  load_story(turn, get<PointsWhy>(turn.s.visit.screen));
}

void to_my_data(Turn& turn) {
  if (!turn.s.visit.member) return go_to(turn, Place::identify);
  const CustomerRef customer = turn.s.visit.member->ref;
  turn.leave_to(MyData{.customer = customer});
  turn.ask(LoadProfile{customer});
}

void on(Turn& turn, CustomerHome& home, const Event& event) {
  const bool handled = handle(
      event,
      [&](const ShowTab& show) {
        home.tab = show.tab;
        home.page = 0;
      },
      [&](const ShowPage& show) { home.page = std::max(0, show.page); },
      [&](const SetPrivacy& set) { home.privacy = set.privacy; },
      [&](const OpenItem& open) { load_item(turn, home, open.index); },
      [&](const ItemsFound& answer) {
        if (!answer.items.ok()) return turn.fail(answer.items.error(), Kept::nothing_to_keep);
        show_items(turn, *answer.items, Kept::nothing_to_keep);
      },
      [&](const ProgrammeChanged&) {
        turn.forget<LoadStanding>();
        turn.ask(LoadStanding{home.customer.ref, turn.now});
      },
      [&](const StandingLoaded& answer) {
        // Without it the page still has the number; a fault is not worth a dialog.
        if (answer.standing.ok()) home.standing = *answer.standing;
      },
      [&](const Back&) {
        if (home.tab == HomeTab::points) return turn.reset();
        home.tab = HomeTab::points;
        home.page = 0;
      });
  if (!handled) customer_moves(turn, event);
}

void on(Turn& turn, PointsWhy& why, const Event& event) {
  const bool handled = handle(
      event, [&](const ShowWhy& show) { why.tab = show.tab; },
      [&](const ShowOlder&) {
        if (why.more) load_story(turn, why);
      },
      [&](const StoryLoaded& answer) { story_loaded(turn, why, answer); },
      [&](const Back&) { turn.customer_home(); });
  if (!handled) customer_moves(turn, event);
}

void on(Turn& turn, MyData& data, const Event& event) {
  const bool handled = handle(
      event,
      [&](const ProfileLoaded& answer) {
        if (!answer.seen.ok()) return turn.fail(answer.seen.error(), Kept::nothing_to_keep);
        data.seen = *answer.seen;
      },
      [&](const AskConsent& ask) {
        if (data.seen && !data.choosing && !data.pin) data.asking = ask.purpose;
      },
      [&](const OpenPreference& open) {
        if (data.seen && !data.asking && !data.pin) data.choosing = open.preference;
      },
      [&](const OpenPin&) {
        if (data.seen && !data.asking && !data.choosing) data.pin.emplace();
      },
      [&](const RemovePin&) {
        if (data.pin) turn.ask(ChangeMemberPin{data.customer, {}});
      },
      [&](const Type&) {
        if (data.pin) type_pin(turn, *data.pin, event);
      },
      [&](const Erase&) {
        if (data.pin) type_pin(turn, *data.pin, event);
      },
      [&](const ClearField&) {
        if (data.pin) type_pin(turn, *data.pin, event);
      },
      [&](const SetPreference& set) { prefer(turn, data, set); },
      [&](const Submit&) {
        if (data.asking)
          change_consent(turn, data);
        else if (data.pin)
          submit_pin(turn, data);
      },
      [&](const ProfileSaved& answer) { saved(turn, data, answer); },
      [&](const Back&) { data_back(turn, data); });
  if (!handled) customer_moves(turn, event);
}

}  // namespace keepsake::flow
