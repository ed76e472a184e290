#include "storage/domain/values/limits.hpp"
#include "storage/programme/read_parts.hpp"

namespace keepsake {
namespace {

using loyalty::CouponCode;
using loyalty::Reward;
using loyalty::RewardKind;
using loyalty::RewardScope;
using loyalty::Trigger;

constexpr std::int64_t most_times = 1'000'000'000;

// `codes` holds words (each good once) or tables { code, uses, uses_per_customer }; 0 is no limit.
void read_codes(TableReader& reader, Reward& reward) {
  const toml::node* node = reader.node("codes");
  if (node == nullptr) return;
  if (!node->is_array()) {
    reader.add_error("codes", "programme.type", "This must be a list", "Write [\"...\", \"...\"]");
    return;
  }
  for (const toml::node& each : *node->as_array()) {
    CouponCode coupon;
    if (const auto* word = each.as_string()) {
      coupon.code = **word;
    } else if (const auto* table = each.as_table()) {
      TableReader one(*table, reader.dotted("codes"), reader.currency(), reader.mistakes());
      coupon.code = one.text("code", Need::required, limits::code_bytes).value_or("");
      const auto times = [&](std::string_view key, std::int64_t usual) {
        const auto value = one.whole(key, Need::optional, 0, most_times).value_or(usual);
        return value == 0 ? std::nullopt : std::optional(value);
      };
      coupon.uses = times("uses", 1);
      coupon.uses_per_customer = times("uses_per_customer", 1);
      one.finish();
    } else {
      reader.mistakes().add_error(place_of(each), reader.dotted("codes"), "programme.type",
                                  "Not a code", "Write \"CODE\" or { code = \"CODE\", uses = 10 }");
      continue;
    }
    if (coupon.code.empty() || coupon.code.size() > limits::code_bytes) {
      if (each.is_string())
        reader.mistakes().add_error(place_of(each), reader.dotted("codes"), "text.length",
                                    "A code must have 1 to 64 bytes", "Write a shorter one");
      continue;
    }
    reward.codes.push_back(std::move(coupon));
  }
}

void read_trigger(TableReader& reader, Reward& reward) {
  reward.trigger = reader.word<Trigger>("trigger", Need::optional).value_or(Trigger::claim);
  read_codes(reader, reward);
  const bool by_code = reward.trigger == Trigger::code;
  if (!by_code)
    reader.refuse("codes", "Only a reward with trigger = \"code\" has codes",
                  "Remove them, or change the trigger");
  if (by_code && !reader.has("codes"))
    reader.add_error("codes", "programme.missing", "A reward with trigger = \"code\" needs codes",
                     "Add codes = [\"...\"]");
  reward.cost = reader.points("cost", Need::optional).value_or(Points{});
  if (reward.trigger == Trigger::automatic)
    reader.refuse("cost", "An automatic reward cannot cost points",
                  "Remove the cost, or let it be claimed");
}

void read_worth(TableReader& reader, Reward& reward) {
  const RewardKind kind = reward.kind;
  const bool money =
      kind == RewardKind::money_off || kind == RewardKind::cash_out || kind == RewardKind::donation;
  const bool percent = kind == RewardKind::percent_off;
  const bool buy = kind == RewardKind::buy_x_get_y;
  if (money) {
    reward.minor = reader.money("value", Need::required).value_or(0);
  } else if (kind == RewardKind::gift) {
    reward.minor = reader.money("value", Need::optional).value_or(0);
  } else {
    reader.refuse("value", "This kind of reward has no value in money", "Remove it");
  }
  if (percent || buy) {
    const auto off = reader.percent("percent", percent ? Need::required : Need::optional);
    reward.basis_points = static_cast<std::int32_t>(off.value_or(10'000));
  } else {
    reader.refuse("percent", "This kind of reward has no percentage", "Remove it");
  }
  if (percent) {
    reward.most_minor = reader.money("most", Need::optional);
  } else {
    reader.refuse("most", "Only a reward of kind \"percent off\" has this", "Remove it");
  }
  if (buy) {
    reward.buy = reader.whole("buy", Need::required, 1, 10'000).value_or(1);
    reward.get = reader.whole("get", Need::required, 1, 10'000).value_or(1);
  } else {
    reader.refuse("buy", "Only a reward of kind \"buy x get y\" has this", "Remove it");
    reader.refuse("get", "Only a reward of kind \"buy x get y\" has this", "Remove it");
  }
}

void read_goods(TableReader& reader, Reward& reward) {
  if (reward.kind == RewardKind::gift) {
    reward.article = reader.text("article", Need::required, limits::code_bytes).value_or("");
  } else if (reward.kind == RewardKind::free_item) {
    reward.article = reader.text("article", Need::optional, limits::code_bytes).value_or("");
    if (reward.article.empty() && !reader.has("article") && reward.filter.lines.everything())
      reader.add_error("article", "programme.missing", "The free article is missing",
                       "Add article, or articles, categories or labels to choose from");
  } else {
    reader.refuse("article", "Only a gift or a free item has this", "Remove it");
  }
  reward.pool = reader.texts("pool");
  if (reward.kind != RewardKind::voucher)
    reader.refuse("pool", "Only a voucher has a pool of codes", "Remove it");
  if (reward.kind == RewardKind::voucher && !reader.has("pool"))
    reader.add_error("pool", "programme.missing", "A voucher needs a pool of codes",
                     "Add pool = [\"...\"]");
}

}  // namespace

Reward read_reward(TableReader& reader) {
  Reward reward;
  reward.id = reader.text("id", Need::required, limits::code_bytes).value_or("");
  reward.name = reader.wording("name", Need::optional, limits::name_bytes).value_or(reward.id);
  const auto kind = reader.word<RewardKind>("kind", Need::required);
  reward.kind = kind.value_or(RewardKind::money_off);
  read_trigger(reader, reward);
  reward.filter = read_filter(reader);
  if (kind) {
    read_worth(reader, reward);
    read_goods(reader, reward);
  } else {
    for (const auto* key : {"value", "percent", "most", "buy", "get", "article", "pool"})
      reader.node(key);
  }
  const bool scoped =
      reward.kind == RewardKind::money_off || reward.kind == RewardKind::percent_off;
  if (scoped) {
    reward.scope = reader.word<RewardScope>("scope", Need::optional).value_or(RewardScope::order);
    if (reward.scope == RewardScope::each && reward.kind != RewardKind::money_off)
      reader.refuse("scope", "A percentage of each is one of the lines", "Write \"lines\"");
  } else {
    reader.refuse("scope", "Only money off and percent off can have a scope", "Remove it");
  }
  if (reader.flag("alone") == true) reward.standing = loyalty::Standing::alone;
  if (kind && !is_discount(reward.kind))
    reader.refuse("alone", "This reward is not a discount", "Remove it");
  reward.on_return = reader.word<loyalty::OnReturn>("on_return", Need::optional)
                         .value_or(loyalty::OnReturn::usual);
  if (kind && !is_discount(reward.kind))
    reader.refuse("on_return", "A reward that is handed over cannot be given back", "Remove it");
  reward.minimum = read_minimum(reader);
  reward.max_steps = reader.whole("max_steps", Need::optional, 1, most_times);
  reward.stock = reader.whole("stock", Need::optional, 1, most_times);
  reward.per_customer = reader.whole("per_customer", Need::optional, 1, most_times);
  reward.once_per = reader.word<loyalty::Period>("once_per", Need::optional);
  if (!reward.filter.order.tenders.empty())
    reader.refuse("tenders", "Discounts are applied before payment", "Remove it");
  // Money off that comes by itself would else take all there is.
  const bool once = reward.kind == RewardKind::money_off && reward.trigger == Trigger::automatic;
  if (once && !reward.max_steps) reward.max_steps = 1;
  reader.finish();
  return reward;
}

}  // namespace keepsake
