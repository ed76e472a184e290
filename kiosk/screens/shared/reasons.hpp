#pragma once
// The rules' "why" in the reader's language.

#include <string>

#include "kiosk/screens/shared/scene.hpp"
#include "storage/domain/loyalty/lots.hpp"
#include "storage/domain/loyalty/why.hpp"

namespace keepsake::screens {

/// Why a rule gave points: "1 point per 10.00 on 499.00, Silver members \u00D7 1.25".
std::string earned_because(const Scene& scene, const loyalty::Why& why);
/// Why a reward or coupon is not given now; `missing` points are counted where they are short.
std::string refused_because(const Scene& scene, const loyalty::Why& why);

// Their names in the programme, in the reader's language. The basic rule has the programme's name;
// a rule or reward that no longer exists is shown by its id, such a level by nothing.
std::string rule_name(const Scene& scene, const std::string& id);
std::string reward_name(const Scene& scene, const std::string& id);
/// "2 × Coffee set"
std::string counted_reward(const Scene& scene, const RewardUse& use);
std::string tier_name(const Scene& scene, const std::string& id);
/// "30 of these are pending, usable from ..."; empty where all can be spent.
std::string pending_words(const Scene& scene, const loyalty::Pending& pending);

}  // namespace keepsake::screens
