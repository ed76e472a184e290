#include "storage/domain/loyalty/enum_names.hpp"

namespace keepsake::loyalty {

template <>
std::span<const Word<EarnKind>> words_for<EarnKind>() {
  static constexpr Word<EarnKind> words[] = {
      {"per amount", EarnKind::per_amount},
      {"per item", EarnKind::per_item},
      {"per order", EarnKind::per_order},
      {"event", EarnKind::event},
  };
  return words;
}

template <>
std::span<const Word<TaxBasis>> words_for<TaxBasis>() {
  static constexpr Word<TaxBasis> words[] = {
      {"included", TaxBasis::included},
      {"excluded", TaxBasis::excluded},
  };
  return words;
}

template <>
std::span<const Word<MinimumOf>> words_for<MinimumOf>() {
  static constexpr Word<MinimumOf> words[] = {
      {"lines", MinimumOf::lines},
      {"order", MinimumOf::order},
  };
  return words;
}

template <>
std::span<const Word<Combine>> words_for<Combine>() {
  static constexpr Word<Combine> words[] = {
      {"sum", Combine::sum},
      {"best", Combine::best},
      {"first", Combine::first},
  };
  return words;
}

template <>
std::span<const Word<Compose>> words_for<Compose>() {
  static constexpr Word<Compose> words[] = {
      {"multiply", Compose::multiply},
      {"add", Compose::add},
      {"best", Compose::best},
  };
  return words;
}

template <>
std::span<const Word<Event>> words_for<Event>() {
  static constexpr Word<Event> words[] = {
      {"enrolled", Event::enrolled},
      {"first purchase", Event::first_purchase},
      {"birthday", Event::birthday},
      {"referred", Event::referred},
      {"referrer", Event::referrer},
      {"survey", Event::survey},
      {"warranty registered", Event::warranty_registered},
      {"nth visit", Event::nth_visit},
  };
  return words;
}

template <>
std::span<const Word<TenderKind>> words_for<TenderKind>() {
  static constexpr Word<TenderKind> words[] = {
      {"cash", TenderKind::cash},     {"card", TenderKind::card},
      {"wallet", TenderKind::wallet}, {"gift card", TenderKind::gift_card},
      {"points", TenderKind::points}, {"other", TenderKind::unknown},
  };
  return words;
}

template <>
std::span<const Word<RoundingMode>> words_for<RoundingMode>() {
  static constexpr Word<RoundingMode> words[] = {
      {"half up", RoundingMode::half_up},
      {"down", RoundingMode::down},
      {"up", RoundingMode::up},
      {"half even", RoundingMode::half_even},
  };
  return words;
}

template <>
std::span<const Word<RoundedPer>> words_for<RoundedPer>() {
  static constexpr Word<RoundedPer> words[] = {
      {"order", RoundedPer::order},
      {"line", RoundedPer::line},
  };
  return words;
}

template <>
std::span<const Word<ExpiryKind>> words_for<ExpiryKind>() {
  static constexpr Word<ExpiryKind> words[] = {
      {"never", ExpiryKind::never},
      {"days", ExpiryKind::days},
      {"months", ExpiryKind::months},
      {"end of month", ExpiryKind::end_of_month},
      {"end of year", ExpiryKind::end_of_year},
      {"inactivity", ExpiryKind::inactivity},
  };
  return words;
}

template <>
std::span<const Word<TierBasis>> words_for<TierBasis>() {
  static constexpr Word<TierBasis> words[] = {
      {"spend", TierBasis::spend},
      {"points", TierBasis::points},
      {"visits", TierBasis::visits},
  };
  return words;
}

template <>
std::span<const Word<TierWindow>> words_for<TierWindow>() {
  static constexpr Word<TierWindow> words[] = {
      {"lifetime", TierWindow::lifetime},
      {"calendar month", TierWindow::calendar_month},
      {"calendar quarter", TierWindow::calendar_quarter},
      {"calendar year", TierWindow::calendar_year},
      {"rolling months", TierWindow::rolling_months},
  };
  return words;
}

template <>
std::span<const Word<Upgrade>> words_for<Upgrade>() {
  static constexpr Word<Upgrade> words[] = {
      {"at once", Upgrade::at_once},
      {"period end", Upgrade::period_end},
  };
  return words;
}

template <>
std::span<const Word<LevelCounts>> words_for<LevelCounts>() {
  static constexpr Word<LevelCounts> words[] = {
      {"next purchase", LevelCounts::next_purchase},
      {"this purchase", LevelCounts::this_purchase},
  };
  return words;
}

template <>
std::span<const Word<Downgrade>> words_for<Downgrade>() {
  static constexpr Word<Downgrade> words[] = {
      {"none", Downgrade::none},
      {"assigned", Downgrade::assigned},
      {"gradual", Downgrade::gradual},
  };
  return words;
}

template <>
std::span<const Word<RewardKind>> words_for<RewardKind>() {
  static constexpr Word<RewardKind> words[] = {
      {"money off", RewardKind::money_off}, {"percent off", RewardKind::percent_off},
      {"free item", RewardKind::free_item}, {"buy x get y", RewardKind::buy_x_get_y},
      {"set price", RewardKind::set_price}, {"cash out", RewardKind::cash_out},
      {"gift", RewardKind::gift},           {"donation", RewardKind::donation},
      {"voucher", RewardKind::voucher},
  };
  return words;
}

template <>
std::span<const Word<RewardScope>> words_for<RewardScope>() {
  static constexpr Word<RewardScope> words[] = {
      {"order", RewardScope::order},
      {"lines", RewardScope::lines},
      {"cheapest", RewardScope::cheapest},
      {"each", RewardScope::each},
  };
  return words;
}

template <>
std::span<const Word<Period>> words_for<Period>() {
  static constexpr Word<Period> words[] = {
      {"day", Period::day},
      {"month", Period::month},
      {"year", Period::year},
  };
  return words;
}

template <>
std::span<const Word<OnReturn>> words_for<OnReturn>() {
  static constexpr Word<OnReturn> words[] = {
      {"usual", OnReturn::usual},
      {"keep", OnReturn::keep},
      {"restore", OnReturn::restore},
  };
  return words;
}

template <>
std::span<const Word<Trigger>> words_for<Trigger>() {
  static constexpr Word<Trigger> words[] = {
      {"claim", Trigger::claim},
      {"code", Trigger::code},
      {"automatic", Trigger::automatic},
  };
  return words;
}

template <>
std::span<const Word<DiscountStage>> words_for<DiscountStage>() {
  static constexpr Word<DiscountStage> words[] = {
      {"items", DiscountStage::items},
      {"lines", DiscountStage::lines},
      {"order percent", DiscountStage::order_percent},
      {"order money", DiscountStage::order_money},
  };
  return words;
}

}  // namespace keepsake::loyalty
