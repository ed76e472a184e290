#include "kiosk/app/item_jobs.hpp"

#include "kiosk/app/customer_jobs.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/services/items.hpp"

namespace keepsake::app {
namespace {

using Seen = Result<std::vector<flow::ItemSeen>>;

/// Staff see whose it is, masked; a customer sees where it was bought if it is theirs, which the
/// screen knows (flow::show_items).
Seen seen_by(Work& work, std::vector<ItemView> items, const flow::Requester& requester) {
  std::vector<flow::ItemSeen> seen;
  for (ItemView& each : items) {
    flow::ItemSeen one;
    if (requester.viewer != Viewer::customer && !each.owner.nobody()) {
      const auto owner = work.reader.customer(each.owner);
      if (!owner.ok()) return owner.error();
      if (owner.value()) one.owner = masked_name((*owner)->profile.name);
    }
    one.item = std::move(each);
    seen.push_back(std::move(one));
  }
  return seen;
}

}  // namespace

flow::ItemsFound on(Work& work, const flow::FindItems& job) {
  auto named = items_named(work.book, work.reader, job.words);
  if (!named.ok()) return flow::answer(job, named.error());
  if (named->member)
    if (const auto kept = keep_look(work.book, *named->member, job.requester); !kept.ok())
      return flow::answer(job, kept.error());
  return flow::answer(job, seen_by(work, std::move(named->items), job.requester));
}

flow::ItemsFound on(Work& work, const flow::LoadItem& job) {
  auto found = work.reader.items({job.item});
  if (!found.ok()) return flow::answer(job, found.error());
  if (found->empty() || found->front().owner != job.customer)
    return flow::answer(
        job, Error{Failure::not_found, "warranty.unknown",
                   "This item is not registered to the customer", "", "Look it up again"});
  return flow::answer(job, seen_by(work, *std::move(found), job.requester));
}

Result<std::vector<flow::ItemSeen>> items_of_serial(Work& work, const std::string& scanned,
                                                    const flow::Requester& requester) {
  ItemQuery query = item_query(scanned);
  query.tail.clear();  // four characters that were scanned are a whole code
  auto found = work.reader.items({std::move(query)});
  if (!found.ok()) return found.error();
  return seen_by(work, *std::move(found), requester);
}

}  // namespace keepsake::app
