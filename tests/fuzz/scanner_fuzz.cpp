// Any keys at any times: every key comes out once, as part of a scan or given back, and a scan is
// printable and within its limits.
#include <cstdint>
#include <cstdlib>

#include "kiosk/input/scanner.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keepsake::input;
  Scanner scanner;
  Ticks now{0};
  std::size_t texts_in = 0;
  std::size_t texts_out = 0;
  bool scanned = false;
  const auto look = [&](const std::vector<Event>& events) {
    for (const auto& event : events) {
      texts_out += std::holds_alternative<Typed>(event);
      const auto* scan = std::get_if<Scan>(&event);
      if (scan == nullptr) continue;
      scanned = true;
      if (scan->text.size() < Scanner::min_length || scan->text.size() > Scanner::max_length) {
        std::abort();
      }
      for (const char c : scan->text) {
        if (c < ' ' || c > '~') std::abort();
      }
      if (scan->shape != shape_of_scan(scan->text)) std::abort();
    }
  };
  for (std::size_t i = 0; i + 2 < size; i += 3) {
    now += Ticks(data[i]);
    RawKey key{data[i + 1], (data[i + 2] & 1) != 0, (data[i + 2] & 2) != 0, std::nullopt, now};
    if (data[i + 2] & 4) key.key = static_cast<Key>(data[i + 1] % 14);
    scanner.feed(key);
    if (data[i + 2] & 8) {
      scanner.feed_text("x", now);
      ++texts_in;
    }
    if (data[i + 2] & 16) look(scanner.take(now));
    if (scanner.deadline() && *scanner.deadline() < Ticks(0)) std::abort();
  }
  look(scanner.take(now + Ticks(1000)));
  if (scanner.deadline()) std::abort();
  if (texts_out > texts_in) std::abort();
  static_cast<void>(shape_of_scan({reinterpret_cast<const char*>(data), size}));
  static_cast<void>(scanned);
  return 0;
}
