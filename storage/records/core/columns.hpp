#pragma once
// Domain values in columns: ids and references are 16 bytes, "nobody" and empty keys are NULL.

#include <cstring>
#include <optional>
#include <string_view>

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/values/hash.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/engine/database.hpp"

namespace keepsake::records {

inline std::string_view view(const Bytes16& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline void bind_id(Query& query, int index, FactId id) {
  query.bind_blob(index, view(to_bytes(id)));
}

inline void bind_customer(Query& query, int index, const CustomerRef& customer) {
  if (customer.nobody())
    query.bind_null(index);
  else
    query.bind_blob(index, view(customer.bytes));
}

inline void bind_text_or_null(Query& query, int index, std::string_view text) {
  if (text.empty())
    query.bind_null(index);
  else
    query.bind_text(index, text);
}

inline void bind_day(Query& query, int index, const std::optional<Date>& day) {
  if (day)
    query.bind(index, to_days(*day));
  else
    query.bind_null(index);
}

/// As hexadecimal text, empty for none.
inline void bind_shift(Query& query, int index, const std::optional<FactId>& shift) {
  query.bind_text(index, shift ? to_hex(*shift) : std::string());
}

inline void bind_time(Query& query, int first, LocalTime time) {
  query.bind(first, time.at.ms);
  query.bind(first + 1, time.offset_minutes);
}

[[noreturn]] inline void throw_damaged(const char* what) {
  throw DatabaseError({Failure::corrupt, "records.corrupt", "The records hold an invalid value",
                       what, "Run keepsake rebuild --check, then restore a backup."});
}

inline Bytes16 bytes16(const Query& row, int column) {
  const std::string_view bytes = row.blob(column);
  Bytes16 out{};
  if (bytes.empty()) return out;  // NULL: nobody
  if (bytes.size() != out.size()) throw_damaged("an id");
  std::memcpy(out.data(), bytes.data(), out.size());
  return out;
}

inline FactId fact_id(const Query& row, int column) { return fact_id_from(bytes16(row, column)); }
inline CustomerRef customer_ref(const Query& row, int column) { return {bytes16(row, column)}; }

inline Hash hash_at(const Query& row, int column) {
  const auto hash = hash_from(row.blob(column));
  if (!hash) throw_damaged("a hash");
  return *hash;
}

inline LocalTime local_time(const Query& row, int first) {
  return {{row.integer(first)}, static_cast<std::int16_t>(row.integer(first + 1))};
}

inline std::optional<Date> day_at(const Query& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return from_days(static_cast<std::int32_t>(row.integer(column)));
}

inline Currency currency_of(const Query& row, int column) {
  const std::string_view code = row.text(column);
  if (code == Currency{}.code()) return {};
  auto currency = Currency::parse(code);
  if (!currency) throw_damaged("a currency");
  return *currency;
}

}  // namespace keepsake::records
