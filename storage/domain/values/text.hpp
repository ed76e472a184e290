#pragma once
// Text is UTF-8. What comes from outside is checked once, at the boundary, with these.

#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake {

bool is_utf8(std::string_view text);
/// UTF-8 without control characters (C0, DEL, C1), which terminals and printers would obey.
bool is_printable(std::string_view text);

enum class Presence { required, optional };

/// One line of text from outside: printable, at most `max_bytes`. Failure::limit "text.length",
/// Failure::bad_input "text.missing" or "text.characters"; `where` names the field. Never the
/// value: it may be personal.
Result<Done> check_text(std::string_view text, std::size_t max_bytes, Presence presence,
                        std::string_view where);

/// One text among several of a fact.
struct TextField {
  std::string_view text;
  std::size_t max_bytes;
  Presence presence;
  std::string_view where;
};
/// check_text() of each; the first error.
Result<Done> check_texts(std::initializer_list<TextField> fields);

}  // namespace keepsake
