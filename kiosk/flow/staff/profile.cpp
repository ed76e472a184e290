// The staff's pages about a customer: search as you type, and the profile.
#include <algorithm>
#include <cassert>
#include <utility>

#include "kiosk/flow/customer/handlers.hpp"
#include "kiosk/flow/places.hpp"
#include "kiosk/flow/sale/handlers.hpp"
#include "kiosk/flow/staff/handlers.hpp"
#include "kiosk/flow/staff/level_giving.hpp"
#include "kiosk/flow/warranty/handlers.hpp"
#include "storage/domain/values/handle.hpp"

namespace keepsake::flow {

Field keys_of(const Context& context, std::string_view field) {
  if (field == note_field) return Field::note;
  if (field == pin_field) return Field::pin;
  if (field == name_of(ContactKind::phone)) return Field::phone;
  if (field == customer_field::birthday) return Field::day;
  if (field == customer_field::household) return Field::quantity;
  const CustomerField* own = declared(context.customer_fields, field);
  if (own == nullptr) return Field::value;
  if (own->kind == FieldKind::date) return Field::day;
  return own->kind == FieldKind::number ? Field::quantity : Field::value;
}

std::string value_of(const FieldEntry& entry) {
  if (entry.keys != Field::day || entry.entry.size() != 8) return entry.entry;
  return entry.entry.substr(0, 4) + "-" + entry.entry.substr(4, 2) + "-" + entry.entry.substr(6);
}

void search_people(Turn& turn, CustomerSearch& search) {
  turn.forget<SearchCustomers>();
  search.searched = search.more = false;
  if (search.words.size() < 2) {
    search.found.clear();
    return;
  }
  turn.ask(SearchCustomers{.words = search.words});
}

void more_people(Turn& turn, const CustomerSearch& search) {
  if (!search.more || search.found.size() >= people_most || turn.asked<SearchCustomers>()) return;
  turn.ask(SearchCustomers{.words = search.words, .skip = search.found.size()});
}

void take_found(CustomerSearch& search, const PeopleFound& answer) {
  assert(answer.people.ok());
  if (!search.searched) search.found.clear();
  search.found.insert(search.found.end(), answer.people->begin(), answer.people->end());
  search.searched = true;
  search.more = answer.more;
}

void to_profile(Turn& turn, CustomerRef customer) {
  turn.leave_to(CustomerPage{.customer = customer});
  turn.ask(LoadProfile{customer});
}

namespace {

void people_found(Turn& turn, CustomerSearch& page, const PeopleFound& answer) {
  if (!answer.people.ok()) return turn.fail(answer.people.error(), Kept::form);
  take_found(page, answer);
}

/// A card is the shortest search of all.
void card_scanned(Turn& turn, const ScanResolved& answer) {
  if (!answer.scanned.ok()) return turn.fail(answer.scanned.error(), Kept::form);
  if (const auto* found = std::get_if<ItemsScanned>(&*answer.scanned))
    return show_items(turn, found->items, Kept::form);
  const auto* member = std::get_if<CustomerView>(&*answer.scanned);
  if (member == nullptr) return turn.refuse("scan.not-here", Kept::form);
  turn.s.visit.proved = Proved{member->ref, by_card(answer.text)};
  to_profile(turn, member->ref);
}

/// What the pages about one customer or many do alike.
void staff_moves(Turn& turn, const Event& event) {
  handle(
      event, [&](const Go& go) { go_to(turn, go.place); },
      [&](const Scan& scan) { turn.resolve(scan.text); },
      [&](const ScanResolved& answer) { card_scanned(turn, answer); });
}

std::string without_dashes(std::string_view iso) {
  std::string digits(iso);
  std::erase(digits, '-');
  return digits;
}

void open_entry(Turn& turn, CustomerPage& page, const OpenEntry& open) {
  if (!page.seen) return;
  if (open.field == level_field && !turn.s.visit.staff->manager)
    return turn.refuse("level.managers", Kept::nothing_to_keep);
  FieldEntry entry{open.field, open.replaces, {}, keys_of(turn.ctx, open.field)};
  // What is masked for the viewer starts empty: dots are no value to go on from.
  const std::string now(page.seen->profile.value(open.field));
  if (now.find("\u2022") == std::string::npos)
    entry.entry = entry.keys == Field::day ? without_dashes(now) : now;
  turn.s.visit.keys = KeyPage::letters;
  page.editing = std::move(entry);
}

void save(Turn& turn, const CustomerPage& page, ProfileChange change) {
  if (change.empty()) return;
  turn.ask(ChangeProfile{page.customer, std::move(change)});
}

/// The member types it, twice.
void submit_pin(Turn& turn, CustomerPage& page) {
  NewPin typed{std::exchange(page.editing->entry, {}), std::move(page.editing->first)};
  PinStep step = take_step(typed);
  page.editing->first = std::move(typed.first);
  if (!step.wrong.empty()) return turn.refuse(step.wrong, Kept::form);
  if (!step.pin.empty()) turn.ask(ChangeMemberPin{page.customer, std::move(step.pin)});
}

void submit_entry(Turn& turn, CustomerPage& page) {
  assert(page.editing);
  const FieldEntry& entry = *page.editing;
  if (entry.field == pin_field) return submit_pin(turn, page);
  if (entry.field == level_field) return submit_level(turn, page);
  if (entry.field == note_field) {
    turn.ask(AddNote{page.customer, entry.entry});
    return;
  }
  ProfileChange change;
  if (const auto kind = parse_contact_kind(entry.field); kind.ok()) {
    if (entry.entry.empty()) return turn.refuse("text.missing", Kept::form);
    change.added = {{*kind, entry.entry, {}}};
    if (entry.replaces) change.removed = {*entry.replaces};
  } else {
    change.fields = {{entry.field, value_of(entry)}};
  }
  save(turn, page, std::move(change));
}

/// A card or fob that is asked for is read by the scanner; any other scan looks somebody up.
void scanned(Turn& turn, CustomerPage& page, const Scan& scan) {
  const auto kind = parse_contact_kind(page.editing ? page.editing->field : std::string());
  if (!kind.ok() || (*kind != ContactKind::card && *kind != ContactKind::key_fob))
    return turn.resolve(scan.text);
  std::string read;
  if (type_into(read, page.editing->keys, scan.text) != Typed::taken)
    return turn.refuse("field.full", Kept::form);
  page.editing->entry = std::move(read);
}

WalletState wallet_state(const CustomerPage& page) {
  assert(page.seen && page.seen->standing);
  return page.seen->standing->overview.wallet_state;
}

void ask_wallet_state(Turn& turn, CustomerPage& page) {
  if (!page.seen || !page.seen->standing) return;
  if (wallet_state(page) == WalletState::blocked && !turn.s.visit.staff->manager)
    return turn.refuse("wallet.managers", Kept::nothing_to_keep);
  // What the sale pays with or fills up stays as it is until the sale is over.
  if (turn.s.till.customer == page.customer && uses_wallet(turn.s.till))
    return turn.refuse("wallet.in-sale", Kept::nothing_to_keep);
  page.asking_wallet = true;
}

void change_wallet(Turn& turn, CustomerPage& page) {
  const bool blocked = wallet_state(page) == WalletState::blocked;
  page.asking_wallet = false;
  turn.ask(ChangeWallet{page.customer, blocked ? WalletState::active : WalletState::blocked});
}

void change_consent(Turn& turn, CustomerPage& page) {
  const ConsentPurpose purpose = *std::exchange(page.asking_consent, std::nullopt);
  if (page.seen) turn_consent(turn, page.customer, page.seen->profile, purpose);
}

void submit(Turn& turn, CustomerPage& page) {
  if (page.editing) return submit_entry(turn, page);
  if (page.asking_wallet) return change_wallet(turn, page);
  if (page.asking_consent) return change_consent(turn, page);
  page.file.reset();
  if (!page.undoing) return;
  const FactId merge = *page.undoing;
  page.undoing.reset();
  turn.ask(UndoMerge{page.customer, merge});
}

void pick_value(Turn& turn, CustomerPage& page, const std::string& value) {
  if (!page.editing) return;
  if (page.editing->field == level_field) return pick_level(turn, *page.editing, value);
  ProfileChange change;
  change.fields = {{page.editing->field, value}};
  save(turn, page, std::move(change));
}

void remove_contact(Turn& turn, const CustomerPage& page, const ContactTag& tag) {
  ProfileChange change;
  change.removed = {tag};
  save(turn, page, std::move(change));
}

void saved(Turn& turn, CustomerPage& page, const ProfileSaved& answer) {
  if (!answer.outcome.ok())
    return turn.fail(answer.outcome.error(), page.editing ? Kept::form : Kept::nothing_to_keep);
  // Questions were about the page as it was.
  page.editing.reset();
  page.undoing.reset();
  page.file.reset();
  page.asking_wallet = false;
  page.asking_consent.reset();
  page.timeline.clear();  // it has one entry more now
  page.more = false;
  if (answer.seen) page.seen = answer.seen;
  turn.emit(Sync{});
  say_saved(turn, answer);
  turn.play(Sound::good);
  if (turn.s.till.customer == page.customer) turn.forget_member();
}

void load_timeline(Turn& turn, const CustomerPage& page) {
  if (turn.asked<LoadTimeline>() || page.timeline.size() >= story_limit) return;
  std::optional<TimelinePlace> before;
  if (!page.timeline.empty()) before = page.timeline.back().place;
  turn.ask(LoadTimeline{page.customer, before});
}

void timeline_loaded(Turn& turn, CustomerPage& page, const TimelineLoaded& answer) {
  if (!answer.entries.ok()) return turn.fail(answer.entries.error(), Kept::nothing_to_keep);
  page.more = answer.entries->size() == story_page;
  page.timeline.insert(page.timeline.end(), answer.entries->begin(), answer.entries->end());
}

void use(Turn& turn, const CustomerPage& page) { serve(turn, page.customer); }

void show_tab(Turn& turn, CustomerPage& page, ProfileTab tab) {
  page.tab = tab;
  if (tab == ProfileTab::timeline && page.timeline.empty()) load_timeline(turn, page);
}

void page_back(Turn& turn, CustomerPage& page) {
  if (!page.editing && !page.undoing && !page.file && !page.asking_wallet && !page.asking_consent)
    return go_to(turn, Place::search);
  page.editing.reset();
  page.undoing.reset();
  page.file.reset();
  page.asking_wallet = false;
  page.asking_consent.reset();
}

void type(Turn& turn, std::string* text, Field field, const std::string& utf8) {
  if (text != nullptr && type_into(*text, field, utf8) != Typed::taken)
    turn.refuse("field.full", Kept::form);
}

}  // namespace

void to_staff_customer(Turn& turn, Place place) {
  if (place == Place::merges && turn.s.visit.staff->manager) {
    turn.leave_to(MergeReview{});
    turn.ask(LoadPairs{});
    return;
  }
  if (place == Place::customers && !turn.s.till.customer.nobody())
    return to_profile(turn, turn.s.till.customer);
  turn.leave_to(CustomerSearch{});
}

void on(Turn& turn, CustomerSearch& page, const Event& event) {
  const bool handled = handle(
      event,
      [&](const Type& typed) {
        type(turn, &page.words, Field::search, typed.utf8);
        search_people(turn, page);
      },
      [&](const Erase&) {
        erase_last(page.words);
        search_people(turn, page);
      },
      [&](const ClearField&) { page = CustomerSearch{}; },
      [&](const PeopleFound& answer) { people_found(turn, page, answer); },
      [&](const ShowMore&) { more_people(turn, page); },
      [&](const PickPerson& pick) {
        if (pick.index < page.found.size()) to_profile(turn, page.found[pick.index].ref);
      },
      [&](const Submit&) {
        if (page.found.size() == 1) to_profile(turn, page.found.front().ref);
      },
      [&](const Back&) { turn.staff_home(); });
  if (!handled) staff_moves(turn, event);
}

void on(Turn& turn, CustomerPage& page, const Event& event) {
  const Editing now = editing(turn.s.visit.screen);
  const bool handled = handle(
      event,
      [&](const ProfileLoaded& answer) {
        if (!answer.seen.ok()) return turn.fail(answer.seen.error(), Kept::nothing_to_keep);
        page.seen = *answer.seen;
      },
      [&](const ShowProfileTab& show) { show_tab(turn, page, show.tab); },
      [&](const ShowOlder&) {
        if (page.more) load_timeline(turn, page);
      },
      [&](const TimelineLoaded& answer) { timeline_loaded(turn, page, answer); },
      [&](const OpenEntry& open) { open_entry(turn, page, open); },
      [&](const Type& typed) { type(turn, now.text, now.field, typed.utf8); },
      [&](const Erase&) {
        if (now.text != nullptr) erase_last(*now.text);
      },
      [&](const ClearField&) {
        if (now.text != nullptr) now.text->clear();
      },
      [&](const Submit&) { submit(turn, page); },
      [&](const Scan& scan) { scanned(turn, page, scan); },
      [&](const PickValue& pick) { pick_value(turn, page, pick.value); },
      [&](const RemoveContact& remove) { remove_contact(turn, page, remove.tag); },
      [&](const RemovePin&) {
        if (page.editing && page.editing->field == pin_field)
          turn.ask(ChangeMemberPin{page.customer, {}});
      },
      [&](const ProfileSaved& answer) { saved(turn, page, answer); },
      [&](const ShowFile& show) {
        if (page.seen && show.index < page.seen->files.size()) page.file = show.index;
      },
      [&](const AskWalletState&) { ask_wallet_state(turn, page); },
      [&](const AskConsent& ask) {
        if (page.seen) page.asking_consent = ask.purpose;
      },
      [&](const UseCustomer&) { use(turn, page); },
      [&](const AskUndo& ask) {
        if (turn.s.visit.staff->manager) page.undoing = ask.merge;
      },
      [&](const Back&) { page_back(turn, page); });
  if (!handled) staff_moves(turn, event);
}

}  // namespace keepsake::flow
