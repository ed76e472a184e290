#include "storage/domain/cards_in.hpp"

#include <doctest/doctest.h>

#include "storage/domain/every_fact.hpp"

using namespace keepsake;

namespace {

const Currency krone = *Currency::parse("NOK");

Tender pays(TenderKind kind, const char* reference) {
  return {kind, {100, krone}, {100, krone}, reference, {}};
}

}  // namespace

TEST_CASE("a purchase is about the gift cards that it fills up and that pay for it, each once") {
  Purchase bought;
  bought.currency = krone;
  bought.top_ups = {{0, StoredValue::gift_card, "GC100001", {100, krone}, std::nullopt},
                    {1, StoredValue::wallet, "", {100, krone}, std::nullopt}};
  bought.tenders = {pays(TenderKind::gift_card, "GC100002"), pays(TenderKind::card, "4417"),
                    pays(TenderKind::gift_card, "GC100002")};
  CHECK(cards_in(bought) == std::vector<CardNamed>{{"GC100002", krone}, {"GC100001", krone}});
}

TEST_CASE("so are returns, runs of expiry and blocks; the last moves nothing") {
  Return back;
  back.currency = krone;
  back.tenders = {pays(TenderKind::gift_card, "GC100001")};
  CHECK(cards_in(back) == std::vector<CardNamed>{{"GC100001", krone}});
  PointsExpired expired;
  expired.currency = krone;
  expired.cards = {{"GC100001", {100, krone}}, {"GC100002", {100, krone}}};
  CHECK(cards_in(expired).size() == 2);
  CHECK(cards_in(GiftCardChange{{}, "anna", "GC100001", GiftCardState::blocked, "lost"}) ==
        std::vector<CardNamed>{{"GC100001", {}}});
  CHECK(cards_in(ShiftOpening{}).empty());
}
