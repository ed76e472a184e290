#pragma once

#include <doctest/doctest.h>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/record.hpp"
#include "storage/facts/codec.hpp"

namespace keepsake::cli {

/// `take(id, fact)` for every fact of the journal, in its order.
template <class Take>
void each_fact(Reader& reader, Take take) {
  for (Seq from = 1;;) {
    const auto records = reader.read(from, 1000, 1 << 20);
    REQUIRE(records.ok());
    if (records->empty()) return;
    for (const Record& record : *records) {
      const auto fact = decode(static_cast<FactType>(record.type), record.body);
      REQUIRE(fact.ok());
      take(record.id, *fact);
      from = record.seq + 1;
    }
  }
}

}  // namespace keepsake::cli
