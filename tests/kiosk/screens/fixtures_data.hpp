#pragma once
// What the fixtures are made of: articles, members, tills, sessions.

#include <functional>
#include <string>

#include "kiosk/flow/session.hpp"
#include "kiosk/flow/shared/context.hpp"
#include "storage/domain/loyalty/active_programme.hpp"

namespace keepsake::test {

inline constexpr LocalTime moment{{1795269720000}, 60};  // 2026-11-21 15:02 in Oslo

flow::Context shop_context();

/// Takes a look under its name: the screen, then the state.
using AddLook = std::function<void(std::string name, flow::Session session)>;

}  // namespace keepsake::test

namespace keepsake::test::made {

Currency nok();
Money money(std::int64_t minor);
Date day(const char* iso);
LocalTime days_ago(int days);

Article kettle();
Article washer();
Article apples();
Article bulb();
Article longest();
Article pays_in(const char* code, const char* name);

loyalty::Rules rules(const Programme& programme);
CustomerView ingrid();
CustomerView long_name();
CustomerView newcomer();
/// Silver, 1284 points of which 120 expire soon, 250.00 in the wallet.
loyalty::Member standing();

BasketLine line_of(const Article& article, Quantity quantity);
flow::Till quoted(flow::Till till);  ///< with what the rules make of it
flow::Till everyday_till();
flow::Till forty_lines();
/// Prices of up to eleven figures, as where a refrigerator costs Rp 12.999.000,00.
flow::Till rupiah_till();

flow::Session base();
flow::Session customer(flow::Screen screen);
flow::Session staff(flow::Screen screen, flow::Till till = {});
flow::Sale over(flow::SalePane pane);
flow::Tendering entry(TenderKind kind, std::string amount, std::string reference,
                      flow::Field editing = flow::Field::amount);
flow::Session working(flow::Session session, flow::QuestionId write);
flow::Session noticed(flow::Session session, flow::Tone tone, const char* code, flow::Kept kept,
                      int count = 0);
WarrantySummary warranty(std::string name, std::string category, std::string serial,
                         const char* start, int months);

}  // namespace keepsake::test::made
