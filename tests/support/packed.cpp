// Makes xz files for the other tests.
#include <lzma.h>

#include "tests/support/scratch.hpp"

namespace keepsake::test {

std::string packed(std::string_view text) {
  std::string out(lzma_stream_buffer_bound(text.size()), '\0');
  std::size_t used = 0;
  const auto ret = lzma_easy_buffer_encode(
      6, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
      reinterpret_cast<std::uint8_t*>(out.data()), &used, out.size());
  if (ret != LZMA_OK) throw std::runtime_error("xz");
  out.resize(used);
  return out;
}

}  // namespace keepsake::test
