#include <algorithm>
#include <cassert>

#include "kiosk/flow/customer/handlers.hpp"
#include "kiosk/flow/places.hpp"
#include "kiosk/flow/sale/handlers.hpp"
#include "kiosk/flow/staff/handlers.hpp"
#include "storage/domain/customer/customer.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/values/handle.hpp"
#include "storage/domain/values/member_card.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake::flow {
namespace {

std::vector<Consent> consents_of(const Context& context, const Join& join,
                                 const std::string& language, LocalTime at) {
  const auto said = [&](ConsentPurpose purpose, bool granted) {
    return Consent{purpose, granted, wording_of(context, purpose), language, at};
  };
  return {said(ConsentPurpose::membership, join.membership),
          said(ConsentPurpose::marketing, join.marketing)};
}

/// What was typed, when it is a whole member; else a notice says what is missing.
std::optional<Profile> complete(Turn& turn, Join& join) {
  const auto refused = [&](std::string_view code) {
    turn.refuse(code, Kept::form);
    return std::nullopt;
  };
  const auto failed = [&](const Error& error) {
    turn.fail(error, Kept::form);
    return std::nullopt;
  };
  const std::string name = tidied(join.name);
  if (name.empty()) {
    join.editing = Field::name;
    join.page = 0;
    return refused("join.name");
  }
  const auto phone = normalise_phone(join.phone, turn.ctx.calling_code, turn.ctx.country);
  if (!phone.ok()) {
    join.editing = Field::phone;
    join.page = 0;
    return failed(phone.error());
  }
  if (!join.membership) {
    join.page = 1;
    return refused("join.consent");
  }
  Profile profile;
  profile.name = name;
  profile.phone = *phone;
  if (const auto ok = check(profile); !ok.ok()) return failed(ok.error());
  return profile;
}

/// Card, or phone in E.164, of who brought them; empty for nobody, none when that is no phone.
std::optional<std::string> brought_by(const Turn& turn, const Join& join) {
  if (!join.referrer_card.empty() || join.referrer.empty()) return join.referrer_card;
  const auto phone = normalise_phone(join.referrer, turn.ctx.calling_code, turn.ctx.country);
  return phone.ok() ? std::optional(*phone) : std::nullopt;
}

void close_referrer(Turn& turn, Join& join) {
  if (!brought_by(turn, join)) return turn.refuse("phone.syntax", Kept::form);
  join.asking_referrer = false;
}

/// The next of the shop's own fields that is asked at joining; nullptr: none is left.
const CustomerField* next_own(const Turn& turn, const Join& join) {
  const auto is_next = [&](const CustomerField& each) {
    const std::string name = std::string(customer_field::custom) + each.key;
    return each.ask_at_joining &&
           std::ranges::find(join.own, name, &FieldChange::field) == join.own.end();
  };
  const auto found = std::ranges::find_if(turn.ctx.customer_fields, is_next);
  return found == turn.ctx.customer_fields.end() ? nullptr : &*found;
}

void ask_own(Turn& turn, Join& join, const CustomerField& own) {
  const std::string name = std::string(customer_field::custom) + own.key;
  join.asking_own = FieldEntry{name, std::nullopt, {}, keys_of(turn.ctx, name)};
  turn.s.visit.keys = KeyPage::letters;
}

std::vector<FieldChange> answered(const Join& join) {
  std::vector<FieldChange> own = join.own;
  std::erase_if(own, [](const FieldChange& each) { return each.value.empty(); });
  return own;
}

/// Staff first see who may be this person already. A customer is asked only about their own phone:
/// that somebody of the same name is a member is none of their business.
void submit(Turn& turn, Join& join) {
  if (turn.asked<FindSimilar>()) return;
  auto profile = complete(turn, join);
  if (!profile) return;
  if (turn.s.visit.staff && !join.compared) {
    turn.ask(FindSimilar{*std::move(profile), join.card});
    return;
  }
  if (const CustomerField* own = next_own(turn, join)) return ask_own(turn, join, *own);
  const std::string language(code_of(language_of(turn.s.visit, turn.ctx)));
  turn.ask(Enrol{*std::move(profile), join.card, consents_of(turn.ctx, join, language, turn.now),
                 language, turn.s.visit.staff ? turn.s.visit.staff->id : std::string(), turn.now,
                 brought_by(turn, join).value_or(std::string()), answered(join)});
}

/// An answer, or none: whoever joins may leave it out.
void take_own(Turn& turn, Join& join, const std::string& typed) {
  const std::string field = join.asking_own->field;
  const auto value = field_value(field, typed, turn.ctx.customer_fields);
  if (!value.ok()) return turn.fail(value.error(), Kept::form);
  join.own.push_back({field, *value});
  join.asking_own.reset();
  submit(turn, join);
}

/// While a field of the shop's own is asked. False: it means what it means on the form.
bool on_own(Turn& turn, Join& join, const Event& event) {
  FieldEntry& entry = *join.asking_own;
  return handle(
      event,
      [&](const Type& type) {
        if (type_into(entry.entry, entry.keys, type.utf8) != Typed::taken)
          turn.refuse("field.full", Kept::form);
      },
      [&](const Erase&) { erase_last(entry.entry); },
      [&](const ClearField&) { entry.entry.clear(); }, [&](const Edit&) {},
      [&](const Submit&) { take_own(turn, join, value_of(entry)); },
      [&](const PickValue& pick) { take_own(turn, join, pick.value); },
      // Back to the form; they are asked again.
      [&](const Back&) {
        join.asking_own.reset();
        join.own.clear();
      });
}

void compared(Turn& turn, Join& join, const PeopleFound& answer) {
  if (!answer.people.ok()) return turn.fail(answer.people.error(), Kept::form);
  join.similar = *answer.people;
  if (!join.similar.empty()) return;
  join.compared = true;
  submit(turn, join);
}

/// "I. H.": they know themselves by it, whoever else hears it learns little.
std::string initials_of(const std::string& name) {
  std::string out;
  std::string_view rest = name;
  bool start = true;
  while (!rest.empty()) {
    const std::string_view before = rest;
    const char32_t c = take_code_point(rest);
    if (start && c != U' ') {
      if (!out.empty()) out += ' ';
      out.append(before.substr(0, before.size() - rest.size())).append(".");
    }
    start = c == U' ';
  }
  return out;
}

/// The whole phone is somebody's: are they the one who joins?
void phone_known(Turn& turn, Join& join) {
  const auto phone = normalise_phone(join.phone, turn.ctx.calling_code, turn.ctx.country);
  if (!phone.ok()) return;
  turn.ask(FindCustomer{*phone});
}

void known(Turn& turn, Join& join, const CustomerFound& answer) {
  if (!answer.customer.ok()) return turn.fail(answer.customer.error(), Kept::form);
  if (!answer.customer.value()) return;
  const CustomerView& member = **answer.customer;
  join.known = member.ref;
  join.known_as = initials_of(member.profile.name);
}

/// "Yes, that is them": staff serve them, as by any number.
void it_is_them(Turn& turn, const Join& join) {
  assert(join.known && turn.s.visit.staff);
  serve(turn, *join.known);
}

/// At the stand it is the same whether somebody joined or the number was a member's already: whoever
/// types another's number learns nothing by it, and what they typed besides is not kept.
void number_collects(Turn& turn, const Join& join) {
  const std::string phone = join.phone;
  show_points(turn, phone);
  turn.notify(Tone::good, "join.number");
}

void joined(Turn& turn, Join& join, const Recorded& answer) {
  const bool staff = turn.s.visit.staff.has_value();
  if (!answer.id.ok() && answer.id.error().code == "customer.phone-known")
    return staff ? phone_known(turn, join) : number_collects(turn, join);
  if (!answer.id.ok()) {
    if (answer.id.error().code == "referrer.unknown") {
      join.asking_referrer = true;
      join.referrer_card.clear();
    }
    return turn.fail(answer.id.error(), Kept::form);
  }
  if (!staff) return number_collects(turn, join);
  turn.play(Sound::good);
  if (answer.member)
    attach(turn, *answer.member, join.card.empty() ? Recognition{} : by_card(join.card));
  turn.staff_home();
  turn.notify(Tone::good, "join.welcome");
  if (answer.member) turn.s.visit.notice->points = answer.member->balance;
}

/// The card of who brought them: nothing of it is shown but that it is there.
void referrer_scanned(Turn& turn, Join& join, const ScanResolved& answer) {
  if (!std::holds_alternative<CustomerView>(*answer.scanned))
    return turn.refuse("referrer.unknown", Kept::form);
  join.referrer.clear();
  join.referrer_card = answer.text;
  join.asking_referrer = false;
  turn.play(Sound::good);
}

/// A fresh card joins with its owner; a member's card ends joining; anything else must not throw
/// the form away.
void scanned(Turn& turn, Join& join, const ScanResolved& answer) {
  if (!answer.scanned.ok()) return turn.fail(answer.scanned.error(), Kept::form);
  if (join.asking_referrer) return referrer_scanned(turn, join, answer);
  if (std::holds_alternative<std::monostate>(*answer.scanned) && is_member_card(answer.text)) {
    join.card = answer.text;
    turn.notify(Tone::good, "join.card", Kept::form);
    return turn.play(Sound::good);
  }
  const auto* member = std::get_if<CustomerView>(&*answer.scanned);
  if (member == nullptr) return turn.refuse("scan.not-here", Kept::form);
  if (!turn.s.visit.staff) return on_customer_scan(turn, answer);
  attach(turn, *member, by_card(answer.text));
  turn.staff_home();
}

/// Out of the innermost question first.
void back(Turn& turn, Join& join) {
  if (join.asking_referrer) {
    join.asking_referrer = false;  // nobody did
    join.referrer.clear();
    join.referrer_card.clear();
  } else if (!join.similar.empty()) {
    join.similar.clear();
  } else if (join.known) {
    join.known.reset();  // somebody else's number: type another
    join.known_as.clear();
    join.phone.clear();
    join.editing = Field::phone;
    join.page = 0;
  } else if (turn.s.visit.staff) {
    turn.staff_home();
  } else {
    turn.customer_home();
  }
}

/// "No, somebody new", or the form's own button.
void go_on(Turn& turn, Join& join) {
  if (join.asking_referrer) return close_referrer(turn, join);
  if (join.known) return it_is_them(turn, join);
  if (!join.similar.empty()) {
    join.similar.clear();
    join.compared = true;
  }
  submit(turn, join);
}

/// What is typed under a question is not meant for the form.
void typed(Turn& turn, Join& join, const Event& event) {
  if (join.known || !join.similar.empty()) return;
  const Editing now = editing(turn.s.visit.screen);
  assert(now.text != nullptr);
  if (const auto* type = get_if<Type>(&event)) {
    if (type_into(*now.text, now.field, type->utf8) != Typed::taken)
      turn.refuse("field.full", Kept::form);
  } else if (holds_alternative<Erase>(event)) {
    erase_last(*now.text);
  } else {
    now.text->clear();
  }
  if (join.asking_referrer) return;
  // Who was looked for was another.
  turn.forget<FindSimilar>();
  turn.forget<FindCustomer, LoadCustomer>();
  join.compared = false;
  if (now.field == Field::name) capitalise(turn, join.name);
}

}  // namespace

