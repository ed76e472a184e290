#include "tests/world/world.hpp"

#include "storage/domain/chain_settings.hpp"
#include "storage/domain/loyalty/code_list.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/staff/exception_view.hpp"
#include "storage/journal/journal.hpp"
#include "sync/central/exceptions.hpp"
#include "tests/support/shop.hpp"
#include "tests/world/deeds.hpp"

namespace keepsake::world {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr const char* stores[] = {"Lysvik", "Lysvik", "Sunne", "Sunne"};
constexpr std::size_t codes_of_a_list = 24;
constexpr int rounds_most = 8;  // until everybody has everything

std::string with_slash(const std::filesystem::path& folder) { return folder.string() + "/"; }

Programme club(std::int64_t points_for_ten) {
  Programme programme = test::programme();
  programme.source = "name = \"Fjord Club\"\ncurrency = \"NOK\"\n[earn]\npoints = " +
                     std::to_string(points_for_ten) + R"(
for_each = "10"
[redeem]
point_value = "0.10"
[expiry]
kind = "months"
count = 6
[[reward]]
id = "cash"
kind = "cash out"
value = "5"
cost = 10
[[reward]]
id = "autumn"
kind = "voucher"
cost = 1
code_list = true
)";
  return programme;
}

/// Customers leave a store that has not seen them for some days.
ChainSettings settings(Chance& chance) {
  const auto idle = chance.between(1, 6);
  return {"wallet_months = " + std::to_string(chance.between(6, 24)) +
          "\n[customers]\nidle_days = " + std::to_string(idle) +
          "\nlooked_up_days = " + std::to_string(chance.between(0, idle)) + "\n"};
}

std::vector<Fact> price_list(std::int64_t minor) {
  std::vector<Fact> facts;
  for (std::size_t n = 0; n < price_list_length; ++n)
    facts.emplace_back(CatalogueChange{{test::article(listed_article(n), "Kopp", minor)}, {}});
  return facts;
}

}  // namespace

World::World() : office_(folder_.path() / "office", clock_), network_{office_, disk_} {
  for (std::size_t n = 0; n < tills_of_a_world; ++n)
    tills_.emplace_back(folder_.path() / ("till-" + std::to_string(n)), stores[n], network_);
  jumped_.resize(tills_.size());
}

World::~World() {
  for (Till& each : tills_) each.close();
  office_.close();
}

void World::set_up() {
  fix_random_bytes(0);
  network_.faults = LineFaults::none();
  if (auto ok = office_.open(); !ok)
    return wrong("head office does not open: " + to_line(ok.error()));
  for (Till& each : tills_) {
    if (auto ok = each.create(); !ok) return wrong(to_line(ok.error()));
    if (auto ok = each.enrol(); !ok) return wrong(to_line(ok.error()));
  }
  judge_.emplace(office_, tills_);
  std::vector<Fact> facts = price_list(9900);
  for (std::size_t n = 0; n < own_articles; ++n)
    facts.emplace_back(CatalogueChange{{test::article(own_article(n), "Lampe")}, {}});
  if (auto ok = office_.publish("catalogue", facts); !ok) wrong(to_line(ok.error()));
  if (auto ok = office_.publish("programme", {club(1)}); !ok) wrong(to_line(ok.error()));
  for (Till& each : tills_)
    if (!each.sync()) wrong("a till cannot be reached when all is well");
  begin();
  office_.busy_at_times = true;
  network_.faults = LineFaults{};
}

/// A few members, gift cards and codes, of which everybody has heard.
void World::begin() {
  Chance chance(0);
  if (auto ok = office_.publish("settings", {settings(chance)}); !ok) wrong(to_line(ok.error()));
  for (std::size_t n = 0; n < tills_.size(); ++n) {
    Deeds deeds{tills_[n], chance, people_, [&](const FactId& id) { judge_->confirmed(n, id); }};
    for (const What what : {What::join, What::join, What::sell, What::sell, What::sell_card})
      deeds.perform(what);
    add_codes(n, chance);
  }
  for (int round = 0; round < 2; ++round)
    for (Till& each : tills_)
      if (!each.sync()) wrong("a till cannot be reached when all is well");
}

Outcome World::live(const std::vector<Step>& steps) {
  set_up();
  for (const Step& step : steps) {
    if (!outcome_.wrong.empty()) break;
    ++outcome_.steps;
    take(step);
    if (outcome_.wrong.empty()) wrong(judge_->after_step());
    if (!outcome_.wrong.empty()) outcome_.wrong += " (after " + to_text(step) + ")";
  }
  if (outcome_.wrong.empty()) exchange_all();
  if (outcome_.wrong.empty()) {
    wrong(judge_->at_end());
    if (!outcome_.wrong.empty()) outcome_.wrong += " (at the end)";
  }
  if (judge_) outcome_.counts = judge_->counts();
  return outcome_;
}

