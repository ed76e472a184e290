#pragma once
// Files of codes as a command line names them for a dry run: `--codes REWARD=FILE`.

#include <string>
#include <vector>

#include "kiosk/cli/command.hpp"
#include "storage/domain/loyalty/basket.hpp"
#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/loyalty/rules.hpp"
#include "storage/exchange/code_file.hpp"

namespace keepsake::cli {

struct CodeList {
  std::string reward;
  std::string file;
  CodeFile read;
};

/// Adds `--codes REWARD=FILE`, any number of times.
void add_codes_option(Command& command, std::vector<std::string>& codes);

/// Failure::bad_input "usage", or as read_codes().
Result<std::vector<CodeList>> read_code_lists(const std::vector<std::string>& codes);

/// What a programme and its lists get wrong together: a reward that takes no list, codes that the
/// programme or another list has, and what the files themselves get wrong.
std::vector<Error> mistakes_of(const loyalty::Rules& rules, const std::vector<CodeList>& lists);

/// As if the lists had been brought in at this till: the codes shown that they hold, and for a
/// member those to hand out next.
void use_lists(const loyalty::Rules& rules, const std::vector<CodeList>& lists,
               loyalty::Basket& basket, loyalty::Member& member);

/// Failure::not_found "reward.unknown", ::refused "codes.reward" for one that takes no list.
Result<Done> expect_list(const loyalty::Rules& rules, const std::string& reward);

/// A code of a list of coupons that the programme itself writes: the till would take that.
std::vector<Error> taken_codes(const loyalty::Rules& rules, const std::string& reward,
                               const std::string& file, const std::vector<std::string>& codes);

}  // namespace keepsake::cli
