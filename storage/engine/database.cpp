#include "storage/engine/database.hpp"

namespace keepsake {

DatabaseError::DatabaseError(Error error)
    : std::runtime_error(error.what), error_(std::move(error)) {}

}  // namespace keepsake
