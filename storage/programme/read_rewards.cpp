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
constexpr std::int64_t most_pieces = 1000;  // of a set, or of a step
constexpr std::size_t most_parts = 20;

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
  if (reader.flag("code_list") == true) reward.code_source = loyalty::CodeSource::list;
  const bool list = reward.code_source == loyalty::CodeSource::list;
  if (by_code && !reader.has("codes") && !(list && reward.kind != RewardKind::voucher))
    reader.add_error("codes", "programme.missing", "A reward with trigger = \"code\" needs codes",
                     "Add codes = [\"...\"], or code_list = true and bring in a file of them");
  if (!by_code && reward.kind != RewardKind::voucher)
    reader.refuse("code_list", "Only a voucher, or a reward with trigger = \"code\", has a list",
                  "Remove it");
  reward.cost = reader.points("cost", Need::optional).value_or(Points{});
  if (reward.trigger == Trigger::automatic)
    reader.refuse("cost", "An automatic reward cannot cost points",
                  "Remove the cost, or let it be claimed");
}

// What a kind has no use for is a mistake.
template <class... Keys>
void refuse_all(TableReader& reader, const char* what, Keys... keys) {
  for (const std::string_view key : {std::string_view(keys)...})
    reader.refuse(key, what, "Remove it");
}

void read_worth(TableReader& reader, Reward& reward) {
  const RewardKind kind = reward.kind;
  const bool money = kind == RewardKind::money_off || kind == RewardKind::cash_out ||
                     kind == RewardKind::donation || kind == RewardKind::set_price;
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
    refuse_all(reader, "Only a reward of kind \"percent off\" has this", "most");
  }
}

void read_buy_get(TableReader& reader, Reward& reward) {
  if (reward.kind != RewardKind::buy_x_get_y)
    return refuse_all(reader, "Only a reward of kind \"buy x get y\" has this", "buy", "get",
                      "get_of");
  reward.buy = reader.whole("buy", Need::required, 1, 10'000).value_or(1);
  reward.get = reader.whole("get", Need::required, 1, 10'000).value_or(1);
  const toml::table* table = reader.table("get_of");
  if (table == nullptr) return;
  TableReader given(*table, reader.dotted("get_of"), reader.currency(), reader.mistakes());
  reward.get_of = read_line_filter(given);
  given.finish();
  if (reward.get_of->everything() && table->empty())
    reader.add_error("get_of", "programme.missing", "It does not say what is given",
                     "Write { articles = [\"...\"] }, or remove it");
}

void read_set_parts(TableReader& reader, Reward& reward) {
  const auto tables = reader.tables("parts");
  if (tables.size() > most_parts)
    return reader.add_error("parts", "programme.limit", "The set has too many parts",
                            "Write at most " + std::to_string(most_parts));
  for (const toml::table* table : tables) {
    TableReader one(*table, reader.dotted("parts"), reader.currency(), reader.mistakes());
    loyalty::SetPart part;
    part.lines = read_line_filter(one);
    part.pieces = one.whole("pieces", Need::optional, 1, most_pieces).value_or(1);
    one.finish();
    reward.parts.push_back(std::move(part));
  }
}

// A set is so many pieces of what fits, or of each part so many.
void read_set(TableReader& reader, Reward& reward) {
  const bool set = reward.kind == RewardKind::set_price;
  if (!set && reward.kind != RewardKind::free_item)
    refuse_all(reader, "Only a set price or a free item has this", "pieces");
  if (!set) refuse_all(reader, "Only a reward of kind \"set price\" has this", "parts");
  const auto pieces = reader.whole("pieces", Need::optional, 1, most_pieces);
  if (!set) {
    reward.pieces = pieces.value_or(1);
    return;
  }
  if (!reader.has("parts")) {
    reward.parts = {{{}, pieces.value_or(1)}};
    if (!reader.has("pieces"))
      reader.add_error("pieces", "programme.missing", "It does not say what the set holds",
                       "Add pieces = 3, or parts = [{ articles = [\"...\"] }, ...]");
    return;
  }
  reader.refuse("pieces", "Each part of the set has its own pieces", "Write them in parts");
  read_set_parts(reader, reward);
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
  const bool list = hands_out_a_list(reward);
  if (reward.kind == RewardKind::voucher && !list && !reader.has("pool"))
    reader.add_error("pool", "programme.missing", "A voucher needs a pool of codes",
                     "Add pool = [\"...\"], or code_list = true and bring in a file of them");
  if (list)
    reader.refuse("pool", "The codes of this voucher come from a file", "Remove it, or code_list");
}

void read_scope(TableReader& reader, Reward& reward) {
  const bool scoped =
      reward.kind == RewardKind::money_off || reward.kind == RewardKind::percent_off;
  if (!scoped)
    return refuse_all(reader, "Only money off and percent off can have a scope", "scope");
  reward.scope = reader.word<RewardScope>("scope", Need::optional).value_or(RewardScope::order);
  if (reward.scope == RewardScope::each && reward.kind != RewardKind::money_off)
    reader.refuse("scope", "A percentage of each is one of the lines", "Write \"lines\"");
}

// How a discount goes with others, with earning and with returns.
void read_manners(TableReader& reader, Reward& reward) {
  if (reader.flag("alone") == true) reward.standing = loyalty::Standing::alone;
  reward.best_of = reader.text("best_of", Need::optional, limits::code_bytes).value_or("");
  if (const auto lowers = reader.flag("lowers_earning"))
    reward.lowers_earning = *lowers ? loyalty::Counts::yes : loyalty::Counts::no;
  reward.on_return = reader.word<loyalty::OnReturn>("on_return", Need::optional)
                         .value_or(loyalty::OnReturn::usual);
}

void refuse_manners(TableReader& reader) {
  refuse_all(reader, "This reward is not a discount", "alone", "best_of", "lowers_earning");
  reader.refuse("on_return", "A reward that is handed over cannot be given back", "Remove it");
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
    read_buy_get(reader, reward);
    read_set(reader, reward);
    read_goods(reader, reward);
  } else {
    for (const auto* key :
         {"value", "percent", "most", "buy", "get", "get_of", "pieces", "parts", "article", "pool"})
      reader.node(key);
  }
  read_scope(reader, reward);
  read_manners(reader, reward);
  if (kind && !is_discount(reward.kind)) refuse_manners(reader);
  reward.minimum = read_minimum(reader);
  reward.max_steps = reader.whole("max_steps", Need::optional, 1, most_times);
  reward.stock = reader.whole("stock", Need::optional, 1, most_times);
  reward.per_customer = reader.whole("per_customer", Need::optional, 1, most_times);
  reward.per_day = reader.whole("per_day", Need::optional, 1, most_times);
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
