#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keepsake::records {

/// The words of a text as they are searched: lower case, no accents, Latin letters as ASCII ("Ø" is
/// "o", "ß" is "ss"), split at everything that is no letter or digit. Each once, in order of the
/// alphabet.
std::vector<std::string> words_of(std::string_view text);

}  // namespace keepsake::records
