#pragma once
// When certificates hold, and what to do when they do not (any more).

#include <string_view>

#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake::sync::pki {

struct Validity {
  Instant from;
  Instant until;
};
/// Failure::bad_input "pki.certificate".
Result<Validity> validity(std::string_view certificate_pem);

/// From when on a certificate is to be renewed: the last third of its life has begun, so that a
/// terminal which is away for months still comes in time.
Instant renewal_due(const Validity& validity);

enum class Holder { terminal, authority };
/// Failure::refused "certificate.expired", "certificate.early", "authority.expired" or
/// "authority.early": with the day, and what to do; the clock may be what is wrong.
Result<Done> check_dates(std::string_view certificate_pem, Holder holder, Instant now);

}  // namespace keepsake::sync::pki
