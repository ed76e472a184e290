#pragma once
// What the QR code of a receipt says: "KR", who recorded the purchase where (terminal, epoch and
// seq, 16 digits of base 16), and a keyed code that cannot be guessed (Vault::receipt_code). The
// scanner tells receipts by this shape (input::shape_of_scan).

#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {
class Reader;
class Vault;
struct Fact;
}  // namespace keepsake

namespace keepsake {

std::string receipt_code(const Vault& vault, const FactId& id);

/// A fact of this folder by its number; none where nothing has it.
Result<std::optional<FactId>> fact_numbered(Reader& reader, Seq number);
/// The fact itself, as the journal has it.
Result<std::optional<Fact>> fact_of(Reader& reader, const FactId& id);

/// The fact that the code names; none when it is of another shop's making, or not recorded here.
Result<std::optional<FactId>> fact_of_receipt(const Vault& vault, Reader& reader,
                                              std::string_view code);

}  // namespace keepsake
