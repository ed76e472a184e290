#pragma once
// Files in other encodings than UTF-8, by the tables of ICU.

#include <memory>
#include <string>
#include <string_view>

#include "storage/exchange/bytes.hpp"

namespace keepsake {

inline constexpr std::string_view utf8 = "utf-8";

/// An encoding by its usual name, whatever the case: "utf-8", "utf-16", "windows-1250" to
/// "windows-1258", "iso-8859-1" (also "latin-1") to "iso-8859-16", "koi8-u", "cp866" and more. The
/// name it has here; Failure::bad_input "encoding.name" with all of them in the remedy.
Result<std::string> encoding_named(std::string_view name);

/// `source` as UTF-8. `encoding` as encoding_named() gives it, unless the file begins with a byte
/// order mark: then that says what it is. UTF-8 itself is passed on as it is: whoever reads it
/// checks it. The source must outlive the answer. Failure::bad_input "encoding.byte", with the byte
/// and its place, for one that the encoding has no character for, or only a control character: as
/// most are in a file that is in another encoding.
std::unique_ptr<ByteSource> transcoded(ByteSource& source, std::string encoding, std::string file);

}  // namespace keepsake
