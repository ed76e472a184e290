#pragma once
// The way to every screen, as somebody who knows it touches it. A screen of AnyScreen without one
// does not compile where all are gone to.

#include <type_traits>

#include "tests/kiosk/flow/shop.hpp"

namespace keepsake::flow {

/// A shop where every page has something on it: rewards for points, a gift card, people who may be
/// one, a customer with files and merges.
inline void furnish(Shop& shop) {
  shop.publish_rewards();
  loyalty::Reward mug;
  mug.id = "mug";
  mug.name = "Mug";
  mug.kind = loyalty::RewardKind::gift;
  mug.article = "MUG";
  mug.cost = {50000};
  loyalty::Reward money;
  money.id = "money";
  money.name = "Money";
  money.kind = loyalty::RewardKind::cash_out;
  money.cost = {10000};
  money.minor = 5000;
  shop.active->rules.rewards.push_back(mug);
  shop.active->rules.rewards.push_back(money);
  shop.state.wallet_minor = 20000;
  const char* card = "GC4417000012345678";
  shop.gift_cards[card] = {card, shop.nok("300"), {}, {}, GiftCardState::active, ""};
  shop.ingrid.last_purchases.push_back({});
  shop.last_lines = {{{"BULB", "LED bulb", Quantity::pieces(2)}, shop.articles.at("BULB")}};
  CustomerDesk& desk = shop.customers;
  desk.people = {{shop.ingrid.ref, "Ingrid Haugen", "4417"}};
  desk.seen.profile.ref = shop.ingrid.ref;
  desk.seen.standing.emplace();
  desk.seen.files.resize(2);
  desk.seen.merges.resize(1);
  for (std::uint8_t n = 1; n < 4; ++n) {
    DuplicatePair pair;
    pair.one.bytes[0] = n;
    pair.other.bytes[0] = static_cast<std::uint8_t>(n + 100);
    desk.pairs.push_back(pair);
  }
}

inline void reach(std::type_identity<Attract>, Shop&) {}
inline void reach(std::type_identity<Start>, Shop& shop) { shop.act(Wake{}); }

// ---- a customer

inline void reach(std::type_identity<Identify>, Shop& shop) {
  shop.look_up("91234417");
  shop.act(Edit{Field::pin});
  shop.type("1234");
}
inline void reach(std::type_identity<CustomerHome>, Shop& shop) { shop.identify(); }
inline void reach(std::type_identity<PointsWhy>, Shop& shop) {
  shop.identify();
  shop.act(Go{Place::why});
}
inline void reach(std::type_identity<MyData>, Shop& shop) {
  shop.identify();
  shop.act(Go{Place::my_data});
}
inline void reach(std::type_identity<Join>, Shop& shop) {
  shop.act(Wake{});
  shop.act(Go{Place::join});
}
inline void reach(std::type_identity<PriceCheck>, Shop& shop) { shop.scan(kettle_gtin); }
inline void reach(std::type_identity<WarrantyForm>, Shop& shop) {
  shop.act(Wake{});
  shop.act(Go{Place::warranty});
}
inline void reach(std::type_identity<WarrantyDone>, Shop& shop) {
  reach(std::type_identity<WarrantyForm>(), shop);
  shop.scan(kettle_gtin);
  shop.scan("NW8-0417731");
  shop.act(Submit{});
}

inline void reach(std::type_identity<ItemPage>, Shop& shop) {
  shop.act(Wake{});
  shop.scan(covered_serial);
}

// ---- a sale

inline void reach(std::type_identity<Sale>, Shop& shop) { shop.open_till(); }
inline void reach(std::type_identity<Tendering>, Shop& shop) {
  shop.open_till();
  shop.scan(kettle_gtin);
  shop.scan("BULB");
  shop.act(Go{Place::tender});
}
inline void reach(std::type_identity<SaleDone>, Shop& shop) {
  reach(std::type_identity<Tendering>(), shop);
  shop.act(Submit{});
}
inline void reach(std::type_identity<RewardsGiven>, Shop& shop) {
  shop.open_till();
  shop.scan(ingrid_card);
  shop.act(OpenRewards{});
  shop.act(ClaimReward{"mug", 1});
  shop.act(Submit{});
}
inline void reach(std::type_identity<ReturnFind>, Shop& shop) {
  shop.open_till();
  shop.act(Go{Place::returns});
}
inline void reach(std::type_identity<Returning>, Shop& shop) {
  reach(std::type_identity<SaleDone>(), shop);
  shop.act(Submit{});
  shop.act(Go{Place::returns});
  shop.act(PickPurchase{0});
}
inline void reach(std::type_identity<ReturnDone>, Shop& shop) {
  reach(std::type_identity<Returning>(), shop);
  shop.act(ReturnAll{});
  shop.act(Submit{});
}

// ---- staff

inline void reach(std::type_identity<PinEntry>, Shop& shop) {
  shop.act(Wake{});
  shop.act(Go{Place::staff});
}
inline void reach(std::type_identity<ShiftOpen>, Shop& shop) { shop.sign_in(); }
inline void reach(std::type_identity<ShiftClose>, Shop& shop) {
  shop.open_till();
  shop.act(Go{Place::shift_close});
}
inline void reach(std::type_identity<SyncStatus>, Shop& shop) {
  shop.open_till();
  shop.act(Go{Place::sync});
}
inline void reach(std::type_identity<CustomerSearch>, Shop& shop) {
  shop.open_till();
  shop.act(Go{Place::search});
}
inline void reach(std::type_identity<CustomerPage>, Shop& shop) {
  reach(std::type_identity<CustomerSearch>(), shop);
  shop.type("ing");
  shop.act(PickPerson{0});
}
inline void reach(std::type_identity<MergeReview>, Shop& shop) {
  shop.open_till();
  shop.act(Go{Place::merges});
}
inline void reach(std::type_identity<ProgrammePage>, Shop& shop) {
  shop.open_till();
  shop.act(Go{Place::programme});
}
inline void reach(std::type_identity<ExceptionPage>, Shop& shop) {
  shop.open_till();
  shop.act(Go{Place::exceptions});
}
inline void reach(std::type_identity<ArticlePage>, Shop& shop) {
  shop.open_till();
  shop.act(Go{Place::articles});
}
inline void reach(std::type_identity<StaffList>, Shop& shop) {
  shop.open_till();
  shop.act(Go{Place::staff_list});
}

}  // namespace keepsake::flow
