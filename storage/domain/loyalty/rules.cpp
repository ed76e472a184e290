#include "storage/domain/loyalty/rules.hpp"

#include <algorithm>

#include "storage/domain/loyalty/code_list.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake::loyalty {
namespace {

template <class T>
const T* find_by_id(const std::vector<T>& all, std::string_view id) {
  const auto found = std::ranges::find(all, id, &T::id);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

Rules of_rate(const keepsake::Programme& simple) {
  Rules programme;
  programme.name = simple.name;
  programme.currency = simple.currency;
  programme.redeeming.point_value_milli_minor = simple.point_value_milli_minor;
  if (simple.version > 0 && simple.per_major_unit.hundredths > 0) {
    EarningRule base;
    base.id = "base";
    base.points = simple.per_major_unit;
    base.for_each_minor = simple.currency.minor_per_major();
    programme.earning.rules.push_back(std::move(base));
  }
  return programme;
}

const EarningRule* find_rule(const Rules& programme, std::string_view id) {
  return find_by_id(programme.earning.rules, id);
}

const Reward* find_reward(const Rules& programme, std::string_view id) {
  return find_by_id(programme.rewards, id);
}

std::string code_as_written(const Rules& programme, std::string_view typed) {
  const std::string key = code_key(typed);
  const CouponCode* alike = nullptr;
  for (const Reward& reward : programme.rewards) {
    if (reward.trigger != Trigger::code) continue;
    for (const CouponCode& coupon : reward.codes) {
      if (coupon.code == typed) return coupon.code;
      if (alike == nullptr && code_key(coupon.code) == key) alike = &coupon;
    }
  }
  return alike == nullptr ? std::string() : alike->code;
}

}  // namespace keepsake::loyalty
