#pragma once
// A day at the shop by chance, and whether its records are what its facts give (I11).

#include <doctest/doctest.h>
#include <functional>
#include <rapidcheck.h>
#include <string>
#include <utility>
#include <vector>

#include "storage/book/rebuild.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/member_pin.hpp"
#include "storage/domain/loyalty/code_list.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/level_grant.hpp"
#include "storage/domain/sale/catalogue_request.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/staff/exception_view.hpp"
#include "storage/domain/staff/staff_change.hpp"
#include "tests/support/shop.hpp"

namespace keepsake::test {

/// A day at the shop by chance, inside rc::check: every kind of fact, among them ones the book must
/// refuse.
struct Day {
  Shop& shop;
  std::vector<CustomerRef> customers{{}};
  std::vector<std::pair<FactId, Purchase>> sold{};
  std::vector<FactId> merges{};
  std::vector<FactId> lists{};  ///< of codes
  std::vector<FactId> requests{};
  std::int32_t programme_version = 0;
  std::string cards = "C-";  ///< what its customers' cards begin with
  CustomerRef some_key{{1, 2, 3}};
  int accepted = 0;
  int refused = 0;

  void record(const Fact& fact, const std::function<void(FactId)>& done = {}) {
    shop.clock.advance(std::chrono::milliseconds(*rc::gen::inRange(-1000, 5000)));
    const auto id = shop.book->record(fact);
    id ? ++accepted : ++refused;
    if (!id && id.error().kind != Failure::refused) RC_FAIL(to_line(id.error()));
    if (id && done) done(*id);
  }

  CustomerRef someone() { return customers[*rc::gen::inRange<std::size_t>(0, customers.size())]; }

  void sell() {
    std::vector<PurchaseLine> lines;
    for (int n = *rc::gen::inRange(1, 4); n > 0; --n)
      lines.push_back(line("10" + std::to_string(*rc::gen::inRange(0, 9)), *rc::gen::inRange(1, 4),
                           *rc::gen::inRange(0, 100000)));
    if (*rc::gen::inRange(0, 3) == 0 && lines[0].quantity == Quantity::pieces(1))
      lines[0].warranty = item("SN" + std::to_string(*rc::gen::inRange(100, 105)));
    Purchase bought = purchase(shop.clock, std::move(lines));
    bought.customer = someone();
    bought.programme_version = programme_version;
    if (*rc::gen::inRange(0, 3) == 0)
      bought.origin = "old:" + std::to_string(*rc::gen::inRange(0, 9));
    if (programme_version > 0 && !bought.customer.nobody())
      bought.points_earned = {bought.total.minor / 100 * 10};
    record(bought, [&](FactId id) { sold.emplace_back(id, bought); });
  }

  void take_back() {
    if (sold.empty()) return;
    const auto& [id, from] = sold[*rc::gen::inRange<std::size_t>(0, sold.size())];
    const auto line_no = *rc::gen::inRange<std::size_t>(0, from.lines.size());
    Return back = bring_back(shop.clock, from, id, static_cast<std::uint32_t>(line_no),
                             *rc::gen::inRange(1, 4));
    if (!back.customer.nobody()) back.points_reversed = {*rc::gen::inRange(0, 20000)};
    record(back);
  }

  void change_catalogue() {
    CatalogueChange change;
    const std::string code = "10" + std::to_string(*rc::gen::inRange(0, 9));
    if (*rc::gen::inRange(0, 4) == 0)
      change.removed = {code};
    else
      change.put = {article(code, "Kopp nr " + std::to_string(*rc::gen::inRange(0, 99)))};
    record(change);
  }

  void ask_for_change() {
    const std::string code = "10" + std::to_string(*rc::gen::inRange(0, 9));
    CatalogueRequest request{{}, "anna", shop.clock.local_now()};
    if (*rc::gen::inRange(0, 3) == 0)
      request.step = article(code, "Kopp nr " + std::to_string(*rc::gen::inRange(0, 99)));
    else
      request.step = PriceWish{code, UnitPrice::from_minor(*rc::gen::inRange(1, 100))};
    record(request, [&](FactId id) { requests.push_back(id); });
  }

  void shift() {
    const auto open = *shop.reader()->open_shift();
    if (open)
      record(ShiftClosing{shop.clock.local_now(), "anna", open->id, open->expected, kroner(100)});
    else
      record(ShiftOpening{shop.clock.local_now(), "anna", kroner(50000)});
  }

  void register_item() {
    WarrantyRegistration registration;
    registration.article = "1002";
    registration.article_name = "Lamp";
    const LineWarranty by_hand = item("SN" + std::to_string(*rc::gen::inRange(100, 105)));
    registration.maker = by_hand.maker;
    registration.serial = by_hand.serial;
    registration.serial_typed = by_hand.serial_typed;
    registration.covers = by_hand.covers;
    registration.customer = someone();
    registration.at = shop.clock.local_now();
    record(registration);
  }

