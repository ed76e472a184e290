#include "kiosk/cli/loyalty/quote_input.hpp"

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/exchange/json_reader.hpp"

namespace keepsake::cli {
namespace {

using loyalty::Basket;
using loyalty::Member;

constexpr std::string_view most_times = "most";

loyalty::BasketLine read_line(JsonReader& reader, Currency currency) {
  loyalty::BasketLine line;
  line.article = reader.needed_text("article");
  line.category = reader.text("category");
  line.brand = reader.text("brand");
  line.labels = reader.texts("labels");
  line.quantity = reader.quantity("quantity", Quantity::pieces(1));
  const std::string unit = reader.text("sold_by");
  if (unit == "weight") line.sold_by = SoldBy::weight;
  if (!unit.empty() && unit != "weight" && unit != "piece")
    reader.add_error("sold_by", "article.sold-by", "An article must be sold by piece or by weight",
                     "Use piece or weight");
  if (!reader.has("price"))
    reader.add_error("price", "json.missing", "This key is missing", "Add it");
  line.unit_price.milli_minor = reader.decimal(
      "price",
      {currency.exponent() + 3, limits::amount_minor * 1000, "price.syntax", "price.limit"});
  line.tax.basis_points = static_cast<std::int32_t>(
      reader.decimal("tax_percent", {2, 10'000, "tax.syntax", "tax.limit"}));
  line.off_minor = reader.money("off", currency);
  return line;
}

loyalty::Lot read_lot(JsonReader& reader) {
  loyalty::Lot lot;
  lot.id = reader.needed_text("id");
  lot.remaining = reader.points("remaining");
  lot.issued = reader.has("issued") ? reader.points("issued") : lot.remaining;
  lot.earned_on = reader.date("earned_on").value_or(from_days(0));
  lot.expires = reader.date("expires");
  lot.spendable_from = reader.date("spendable_from");
  return lot;
}

void read_uses(JsonReader& reader, std::string_view key, loyalty::Uses& uses) {
  reader.each_entry(key, [&](const std::string& id, JsonReader& one) {
    loyalty::Use use;
    use.times = one.whole("times", 0, 0);
    use.points = one.points("points");
    use.points_today = one.points("points_today");
    use.last_on = one.date("last_on");
    use.times_today = one.whole("times_today", 0, 0);
    uses[id] = use;
  });
}

void read_window(JsonReader& reader, loyalty::WindowFigures& window, Currency currency) {
  window.spend_minor = reader.money("spend_in_window", currency);
  window.points_hundredths = reader.points("points_in_window").hundredths;
  window.visits = reader.whole("visits_in_window", 0, 0);
}

std::vector<loyalty::LineQuantity> read_quantities(JsonReader& reader, std::string_view key) {
  std::vector<loyalty::LineQuantity> all;
  reader.each_object(key, [&](JsonReader& one) {
    loyalty::LineQuantity each;
    each.line = static_cast<std::size_t>(one.whole("line", 0, 0));
    each.quantity = one.quantity("quantity", Quantity::pieces(1));
    all.push_back(each);
  });
  return all;
}

void read_ledger(JsonReader& reader, Currency currency, loyalty::PurchaseLedger& ledger) {
  reader.each_object("lines", [&](JsonReader& one) {
    loyalty::SoldLine line;
    line.quantity = one.quantity("quantity", Quantity::pieces(1));
    line.net = {one.money("paid", currency), currency};
    line.earned = one.points("earned");
    line.spent = one.points("spent");
    if (line.quantity.thousandths <= 0)
      one.add_error("quantity", "json.range", "The quantity must be above zero", "Correct it");
    ledger.lines.push_back(line);
  });
  ledger.lots = reader.texts("lots");
  ledger.expired = reader.points("lapsed");
  reader.each_object("spent_lots", [&](JsonReader& one) {
    loyalty::SpentLot spent;
    spent.lot = one.needed_text("lot");
    spent.points = one.points("points");
    spent.expires = one.date("expires");
    ledger.spent.push_back(spent);
  });
}

// Two digits at `index`, at most `most`; -1 otherwise.
int two_digits(std::string_view text, std::size_t index, int most) {
  if (index + 2 > text.size()) return -1;
  const char a = text[index], b = text[index + 1];
  if (!is_digit(a) || !is_digit(b)) return -1;
  const int value = (a - '0') * 10 + (b - '0');
  return value <= most ? value : -1;
}

/// A number, or "most": as many as points pay.
std::int64_t read_times(JsonReader& reader) {
  if (!reader.is_text("times")) return reader.whole("times", 1, 1);
  if (reader.text("times") == most_times) return loyalty::Claim::most;
  reader.add_error("times", "json.choice", "This is no number of times",
                   "Write a number from 1, or \"most\" for as many as points pay");
  return 1;
}

}  // namespace

ReadJson<Basket> read_basket(std::string_view text, const std::string& file, Currency currency) {
  ReadJson<Basket> read;
  const auto json = parse_json(text, file, read.mistakes);
  if (!read.mistakes.empty()) return read;
  JsonReader reader(json, file + ":", read.mistakes);
  Basket& basket = read.value;
  basket.currency = currency;
  const auto written = reader.text("currency", std::string(currency.code()));
  if (written != currency.code())
    reader.add_error("currency", "quote.currency", "The basket is not in the programme's currency",
                     "Use " + std::string(currency.code()));
  basket.store = reader.text("store");
  reader.each_object("lines",
                     [&](JsonReader& one) { basket.lines.push_back(read_line(one, currency)); });
  reader.each_object("tenders", [&](JsonReader& one) {
    const auto kind = one.word<TenderKind>(one.needed_text("kind"), "kind");
    basket.tenders.push_back({kind.value_or(TenderKind::unknown), one.money("amount", currency)});
  });
  reader.each_object("claims", [&](JsonReader& one) {
    loyalty::Claim claim;
    claim.reward = one.needed_text("reward");
    claim.times = read_times(one);
    claim.lines = one.indexes("lines");
    basket.claims.push_back(claim);
  });
  basket.codes = reader.texts("codes");
  for (const auto& word : reader.texts("events")) {
    if (const auto event = reader.word<loyalty::Event>(word, "events"))
      basket.events.push_back(*event);
  }
  reader.finish();
  return read;
}

ReadJson<MemberQuestion> read_member(std::string_view text, const std::string& file,
                                     Currency currency) {
  ReadJson<MemberQuestion> read;
  const auto json = parse_json(text, file, read.mistakes);
  if (!read.mistakes.empty()) return read;
  JsonReader reader(json, file + ":", read.mistakes);
  Member& member = read.value.member;
  member.known = true;
  reader.each_object("lots", [&](JsonReader& one) { member.lots.push_back(read_lot(one)); });
  const Points balance = reader.points("balance");
  if (balance.hundredths > 0 && !member.lots.empty())
    reader.add_error("balance", "json.contradiction", "Lots and balance exclude each other",
                     "Give one of them");
  if (balance.hundredths > 0)
    member.lots.push_back({"balance", balance, balance, from_days(0), std::nullopt});
  member.debt = reader.points("debt");
  member.wallet_minor = reader.money("wallet", currency);
  member.tier = reader.text("tier");
  member.tier_since = reader.date("tier_since");
  if (reader.has("earned_tier"))
    member.given = loyalty::GivenLevel{reader.text("earned_tier"), reader.date("earned_since"),
                                       reader.date("given_until")};
  read_window(reader, member.window, currency);
  member.visits = reader.whole("visits", 0, 0);
  member.last_activity = reader.date("last_activity");
  member.birthday = reader.date("birthday");
  member.segments = reader.texts("segments");
  member.earned_today = reader.points("earned_today");
  read_uses(reader, "uses", member.uses);
  read_uses(reader, "uses_by_all", member.uses_by_all);
  read.value.as_of = reader.date("as_of");
  reader.finish();
  return read;
}

ReadJson<ReturnQuestion> read_return(std::string_view text, const std::string& file,
                                     Currency currency) {
  ReadJson<ReturnQuestion> read;
  const auto json = parse_json(text, file, read.mistakes);
  if (!read.mistakes.empty()) return read;
  JsonReader reader(json, file + ":", read.mistakes);
  if (!reader.has("ledger"))
    reader.add_error("ledger", "json.missing", "This key is missing",
                     "Add what `keepsake quote` gave");
  reader.one_object("ledger",
                    [&](JsonReader& one) { read_ledger(one, currency, read.value.ledger); });
  read.value.before = read_quantities(reader, "returned_before");
  read.value.now = read_quantities(reader, "returning");
  reader.finish();
  return read;
}

Result<LocalTime> parse_local_time(std::string_view iso) {
  const Error wrong{Failure::bad_input, "time.syntax", "This is not a time", "",
                    "Write it such as 2026-11-21T15:02:07+01:00"};
  const auto date = parse_date(iso.substr(0, 10));
  if (!date || iso.size() < 17 || iso[10] != 'T' || iso[13] != ':') return wrong;
  const int hour = two_digits(iso, 11, 23), minute = two_digits(iso, 14, 59);
  std::size_t rest = 16;
  int second = 0;
  if (iso[16] == ':') {
    second = two_digits(iso, 17, 59);
    rest = 19;
  }
  int offset = 0;
  if (iso.size() == rest + 6 && (iso[rest] == '+' || iso[rest] == '-') && iso[rest + 3] == ':') {
    const int hours = two_digits(iso, rest + 1, 14), minutes = two_digits(iso, rest + 4, 59);
    if (hours < 0 || minutes < 0) return wrong;
    offset = (iso[rest] == '-' ? -1 : 1) * (hours * 60 + minutes);
  } else if (iso.substr(rest) != "Z") {
    return wrong;
  }
  if (hour < 0 || minute < 0 || second < 0) return wrong;
  const std::int64_t minutes = std::int64_t{to_days(*date)} * 1440 + hour * 60 + minute - offset;
  return LocalTime{Instant{(minutes * 60 + second) * 1000}, static_cast<std::int16_t>(offset)};
}

}  // namespace keepsake::cli
