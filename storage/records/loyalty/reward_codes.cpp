#include "storage/records/loyalty/reward_codes.hpp"

#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/loyalty/rules.hpp"
#include "storage/domain/sale/loyalty_result.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_code{"reward-code.put",
                       "INSERT INTO reward_code (store, reward, key, code, added_by, n)"
                       " VALUES ($1, $2, $3, $4, $5, $6)"
                       " ON CONFLICT (store, reward, key) DO NOTHING RETURNING n"};
constexpr Sql take_code{"reward-code.take",
                        "UPDATE reward_code SET used_by = $4"
                        " WHERE store = $1 AND reward = $2 AND key = $3 AND used_by IS NULL"
                        " RETURNING n"};
constexpr Sql give_code_back{"reward-code.free",
                             "UPDATE reward_code SET used_by = NULL"
                             " WHERE used_by = $1 AND key = $2"};
constexpr Sql find_code{"reward-code.find",
                        "SELECT 1 FROM reward_code WHERE store = $1 AND reward = $2 AND key = $3"};
constexpr Sql shown_code{
    "reward-code.shown",
    "SELECT c.code, c.reward, c.used_by IS NOT NULL, coalesce(p.at_ms, e.at_ms, 0),"
    " coalesce(p.offset_minutes, e.offset_minutes, 0), coalesce(p.staff, e.staff, '')"
    " FROM reward_code c LEFT JOIN purchase p ON p.id = c.used_by"
    " LEFT JOIN loyalty_event e ON e.id = c.used_by"
    " WHERE c.store = $1 AND c.reward = $2 AND c.key = $3"};
constexpr Sql rewards_of{"reward-code.rewards",
                         "SELECT reward FROM reward_code WHERE store = $1 AND key = $2"
                         " ORDER BY reward"};
constexpr Sql next_of_list{"reward-code.next",
                           "SELECT code FROM reward_code"
                           " WHERE store = $1 AND reward = $2 AND used_by IS NULL"
                           " ORDER BY added_by, n LIMIT $3"};
constexpr Sql next_of_till{"reward-code.next-of-till",
                           "SELECT code FROM reward_code"
                           " WHERE store = $1 AND reward = $2 AND used_by IS NULL"
                           " AND dealt_to = $4 ORDER BY added_by, n LIMIT $3"};
constexpr Sql deal_codes{"reward-code.deal",
                         "UPDATE reward_code SET dealt_to = $5 WHERE store = $1 AND reward = $2"
                         " AND added_by = $3 AND n >= $4 AND n < $6 AND dealt_to IS NULL"};
constexpr Sql count_free{"reward-code.count-free",
                         "SELECT count(*) FROM (SELECT 1 FROM reward_code WHERE store = $1"
                         " AND reward = $2 AND used_by IS NULL AND dealt_to IS $3 LIMIT $4)"};
// One list after the other: to read each code of a long one for its name takes milliseconds.
constexpr Sql list_undealt{"reward-code.list-undealt",
                           "SELECT reward FROM reward_code WHERE store = $1 AND reward > $2"
                           " AND used_by IS NULL AND dealt_to IS NULL ORDER BY reward LIMIT 1"};
constexpr Sql read_undealt{
    "reward-code.undealt",
    "SELECT added_by, n FROM reward_code WHERE store = $1 AND reward = $2"
    " AND used_by IS NULL AND dealt_to IS NULL ORDER BY added_by, n LIMIT $3"};
constexpr Sql any_of_list{"reward-code.any",
                          "SELECT 1 FROM reward_code WHERE store = $1 AND reward = $2 LIMIT 1"};
constexpr Sql count_list{"reward-code.count",
                         "SELECT count(*), count(used_by) FROM reward_code"
                         " WHERE store = $1 AND reward = $2"};

/// True where the code was free until now.
bool take(Applying& applying, const std::string& reward, const std::string& key) {
  auto row = applying.database.query(take_code);
  row->bind_text(1, applying.header.store);
  row->bind_text(2, reward);
  row->bind_text(3, key);
  row->bind_blob(4, view(applying.id));
  return row->step();
}

Result<Done> use(Applying& applying, const std::string& reward, const std::string& code) {
  if (take(applying, reward, code_key(code))) return Done{};
  if (!is_listed(applying.database, applying.header.store, reward, code)) return Done{};
  return applying.contradict("code.used", "The code " + code + " is already used",
                             "Take another code.");
}

bool has_list(Database& database, std::string_view store, std::string_view reward) {
  auto row = database.query(any_of_list);
  row->bind_text(1, store);
  row->bind_text(2, reward);
  return row->step();
}

std::vector<std::string> next_codes(Database& database, std::string_view store,
                                    std::optional<TerminalNumber> dealt_to,
                                    std::string_view reward) {
  std::vector<std::string> codes;
  auto row = database.query(dealt_to ? next_of_till : next_of_list);
  if (dealt_to) row->bind(4, dealt_to->value);
  row->bind_text(1, store);
  row->bind_text(2, reward);
  row->bind(3, static_cast<std::int64_t>(limits::codes_at_once));
  while (row->step()) codes.emplace_back(row->text(0));
  return codes;
}

}  // namespace

