#pragma once
// The worker's answers about loyalty, gift cards and baskets of before.

#include "kiosk/flow/effect.hpp"
#include "kiosk/flow/event.hpp"
#include "storage/book.hpp"

namespace keepsake::app {

flow::MemberLoaded load_member(Book& book, Reader& reader, const flow::LoadMember& job);
flow::GiftCardFound look_up(Reader& reader, const flow::LookUpGiftCard& job);
flow::LinesFound load_lines(Reader& reader, const flow::LoadLines& job);
flow::Parked park(Book& book, const flow::Park& job);
flow::LinesFound take_up(Book& book, Reader& reader, const flow::TakeUp& job);

/// The rules in force, in the shop's currency where nothing is published.
Result<loyalty::Programme> rules_in_force(const Book& book, const Programme& published);

}  // namespace keepsake::app
