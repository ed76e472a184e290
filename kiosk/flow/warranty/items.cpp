// Items under cover: what a scan or a look-up found, as a list, and one of them.
#include <algorithm>

#include "kiosk/flow/customer/handlers.hpp"
#include "kiosk/flow/places.hpp"
#include "kiosk/flow/sale/handlers.hpp"
#include "kiosk/flow/warranty/handlers.hpp"
#include "storage/domain/values/handle.hpp"
#include "storage/domain/values/overloaded.hpp"

namespace keepsake::flow {
namespace {

/// To a customer whose it is not, nothing of its owner.
void withhold(const Turn& turn, ItemSeen& seen) {
  if (turn.s.visit.staff) return;
  const auto& member = turn.s.visit.member;
  seen.own = member && !seen.item.owner.nobody() && member->ref == seen.item.owner;
  if (seen.own) return;
  seen.item.owner = {};
  seen.item.purchase.reset();
  seen.owner.clear();
}

void home(Turn& turn) { turn.s.visit.staff ? turn.staff_home() : turn.customer_home(); }

void back(Turn& turn, ItemPage& page) {
  if (page.open && page.found.size() > 1)
    page.open.reset();
  else
    home(turn);
}

void scanned(Turn& turn, const ScanResolved& answer) {
  if (!turn.s.visit.staff) return on_customer_scan(turn, answer);
  if (!answer.scanned.ok()) return turn.fail(answer.scanned.error(), turn.kept());
  std::visit(Overloaded{
                 [&](const ItemsScanned& found) { show_items(turn, found.items, turn.kept()); },
                 [&](const ReceiptScanned& receipt) { open_receipt(turn, receipt, turn.kept()); },
                 [&](std::monostate) { turn.refuse("scan.unknown", turn.kept()); },
                 [&](const auto&) { turn.refuse("scan.not-here", turn.kept()); },
             },
             *answer.scanned);
}

void open_its_receipt(Turn& turn, const ItemPage& page) {
  if (!turn.s.visit.staff || !page.open) return;
  const auto purchase = page.found[*page.open].item.purchase;
  if (purchase) open_receipt(turn, {purchase}, turn.kept());
}

}  // namespace

void show_items(Turn& turn, std::vector<ItemSeen> found, Kept kept) {
  if (found.empty()) return turn.refuse("warranty.unknown", kept);
  for (ItemSeen& each : found) withhold(turn, each);
  ItemPage page;
  page.found = std::move(found);
  if (page.found.size() == 1) page.open = 0;
  turn.leave_to(std::move(page));
  turn.play(Sound::good);
}

void on(Turn& turn, ItemPage& page, const Event& event) {
  handle(
      event,
      [&](const OpenItem& open) {
        if (open.index < page.found.size()) page.open = open.index;
      },
      [&](const OpenItemReceipt&) { open_its_receipt(turn, page); },
      [&](const Submit&) { home(turn); }, [&](const Back&) { back(turn, page); },
      [&](const Scan& scan) { turn.resolve(scan.text); },
      [&](const ScanResolved& answer) { scanned(turn, answer); },
      [&](const Go& go) { go_to(turn, go.place); });
}

}  // namespace keepsake::flow
