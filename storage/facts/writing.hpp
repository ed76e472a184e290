#pragma once
// Inside storage/facts only: values that messages of several files share.

#include <limits>

#include "storage/facts/messages.hpp"

namespace keepsake::facts {

inline std::string bytes_of(const Bytes16& bytes) { return {bytes.begin(), bytes.end()}; }
inline std::string bytes_of(FactId id) { return bytes_of(to_bytes(id)); }
inline std::string bytes_of(const CustomerRef& ref) {
  return ref.nobody() ? std::string() : bytes_of(ref.bytes);
}

/// A date that is none becomes a day that reading refuses.
inline std::int32_t day_of(Date date) {
  return date.ok() ? to_days(date) : std::numeric_limits<std::int32_t>::min();
}

inline void write(const LocalTime& t, v1::LocalTime& message) {
  message.set_ms(t.at.ms);
  message.set_offset_minutes(t.offset_minutes);
}

inline void write(const ReservationUse& use, v1::ReservationUse& message) {
  message.set_id(bytes_of(use.id.bytes));
  message.set_quantity(use.quantity);
}

inline v1::ConsentPurpose purpose_of(ConsentPurpose purpose) {
  switch (purpose) {
    case ConsentPurpose::membership:
      return v1::CONSENT_PURPOSE_MEMBERSHIP;
    case ConsentPurpose::marketing:
      return v1::CONSENT_PURPOSE_MARKETING;
    case ConsentPurpose::sharing:
      return v1::CONSENT_PURPOSE_SHARING;
  }
  return v1::CONSENT_PURPOSE_UNSPECIFIED;
}

inline void write(const Consent& consent, v1::Consent& message) {
  message.set_purpose(purpose_of(consent.purpose));
  message.set_granted(consent.granted);
  message.set_wording(consent.wording);
  message.set_language(consent.language);
  write(consent.at, *message.mutable_at());
}

}  // namespace keepsake::facts
