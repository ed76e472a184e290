#pragma once
// Touches that mean the same on every screen, and those that lead from one to another.

#include <optional>
#include <string>
#include <variant>

#include "kiosk/flow/shared/field.hpp"
#include "kiosk/flow/shared/language.hpp"
#include "storage/domain/values/types.hpp"

namespace keepsake::flow {

/// The page of the on-screen keyboard; back to letters after one shifted letter.
enum class KeyPage { letters, shifted, digits, accents, accents_shifted };

/// Which letters it shows: those of the language, or Latin where that is not its script.
enum class KeyScript { own, latin };

/// What typed: the keys on the screen, which only a person uses, or a keyboard, which may be a
/// scanner.
enum class Hand { finger, keyboard };

/// The first touch (or key) on attract. It only wakes; on a language button it also chooses.
struct Wake {
  std::optional<Language> language;
};

struct StillHere {};  ///< the countdown's one button; any other touch counts too

struct Finish {};  ///< customer: the reset. Staff: lock (a basket is kept)

struct Back {};  ///< close the pane or language screen, else one screen back

struct Dismiss {};  ///< the notice was read

struct OpenLanguages {};  ///< the globe

struct ChooseLanguage {
  Language language;
};

struct SwitchTextSize {};

struct SwitchContrast {};

/// Where a button leads. Places one may not enter (staff places without a PIN, a sale without a
/// shift) lead to the screen that lets one in.
enum class Place {
  start,
  identify,
  join,
  warranty,
  staff,
  sale,
  tender,
  shift_close,
  sync,
  why,         ///< of the member on the screen
  my_data,     ///< of the member who is identified
  customers,   ///< staff: the page of the sale's customer, else the search
  search,      ///< staff: the search
  merges,      ///< managers: who may be one person
  staff_list,  ///< managers: who works here
  articles,    ///< managers: what is sold here, and for how much
  programme,   ///< managers: what the programme in force says
  exceptions,  ///< managers: what waits to be settled
  returns      ///< staff: goods come back
};

struct Go {
  Place place;
};

/// The primary button of the screen or pane, and Enter in a field: find, join, sign in, add, take,
/// register, open, count, close, next customer. The screen's state says which.
struct Submit {
  Hand hand = Hand::finger;
  /// What the keyboard typed before it faster than a person does: a code, whatever the field made of
  /// it. Empty: a person.
  std::string burst = {};
};

struct Edit {
  Field field;
};  ///< the field was touched

struct Type {
  std::string utf8;
  Hand hand = Hand::finger;
};  ///< into the field being edited

struct Erase {};  ///< its last character

struct ClearField {};

/// The keyboard's own keys.
struct ShowKeys {
  KeyPage page;
};

struct SwapScript {};

struct ShowPage {
  int page;
};

struct ShowOlder {};  ///< load the next page of what happened
struct ShowMore {};   ///< the next ones of what a search found

using SharedTouches = Types<Wake, StillHere, Finish, Back, Dismiss, OpenLanguages, ChooseLanguage,
                            SwitchTextSize, SwitchContrast, Go, Submit, Edit, Type, Erase,
                            ClearField, ShowKeys, SwapScript, ShowPage, ShowOlder, ShowMore>;

}  // namespace keepsake::flow
