#include "storage/programme/programme_file.hpp"

#include <algorithm>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/quantity.hpp"
#include "storage/programme/join_files.hpp"
#include "storage/programme/read_parts.hpp"

namespace keepsake {
namespace {

constexpr std::size_t most_files = 32;
constexpr std::size_t most_items = 500;          // rules, multipliers or rewards
constexpr std::int64_t most_pending_days = 730;  // shops take goods back for up to a year

std::vector<std::string> names_of(const std::vector<ProgrammeText>& files) {
  std::vector<std::string> names;
  names.reserve(files.size());
  for (const ProgrammeText& each : files) names.push_back(each.file);
  return names;
}

class Reading {
 public:
  explicit Reading(const std::vector<ProgrammeText>& files)
      : mistakes_(names_of(files), "programme") {
    result_.programme.source = source_of(files);
  }

  ProgrammeFile run(const std::vector<ProgrammeText>& files);

 private:
  bool short_enough(const std::vector<ProgrammeText>& files);
  bool few_enough(const std::vector<ProgrammeText>& parts);
  void read(const toml::table& root);
  void read_head(TableReader& reader);
  void read_rounding(TableReader& reader);
  void read_counting(TableReader& reader);
  void read_redeeming(TableReader& reader);
  void read_discounts(TableReader& reader);
  void read_membership(TableReader& reader);
  void read_lists(TableReader& root);
  void fill_display(const toml::table& root);
  template <class Read>
  void with_table(TableReader& reader, std::string_view key, Read read_one);
  template <class Item, class Read>
  void read_list(TableReader& root, std::string_view key, std::vector<Item>& into, Read read_one);

  // A wrong currency is one mistake: amounts are then read with as many decimals as any has.
  Currency currency() const {
    return currency_known_ ? result_.programme.currency : *Currency::parse("KWD");
  }

