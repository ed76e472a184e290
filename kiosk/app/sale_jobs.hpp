#pragma once
// The worker's answers about loyalty, gift cards and baskets of before.

#include "kiosk/flow/effect.hpp"
#include "kiosk/flow/event.hpp"
#include "storage/book/book.hpp"
#include "storage/programme/active_programme.hpp"

namespace keepsake::app {

flow::MemberLoaded load_member(Book& book, Reader& reader, ActiveProgrammes& kept,
                               const flow::LoadMember& job);
flow::GiftCardFound look_up(Reader& reader, const flow::LookUpGiftCard& job);
flow::LinesFound load_lines(Reader& reader, const flow::LoadLines& job);
flow::Parked park(Book& book, const flow::Park& job);
flow::LinesFound take_up(Book& book, Reader& reader, const flow::TakeUp& job);

/// The newest programme as it stands in this shop and store. Everything at the till that asks for
/// rules asks here, each time anew, so that a programme that comes in is in force with the next
/// question; `kept` spares reading its text again.
Result<ActiveProgrammes::Rules> rules_now(const Book& book, Reader& reader, ActiveProgrammes& kept);
Result<ActiveProgramme> rules_now(const Book& book, Reader& reader);

}  // namespace keepsake::app
