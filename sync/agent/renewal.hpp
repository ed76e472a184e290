#pragma once
// The next certificate of this terminal, asked for while the present one is good.

#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {
class Book;
}  // namespace keepsake

namespace keepsake::sync {

/// From when on the book's enrolment wants another certificate. Failure as load_identity().
Result<Instant> renewal_due(Book& book);

/// Asks for a certificate for a new key and puts both in the place of the old ones, in one step: a
/// crash before it leaves the old pair, and the same key is asked for again. Connections that are
/// open keep the old one. Failure as Transport::exchange; ::unavailable "renewal.refused" (head
/// office gives none now), "answer.untrusted"; ::refused when it does not accept this terminal.
Result<Done> renew(Book& book);

}  // namespace keepsake::sync
