// Items under cover: the list of what a look-up found, and the page of one item, all of it in one list
// of blocks, so that it reads alike on every display.
#include <functional>
#include <vector>

#include "kiosk/flow/warranty/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/cover.hpp"
#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

constexpr ui::TextStyle strong{.weight = ui::Weight::semibold};
constexpr ui::TextStyle soft{.size = ui::TextSize::caption, .colour = ui::Token::muted};

struct Block {
  float high;
  std::function<void(const Rect&)> draw;
};

std::string serial_words(const Scene& s, const flow::ItemSeen& seen) {
  const std::string& serial = seen.item.serial_typed;
  if (seen.item.serial.empty()) return s.tr("by its receipt");
  const bool whole = s.staff() || seen.own;
  return s.tr("S/N {serial}", {{"serial", whole ? serial : masked_serial(serial)}});
}

/// What is wrong with the item; without an icon: nothing is.
ui::Chip trouble_chip(const Scene& s, const ItemView& item, std::string& words) {
  if (item.returned) {
    words = s.tr("returned");
    return {.text = words, .icon = ui::Icon::back};
  }
  if (item.disputed) {
    words = s.tr("registered twice");
    return {.text = words, .tone = ui::Tone::bad, .icon = ui::Icon::warning};
  }
  return {};
}

/// The same, or the state of its covers together.
ui::Chip item_chip(Scene& s, const ItemView& item, std::string& words) {
  ui::Chip chip = trouble_chip(s, item, words);
  if (chip.icon == ui::Icon::none) chip = cover_chip(s, span_of(item.covers), words);
  chip.text = words;
  chip.align = ui::Align::right;
  return chip;
}

std::string kind_words(const Scene& s, CoverKind kind) {
  switch (kind) {
    case CoverKind::maker:
      return s.tr("Manufacturer warranty");
    case CoverKind::statutory:
      return s.tr("Statutory rights");
  }
  return {};
}

std::string event_words(const Scene& s, const ItemEvent& event) {
  switch (event.kind) {
    case ItemEvent::Kind::sold:
      return s.tr("Sold");
    case ItemEvent::Kind::registered:
      return s.tr("Registered");
    case ItemEvent::Kind::disputed:
      return s.tr("Registered a second time");
    case ItemEvent::Kind::returned:
      return s.tr("Items returned");
    case ItemEvent::Kind::begun:
      break;
  }
  if (event.start == CoverStart::installation) return s.tr("Installed");
  return event.start == CoverStart::activation ? s.tr("Activated") : s.tr("Delivered");
}

class Page {
 public:
  Page(Scene& scene, const flow::ItemSeen& seen, float width)
      : s_(scene), seen_(seen), width_(width - 2 * scene.metrics().pad) {}

  std::vector<Block> blocks() {
    head();
    const ItemView& item = seen_.item;
    if (!item.returned)
      for (const ItemCover& each : item.covers) cover(each);
    if (tight()) words(serial_words(s_, seen_), item.maker);
    if (!item.returned && item.starts != CoverStart::purchase && !item.begun)
      words(s_.tr("The start is not confirmed yet."),
            s_.tr("Until then it counts from the purchase."));
    if (s_.staff())
      words(seen_.owner.empty() ? s_.tr("No customer") : seen_.owner, s_.tr("Registered to"));
    if (item.purchase)
      words(s_.tr("Receipt {number}", {{"number", std::to_string(item.purchase->seq())}}),
            s_.locale().date_long(item.at.date()));
    if (s_.staff() || seen_.own) history();
    return std::move(blocks_);
  }

 private:
  float edge() const { return s_.portrait() && !s_.staff() ? 5.0f : 2.0f; }

  void head() {
    const std::string about = tight() ? std::string() : serial_words(s_, seen_);
    const ui::TextStyle style{.size = ui::TextSize::heading};
    const float high =
        name_and_detail_height(s_, width_, {seen_.item.article_name, about, style, soft});
    blocks_.push_back({high + 2 * edge(), [this, about, style](const Rect& at) {
                         name_and_detail(s_, at.inset(s_.metrics().pad, edge()),
                                         {seen_.item.article_name, about, style, soft});
                       }});
    std::string said;
    if (trouble_chip(s_, seen_.item, said).icon == ui::Icon::none) return;
    blocks_.push_back({chip_height() + 2 * edge(), [this](const Rect& at) {
                         std::string words;
                         ui::Chip chip = trouble_chip(s_, seen_.item, words);
                         chip.text = words;
                         ui::chip(s_.ui, at.inset(s_.metrics().pad, edge()), chip);
                       }});
  }

  float chip_height() const {
    return 3.1f * ui::cap_height(s_.ui, {.size = ui::TextSize::caption});
  }

  /// What ends it beside its last day, and what it covers.
  std::string terms(const ItemCover& cover) const {
    std::string all = cover.covered;
    if (!cover.usage.none()) {
      const std::string far = s_.locale().number(cover.usage.most) + " " + cover.usage.unit;
      const std::string limit = s_.tr("or {usage}, whichever comes first", {{"usage", far}});
      all += (all.empty() ? "" : "; ") + limit;
    }
    return all;
  }