  void publish() {
    record(programme(*rc::gen::inRange(1, 5)),
           [&](FactId) { programme_version = shop.reader()->programme()->version; });
  }

  void change_wallet() {
    const CustomerRef who = someone();
    if (who.nobody()) return;
    record(WalletChange{shop.clock.local_now(), "anna", who,
                        *rc::gen::element(WalletState::active, WalletState::blocked), "lost"});
  }

  void change_pin() {
    const CustomerRef who = someone();
    if (who.nobody()) return;
    record(MemberPinChange{who, *rc::gen::element<std::string>("", "sealed"), "anna",
                           shop.clock.local_now()});
  }

  void change_staff() {
    const std::string id = *rc::gen::element<std::string>("anna", "ola");
    SealedStaffMember member{id, StaffRole::none, {}, {}, {}};
    if (*rc::gen::inRange(0, 3) != 0)
      member = {id, *rc::gen::element(StaffRole::cashier, StaffRole::manager), some_key, "sealed",
                *rc::gen::element<std::string>("", "sealed")};
    record(StaffChange{member, "anna", shop.clock.local_now()});
  }

  void add_codes() {
    const int first = *rc::gen::inRange(0, 30);
    record(CodesAdded{shop.clock.local_now(),
                      "anna",
                      "autumn",
                      {"AUT-" + std::to_string(first), "AUT-" + std::to_string(first + 100)}},
           [&](FactId id) { lists.push_back(id); });
  }

  void deal_codes() {
    if (lists.empty()) return;
    record(CodesDealt{shop.clock.local_now(),
                      "autumn",
                      lists[*rc::gen::inRange<std::size_t>(0, lists.size())],
                      0,
                      static_cast<std::uint32_t>(*rc::gen::inRange(1, 3)),
                      {static_cast<std::uint32_t>(*rc::gen::inRange(1, 4))}});
  }

  /// Handed out or shown: the records count it either way.
  void use_code() {
    const CustomerRef who = someone();
    if (programme_version == 0 || who.nobody()) return;
    LoyaltyEvent event;
    event.at = shop.clock.local_now();
    event.customer = who;
    event.currency = nok();
    event.programme_version = programme_version;
    event.loyalty.to_wallet = event.loyalty.paid_out = kroner(0);
    const std::string code = "AUT-" + std::to_string(*rc::gen::inRange(0, 30));
    event.loyalty.rewards = {{"autumn", "", 1, {}, kroner(0), {code}}};
    record(event);
  }

  void grant_level() {
    const CustomerRef who = someone();
    if (who.nobody()) return;
    record(LevelGranted{shop.clock.local_now(), "anna", who,
                        *rc::gen::element<std::string>("gold", "silver", ""), std::nullopt,
                        "raffle"});
  }

  void settle_something() {
    const auto open = *shop.reader()->open_exceptions(20);
    if (open.empty()) return;
    const ExceptionView& one = open[*rc::gen::inRange<std::size_t>(0, open.size())];
    const auto said = *rc::gen::elementOf(decisions_for(one));
    record(*settle(one, said, "agreed", "anna", shop.clock.local_now()));
  }

  void merge() {
    const CustomerRef kept = someone(), merged = someone();
    if (kept.nobody() || merged.nobody() || kept == merged) return;
    record(CustomerMerge{kept, merged, "phone", "anna", shop.clock.local_now()},
           [&](FactId id) { merges.push_back(id); });
  }

  void undo_merge() {
    if (merges.empty()) return;
    const FactId any = merges[*rc::gen::inRange<std::size_t>(0, merges.size())];
    record(MergeUndoing{any, "anna", shop.clock.local_now()});
  }

  void step() {
    switch (*rc::gen::inRange(0, 23)) {
      case 21:
      case 22:
        settle_something();
        break;
      case 20:
        deal_codes();
        break;
      case 18:
      case 19:
        ask_for_change();
        break;
      case 17:
        change_staff();
        break;
      case 16:
        change_pin();
        break;
      case 15:
        grant_level();
        break;
      case 13:
        add_codes();
        break;
      case 14:
        use_code();
        break;
      case 8:
        merge();
        break;
      case 9:
        undo_merge();
        break;
      case 7:
        change_wallet();
        break;
      case 0: {
        Profile profile;
        profile.name = "Kunde " + std::to_string(customers.size());
        customers.push_back(shop.enrol(profile, cards + std::to_string(customers.size())));
        ++accepted;
        break;
      }
      case 1:
        change_catalogue();
        break;
      case 2:
        shift();
        break;
      case 3:
        register_item();
        break;
      case 4:
        publish();
        break;
      case 5:
      case 6:
        take_back();
        break;
      default:
        sell();
    }
  }
};

}  // namespace keepsake::test
