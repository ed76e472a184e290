#include "kiosk/cli/sales/report.hpp"

#include <algorithm>
#include <memory>
#include <ostream>

#include "kiosk/cli/commands.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/values/quantity.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/engine/system_clock.hpp"
#include "storage/exchange/table.hpp"
#include "storage/programme/active_programme.hpp"
#include "storage/services/expiry.hpp"

namespace keepsake::cli {
namespace {

struct Options {
  std::string by;
  std::size_t limit = 20;
};

Json to_json(const Totals& totals) {
  return {{"articles", totals.articles},
          {"customers", totals.customers},
          {"facts", totals.facts},
          {"loads", totals.loads},
          {"loads_minor", totals.loads_minor},
          {"loads_returned_minor", totals.loads_returned_minor},
          {"points_outstanding_hundredths", totals.points_outstanding.hundredths},
          {"purchase_minor", totals.purchase_minor},
          {"purchases", totals.purchases},
          {"return_minor", totals.return_minor},
          {"returns", totals.returns},
          {"sales", totals.sales},
          {"sales_minor", totals.sales_minor},
          {"warranties", totals.warranties}};
}

Result<Report> by_day(Reader& reader, const InCurrency& money, std::size_t limit) {
  auto days = reader.by_day();
  if (!days) return days.error();
  Report report{"days",
                Table({{"day"},
                       {"purchases", Align::right},
                       {"amount", Align::right},
                       {"of it paid in", Align::right},
                       {"returns", Align::right},
                       {"amount", Align::right}}),
                {}};
  const std::size_t first = days->size() > limit ? days->size() - limit : 0;
  for (std::size_t i = first; i < days->size(); ++i) {
    const auto& day = (*days)[i];
    report.table.row({to_iso(day.day), grouped(day.purchases), money(day.purchase_minor),
                      money(day.loads_minor), grouped(day.returns), money(day.return_minor)});
    report.rows.push_back({{"day", to_iso(day.day)},
                           {"purchases", day.purchases},
                           {"purchase_minor", day.purchase_minor},
                           {"loads", day.loads},
                           {"loads_minor", day.loads_minor},
                           {"returns", day.returns},
                           {"return_minor", day.return_minor}});
  }
  return report;
}

Result<Report> by_product(Reader& reader, const InCurrency& money, std::size_t limit) {
  const auto articles = reader.by_article(limit);
  if (!articles) return articles.error();
  Report report{
      "products",
      Table({{"article"}, {"name"}, {"quantity", Align::right}, {"amount", Align::right}}),
      {}};
  for (const auto& article : *articles) {
    const Quantity quantity{article.quantity_thousandths};
    report.table.row(
        {article.article, article.name, to_decimal(quantity), money(article.amount_minor)});
    report.rows.push_back({{"article", article.article},
                           {"name", article.name},
                           {"quantity", to_decimal(quantity)},
                           {"amount_minor", article.amount_minor}});
  }
  return report;
}

/// As of today, whether the job that lets points expire has run or not.
Result<LapsedPoints> lapsed_today(Reader& reader, const Settings& settings) {
  const auto clock = SystemClock::open(settings.time_zone);
  if (!clock) return clock.error();
  const auto programme = reader.programme();
  if (!programme) return programme.error();
  const auto active = active_programme(*programme, settings.currency, "");
  if (!active) return active.error();
  return lapsed_points(reader, active->rules.expiry, settings.currency,
                       (*clock)->local_now().date());
}

Result<Report> by_customer(Reader& reader, const Settings& settings, const InCurrency& money,
                           std::size_t limit) {
  auto customers = reader.by_customer(limit);
  if (!customers) return customers.error();
  const auto lapsed = lapsed_today(reader, settings);
  if (!lapsed) return lapsed.error();
  for (CustomerTotal& each : *customers)
    each.balance.hundredths -= lapsed->of_customer(each.customer).hundredths;
  Report report{"customers",
                Table({{"customer"},
                       {"purchases", Align::right},
                       {"amount", Align::right},
                       {"points", Align::right}}),
                {}};
  for (const auto& customer : *customers) {
    report.table.row({customer.label, grouped(customer.purchases), money(customer.amount_minor),
                      to_decimal(customer.balance)});
    report.rows.push_back({{"customer", to_hex(customer.customer)},
                           {"label", customer.label},
                           {"purchases", customer.purchases},
                           {"amount_minor", customer.amount_minor},
                           {"points_hundredths", customer.balance.hundredths}});
  }
  return report;
}

Result<Report> by_staff(Reader& reader, const InCurrency& money, std::size_t limit) {
  const auto staff = reader.by_staff();
  if (!staff) return staff.error();
  Report report{"staff",
                Table({{"staff"},
                       {"purchases", Align::right},
                       {"amount", Align::right},
                       {"of it paid in", Align::right},
                       {"returns", Align::right},
                       {"amount", Align::right}}),
                {}};
  for (std::size_t i = 0; i < std::min(limit, staff->size()); ++i) {
    const auto& member = (*staff)[i];
    report.table.row({member.staff.empty() ? "(not named)" : member.staff,
                      grouped(member.purchases), money(member.amount_minor),
                      money(member.loads_minor), grouped(member.returns),
                      money(member.return_minor)});
    report.rows.push_back({{"staff", member.staff},
                           {"purchases", member.purchases},
                           {"purchase_minor", member.amount_minor},
                           {"loads", member.loads},
                           {"loads_minor", member.loads_minor},
                           {"returns", member.returns},
                           {"return_minor", member.return_minor}});
  }
  return report;
}

void print_totals(std::ostream& out, const Totals& totals, Currency currency) {
  const auto money = [&](std::int64_t minor) {
    return grouped(Money{minor, currency}) + " " + std::string(currency.code());
  };
  Table table({{"total"}, {"count", Align::right}, {"amount", Align::right}});
  table.row({"purchases", grouped(totals.purchases), money(totals.purchase_minor)});
  table.row({"  sales", grouped(totals.sales), money(totals.sales_minor)});
  table.row({"  gift cards and wallets", grouped(totals.loads), money(totals.loads_minor)});
  table.row({"returns", grouped(totals.returns), money(-totals.return_minor)});
  if (totals.loads_returned_minor != 0)
    table.row({"  gift cards and wallets", "", money(-totals.loads_returned_minor)});
  table.row({"customers", grouped(totals.customers), ""});
  table.row({"points outstanding", to_decimal(totals.points_outstanding), ""});
  table.row({"warranties", grouped(totals.warranties), ""});
  table.row({"articles", grouped(totals.articles), ""});
  table.row({"facts", grouped(totals.facts), ""});
  out << table.text();
}

Exit report_totals(Program& program, Reader& reader, const Settings& settings) {
  auto totals = reader.totals();
  if (!totals) return program.fail(totals.error());
  const auto lapsed = lapsed_today(reader, settings);
  if (!lapsed) return program.fail(lapsed.error());
  totals->points_outstanding.hundredths -= lapsed->sum.hundredths;
  if (program.json()) {
    program.print({{"shop", settings.shop},
                   {"currency", settings.currency.code()},
                   {"totals", to_json(*totals)}});
  } else {
    print_totals(program.out(), *totals, settings.currency);
  }
  return Exit::ok;
}

Exit run(Program& program, const Options& options) {
  const auto folder = program.data_folder();
  if (!folder) return program.fail(folder.error());
  const auto settings = read_settings(*folder);
  if (!settings) return program.fail(settings.error());
  const auto reader = open_reader(*folder);
  if (!reader) return program.fail(reader.error());
  if (options.by.empty()) return report_totals(program, **reader, *settings);
  const InCurrency money(settings->currency);
  const auto report = options.by == "day"       ? by_day(**reader, money, options.limit)
                      : options.by == "product" ? by_product(**reader, money, options.limit)
                      : options.by == "customer"
                          ? by_customer(**reader, *settings, money, options.limit)
                      : options.by == "staff" ? by_staff(**reader, money, options.limit)
                                              : breakdown(**reader, money, options.by);
  if (!report) return program.fail(report.error());
  if (program.json()) {
    program.print({{"shop", settings->shop},
                   {"currency", settings->currency.code()},
                   {report->name, report->rows}});
  } else {
    program.out() << report->table.text();
  }
  return Exit::ok;
}

}  // namespace

void add_report(Command& app, Program& program) {
  auto options = std::make_shared<Options>();
  Command* command = app.add_subcommand("report", "Report what was sold, to whom and by whom");
  command
      ->add_option("--by", options->by,
                   "Group by day, hour, product, category, customer, staff, tender or tax-rate "
                   "[totals]")
      ->one_of({"day", "hour", "product", "category", "customer", "staff", "tender", "tax-rate"})
      ->type_name("WHAT");
  command
      ->add_option("--limit", options->limit,
                   "Maximum number of rows of days (the latest), products, customers (the largest "
                   "amounts) and staff")
      ->between(std::size_t{1}, std::size_t{1'000'000})
      ->capture_default_str()
      ->type_name("N");
  command->footer(
      "Only reads; may run while the kiosk is open. Customers are shown masked.\nWith --json, "
      "amounts are whole minor units (`..._minor`) and points whole hundredths, so nothing is "
      "rounded.\nLoads are money paid in to gift cards and wallets: owed, not sold. They are "
      "within "
      "purchases, never within sales, and not among products.\nHours, categories (as articles have "
      "them today), tenders and tax rates are always whole: their columns sum to the totals.\nNet "
      "is sales less what came back of them. Among tenders, rounding is what paying in coins "
      "changed.\nPoints past their last day count no more, whether `expire` has run or "
      "not.\n`totals` has the "
      "same keys as in "
      "`keepsake-central report --json`.");
  command->callback([&program, options] {
    program.set_action([&program, options] { return run(program, *options); });
  });
}

}  // namespace keepsake::cli