  void cover(const ItemCover& cover) {
    const std::string all = terms(cover);
    const std::string said = tight() ? std::string() : all;
    const float title = std::max(line(s_, ui::TextSize::body), chip_height());
    const float below = said.empty() ? 0 : ui::paragraph_height(s_.ui, width_, said, soft);
    const float high = title + 1 + cover_line_height(s_) + below + 2 * edge();
    blocks_.push_back(
        {high, [this, &cover, said, title, below](const Rect& at) {
           Rect rest = at.inset(s_.metrics().pad, edge());
           Rect top = rest.take_top(title, 1);
           std::string state;
           ui::Chip chip = cover_chip(s_, cover.dates, state);
           chip.text = state;
           ui::chip(s_.ui, top.take_right(ui::chip_width(s_.ui, chip) + 0.5f, 3), chip);
           ui::text_fit(s_.ui, top, kind_words(s_, cover.kind), strong, least_cap(s_));
           cover_line(s_, rest.take_top(cover_line_height(s_)), cover.dates);
           if (below > 0) ui::paragraph_fit(s_.ui, rest, said, soft, least_cap(s_));
         }});
    if (tight() && !all.empty()) words(all, kind_words(s_, cover.kind));
  }

  /// A low display at the stand has room for a name and one bar; what else there is follows below.
  bool tight() const { return s_.ui.low() && !s_.staff(); }

  void words(const std::string& name, const std::string& detail) {
    const float high =
        name_and_detail_height(s_, width_, {name, detail, strong, soft}) + 2 * edge();
    blocks_.push_back(
        {high, [this, name, detail](const Rect& at) {
           name_and_detail(s_, at.inset(s_.metrics().pad, edge()), {name, detail, strong, soft});
         }});
  }

  void history() {
    for (const ItemEvent& each : seen_.item.history)
      words(event_words(s_, each), s_.locale().date_long(each.at.date()));
  }

  Scene& s_;
  const flow::ItemSeen& seen_;
  float width_;
  std::vector<Block> blocks_;
};

void one(Scene& s, const Rect& room, const flow::ItemSeen& seen) {
  Page page(s, seen, ui::row_width(s.ui, room.w));
  const std::vector<Block> blocks = page.blocks();  // they draw by the page
  std::vector<float> heights;
  heights.reserve(blocks.size());
  for (const Block& each : blocks) heights.push_back(each.high);
  card_list(
      s, {.id = "item", .at = room, .count = blocks.size(), .row_heights = &heights, .empty = {}},
      [&](std::size_t i, const Rect& row) { blocks[i].draw(row); });
}

void several(Scene& s, const Rect& room, const flow::ItemPage& page) {
  const float pad = s.metrics().pad;
  const float wide = ui::row_width(s.ui, room.w) - 2 * pad;
  float chip_mm = 0;
  for (const flow::ItemSeen& each : page.found) {
    std::string state;
    chip_mm = std::max(chip_mm, ui::chip_width(s.ui, item_chip(s, each.item, state)) + 0.5f);
  }
  chip_mm = std::min(chip_mm, wide * 0.55f);
  const auto title_of = [&](const flow::ItemSeen& seen, std::string& about) {
    const std::string maker = seen.item.maker.empty() ? "" : seen.item.maker + " \u00B7 ";
    about = maker + serial_words(s, seen);
    // A serial that does not fit is told apart by its end.
    if (!seen.item.serial.empty() && ui::text_width(s.ui, about, soft) > wide - chip_mm - 4)
      about = maker + masked_serial(seen.item.serial_typed);
    return NameAndDetail{seen.item.article_name, about, strong, soft};
  };
  std::vector<float> heights;
  for (const flow::ItemSeen& each : page.found) {
    std::string about;
    const float high = name_and_detail_height(s, wide - chip_mm - 4, title_of(each, about));
    heights.push_back(std::max(high + 4, s.metrics().target + 1));
  }
  card_list(
      s,
      {.id = "items", .at = room, .count = page.found.size(), .row_heights = &heights, .empty = {}},
      [&](std::size_t i, const Rect& row) {
        const flow::ItemSeen& seen = page.found[i];
        if (ui::row(
                s.ui,
                {.id = "items." + std::to_string(i), .at = row, .label = seen.item.article_name}))
          s.send(flow::OpenItem{i});
        Rect rest = row.inset(pad, 2);
        std::string state;
        const ui::Chip chip = item_chip(s, seen.item, state);
        ui::chip(s.ui, rest.take_right(chip_mm, 4), chip);
        std::string about;
        name_and_detail(s, rest, title_of(seen, about));
      });
}

void body(Scene& s, const Rect& room, const flow::ItemPage& page) {
  page.open ? one(s, room, page.found[*page.open]) : several(s, room, page);
}

}  // namespace

void draw(Scene& s, const flow::ItemPage& page) {
  const std::string title =
      page.open ? s.tr("Warranty")
                : s.trn("{n} item", "{n} items", static_cast<std::int64_t>(page.found.size()));
  if (!s.staff()) {
    const bool low = s.ui.low();
    return body(s, customer_frame(s, {.title = low ? std::string() : title, .detail = {}}).body,
                page);
  }
  Rect room = staff_frame(s, {.title = title, .detail = {}, .back = s.tr("Back")});
  const auto& m = s.metrics();
  if (page.open && page.found[*page.open].item.purchase) {
    Rect row = room.take_bottom(m.target, m.gap);
    s.press({.id = "receipt",
             .at = s.portrait() ? row : row.take_right(row.w * 0.4f),
             .label = s.tr("Open the receipt"),
             .icon = ui::Icon::receipt},
            flow::OpenItemReceipt{});
  }
  body(s, room, page);
}

}  // namespace keepsake::screens
