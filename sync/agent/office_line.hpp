#pragma once
// What both ways to head office begin with.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "storage/book/enrolment.hpp"
#include "sync/agent/transport.hpp"

namespace keepsake {
class Book;
}

namespace keepsake::sync {

struct OfficeLine {
  Enrolment enrolment;
  std::unique_ptr<Transport> transport;
};
/// A connection of its own under the book's enrolment. Failure::refused "sync.not-enrolled",
/// "identity.missing", or where a certificate does not hold at this machine's time as
/// pki::check_dates().
Result<OfficeLine> open_line(Book& book, const Patience& patience = {});

Error not_enrolled();  ///< "sync.not-enrolled"

/// By which TLS looks at certificates: not the shop's clock, which a test may set.
Instant machine_now();

/// Lets the book know what time head office has, where the answer says so. What cannot be kept now is
/// heard with the next answer.
void hear_clock(Book& book, const HttpAnswer& answer);

/// What an answer says that is no 200: refused for good under its own code (401, 403, 410), else
/// unavailable under `code`.
Error refused_answer(const HttpAnswer& answer, std::string_view code, std::string_view what,
                     std::string_view remedy);

/// "answer.untrusted": which part of an answer does not hold.
Error untrusted(std::string where);

/// For waits that no two terminals share.
std::uint64_t any_number();

}  // namespace keepsake::sync
