#pragma once
// By which key phone numbers and e-mail addresses are looked up: each folder has its own.

#include "storage/engine/database.hpp"

namespace keepsake {
class Vault;
}

namespace keepsake::records {

/// Records that another folder made are looked up by the key of this `vault` from now on, which stays
/// for as long as the connection. Inside the caller's transaction; throws DatabaseError.
void look_up_by(Database& database, const Vault& vault);

}  // namespace keepsake::records
