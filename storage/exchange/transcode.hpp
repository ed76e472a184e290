#pragma once

#include <memory>
#include <string>

#include "storage/exchange/bytes.hpp"

namespace keepsake {

enum class Encoding { utf8, latin1, windows1252 };

/// `source` as UTF-8. UTF-8 itself is passed on as it is: whoever reads it checks it. The source
/// must outlive the answer. Failure::bad_input "encoding.byte" for a byte that the encoding has no
/// character for.
std::unique_ptr<ByteSource> transcoded(ByteSource& source, Encoding encoding, std::string file);

}  // namespace keepsake
