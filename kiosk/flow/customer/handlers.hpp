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
/// What the number on the screen has, when it is time to show it.
void show_in_time(Turn& turn, Identify& identify);
/// To the page that shows what a number has, and nothing else of whoever has it.
void show_points(Turn& turn, const std::string& phone);
/// What all customer-side screens do alike: buttons that lead elsewhere, scans and their meaning.
void customer_moves(Turn& turn, const Event& event);
/// Their wish, for what the page says now: given becomes withdrawn and the other way round.
void turn_consent(Turn& turn, CustomerRef customer, const CustomerProfile& profile,
                  ConsentPurpose purpose);
/// That a page was saved; and what it means where they are no member by it.
void say_saved(Turn& turn, const ProfileSaved& answer);
/// Where a member's own pages lead; without a member, to identifying.
void to_why(Turn& turn);
void to_my_data(Turn& turn);
/// Names begin with a capital: the keyboard shows them where one begins.
void capitalise(Turn& turn, std::string_view name);

}  // namespace keepsake::flow
