#pragma once
// Who may ask what. One table, beside the questions; the worker holds everybody to it.

#include <optional>

#include "kiosk/flow/question.hpp"
#include "storage/domain/customer/proof.hpp"

namespace keepsake::flow {

enum class Role {
  anyone,   ///< whoever stands at the screen
  holder,   ///< whoever proved to be the customer whom it is about, or staff
  staff,    ///< signed in
  manager,  ///< signed in as one
};

/// The least that the vault must know whoever asks as.
Role role_for(const Question& question);
/// Whom it is about; nobody where it is about no one customer.
CustomerRef customer_of(const Question& question);
/// What it does to their account, where it takes proof of who they are from staff as well.
std::optional<Deed> deed_of(const Question& question);

}  // namespace keepsake::flow
