#pragma once
// Codes of rewards that came from a file, and which of them are used.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/loyalty/code_list.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake {
struct LoyaltyResult;
}

namespace keepsake::loyalty {
struct Member;
struct Rules;
}  // namespace keepsake::loyalty

namespace keepsake::records {

/// Contradicts with "codes.twice" where a code of the reward is here already; the others are kept.
Result<Done> apply(Applying& applying, const CodesAdded& added);

/// A code that was dealt before stays where it is.
Result<Done> apply(Applying& applying, const CodesDealt& dealt);

/// The coupons and vouchers of this purchase or event are used now, as far as a list holds them.
/// Contradicts with "code.used" where one was.
Result<Done> use_codes(Applying& applying, const LoyaltyResult& outcome);
/// The coupon that `purchase` used is good again.
void free_code(Applying& applying, FactId purchase, std::string_view coupon);
bool is_listed(Database& database, std::string_view store, std::string_view reward,
               std::string_view code);

/// What is known of a code as somebody types it: of each reward whose list holds it.
std::vector<loyalty::ListedCode> listed_codes(Database& database, std::string_view store,
                                              std::string_view typed);
/// The rewards whose list holds each of these codes.
std::vector<std::vector<std::string>> rewards_of_codes(Database& database, std::string_view store,
                                                       std::span<const std::string> codes);
/// Fills Member::next_codes for the rewards that hand out a list. `dealt_to`: with those alone that
/// are this till's; nullopt: with any.
void add_next_codes(Database& database, std::string_view store,
                    std::optional<TerminalNumber> dealt_to, const loyalty::Rules& rules,
                    loyalty::Member& member);

/// How many codes of a reward's list in a store nobody has used: dealt to this till, or to nobody
/// (nullopt). No more than `most` are counted: lists are long, and it is asked after each batch.
std::int64_t free_codes(Database& database, std::string_view store, std::string_view reward,
                        std::optional<TerminalNumber> till, std::int64_t most);
/// The rewards whose lists have codes that are dealt to nobody.
std::vector<std::string> undealt_lists(Database& database, std::string_view store);
/// The next that are dealt to nobody, in the order in which they are handed out.
std::vector<CodePlace> undealt_codes(Database& database, std::string_view store,
                                     std::string_view reward, std::size_t most);

CodeCount count_codes(Database& database, std::string_view store, std::string_view reward);

}  // namespace keepsake::records
