#include "kiosk/app/held_sales.hpp"

#include <algorithm>
#include <cassert>
#include <spdlog/spdlog.h>
#include <sstream>
#include <system_error>
#include <toml++/toml.h>

#include "storage/domain/values/limits.hpp"
#include "storage/engine/durable_file.hpp"

namespace keepsake::app {
namespace {

constexpr std::uintmax_t file_bytes = 4 * 1024 * 1024;

toml::table to_toml(const flow::WantedLine& line) {
  toml::table entry{
      {"article", line.article}, {"name", line.name}, {"thousandths", line.quantity.thousandths}};
  if (!line.serial.empty()) entry.insert("serial", line.serial);
  if (line.top_up) {
    entry.insert("pays_in", line.top_up->amount.minor);
    if (line.top_up->kind == StoredValue::gift_card) entry.insert("card", line.top_up->card);
  }
  return entry;
}

toml::table to_toml(const flow::HeldSale& basket) {
  toml::array lines;
  for (const flow::WantedLine& line : basket.lines) lines.push_back(to_toml(line));
  return toml::table{{"id", basket.id},
                     {"at_ms", basket.at.at.ms},
                     {"offset_minutes", static_cast<std::int64_t>(basket.at.offset_minutes)},
                     {"staff", basket.staff},
                     {"total", basket.total.minor},
                     {"line", lines}};
}

std::string text_of(const toml::table& table, std::string_view key) {
  return table[key].value_or(std::string());
}
std::int64_t number_of(const toml::table& table, std::string_view key) {
  return table[key].value_or(std::int64_t{0});
}

flow::WantedLine line_of(const toml::table& entry, Currency currency) {
  flow::WantedLine line;
  line.article = text_of(entry, "article");
  line.name = text_of(entry, "name");
  line.quantity = {
      std::clamp<std::int64_t>(number_of(entry, "thousandths"), 0, limits::quantity_thousandths)};
  line.serial = text_of(entry, "serial");
  const std::int64_t pays_in = number_of(entry, "pays_in");
  if (pays_in <= 0 || pays_in > limits::amount_minor) return line;
  TopUp top_up;
  top_up.card = text_of(entry, "card");
  top_up.kind = top_up.card.empty() ? StoredValue::wallet : StoredValue::gift_card;
  top_up.amount = {pays_in, currency};
  line.top_up = top_up;
  return line;
}

flow::HeldSale basket_of(const toml::table& entry, Currency currency) {
  flow::HeldSale basket;
  basket.id = text_of(entry, "id");
  basket.at.at.ms = number_of(entry, "at_ms");
  basket.at.offset_minutes = static_cast<std::int16_t>(
      std::clamp<std::int64_t>(number_of(entry, "offset_minutes"), -840, 840));
  basket.staff = text_of(entry, "staff");
  basket.total = {number_of(entry, "total"), currency};
  if (const toml::array* lines = entry["line"].as_array())
    for (const toml::node& node : *lines)
      if (const toml::table* line = node.as_table(); line != nullptr)
        basket.lines.push_back(line_of(*line, currency));
  return basket;
}

void put_aside(const std::filesystem::path& file) {
  spdlog::warn("sales on hold: {} cannot be read and is moved aside", file.filename().string());
  std::error_code ec;
  std::filesystem::rename(file, std::filesystem::path(file).concat(".unreadable"), ec);
}

}  // namespace

std::vector<flow::HeldSale> HeldSales::all() const {
  std::error_code ec;
  const auto size = std::filesystem::file_size(file_, ec);
  if (ec) return {};
  std::vector<flow::HeldSale> baskets;
  try {
    if (size > file_bytes) throw std::runtime_error("too large");
    const toml::table table = toml::parse_file(file_.string());
    const toml::array* list = table["basket"].as_array();
    if (list == nullptr) return {};
    for (const toml::node& node : *list)
      if (const toml::table* entry = node.as_table();
          entry != nullptr && baskets.size() < flow::held_at_once)
        baskets.push_back(basket_of(*entry, currency_));
  } catch (const std::exception&) {
    put_aside(file_);
    return {};
  }
  return baskets;
}

Result<Done> HeldSales::write(const std::vector<flow::HeldSale>& baskets) const {
  toml::array list;
  for (const flow::HeldSale& basket : baskets) list.push_back(to_toml(basket));
  std::ostringstream text;
  text << "# Sales on hold at this till. Written by the kiosk.\n"
       << toml::table{{"basket", list}} << '\n';
  return write_durably(file_, text.str(), 0600);
}

Result<Done> HeldSales::put(flow::HeldSale basket) const {
  assert(basket.id.empty() && !basket.lines.empty());  // it is named here
  std::vector<flow::HeldSale> baskets = all();
  if (baskets.size() >= flow::held_at_once)
    return Error{Failure::limit, "hold.full", "Too many sales are on hold", "",
                 "Finish one of them first"};
  std::int64_t number = basket.at.at.ms;
  const auto taken = [&](const std::string& id) {
    return std::ranges::find(baskets, id, &flow::HeldSale::id) != baskets.end();
  };
  while (taken(std::to_string(number))) ++number;
  basket.id = std::to_string(number);
  baskets.push_back(std::move(basket));
  return write(baskets);
}

Result<flow::HeldSale> HeldSales::take(const std::string& id) const {
  std::vector<flow::HeldSale> baskets = all();
  const auto found = std::ranges::find(baskets, id, &flow::HeldSale::id);
  if (found == baskets.end())
    return Error{Failure::not_found, "hold.gone", "This sale is no longer on hold", "",
                 "Check the list again"};
  flow::HeldSale basket = *found;
  baskets.erase(found);
  if (auto ok = write(baskets); !ok) return ok.error();
  return basket;
}

std::vector<flow::HeldSaleView> views_of(const std::vector<flow::HeldSale>& baskets) {
  std::vector<flow::HeldSaleView> views;
  views.reserve(baskets.size());
  for (const flow::HeldSale& basket : baskets) views.push_back(flow::view_of(basket));
  return views;
}

}  // namespace keepsake::app
