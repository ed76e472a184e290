#pragma once
// Inside of reduce(): what the screens of a customer at the stand do with an event.

#include "kiosk/flow/turn.hpp"

namespace keepsake::flow {

void on(Turn& turn, Attract& screen, const Event& event);
void on(Turn& turn, Start& screen, const Event& event);
void on(Turn& turn, Identify& screen, const Event& event);
void on(Turn& turn, CustomerHome& screen, const Event& event);
void on(Turn& turn, PointsWhy& screen, const Event& event);
void on(Turn& turn, MyData& screen, const Event& event);
void on(Turn& turn, Join& screen, const Event& event);
void on(Turn& turn, PriceCheck& screen, const Event& event);
/// What a customer-side screen does with a scan's meaning: a card opens its page, an article its
/// price.
void on_customer_scan(Turn& turn, const ScanResolved& answer);
/// What all customer-side screens do alike: buttons that lead elsewhere, scans and their meaning.
void customer_moves(Turn& turn, const Event& event);
/// Where a member's own pages lead; without a member, to identifying.
void to_why(Turn& turn);
void to_my_data(Turn& turn);
/// Names begin with a capital: the keyboard shows them where one begins.
void capitalise(Turn& turn, const Join& join);

}  // namespace keepsake::flow