void capitalise(Turn& turn, std::string_view name) {
  if (turn.s.visit.keys == KeyPage::digits) return;
  const bool begins = name.empty() || name.ends_with(' ') || name.ends_with('-');
  turn.s.visit.keys = begins ? KeyPage::shifted : KeyPage::letters;
}

void on(Turn& turn, Join& join, const Event& event) {
  if (join.asking_own && on_own(turn, join, event)) return;
  handle(
      event,
      [&](const Edit& edit) {
        if (edit.field != Field::name && edit.field != Field::phone) return;
        if (join.asking_referrer) close_referrer(turn, join);
        if (join.asking_referrer) return;
        join.editing = edit.field;
        join.page = 0;
        if (join.editing == Field::name) capitalise(turn, join.name);
      },
      [&](const Type&) { typed(turn, join, event); },
      [&](const Erase&) { typed(turn, join, event); },
      [&](const ClearField&) { typed(turn, join, event); },
      [&](const SetConsent& set) {
        if (set.purpose == ConsentPurpose::membership) join.membership = set.granted;
        if (set.purpose == ConsentPurpose::marketing) join.marketing = set.granted;
      },
      [&](const AskReferrer&) {
        if (join.known || !join.similar.empty()) return;
        turn.forget<FindSimilar>();  // nobody joins while this is open
        turn.forget<FindCustomer, LoadCustomer>();
        join.compared = false;
        join.asking_referrer = true;
        join.referrer_card.clear();
      },
      [&](const ShowPage& show) { join.page = std::clamp(show.page, 0, 1); },
      [&](const Submit&) { go_on(turn, join); },
      [&](const PeopleFound& answer) { compared(turn, join, answer); },
      [&](const PickPerson& pick) {
        if (pick.index < join.similar.size()) serve(turn, join.similar[pick.index].ref);
      },
      [&](const Recorded& answer) { joined(turn, join, answer); },
      [&](const CustomerFound& answer) { known(turn, join, answer); },
      [&](const Back&) { back(turn, join); }, [&](const Go& go) { go_to(turn, go.place); },
      [&](const Scan& scan) { turn.resolve(scan.text); },
      [&](const ScanResolved& answer) { scanned(turn, join, answer); });
}

}  // namespace keepsake::flow
