#include "kiosk/cli/loyalty/code_lists.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake::cli {
namespace {

/// Where each code stands, by what the till compares.
using Owners = std::map<std::string, std::string>;

Owners codes_of(const loyalty::Rules& rules) {
  Owners owners;
  for (const loyalty::Reward& reward : rules.rewards)
    for (const loyalty::CouponCode& coupon : reward.codes)
      owners.emplace(code_key(coupon.code), reward.id);
  return owners;
}

Error taken(const std::string& code, const std::string& owner, const std::string& file) {
  return {Failure::bad_input, "codes.taken",
          "The code " + code + " belongs to the reward " + owner + " already", file,
          "Give each reward its own codes"};
}

bool is_shown(const loyalty::Basket& basket, const std::string& code) {
  const std::string key = code_key(code);
  return std::ranges::any_of(basket.codes,
                             [&](const std::string& shown) { return code_key(shown) == key; });
}

void hand_out(const CodeList& list, loyalty::Member& member) {
  auto& next = member.next_codes[list.reward];
  for (const std::string& code : list.read.codes) {
    if (next.size() == limits::codes_at_once) return;
    if (!member.uses_by_all.contains("code:" + code)) next.push_back(code);
  }
}

}  // namespace

void add_codes_option(Command& command, std::vector<std::string>& codes) {
  command
      .add_option("--codes", codes,
                  "A file of codes for a reward with code_list; once more for each further one")
      ->allow_extra_args(false)
      ->type_name("REWARD=FILE");
}

Result<std::vector<CodeList>> read_code_lists(const std::vector<std::string>& codes) {
  std::vector<CodeList> lists;
  for (const std::string& each : codes) {
    const std::size_t sign = each.find('=');
    if (sign == std::string::npos || sign == 0)
      return Error{Failure::bad_input, "usage", "It does not say for which reward the codes are",
                   "--codes " + each, "Give --codes REWARD=FILE"};
    CodeList list{each.substr(0, sign), each.substr(sign + 1), {}};
    auto read = read_codes(list.file);
    if (!read) return read.error();
    list.read = *std::move(read);
    lists.push_back(std::move(list));
  }
  return lists;
}

Result<Done> expect_list(const loyalty::Rules& rules, const std::string& reward) {
  const loyalty::Reward* found = loyalty::find_reward(rules, reward);
  if (found == nullptr)
    return Error{Failure::not_found, "reward.unknown", "The programme has no such reward", reward,
                 "Use an id of the programme file"};
  if (found->code_source != loyalty::CodeSource::list)
    return Error{Failure::refused, "codes.reward", "The codes of this reward come from no file",
                 reward, "Write code_list = true in the programme, and publish it"};
  return Done{};
}

std::vector<Error> taken_codes(const loyalty::Rules& rules, const std::string& reward,
                               const std::string& file, const std::vector<std::string>& codes) {
  const loyalty::Reward* found = loyalty::find_reward(rules, reward);
  if (found == nullptr || !takes_a_list(*found)) return {};
  std::vector<Error> mistakes;
  const Owners owners = codes_of(rules);
  for (const std::string& code : codes)
    if (const auto owner = owners.find(code_key(code)); owner != owners.end())
      mistakes.push_back(taken(code, owner->second, file));
  return mistakes;
}

std::vector<Error> mistakes_of(const loyalty::Rules& rules, const std::vector<CodeList>& lists) {
  std::vector<Error> mistakes;
  Owners shown;  // by lists of coupons
  for (const CodeList& list : lists) {
    if (const auto ok = expect_list(rules, list.reward); !ok) mistakes.push_back(ok.error());
    for (const std::vector<Error>* told : {&list.read.mistakes, &list.read.doubled})
      std::ranges::copy(*told, std::back_inserter(mistakes));
    std::ranges::move(taken_codes(rules, list.reward, list.file, list.read.codes),
                      std::back_inserter(mistakes));
    const loyalty::Reward* reward = loyalty::find_reward(rules, list.reward);
    if (reward == nullptr || !takes_a_list(*reward)) continue;
    for (const std::string& code : list.read.codes) {
      const auto [owner, fresh] = shown.emplace(code_key(code), list.reward);
      if (!fresh) mistakes.push_back(taken(code, owner->second, list.file));
    }
  }
  return mistakes;
}

void use_lists(const loyalty::Rules& rules, const std::vector<CodeList>& lists,
               loyalty::Basket& basket, loyalty::Member& member) {
  for (const CodeList& list : lists) {
    const loyalty::Reward* reward = loyalty::find_reward(rules, list.reward);
    if (reward == nullptr) continue;
    if (hands_out_a_list(*reward)) hand_out(list, member);
    if (!takes_a_list(*reward)) continue;
    for (const std::string& code : list.read.codes)
      if (is_shown(basket, code)) basket.listed.push_back({code, list.reward, {}});
  }
}

}  // namespace keepsake::cli
