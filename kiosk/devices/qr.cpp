#include "kiosk/devices/qr.hpp"

#include <memory>
#include <qrencode.h>

namespace keepsake::devices {

QrModules qr_of(std::string_view payload) {
  struct Release {
    void operator()(QRcode* code) const { QRcode_free(code); }
  };
  const std::unique_ptr<QRcode, Release> code(
      QRcode_encodeData(static_cast<int>(payload.size()),
                        reinterpret_cast<const unsigned char*>(payload.data()), 0, QR_ECLEVEL_M));
  QrModules out;
  if (!code) return out;
  out.across = code->width;
  const int cells = code->width * code->width;
  for (int i = 0; i < cells; ++i) out.cells.push_back((code->data[i] & 1) != 0);
  return out;
}

}  // namespace keepsake::devices