void World::take(const Step& step) {
  Chance chance(step.number);
  fix_random_bytes(chance.draw());
  network_.chance = Chance(chance.draw());
  const auto moment = milliseconds(chance.between(1, 30'000));
  clock_.advance(moment);
  for (Till& each : tills_) each.clock.advance(moment);
  network_.deliver_late();
  if (!disk_.dead()) {
    Till& till = tills_[step.till];
    Deeds deeds{till, chance, people_, [&](const FactId& id) { judge_->confirmed(step.till, id); }};
    const Chance before = chance;
    if (!deeds.perform(step.what) && !at_office(step, chance)) of_machines(step, chance);
    if (step.what == What::hold_and_pay || step.what == What::take_voucher)
      at_the_next_till(step, before);
  }
  power_back();
}

/// The same at the other till of the store, before either has heard of it: the same card, the same list.
void World::at_the_next_till(const Step& step, Chance chance) {
  const std::size_t other = step.till ^ 1;
  if (disk_.dead()) return;
  Deeds deeds{tills_[other], chance, people_,
              [&](const FactId& id) { judge_->confirmed(other, id); }};
  deeds.perform(step.what);
}

// Head office ----------------------------------------------------------------------------------

void World::publish_prices(Chance& chance) {
  const auto facts = price_list(100 * chance.between(10, 200));
  static_cast<void>(
      office_.publish("catalogue", facts, chance.below(3) == 0 ? stores[chance.below(4)] : ""));
}

void World::publish_programme(Chance& chance) {
  static_cast<void>(office_.publish("programme", {club(chance.between(1, 3))}));
}

void World::add_codes(std::size_t till, Chance& chance) {
  CodesAdded list{tills_[till].clock.local_now(), "anna", "autumn", {}};
  const std::string prefix = "AUT-" + std::to_string(chance.below(1'000'000)) + "-";
  for (std::size_t n = 0; n < codes_of_a_list; ++n)
    list.codes.push_back(prefix + std::to_string(n));
  if (const auto id = tills_[till].book().record(list)) judge_->confirmed(till, *id);
}

void World::settle_at_office(Chance& chance) {
  const auto records = office_.records();
  if (!records) return;
  const auto open = sync::central::open_exceptions(**records, std::nullopt, 20);
  if (open.empty()) return;
  const ExceptionView& one = open[chance.below(open.size())];
  const auto said = decisions_for(one);
  auto settled =
      keepsake::settle(one, said[chance.below(said.size())], "agreed", "", clock_.local_now());
  if (settled) static_cast<void>(office_.publish("exception", {*settled}, one.store));
}

bool World::at_office(const Step& step, Chance& chance) {
  Till& till = tills_[step.till];
  switch (step.what) {
    case What::push:
      static_cast<void>(till.push());
      return true;
    case What::pull:
      static_cast<void>(till.pull());
      return true;
    case What::sync:
      static_cast<void>(till.sync());
      return true;
    case What::publish_prices:
      publish_prices(chance);
      return true;
    case What::publish_programme:
      publish_programme(chance);
      return true;
    case What::publish_settings:
      static_cast<void>(office_.publish("settings", {settings(chance)}));
      return true;
    case What::add_codes:
      add_codes(step.till, chance);
      return true;
    case What::settle_at_office:
      settle_at_office(chance);
      return true;
    case What::daily_round:
      static_cast<void>(office_.daily_round());
      return true;
    default:
      return false;
  }
}

// Machines and time ------------------------------------------------------------------------------

void World::cut(const std::filesystem::path& machine, Chance& chance) {
  cut_at_ = machine;
  disk_.cut_at_sync(
      static_cast<int>(chance.between(1, 8)),
      chance.below(2) == 0 ? test::CrashDisk::Moment::before : test::CrashDisk::Moment::after,
      chance.draw(), with_slash(machine));
}

/// No cut is planned any more; of a machine whose files are to be written by others.
void World::leave_power_on(const std::filesystem::path& machine) {
  cut_at_ = machine;
  disk_.cut_at_sync(0, test::CrashDisk::Moment::before, 0, with_slash(machine));
}

/// Whoever has no power is started again, and finds what its disk kept.
void World::power_back() {
  if (!disk_.dead()) return;
  ++outcome_.cuts;
  judge_->let_go();
  if (cut_at_ == office_.folder()) {
    office_.close();
    disk_.power_on();
    if (auto ok = office_.open(); !ok)
      wrong("head office does not open after a power cut: " + to_line(ok.error()));
    return;
  }
  for (std::size_t n = 0; n < tills_.size(); ++n) {
    if (tills_[n].folder() != cut_at_) continue;
    tills_[n].close();
    disk_.power_on();
    if (auto ok = tills_[n].open(); !ok)
      return wrong("till " + std::to_string(n) +
                   " does not open after a power cut: " + to_line(ok.error()));
    judge_->reopened(n);
  }
}

void World::restore_office() {
  if (!has_copy_) return;
  judge_->let_go();
  office_.close();
  leave_power_on(office_.folder());
  disk_.power_on();  // it knows nothing of the files from here on
  judge_->office_restored();
  if (auto ok = office_.restore(folder_.path() / "copy.db"); !ok && !disk_.dead())
    wrong("head office does not open from its copy: " + to_line(ok.error()));
}

bool World::has_unsent(std::size_t till) {
  const auto head = tills_[till].reader().head();
  const auto acknowledged = tills_[till].reader().acknowledged();
  return !head || !acknowledged || head->seq > acknowledged->seq;
}

void World::enrol_again(std::size_t till, Till::Answer first_answer) {
  // Under another epoch it has none of its leases: what it spent of them and has not sent is not
  // set aside any more.
  if (has_unsent(till)) judge_->excuse();
  if (first_answer == Till::Answer::is_lost) static_cast<void>(tills_[till].enrol(first_answer));
  if (tills_[till].enrol()) ++outcome_.enrolments;
}

void World::pass_time(Chance& chance) {
  milliseconds passes = std::chrono::minutes(chance.between(1, 8 * 60));
  if (chance.below(8) == 0) {
    passes = std::chrono::hours(24 * chance.between(1, 30));
    // Leases end after two days; what was spent of them by then is sent, or people settle it.
    for (std::size_t n = 0; n < tills_.size(); ++n)
      if (!tills_[n].sync() && has_unsent(n)) judge_->excuse();
  }
  clock_.advance(passes);
  for (Till& each : tills_) each.clock.advance(passes);
}

void World::jump_clock(std::size_t till, Chance& chance) {
  judge_->excuse();
  const milliseconds back = -jumped_[till];
  const milliseconds jump =
      jumped_[till] == 0ms ? std::chrono::hours(chance.between(-40 * 24, 400 * 24)) : back;
  jumped_[till] += jump;
  tills_[till].clock.advance(jump);
}

bool World::of_machines(const Step& step, Chance& chance) {
  Till& till = tills_[step.till];
  switch (step.what) {
    case What::cut_till:
      cut(till.folder(), chance);
      return true;
    case What::cut_office:
      cut(office_.folder(), chance);
      return true;
    case What::check_point:
      static_cast<void>(till.book().checkpoint());
      return true;
    case What::reopen:
      till.close();
      if (auto ok = till.open(); !ok && !disk_.dead())
        wrong("a till does not open again: " + to_line(ok.error()));
      return true;
    case What::back_up_office:
      has_copy_ = office_.back_up(folder_.path() / "copy.db").ok() || has_copy_;
      return true;
    case What::restore_office:
      restore_office();
      return true;
    case What::enrol_again:
      enrol_again(step.till, chance.below(2) == 0 ? Till::Answer::comes : Till::Answer::is_lost);
      return true;
    case What::revoke:
      if (has_unsent(step.till)) judge_->excuse();
      static_cast<void>(
          office_.centre().revocations().revoke(till.book().terminal(), "stolen", "anna"));
      return true;
    case What::pass_time:
      pass_time(chance);
      return true;
    case What::jump_clock:
      jump_clock(step.till, chance);
      return true;
    default:
      return false;
  }
}

/// All faults stop. A till whom head office refuses is enrolled again, as its people would.
void World::exchange_all() {
  fix_random_bytes(1);
  network_.faults = LineFaults::none();
  network_.late.clear();
  office_.busy_at_times = false;
  leave_power_on(office_.folder());
  bool quiet = false;
  std::string trouble;
  for (int round = 0; round < rounds_most && !quiet; ++round) {
    quiet = round > 1;
    for (std::size_t n = 0; n < tills_.size(); ++n) {
      if (tills_[n].sync()) continue;
      quiet = false;
      const auto state = tills_[n].push();
      trouble = "till " + std::to_string(n);
      if (state && state->last_error) trouble += ": " + to_line(*state->last_error);
      if (const auto pulled = tills_[n].pull(); !pulled) trouble += ": " + to_line(pulled.error());
      if (state && state->link == LinkState::refused) enrol_again(n, Till::Answer::comes);
    }
  }
  if (!quiet) wrong("I6: not everything was exchanged when all faults had stopped: " + trouble);
}

}  // namespace keepsake::world
