#include "storage/domain/loyalty/rewards.hpp"

#include <limits>
#include <tuple>

namespace keepsake::loyalty {

bool is_discount(RewardKind kind) {
  return kind == RewardKind::money_off || kind == RewardKind::percent_off || takes_pieces(kind);
}

bool takes_pieces(RewardKind kind) {
  return kind == RewardKind::free_item || kind == RewardKind::buy_x_get_y ||
         kind == RewardKind::set_price;
}

bool use_comes_back(const Reward& reward) {
  if (!is_discount(reward.kind)) return false;
  if (reward.on_return == OnReturn::usual) return reward.trigger != Trigger::code;
  return reward.on_return == OnReturn::restore;
}

DiscountStage stage_of(const Reward& reward) {
  if (takes_pieces(reward.kind)) return DiscountStage::items;
  // A price of its own for each piece, from which sets and items then take theirs.
  if (reward.scope == RewardScope::each) return DiscountStage::items;
  if (reward.scope != RewardScope::order) return DiscountStage::lines;
  return reward.kind == RewardKind::percent_off ? DiscountStage::order_percent
                                                : DiscountStage::order_money;
}

bool comes_before(const Reward& a, const Reward& b) {
  const auto rank = [](const Reward& reward) {
    const bool whole_lines = reward.scope != RewardScope::cheapest;
    return std::tuple(reward.scope != RewardScope::each, reward.kind != RewardKind::set_price,
                      reward.kind != RewardKind::buy_x_get_y, whole_lines,
                      reward.kind != RewardKind::percent_off, std::string_view(reward.id));
  };
  return rank(a) < rank(b);
}

bool hands_out_a_list(const Reward& reward) {
  return reward.code_source == CodeSource::list && reward.kind == RewardKind::voucher;
}

bool takes_a_list(const Reward& reward) {
  return reward.code_source == CodeSource::list && reward.kind != RewardKind::voucher;
}

bool is_counted(const Reward& reward, const CouponCode* coupon) {
  return reward.stock || reward.per_day || reward.kind == RewardKind::voucher ||
         (coupon != nullptr && coupon->uses);
}

bool is_personal(const Reward& reward, const CouponCode* coupon) {
  const bool own_uses = coupon != nullptr && coupon->uses_per_customer &&
                        (!coupon->uses || *coupon->uses > *coupon->uses_per_customer);
  return reward.per_customer || reward.once_per || own_uses || reward.cost.hundredths > 0 ||
         reward.kind == RewardKind::cash_out || reward.kind == RewardKind::donation;
}

std::int64_t affordable_steps(const Reward& reward, Points balance) {
  if (reward.cost.hundredths <= 0) return std::numeric_limits<std::int64_t>::max();
  return balance.hundredths <= 0 ? 0 : balance.hundredths / reward.cost.hundredths;
}

}  // namespace keepsake::loyalty
