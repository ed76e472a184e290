#pragma once
// Memory for keys: locked, kept out of core dumps, zeroed when freed (sodium_malloc).

#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <sodium.h>
#include <string_view>

namespace keepsake::crypto {

/// Once per process; a machine without randomness cannot run Keepsake.
bool ready();

struct Free {
  void operator()(void* memory) const { sodium_free(memory); }
};

template <class T>
using Guarded = std::unique_ptr<T, Free>;

template <class T>
Guarded<T> make_guarded() {
  void* memory = sodium_malloc(sizeof(T));
  if (memory == nullptr) throw std::bad_alloc();
  return Guarded<T>(new (memory) T{});
}

/// A key on the stack, for the length of one operation.
class CustomerKey {
 public:
  static constexpr std::size_t size = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
  CustomerKey() = default;
  CustomerKey(const CustomerKey&) = delete;
  CustomerKey& operator=(const CustomerKey&) = delete;
  ~CustomerKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

  unsigned char* data() { return bytes_.data(); }
  const unsigned char* data() const { return bytes_.data(); }
  std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

 private:
  std::array<unsigned char, size> bytes_{};
};

inline const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
inline unsigned char* raw(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace keepsake::crypto
