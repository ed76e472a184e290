#pragma once
// Facts into records. The same code serves a terminal (facts of its own journal) and the centre
// (facts of many terminals, in the centre's commit order), so nothing here assumes one terminal.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/fact.hpp"
#include "storage/domain/views.hpp"
#include "storage/engine/database.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::records {

struct FactHeader {
  FactId id;
  std::string_view store;  ///< whose totals it counts in; a terminal's own records use ""
};

/// What to do with a fact that makes no sense beside those before it.
enum class Contradiction {
  refuse,  ///< at the moment it happens: Failure::refused, nothing may be kept of the transaction
  note,    ///< it has happened: apply what can be applied and tell a person
};

/// Something a person has to look at; also kept in the table `exception`.
struct Exception {
  std::string code;     ///< "return.beyond-sold", "warranty.disputed", "customer.unknown", ...
  std::string message;  ///< plain words, no personal data
};

/// Applies one fact inside the caller's transaction, once: applying a fact id twice breaks a
/// primary key and throws DatabaseError (Failure::refused). The fact is expected to satisfy its
/// check(). `vault` opens profiles; where it is null or lacks the key the profile stays sealed
/// (reveal() later). Throws DatabaseError when the database fails.
Result<std::vector<Exception>> apply(Database& database, const FactHeader& header, const Fact& fact,
                                     Vault* vault, Contradiction contradiction);

/// Opens the sealed profile again, now that the customer's key may have come. No key: no change.
Result<Done> reveal(Database& database, Vault& vault, const CustomerRef& customer);

/// `store`: one store's, or everything. `facts` is left at 0, as records do not count facts.
Totals totals(Database& database, std::optional<std::string_view> store);

/// The currency of the store's newest purchase, else of its newest programme; nullopt: none yet.
std::optional<Currency> currency(Database& database, std::string_view store);

}  // namespace keepsake::records
