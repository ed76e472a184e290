#include "sync/central/code_dealing.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/code_list.hpp"
#include "storage/domain/loyalty/rules.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/loyalty/programmes.hpp"
#include "storage/records/loyalty/reward_codes.hpp"
#include "sync/central/publishing.hpp"
#include "sync/central/register.hpp"
#include "sync/central/store_programme.hpp"

namespace keepsake::sync::central {

namespace {

/// Half of what is left, in equal parts: the other half is for who needs it first.
std::int64_t share_of_each(Database& database, const std::string& store, const std::string& reward,
                           std::size_t tills) {
  const std::int64_t parts = 2 * static_cast<std::int64_t>(tills);
  const std::int64_t undealt =
      records::free_codes(database, store, reward, std::nullopt, parts * CodeDealing::share_most);
  return std::max(undealt / parts, std::int64_t{1});
}

void deal_one(Database& database, const std::string& store, const std::string& reward,
              const std::vector<Terminal>& tills, Instant now, std::vector<Fact>& facts) {
  std::size_t taken = 0;
  std::vector<CodePlace> codes;
  const std::int64_t share = share_of_each(database, store, reward, tills.size());
  for (const Terminal& till : tills) {
    const std::int64_t has = records::free_codes(database, store, reward, till.number, share);
    if (has * 2 >= share && has > 0) continue;
    if (codes.empty())
      codes = records::undealt_codes(database, store, reward,
                                     tills.size() * static_cast<std::size_t>(share));
    const auto need = static_cast<std::size_t>(share - has);
    const auto rest = std::span<const CodePlace>(codes).subspan(taken);
    const auto part = rest.first(std::min(need, rest.size()));
    taken += part.size();
    for (CodesDealt& each : dealt({now, 0}, reward, part, till.number))
      facts.emplace_back(std::move(each));
  }
}

/// Of those lists, what the store's programme hands out; coupons that customers show are at every till.
std::vector<std::string> handed_out(Database& database, const std::string& store) {
  std::vector<std::string> rewards;
  const auto active = programme_of(database, store);
  if (!active) return rewards;
  for (const loyalty::Reward& reward : active->rules.rewards)
    if (hands_out_a_list(reward)) rewards.push_back(reward.id);
  return rewards;
}

}  // namespace

const std::vector<std::string>& CodeDealing::handed_out_in(const std::string& store) {
  const std::int32_t version = records::newest_programme(database_, store).version;
  HandedOut& known = handed_out_[store];
  if (known.version != version) known = {version, handed_out(database_, store)};
  return known.rewards;
}

Result<bool> CodeDealing::deal(const std::string& store) {
  try {
    const auto lists = records::undealt_lists(database_, store);
    if (lists.empty()) return false;
    const auto& rewards = handed_out_in(store);
    const Instant now = clock_.now();
    const auto tills = tills_at_work(database_, store, now);
    std::vector<Fact> facts;
    if (!tills.empty())
      for (const std::string& reward : lists)
        if (std::ranges::find(rewards, reward) != rewards.end())
          deal_one(database_, store, reward, tills, now, facts);
    if (facts.empty()) return false;
    const auto number = publishing_.publish(
        {0, "codes", store, "keepsake-central", {}, now, PublicationState::waiting}, facts);
    if (!number) return number.error();
    return true;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::sync::central
