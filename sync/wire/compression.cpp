#include "sync/wire/compression.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>
#include <zstd.h>

namespace keepsake::sync {

namespace {

constexpr int level = 6;                 // facts are small and alike; beyond it only time grows
constexpr int quick_level = 1;           // a third of the time, a tenth more bytes
constexpr std::size_t frame_bytes = 64;  // its header and end
constexpr int window_log_max = 23;       // 8 MiB: what a frame may make us allocate

Error damaged() {
  return {Failure::bad_input, "zstd.syntax", "The compressed body is damaged", "zstd frame",
          "Send it again"};
}

}  // namespace

std::string compress(std::string_view bytes, Effort effort) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(),
                                         effort == Effort::small ? level : quick_level);
  assert(!ZSTD_isError(size));
  out.resize(size);
  return out;
}

std::string compress(std::span<const std::string> pieces) {
  const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(),
                                                                        ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
  std::size_t all = 0, most = 0;
  for (const std::string& piece : pieces) {
    all += piece.size();
    most += ZSTD_compressBound(piece.size());
  }
  ZSTD_CCtx_setPledgedSrcSize(context.get(), all);
  std::string out(most + frame_bytes, '\0');
  ZSTD_outBuffer to{out.data(), out.size(), 0};
  for (std::size_t n = 0; n < pieces.size(); ++n) {
    ZSTD_inBuffer in{pieces[n].data(), pieces[n].size(), 0};
    const auto end = n + 1 == pieces.size() ? ZSTD_e_end : ZSTD_e_flush;
    [[maybe_unused]] const std::size_t left = ZSTD_compressStream2(context.get(), &to, &in, end);
    assert(left == 0);  // there is room for all of it
  }
  out.resize(to.pos);
  return out;
}

Result<std::string> decompress(std::string_view bytes, std::size_t most) {
  const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(),
                                                                        ZSTD_freeDCtx);
  if (!context ||
      ZSTD_isError(ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, window_log_max))) {
    return Error{Failure::unavailable,
                 "zstd.memory",
                 "Not enough memory to decompress the body",
                 {},
                 "Try again later"};
  }
  std::string out;
  std::array<char, 16 * 1024> piece;
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  for (;;) {
    ZSTD_outBuffer to{piece.data(), piece.size(), 0};
    const std::size_t left = ZSTD_decompressStream(context.get(), &to, &in);
    if (ZSTD_isError(left)) return damaged();
    if (to.pos > most - out.size()) {
      return Error{Failure::limit, "batch.too-large", "The decompressed body is too large",
                   "at most " + std::to_string(most) + " bytes", "Send fewer facts at a time"};
    }
    out.append(piece.data(), to.pos);
    if (left == 0) break;
    if (in.pos == in.size && to.pos < to.size) return damaged();  // the frame is cut off
  }
  if (in.pos != in.size) return damaged();  // something follows the frame
  return out;
}

}  // namespace keepsake::sync
