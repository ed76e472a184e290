#pragma once
// Touches of a customer at the stand.

#include <string>
#include <variant>

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/values/types.hpp"

namespace keepsake::flow {

enum class Privacy { masked, shown };

enum class HomeTab { points, rewards, purchases, warranties };

/// "Why this number?": what moved the points, and when what is left expires.
enum class WhyTab { story, expiry };

/// What is chosen from a few, not typed.
enum class Preference { language, channel, do_not_contact };

struct ShowTab {
  HomeTab tab;
};

struct SetPrivacy {
  Privacy privacy;
};

struct SetConsent {
  ConsentPurpose purpose;
  bool granted;
};

struct AskReferrer {};  ///< joining: "a member brought me"

struct ShowWhy {
  WhyTab tab;
};

struct AskConsent {
  ConsentPurpose purpose;
};  ///< "give it?", "withdraw it?"; Submit answers yes, Back no

struct OpenPreference {
  Preference preference;
};

struct SetPreference {
  Preference preference;
  std::string value;  ///< machine word; empty clears
};

struct OpenPin {};    ///< my data: my own PIN
struct RemovePin {};  ///< none any more

using CustomerTouches = Types<ShowTab, SetPrivacy, SetConsent, AskReferrer, ShowWhy, AskConsent,
                              OpenPreference, SetPreference, OpenPin, RemovePin>;

}  // namespace keepsake::flow