  Mistakes mistakes_;
  ProgrammeFile result_;
  bool currency_known_ = false;
};

template <class Read>
void Reading::with_table(TableReader& reader, std::string_view key, Read read_one) {
  const toml::table* table = reader.table(key);
  if (table == nullptr) return;
  TableReader inner(*table, std::string(key), currency(), mistakes_);
  read_one(inner);
}

template <class Item, class Read>
void Reading::read_list(TableReader& root, std::string_view key, std::vector<Item>& into,
                        Read read_one) {
  const auto tables = root.tables(key);
  if (tables.size() > most_items) {
    root.add_error(key, "programme.limit", "Too many entries",
                   "Write at most " + std::to_string(most_items));
    return;
  }
  for (const toml::table* table : tables) {
    const auto* id = table->get_as<std::string>("id");
    TableReader inner(*table, std::string(key) + (id == nullptr ? "" : " " + **id), currency(),
                      mistakes_);
    into.push_back(read_one(inner));
  }
}

void Reading::read_head(TableReader& reader) {
  if (const auto name = reader.text("name", Need::required, limits::name_bytes))
    result_.programme.name = *name;
  const auto code = reader.text("currency", Need::required, 8);
  if (!code) return;
  const auto currency = Currency::parse(*code);
  if (currency) {
    result_.programme.currency = *currency;
    currency_known_ = true;
  } else {
    reader.add_error("currency", currency.error().code, currency.error().what,
                     currency.error().remedy);
  }
}

void Reading::read_rounding(TableReader& reader) {
  auto& rounding = result_.rules.earning.rounding;
  rounding.decimals = static_cast<int>(reader.whole("decimals", Need::optional, 0, 2).value_or(0));
  rounding.mode = reader.word<loyalty::RoundingMode>("mode", Need::optional)
                      .value_or(loyalty::RoundingMode::down);
  rounding.per =
      reader.word<loyalty::RoundedPer>("per", Need::optional).value_or(loyalty::RoundedPer::order);
  reader.finish();
}

void Reading::read_counting(TableReader& reader) {
  auto& earning = result_.rules.earning;
  earning.tax =
      reader.word<loyalty::TaxBasis>("tax", Need::optional).value_or(loyalty::TaxBasis::included);
  const auto counts = [&](std::string_view key) {
    const auto text = reader.text(key, Need::optional, 16);
    if (!text || *text == "reduce") return loyalty::Counts::no;
    if (*text != "ignore") reader.tell_choice(key, *text, {"reduce", "ignore"}, "reduce, ignore");
    return loyalty::Counts::yes;
  };
  earning.discounted = counts("discounts");
  earning.paid_with_points = counts("points_paid");
  earning.never.not_articles = reader.texts("never_articles");
  earning.never.not_categories = reader.texts("never_categories");
  earning.never.not_labels = reader.texts("never_labels");
  earning.compose =
      reader.word<loyalty::Compose>("compose", Need::optional).value_or(loyalty::Compose::multiply);
  earning.caps = read_caps(reader);
  reader.finish();
}

void Reading::read_redeeming(TableReader& reader) {
  auto& redeeming = result_.rules.redeeming;
  const auto value = reader.decimal(
      "point_value", Need::required,
      {currency().exponent() + 3, limits::amount_minor, "price.syntax", "price.limit"});
  if (value && *value < 0)
    reader.add_error("point_value", "programme.range", "The value of a point must not be negative",
                     "Write what one point buys, such as \"0.10\"");
  redeeming.point_value_milli_minor = value.value_or(0);
  redeeming.smallest = reader.points("smallest", Need::optional).value_or(Points{});
  redeeming.most_basis_points =
      static_cast<std::int32_t>(reader.percent("most_percent", Need::optional).value_or(10'000));
  reader.finish();
}

void Reading::read_discounts(TableReader& reader) {
  const auto words = reader.texts("order");
  auto& order = result_.rules.discount_order;
  std::vector<loyalty::DiscountStage> stages;
  for (const std::string& word : words) {
    const auto stage = loyalty::from_name<loyalty::DiscountStage>(word);
    if (stage && std::ranges::find(stages, *stage) == stages.end()) stages.push_back(*stage);
  }
  if (reader.has("order") && (stages.size() != order.size() || words.size() != order.size())) {
    reader.add_error("order", "programme.choice", "The order must name every stage once",
                     "Order these: " + loyalty::names_of<loyalty::DiscountStage>());
  } else if (reader.has("order")) {
    std::ranges::copy(stages, order.begin());
  }
  auto& rounding = result_.rules.discount_rounding;
  rounding.step_minor = reader.money("round_to", Need::optional).value_or(1);
  rounding.mode = reader.word<loyalty::RoundingMode>("round", Need::optional)
                      .value_or(loyalty::RoundingMode::half_up);
  reader.finish();
}

void Reading::read_lists(TableReader& root) {
  auto& rules = result_.rules;
  read_list(root, "group", rules.earning.groups, [](TableReader& reader) {
    loyalty::EarningGroup group;
    group.id = reader.text("id", Need::required, limits::code_bytes).value_or("");
    group.combine =
        reader.word<loyalty::Combine>("combine", Need::required).value_or(loyalty::Combine::sum);
    reader.finish();
    return group;
  });
  read_list(root, "rule", rules.earning.rules, read_rule);
  read_list(root, "multiplier", rules.earning.multipliers, read_multiplier);
  read_list(root, "reward", rules.rewards, read_reward);
}

// What screens show of a programme without its rules: the basic rate, down to hundredths.
void Reading::fill_display(const toml::table& root) {
  auto& programme = result_.programme;
  auto& rules = result_.rules;
  rules.name = programme.name;
  rules.currency = programme.currency;
  programme.point_value_milli_minor = rules.redeeming.point_value_milli_minor;
  if (!root.contains("earn") || rules.earning.rules.empty()) return;
  const loyalty::EarningRule& base = rules.earning.rules.front();
  if (base.for_each_minor <= 0) return;
  // Both factors are at most 10^8 and 10^4.
  programme.per_major_unit = {base.points.hundredths * currency().minor_per_major() /
                              base.for_each_minor};
}

void Reading::read_membership(TableReader& reader) {
  const auto points = reader.text("points_at_withdrawal", Need::optional, 16);
  if (points == "given up")
    result_.rules.points_at_withdrawal = loyalty::PointsAtWithdrawal::given_up;
  else if (points && *points != "kept")
    reader.tell_choice("points_at_withdrawal", *points, {"kept", "given up"}, "kept, given up");
  reader.finish();
}

void Reading::read(const toml::table& root) {
  TableReader reader(root, "", {}, mistakes_);
  read_head(reader);
  with_table(reader, "rounding", [&](TableReader& inner) { read_rounding(inner); });
  with_table(reader, "counting", [&](TableReader& inner) { read_counting(inner); });
  with_table(reader, "earn",
             [&](TableReader& inner) { result_.rules.earning.rules.push_back(read_base(inner)); });
  read_lists(reader);
  if (!root.contains("earn") && !root.contains("rule"))
    reader.add_error("earn", "programme.missing", "Nothing earns points",
                     "Add [earn] with points and for_each, or a [[rule]]");
  with_table(reader, "expiry", [&](TableReader& inner) {
    result_.rules.expiry = read_expiry(inner);
    inner.finish();
  });
  with_table(reader, "pending", [&](TableReader& inner) {
    const auto days = inner.whole("days", Need::required, 0, most_pending_days);
    result_.rules.pending_days = static_cast<std::int32_t>(days.value_or(0));
    inner.finish();
  });
  with_table(reader, "tiers", [&](TableReader& inner) { result_.rules.tiers = read_tiers(inner); });
  with_table(reader, "redeem", [&](TableReader& inner) { read_redeeming(inner); });
  with_table(reader, "discounts", [&](TableReader& inner) { read_discounts(inner); });
  with_table(reader, "returns", [&](TableReader& inner) {
    const auto days = inner.whole("lapsed_points_days", Need::optional, 0, 3650);
    result_.rules.returned_points_days = static_cast<std::int32_t>(days.value_or(30));
    inner.finish();
  });
  with_table(reader, "membership", [&](TableReader& inner) { read_membership(inner); });
  reader.finish();
  check_together(root, result_.rules, mistakes_);
  fill_display(root);
}

// Both limits are told at the first file that is too much.
bool Reading::short_enough(const std::vector<ProgrammeText>& files) {
  if (result_.programme.source.size() <= limits::programme_bytes) return true;
  std::size_t sum = 0;
  auto past = std::ranges::find_if(files, [&](const ProgrammeText& each) {
    sum += each.text.size();
    return sum > limits::programme_bytes;
  });
  if (past == files.end()) --past;  // by the lines between the files
  mistakes_.add_error({1, 1, past->file}, {}, "programme.long", "The programme is too long",
                      "Keep all of it below " + std::to_string(limits::programme_bytes) + " bytes");
  return false;
}

bool Reading::few_enough(const std::vector<ProgrammeText>& parts) {
  if (parts.size() <= most_files) return true;
  mistakes_.add_error({1, 1, parts[most_files].file}, {}, "programme.limit",
                      "The programme has too many files",
                      "Keep it in at most " + std::to_string(most_files));
  return false;
}

ProgrammeFile Reading::run(const std::vector<ProgrammeText>& files) {
  if (short_enough(files)) {
    const auto parts = parts_of(files);
    if (few_enough(parts)) {
      if (const auto root = joined(parts, mistakes_)) read(*root);
    }
  }
  result_.warnings = mistakes_.warnings_in_order();
  result_.mistakes = std::move(mistakes_).in_order();
  return std::move(result_);
}

}  // namespace

ProgrammeFile parse_programme(const std::vector<ProgrammeText>& files) {
  return Reading(files).run(files);
}

ProgrammeFile parse_programme(std::string_view text, const std::string& file) {
  return parse_programme({{file, std::string(text)}});
}

Result<loyalty::Rules> rules_of(const Programme& published) {
  if (published.version == 0 || published.source.empty()) return loyalty::of_rate(published);
  auto file = parse_programme(published.source, "programme " + std::to_string(published.version));
  if (file.mistakes.empty()) return std::move(file.rules);
  Error error = file.mistakes.front();
  error.kind = Failure::corrupt;
  error.remedy = "Publish the programme again; the error: " + error.remedy;
  return error;
}

}  // namespace keepsake
