#pragma once
// The parts of a programme file, each read from its table. Private to storage/programme.

#include "storage/domain/loyalty/rules.hpp"
#include "storage/toml/table_reader.hpp"

namespace keepsake {

/// Keys that rules, multipliers and rewards share: what it is about and when it is valid.
loyalty::Filter read_filter(TableReader& reader);
loyalty::LineFilter read_line_filter(TableReader& reader);  ///< what it is about, alone
loyalty::Minimum read_minimum(TableReader& reader);
loyalty::Caps read_caps(TableReader& reader);
loyalty::Expiry read_expiry(TableReader& reader);

loyalty::EarningRule read_base(TableReader& reader);  ///< [earn]
loyalty::EarningRule read_rule(TableReader& reader);  ///< [[rule]]
loyalty::Multiplier read_multiplier(TableReader& reader);
loyalty::Tiers read_tiers(TableReader& reader);
loyalty::Reward read_reward(TableReader& reader);

/// Contradictions between parts that are each well formed, told at the tables of `root`.
void check_together(const toml::table& root, const loyalty::Rules& programme, Mistakes& mistakes);

}  // namespace keepsake
