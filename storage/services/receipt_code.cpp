#include "storage/services/receipt_code.hpp"

#include <algorithm>
#include <charconv>

#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/record.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/facts/codec.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {
namespace {

constexpr std::string_view prefix = "KR";
constexpr std::size_t place_digits = 16;

Result<std::optional<Record>> record_numbered(Reader& reader, Seq number) {
  if (number == 0) return std::optional<Record>();
  auto records = reader.read(number, 1, limits::fact_body_bytes);
  if (!records.ok()) return records.error();
  if (records->empty() || records->front().seq != number) return std::optional<Record>();
  return std::optional<Record>(std::move(records->front()));
}

}  // namespace

std::string receipt_code(const Vault& vault, const FactId& id) {
  std::string code = std::string(prefix) + to_hex(id).substr(place_digits);
  std::ranges::transform(code, code.begin(), [](char c) {
    return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return code.append(vault.receipt_code(id));
}

Result<std::optional<FactId>> fact_numbered(Reader& reader, Seq number) {
  const auto record = record_numbered(reader, number);
  if (!record.ok()) return record.error();
  return record.value() ? std::optional(record.value()->id) : std::nullopt;
}

Result<std::optional<Fact>> fact_of(Reader& reader, const FactId& id) {
  const auto record = record_numbered(reader, id.seq());
  if (!record.ok()) return record.error();
  if (!record.value() || record.value()->id != id) return std::optional<Fact>();
  auto fact = decode(static_cast<FactType>(record.value()->type), record.value()->body);
  if (!fact.ok()) return fact.error();
  return std::optional<Fact>(*std::move(fact));
}

Result<std::optional<FactId>> fact_of_receipt(const Vault& vault, Reader& reader,
                                              std::string_view code) {
  std::uint64_t place = 0;
  if (!code.starts_with(prefix) || code.size() < prefix.size() + place_digits)
    return std::optional<FactId>();
  const char* digits = code.data() + prefix.size();
  const auto [end, error] = std::from_chars(digits, digits + place_digits, place, 16);
  if (error != std::errc() || end != digits + place_digits) return std::optional<FactId>();
  const auto id = fact_numbered(reader, static_cast<Seq>(place));
  if (!id.ok() || !id.value()) return id;
  const std::string genuine = receipt_code(vault, *id.value());
  return equal_constant_time(genuine, code) ? id : std::optional<FactId>();
}

}  // namespace keepsake
