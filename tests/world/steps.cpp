#include "tests/world/steps.hpp"

#include <array>
#include <cstdio>
#include <string_view>

#include "tests/world/chance.hpp"

namespace keepsake::world {

namespace {

struct Kind {
  What what;
  std::string_view name;
  int weight;  ///< how often, beside the others
  bool excuses = false;
};

constexpr std::array<Kind, static_cast<std::size_t>(What::count_)> kinds{{
    {What::sell, "sell", 120},
    {What::spend_points, "spend-points", 50},
    {What::sell_card, "sell-card", 30},
    {What::pay_by_card, "pay-by-card", 60},
    {What::hold_and_pay, "hold-and-pay", 60},
    {What::pay_by_wallet, "pay-by-wallet", 20},
    {What::cash_out, "cash-out", 15},
    {What::take_voucher, "take-voucher", 50},
    {What::bring_back, "bring-back", 40},
    {What::join, "join", 30},
    {What::change_profile, "change-profile", 30},
    {What::merge, "merge", 10},
    {What::undo_merge, "undo-merge", 4},
    {What::erase, "erase", 6},
    {What::change_price, "change-price", 15},
    {What::settle, "settle", 10},
    {What::push, "push", 40},
    {What::pull, "pull", 40},
    {What::sync, "sync", 80},
    {What::look_up, "look-up", 20},
    {What::forget_hold, "forget-hold", 10},
    {What::publish_prices, "publish-prices", 15},
    {What::publish_programme, "publish-programme", 6},
    {What::publish_settings, "publish-settings", 4},
    {What::add_codes, "add-codes", 6},
    {What::settle_at_office, "settle-at-office", 6},
    {What::daily_round, "daily-round", 10},
    {What::cut_till, "cut-till", 25},
    {What::cut_office, "cut-office", 20},
    {What::check_point, "check-point", 10},
    {What::reopen, "reopen", 8},
    {What::back_up_office, "back-up-office", 6},
    {What::restore_office, "restore-office", 3, true},
    {What::enrol_again, "enrol-again", 4, true},
    {What::revoke, "revoke", 3, true},
    {What::pass_time, "pass-time", 40},
    {What::jump_clock, "jump-clock", 4, true},
}};

const Kind& drawn(Chance& chance, Accidents accidents) {
  const auto weight = [&](const Kind& kind) {
    return kind.excuses && accidents == Accidents::excusable_left_out ? 0 : kind.weight;
  };
  int all = 0;
  for (const Kind& kind : kinds) all += weight(kind);
  int left = static_cast<int>(chance.below(static_cast<std::size_t>(all)));
  for (const Kind& kind : kinds) {
    left -= weight(kind);
    if (left < 0) return kind;
  }
  return kinds.front();
}

}  // namespace

std::vector<Step> plan(std::uint64_t seed, std::size_t tills, std::size_t steps,
                       Accidents accidents) {
  Chance chance(seed);
  std::vector<Step> all;
  for (std::size_t n = 0; n < steps; ++n)
    all.push_back({drawn(chance, accidents).what, chance.below(tills), chance.draw()});
  return all;
}

std::string to_text(const Step& step) {
  std::array<char, 64> text{};
  const std::string_view name = kinds[static_cast<std::size_t>(step.what)].name;
  std::snprintf(text.data(), text.size(), "%.*s@%zu#%llx", static_cast<int>(name.size()),
                name.data(), step.till, static_cast<unsigned long long>(step.number));
  return text.data();
}

std::string to_text(const std::vector<Step>& steps) {
  std::string text;
  for (const Step& step : steps) text += (text.empty() ? "" : " ") + to_text(step);
  return text;
}

}  // namespace keepsake::world
