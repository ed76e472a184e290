#pragma once
// Inside storage/facts only: covers, as purchases, registrations and articles carry them.

#include "storage/facts/reading.hpp"
#include "storage/facts/writing.hpp"

namespace keepsake::facts {

void write(const Cover& cover, v1::Cover& message);
void write(const ItemCover& cover, v1::ItemCover& message);
/// Into `cover_months` alone where months say all, as before there was more to say.
void write(const CoverTerms& terms, v1::Article& message);
v1::CoverStart start_of(CoverStart start);

ItemCover cover_of(Reading& in, const v1::ItemCover& message);
CoverTerms terms_of(Reading& in, const v1::Article& message);
CoverStart start_of(Reading& in, v1::CoverStart start);

/// The dates of a maker's cover alone are written as before there were several.
template <class Message>
void write_covers(const Covers& covers, Message& message) {
  if (covers.empty()) return;
  write(covers.front().dates, *message.mutable_cover());
  if (covers == makers(covers.front().dates)) return;
  for (const ItemCover& each : covers) write(each, *message.add_covers());
}

template <class Messages>
Covers covers_of(Reading& in, const Messages& messages) {
  Covers covers;
  if (in.count(messages.size(), limits::covers, "covers"))
    for (const v1::ItemCover& each : messages) covers.push_back(cover_of(in, each));
  return covers;
}

template <class Message>
Covers read_covers(Reading& in, const Message& message) {
  if (message.covers_size() > 0) return covers_of(in, message.covers());
  if (!message.has_cover()) in.fail("The cover is missing", "cover");
  return makers(in.cover(message.cover()));
}

}  // namespace keepsake::facts
