#pragma once
// What points, codes and events are turned into.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/domain/loyalty/earning.hpp"
#include "storage/domain/loyalty/filter.hpp"
#include "storage/domain/values/localized_text.hpp"
#include "storage/domain/values/points.hpp"

namespace keepsake::loyalty {

/// Discounts: money_off, percent_off, free_item, buy_x_get_y, set_price (some pieces together for a
/// fixed price). The rest is handed over or owed:
/// cash_out (money in hand or onto the wallet), gift (an article outside the sale), donation,
/// voucher (a code of the pool).
enum class RewardKind {
  money_off,
  percent_off,
  free_item,
  buy_x_get_y,
  set_price,
  cash_out,
  gift,
  donation,
  voucher,
};
/// Neither a price nor a code says that it was given: a gift, a donation.
constexpr bool is_given(RewardKind kind) {
  return kind == RewardKind::gift || kind == RewardKind::donation;
}
/// cheapest: one piece of the cheapest line that fits. each: money off every piece that fits, or
/// every kilogram.
enum class RewardScope { order, lines, cheapest, each };
enum class Period { day, month, year };
enum class Trigger { claim, code, automatic };
/// What becomes of its use when the whole purchase comes back. usual: a discount that was claimed
/// or came by itself counts no more, a code stays used, and so does what was handed over.
enum class OnReturn { usual, keep, restore };
/// list: codes brought in from a file (code_list.hpp), beside those that the programme writes.
enum class CodeSource { programme, list };
enum class Standing { with_others, alone };  ///< alone: only when nothing else is discounted

/// The stages of the order in which discounts are taken; each works on what the earlier left.
/// Within a stage: see comes_before.
enum class DiscountStage { items, lines, order_percent, order_money };

struct CouponCode {
  std::string code;
  std::optional<std::int64_t> uses = 1;               ///< by all together; none: any number
  std::optional<std::int64_t> uses_per_customer = 1;  ///< none: any number
  bool operator==(const CouponCode&) const = default;
};

/// So many pieces of these lines belong to a set.
struct SetPart {
  LineFilter lines;
  std::int64_t pieces = 1;
  bool operator==(const SetPart&) const = default;
};

struct Reward {
  std::string id;
  LocalizedText name;
  RewardKind kind = RewardKind::money_off;
  Trigger trigger = Trigger::claim;
  RewardScope scope = RewardScope::order;
  Standing standing = Standing::with_others;
  Points cost;  ///< of one step; 0: free
  /// In one purchase; none: as many as points and basket allow.
  std::optional<std::int64_t> max_steps;
  std::int64_t minor = 0;  ///< money_off, cash_out, donation, gift: worth of one step; set_price
  std::int32_t basis_points = 0;           ///< percent_off, and buy_x_get_y's get (10000: free)
  std::optional<std::int64_t> most_minor;  ///< percent_off: cap of the discount
  std::int64_t buy = 0;                    ///< buy_x_get_y: pieces
  std::int64_t get = 0;
  std::optional<LineFilter> get_of;  ///< buy_x_get_y: what is given; none: of what is bought
  std::vector<SetPart> parts;        ///< set_price: all of it makes one set
  std::int64_t pieces = 1;           ///< free_item: of one step
  std::string article;               ///< free_item, gift: what is given
  Filter filter;                     ///< lines that can be discounted; when it is valid
  Minimum minimum;                   ///< of the matching lines
  std::vector<CouponCode> codes;     ///< Trigger::code
  std::vector<std::string> pool;     ///< voucher: codes to give, each once
  CodeSource code_source = CodeSource::programme;  ///< of a voucher, or for Trigger::code
  std::optional<std::int64_t> stock;               ///< times by all together
  std::optional<std::int64_t> per_customer;
  std::optional<std::int64_t> per_day;  ///< steps by all together, on one day of the shop
  std::optional<Period> once_per;       ///< one step in each, of one member
  OnReturn on_return = OnReturn::usual;
  std::string best_of;  ///< of the rewards with the same word only the best applies; "": none
  /// Whether what it takes off earns nothing; none: as Earning::discounted says.
  std::optional<Counts> lowers_earning;
  bool operator==(const Reward&) const = default;
};

inline constexpr std::array<DiscountStage, 4> usual_order = {
    DiscountStage::items, DiscountStage::lines, DiscountStage::order_percent,
    DiscountStage::order_money};

DiscountStage stage_of(const Reward& reward);  ///< of a discount
/// Within one stage: money off each piece; sets at a price, then other sets, before free items; the cheapest piece before whole lines; percent before
/// money; then by id. Where they stand in the file does not matter.
bool comes_before(const Reward& a, const Reward& b);
bool is_discount(RewardKind kind);
bool takes_pieces(RewardKind kind);         ///< whole pieces, which no other reward may use
bool use_comes_back(const Reward& reward);  ///< see OnReturn; never what was handed over

bool hands_out_a_list(const Reward& reward);  ///< a voucher whose codes come from a file
bool takes_a_list(const Reward& reward);      ///< a coupon whose codes come from a file

/// Counted for all together: who buys does not matter. `coupon`: by which it comes, or null.
bool is_counted(const Reward& reward, const CouponCode* coupon);
/// Counted for each member, paid with points or owed to somebody. That a code is good once for all
/// says enough.
bool is_personal(const Reward& reward, const CouponCode* coupon);

/// The steps that `balance` pays for: 10 points at 3 a step are 3 steps, 9 points.
std::int64_t affordable_steps(const Reward& reward, Points balance);

}  // namespace keepsake::loyalty
