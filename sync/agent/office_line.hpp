#pragma once
// What both ways to head office begin with.

#include <cstdint>
#include <memory>
#include <string>

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
/// A connection of its own under the book's enrolment. Failure::refused "sync.not-enrolled" or
/// "identity.missing".
Result<OfficeLine> open_line(Book& book);

/// "answer.untrusted": which part of an answer does not hold.
Error untrusted(std::string where);

/// For waits that no two terminals share.
std::uint64_t any_number();

}  // namespace keepsake::sync
