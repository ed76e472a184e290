#pragma once
// PINs of staff as they are kept. A PIN alone says who it is, so no two are equal, and a try must not
// take longer the more people work here: the PINs that were given at one place share salt and pepper,
// so that a try is stretched once for each place and not once for each person. What is kept, a
// verifier, is sealed under the person's key besides (SealedStaffMember):
//
//   1 | salt, 16 bytes | pepper, 32 bytes | mark, 32 bytes
//   mark = BLAKE2b(id, key: Argon2id(BLAKE2b(pin, key: pepper), salt))
//
// or, of a PIN from before there were marks, a text of libsodium's with salt and cost in it.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/staff/staff_member.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/engine/database.hpp"

namespace keepsake::pins {

struct Kept {
  std::string id;
  std::string verifier;  ///< empty: no PIN
};

/// Of a new PIN, among those of everybody. Failure::bad_input "pin.syntax", ::refused "pin.common",
/// "pin.taken" (by somebody else), ::unavailable "pin.memory".
Result<std::string> make_verifier(std::string_view id, std::string_view pin,
                                  std::span<const Kept> everybody);
/// Ids of those who have this PIN; takes as long whether it is somebody's or not.
/// Failure::unavailable "pin.memory".
Result<std::vector<std::string>> owners_of(std::string_view pin, std::span<const Kept> everybody);

/// Staff of a folder from before they were facts, and what they are now. `pepper`: of that folder's
/// pin.key; empty where it is lost, and with it the PINs.
struct OldMember {
  StaffMember member;
  std::string verifier;
};
std::vector<OldMember> old_staff(Database& database, std::string_view pepper);
void forget_old_staff(Database& database);

}  // namespace keepsake::pins
