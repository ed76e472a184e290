#include "kiosk/devices/open_printer.hpp"

#include <algorithm>

#include "kiosk/devices/file_printer.hpp"
#include "kiosk/devices/tcp_printer.hpp"
#include "storage/domain/values/ascii.hpp"

namespace keepsake::devices {
namespace {

constexpr std::string_view raw_printing_port = "9100";

Error bad_setting() {
  return {Failure::bad_input, "printer.setting", "The printer setting is not valid", "printer",
          "Write file:FOLDER or tcp:HOST:PORT"};
}

bool is_port(std::string_view text) {
  if (text.empty() || text.size() > 5) return false;
  int port = 0;
  for (const char c : text) {
    if (!is_digit(c)) return false;
    port = port * 10 + (c - '0');
  }
  return port >= 1 && port <= 65535;
}

struct Address {
  std::string host;
  std::string port;
};

/// "host", "host:port", "[ipv6]" or "[ipv6]:port".
Result<Address> parse_address(std::string_view text) {
  std::string_view host = text;
  std::string_view rest;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return bad_setting();
    host = text.substr(1, end - 1);
    rest = text.substr(end + 1);
  } else if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    host = text.substr(0, colon);
    rest = text.substr(colon);
  }
  std::string_view port = raw_printing_port;
  if (!rest.empty()) {
    if (rest[0] != ':') return bad_setting();
    port = rest.substr(1);
  }
  const bool clean = std::none_of(host.begin(), host.end(), [](char c) {
    return c == ' ' || c == '/' || static_cast<unsigned char>(c) < 0x21;
  });
  if (host.empty() || host.size() > 253 || !clean || !is_port(port)) return bad_setting();
  return Address{std::string(host), std::string(port)};
}

}  // namespace

Result<std::unique_ptr<Printer>> open_printer(std::string_view setting,
                                              const PrinterProfile& profile,
                                              const PrinterTimeouts& timeouts) {
  if (setting.empty())
    return Error{Failure::not_found, "printer.none", "No printer is set up", "printer",
                 "Set file:FOLDER or tcp:HOST:PORT"};
  if (setting.starts_with("file:") && setting.size() > 5)
    return make_file_printer(std::filesystem::path(setting.substr(5)), profile);
  if (!setting.starts_with("tcp:")) return bad_setting();
  auto address = parse_address(setting.substr(4));
  if (!address) return address.error();
  return make_tcp_printer(address->host, address->port, profile, timeouts);
}

}  // namespace keepsake::devices
