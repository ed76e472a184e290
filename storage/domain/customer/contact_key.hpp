#pragma once
// What one customer is found by.

#include <string>

#include "storage/domain/customer/change.hpp"

namespace keepsake {

/// Whole and as it is kept, so that nobody is found by a part of it.
///   phone  E.164      email  as normalise_email() has it      card  as it was scanned
struct ContactKey {
  ContactKind kind = ContactKind::phone;  ///< one of these three
  std::string value;
  bool operator==(const ContactKey&) const = default;
};

}  // namespace keepsake
