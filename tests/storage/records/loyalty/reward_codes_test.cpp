// Codes out of a file: each good once, found by an index, and as the journal says.
#include "storage/records/loyalty/reward_codes.hpp"

#include <algorithm>
#include <chrono>
#include <doctest/doctest.h>

#include "storage/domain/loyalty/events.hpp"
#include "tests/storage/records/value/ledger.hpp"

using namespace keepsake;
using namespace keepsake::test;
using loyalty::CodeSource;
using loyalty::ListedCode;

namespace {

/// Ten kroner off for a code of a list; tickets out of another for 10 points.
struct Listed : Club {
  Listed() {
    loyalty::Reward ten;
    ten.id = "ten";
    ten.name = "10 off";
    ten.kind = loyalty::RewardKind::money_off;
    ten.trigger = loyalty::Trigger::code;
    ten.minor = 1000;
    ten.code_source = CodeSource::list;
    loyalty::Reward ticket;
    ticket.id = "ticket";
    ticket.name = "Ticket";
    ticket.kind = loyalty::RewardKind::voucher;
    ticket.cost = {1000};
    ticket.code_source = CodeSource::list;
    rules.rewards.push_back(ten);
    rules.rewards.push_back(ticket);
  }

  FactId bring_in(const std::string& reward, std::vector<std::string> codes) {
    return record(CodesAdded{clock.local_now(), "anna", reward, std::move(codes)});
  }
  std::vector<ListedCode> known(std::string_view typed) const {
    const auto found = reader()->listed_codes(typed);
    REQUIRE_MESSAGE(found.ok(), why(found));
    return *found;
  }
  SaleRequest showing(std::string_view typed) const {
    SaleRequest request;
    request.codes = {std::string(typed)};
    request.listed = known(typed);
    return request;
  }
};

}  // namespace

TEST_CASE("codes: one of a list is good once and says when and by whom it was used") {
  Listed shop;
  shop.bring_in("ten", {"AUT 0001", "AUT0002"});
  const auto before = shop.known("aut0001");
  REQUIRE(before.size() == 1);
  CHECK(before[0].code == "AUT 0001");
  CHECK_FALSE(before[0].used.has_value());
  CHECK(shop.known("AUT0003").empty());

  const FactId sold = shop.sell(Club::basket(1, 10'000), shop.member, shop.showing("aut0001"));
  CHECK(shop.reader()->purchase(sold).value()->total == kroner(9000));
  const auto after = shop.known("AUT0001");
  REQUIRE(after[0].used.has_value());
  CHECK(after[0].used->staff == "anna");
  CHECK(after[0].used->at == shop.reader()->purchase(sold).value()->at);
  const auto again = shop.try_sell(Club::basket(1, 10'000), shop.member, shop.showing("aut0001"));
  CHECK(again.error().code == "loyalty.refused");
  CHECK(again.error().what.find("by anna") != std::string::npos);
  CHECK(shop.reader()->count_codes("ten")->used == 1);
  CHECK(sound(shop) == "");
}

TEST_CASE("codes: two sales that knew the code as free cannot both use it") {
  Listed shop;
  shop.bring_in("ten", {"AUT0001"});
  const SaleRequest stale = shop.showing("AUT0001");
  shop.sell(Club::basket(1, 10'000), shop.member, stale);
  CHECK(shop.try_sell(Club::basket(1, 10'000), shop.member, stale).error().code == "code.used");
  CHECK(sound(shop) == "");
}

TEST_CASE("codes: a return gives a code back where the reward says so, and else leaves it used") {
  for (const auto on_return : {loyalty::OnReturn::usual, loyalty::OnReturn::restore}) {
    Listed shop;
    shop.rules.rewards[2].on_return = on_return;
    shop.bring_in("ten", {"AUT0001"});
    const FactId sold = shop.sell(Club::basket(1, 10'000), shop.member, shop.showing("AUT0001"));
    REQUIRE(shop.try_return(sold, 0, Quantity::pieces(1), shop.member).ok());
    CHECK(shop.known("AUT0001")[0].used.has_value() == (on_return == loyalty::OnReturn::usual));
    CHECK(sound(shop) == "");
  }
}

TEST_CASE("codes: vouchers go out in the order of the files, and none where none was brought in") {
  Listed shop;
  shop.sell(Club::basket(1, 100'000), shop.member);
  CHECK(shop.try_sell(Club::basket(1, 100), shop.member, claim("ticket")).error().what ==
        "No codes of ticket were brought in at this till");
  shop.bring_in("ticket", {"T-9", "T-1"});
  shop.clock.advance(std::chrono::seconds(1));
  shop.bring_in("ticket", {"T-0"});
  const FactId sold = shop.sell(Club::basket(1, 100), shop.member, claim("ticket", 2));
  const auto bought = *shop.reader()->purchase(sold);
  CHECK(bought->loyalty->rewards.at(0).vouchers == std::vector<std::string>{"T-9", "T-1"});
  CHECK(shop.state(shop.member).next_codes.at("ticket") == std::vector<std::string>{"T-0"});
  // What a list counts stands nowhere else: a question stays as short as it was.
  CHECK_FALSE(shop.state(shop.member).uses_by_all.contains("code:T-9"));
  CHECK(sound(shop) == "");
}

TEST_CASE("codes: what is here already is refused, and at head office kept once and told") {
  Listed shop;
  shop.bring_in("ten", {"AUT0001"});
  const auto twice =
      shop.book->record(CodesAdded{shop.clock.local_now(), "anna", "ten", {"aut 0001", "AUT0002"}});
  CHECK(twice.error().code == "codes.twice");
  CHECK(shop.known("AUT0002").empty());
  // The same code may be handed out for one reward and taken for another.
  shop.bring_in("ticket", {"AUT0001"});
  CHECK(shop.known("AUT0001").size() == 2);
  CHECK(sound(shop) == "");
}

TEST_CASE("codes: a hundred thousand of them make a quote's question no longer") {
  Listed shop;
  const auto reader = shop.reader();
  const auto took = [&] {
    const auto begin = std::chrono::steady_clock::now();
    for (int n = 0; n < 200; ++n) {
      CHECK(reader->member(shop.member, shop.rules, shop.clock.local_now()).ok());
      CHECK(reader->listed_codes("K7-99999")->size() == 1);
    }
    return std::chrono::steady_clock::now() - begin;
  };
  shop.bring_in("ten", {"K7-99999"});
  const auto few = std::min(took(), took());
  CodesAdded list{shop.clock.local_now(), "anna", "ten", {}};
  for (int n = 0; n < 100'000; ++n) list.codes.push_back("K" + std::to_string(n));
  std::vector<Fact> facts;
  for (CodesAdded& part : parts_of(list)) facts.emplace_back(std::move(part));
  REQUIRE(shop.book->record_all(facts).ok());
  const auto many = std::min(took(), took());
  MESSAGE("200 questions with one code: ", few / std::chrono::microseconds(1),
          " us, with 100,001: ", many / std::chrono::microseconds(1), " us");
  CHECK(many < 3 * few + std::chrono::milliseconds(50));  // a scan takes some 10 ms each time
  CHECK(shop.reader()->count_codes("ten")->all == 100'001);
}
