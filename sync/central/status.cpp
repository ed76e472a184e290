#include "sync/central/status.hpp"

#include <nlohmann/json.hpp>

#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/rules.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/engine/version.hpp"
#include "storage/records/apply.hpp"
#include "storage/records/loyalty/expiry.hpp"
#include "storage/records/reports/totals.hpp"
#include "sync/central/exceptions.hpp"
#include "sync/central/fact_log.hpp"
#include "sync/central/store_programme.hpp"

namespace keepsake::sync::central {

namespace {

/// What was sold and taken back.
StoreStatus money_of(const std::string& store, std::string_view currency, const Totals& totals) {
  StoreStatus status;
  status.store = store;
  status.currency = currency;
  status.purchases = totals.purchases;
  status.purchase_minor = totals.purchase_minor;
  status.returns = totals.returns;
  status.return_minor = totals.return_minor;
  status.sales = totals.sales;
  status.sales_minor = totals.sales_minor;
  status.loads = totals.loads;
  status.loads_minor = totals.loads_minor;
  status.loads_returned_minor = totals.loads_returned_minor;
  return status;
}

/// What nobody can spend any more. A programme that this version cannot read leaves the last days
/// that the lots were given.
Points lapsed_points(Database& reader, const std::string& store, Date today) {
  const auto active = programme_of(reader, store);
  const loyalty::Expiry rule = active ? active->rules.expiry : loyalty::Expiry{};
  Points sum;
  for (const LotExpiry& lot : records::lots_due(reader, rule, today, store))
    sum.hundredths += lot.points.hundredths;
  return sum;
}

/// The store in its own currency, with all that has none; then the money of each other.
void add_store_status(Database& reader, const std::string& store, Instant now,
                      std::vector<StoreStatus>& all) {
  const auto own = records::currency(reader, store);
  const Totals totals = records::totals(reader, store, own);
  StoreStatus status = money_of(store, own ? own->code() : "", totals);
  status.customers = totals.customers;
  status.warranties = totals.warranties;
  status.articles = totals.articles;
  const Points lapsed = lapsed_points(reader, store, records::day_of_store(reader, store, now));
  status.points_outstanding_hundredths = totals.points_outstanding.hundredths - lapsed.hundredths;
  status.facts = facts_of(reader, store);
  for (const auto& terminal : terminals_of(reader, store)) {
    status.terminals.push_back({terminal.number, terminal.epoch, terminal.cursor,
                                terminal.last_seen_ms,
                                count_open_exceptions(reader, terminal.number)});
  }
  all.push_back(std::move(status));
  for (const Currency& other : records::currencies(reader, store))
    if (other != own)
      all.push_back(money_of(store, other.code(), records::totals(reader, store, other)));
}

}  // namespace

Result<Status> read_status(Database& reader, std::optional<std::string_view> store, Instant now) {
  try {
    const Transaction snapshot(reader);
    Status status{std::string(version()), {}};
    for (const auto& name : stores(reader)) {
      if (!store || name == *store) add_store_status(reader, name, now, status.stores);
    }
    return status;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

std::string to_report_json(const Status& status) {
  auto all = nlohmann::ordered_json::array();
  for (const auto& store : status.stores) {
    auto terminals = nlohmann::ordered_json::array();
    for (const auto& terminal : store.terminals) {
      terminals.push_back({{"terminal", terminal.terminal.value},
                           {"epoch", terminal.epoch.value},
                           {"acked", terminal.acked},
                           {"last_seen_ms", terminal.last_seen_ms},
                           {"exceptions", terminal.exceptions}});
    }
    const nlohmann::ordered_json totals = {
        {"purchases", store.purchases},
        {"purchase_minor", store.purchase_minor},
        {"sales", store.sales},
        {"sales_minor", store.sales_minor},
        {"loads", store.loads},
        {"loads_minor", store.loads_minor},
        {"loads_returned_minor", store.loads_returned_minor},
        {"returns", store.returns},
        {"return_minor", store.return_minor},
        {"customers", store.customers},
        {"warranties", store.warranties},
        {"articles", store.articles},
        {"points_outstanding_hundredths", store.points_outstanding_hundredths},
        {"facts", store.facts}};
    all.push_back({{"store", store.store},
                   {"currency", store.currency},
                   {"totals", totals},
                   {"terminals", terminals}});
  }
  const nlohmann::ordered_json report = {{"version", status.version}, {"stores", all}};
  return report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string to_report_text(const Status& status) {
  std::string text;
  const auto decimal = [](std::int64_t minor, std::string_view currency) {
    const auto known = Currency::parse(currency);
    return known ? to_decimal(Money{minor, *known}) + " " + std::string(currency)
                 : std::to_string(minor);
  };
  const auto row = [&](std::string_view name, const std::string& value) {
    text += "  " + std::string(name) + std::string(20 - name.size(), ' ') + value + "\n";
  };
  std::string_view told;
  for (const auto& store : status.stores) {
    const bool again = store.store == told;
    told = store.store;
    text += store.store + (again ? ", in " + store.currency : "") + "\n";
    row("purchases",
        std::to_string(store.purchases) + ", " + decimal(store.purchase_minor, store.currency));
    row("  sales", std::to_string(store.sales) + ", " + decimal(store.sales_minor, store.currency));
    row("  paid in",
        std::to_string(store.loads) + ", " + decimal(store.loads_minor, store.currency));
    row("returns",
        std::to_string(store.returns) + ", " + decimal(store.return_minor, store.currency));
    if (again) continue;
    row("customers", std::to_string(store.customers));
    row("warranties", std::to_string(store.warranties));
    row("articles", std::to_string(store.articles));
    row("points outstanding", to_decimal(Points{store.points_outstanding_hundredths}));
    row("facts", std::to_string(store.facts));
    for (const auto& terminal : store.terminals) {
      text += "  terminal " + std::to_string(terminal.terminal.value) + ", epoch " +
              std::to_string(terminal.epoch.value) + ": facts up to " +
              std::to_string(terminal.acked) + ", last heard of " +
              to_iso(Instant{terminal.last_seen_ms}) + ", exceptions " +
              std::to_string(terminal.exceptions) + "\n";
    }
  }
  if (status.stores.empty()) text = "No store yet: keepsake-central enrol-code --store NAME\n";
  return text;
}

}  // namespace keepsake::sync::central
