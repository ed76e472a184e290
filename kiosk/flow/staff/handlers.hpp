#pragma once
// Inside of reduce(): what the screens of staff beside the sale do with an event.

#include "kiosk/flow/turn.hpp"

namespace keepsake::flow {

void on(Turn& turn, PinEntry& screen, const Event& event);
void on(Turn& turn, ShiftOpen& screen, const Event& event);
void on(Turn& turn, ShiftClose& screen, const Event& event);
void on(Turn& turn, SyncStatus& screen, const Event& event);
void on(Turn& turn, CustomerSearch& screen, const Event& event);
void on(Turn& turn, CustomerPage& screen, const Event& event);
void on(Turn& turn, MergeReview& screen, const Event& event);
void on(Turn& turn, StaffList& screen, const Event& event);
void on(Turn& turn, ArticlePage& screen, const Event& event);
void on(Turn& turn, ProgrammePage& screen, const Event& event);
void on(Turn& turn, ExceptionPage& screen, const Event& event);
/// Who works here; whoever is no manager stays with their own pages.
void to_staff_list(Turn& turn);
/// What the shop sells; for managers likewise.
void to_articles(Turn& turn);
/// What waits for a manager; for managers likewise.
void to_exceptions(Turn& turn);
/// The page of one customer. By value: it may be named by the page that is being left.
void to_profile(Turn& turn, CustomerRef customer);
/// The staff's pages about customers.
void to_staff_customer(Turn& turn, Place place);
/// Search as staff type: asks for people, or forgets those found where there is too little to go
/// by.
void search_people(Turn& turn, CustomerSearch& search);
/// The next ones of what it found, where there are any.
void more_people(Turn& turn, const CustomerSearch& search);
/// The answer: whom it found first, or the next ones.
void take_found(CustomerSearch& search, const PeopleFound& answer);
/// The keys that a field of a customer is typed with.
Field keys_of(const Context& context, std::string_view field);
/// What was typed, as it is kept: 19791231 as 1979-12-31. Anything else is for the rules to refuse.
std::string value_of(const FieldEntry& entry);

}  // namespace keepsake::flow