Result<Done> apply(Applying& applying, const CodesAdded& added) {
  std::size_t twice = 0;
  {
    auto row = applying.database.query(put_code);
    row->bind_text(1, applying.header.store);
    row->bind_text(2, added.reward);
    row->bind_blob(5, view(applying.id));
    for (std::size_t n = 0; n < added.codes.size(); ++n) {
      const std::string key = code_key(added.codes[n]);
      row->bind_text(3, key);
      row->bind_text(4, added.codes[n]);
      row->bind(6, static_cast<std::int64_t>(n));
      if (row->step())
        while (row->step()) {
        }
      else
        ++twice;
    }
  }
  if (twice == 0) return Done{};
  return applying.contradict("codes.twice",
                             std::to_string(twice) + " codes of the reward " + added.reward +
                                 " were brought in before, here or at another till",
                             "Bring each list in at one till.");
}

Result<Done> apply(Applying& applying, const CodesDealt& dealt) {
  auto row = applying.database.query(deal_codes);
  row->bind_text(1, applying.header.store);
  row->bind_text(2, dealt.reward);
  bind_id(*row, 3, dealt.list);
  row->bind(4, dealt.first);
  row->bind(5, dealt.to.value);
  row->bind(6, std::int64_t{dealt.first} + dealt.count);
  row->step();
  return Done{};
}

Result<Done> use_codes(Applying& applying, const LoyaltyResult& outcome) {
  for (const RewardUse& each : outcome.rewards) {
    if (!each.coupon.empty())
      if (auto ok = use(applying, each.reward, each.coupon); !ok) return ok;
    for (const std::string& code : each.vouchers)
      if (auto ok = use(applying, each.reward, code); !ok) return ok;
  }
  return Done{};
}

void free_code(Applying& applying, FactId purchase, std::string_view coupon) {
  const std::string key = code_key(coupon);
  auto row = applying.database.query(give_code_back);
  bind_id(*row, 1, purchase);
  row->bind_text(2, key);
  row->step();
}

bool is_listed(Database& database, std::string_view store, std::string_view reward,
               std::string_view code) {
  const std::string key = code_key(code);
  auto row = database.query(find_code);
  row->bind_text(1, store);
  row->bind_text(2, reward);
  row->bind_text(3, key);
  return row->step();
}

std::vector<loyalty::ListedCode> listed_codes(Database& database, std::string_view store,
                                              std::string_view typed) {
  std::vector<loyalty::ListedCode> found;
  const std::string code(typed);
  const std::string key = code_key(typed);
  // First the rewards, which an index alone answers: left to itself SQLite would go through the
  // whole list for the rest of the row.
  const auto rewards = rewards_of_codes(database, store, {&code, 1});
  for (const std::string& reward : rewards.front()) {
    auto row = database.query(shown_code);
    row->bind_text(1, store);
    row->bind_text(2, reward);
    row->bind_text(3, key);
    if (!row->step()) continue;
    loyalty::ListedCode listed{std::string(row->text(0)), std::string(row->text(1)), {}};
    if (row->integer(2) != 0)
      listed.used = loyalty::CodeUse{local_time(*row, 3), std::string(row->text(5))};
    found.push_back(std::move(listed));
  }
  return found;
}

std::vector<std::vector<std::string>> rewards_of_codes(Database& database, std::string_view store,
                                                       std::span<const std::string> codes) {
  std::vector<std::vector<std::string>> rewards(codes.size());
  auto row = database.query(rewards_of);
  row->bind_text(1, store);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const std::string key = code_key(codes[i]);
    row->bind_text(2, key);
    while (row->step()) rewards[i].emplace_back(row->text(0));
  }
  return rewards;
}

void add_next_codes(Database& database, std::string_view store,
                    std::optional<TerminalNumber> dealt_to, const loyalty::Rules& rules,
                    loyalty::Member& member) {
  for (const loyalty::Reward& reward : rules.rewards)
    if (hands_out_a_list(reward) && has_list(database, store, reward.id))
      member.next_codes[reward.id] = next_codes(database, store, dealt_to, reward.id);
}

std::int64_t free_codes(Database& database, std::string_view store, std::string_view reward,
                        std::optional<TerminalNumber> till, std::int64_t most) {
  auto row = database.query(count_free);
  row->bind_text(1, store);
  row->bind_text(2, reward);
  if (till)
    row->bind(3, till->value);
  else
    row->bind_null(3);
  row->bind(4, most);
  return row->step() ? row->integer(0) : 0;
}

std::vector<std::string> undealt_lists(Database& database, std::string_view store) {
  std::vector<std::string> rewards;
  for (std::string after;; after = rewards.back()) {
    auto row = database.query(list_undealt);
    row->bind_text(1, store);
    row->bind_text(2, after);
    if (!row->step()) return rewards;
    rewards.emplace_back(row->text(0));
  }
}

std::vector<CodePlace> undealt_codes(Database& database, std::string_view store,
                                     std::string_view reward, std::size_t most) {
  std::vector<CodePlace> places;
  auto row = database.query(read_undealt);
  row->bind_text(1, store);
  row->bind_text(2, reward);
  row->bind(3, static_cast<std::int64_t>(most));
  while (row->step())
    places.push_back({fact_id(*row, 0), static_cast<std::uint32_t>(row->integer(1))});
  return places;
}

CodeCount count_codes(Database& database, std::string_view store, std::string_view reward) {
  auto row = database.query(count_list);
  row->bind_text(1, store);
  row->bind_text(2, reward);
  return row->step() ? CodeCount{row->integer(0), row->integer(1)} : CodeCount{};
}

}  // namespace keepsake::records
