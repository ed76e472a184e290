#pragma once
// What a purchase and a return have in common at the head of their rows.

#include "storage/records/core/applying.hpp"
#include "storage/records/core/columns.hpp"

namespace keepsake::records {

/// Parameters 1 to 10: id, store, time, day, origin, staff, shift, customer, currency.
template <class Receipt>
void bind_receipt_head(Query& row, const Applying& applying, const Receipt& receipt) {
  row.bind_blob(1, view(applying.id));
  row.bind_text(2, applying.header.store);
  bind_time(row, 3, receipt.at);
  row.bind(5, to_days(receipt.at.date()));
  bind_text_or_null(row, 6, receipt.origin);
  row.bind_text(7, receipt.staff);
  bind_shift(row, 8, receipt.shift);
  bind_customer(row, 9, receipt.customer);
  row.bind_text(10, receipt.currency.code());
}

}  // namespace keepsake::records
