#include "storage/domain/values/address.hpp"

#include <arpa/inet.h>
#include <charconv>
#include <netinet/in.h>

namespace keepsake {

namespace {

bool is_numeric(const std::string& host) {
  in_addr four{};
  in6_addr six{};
  return ::inet_pton(AF_INET, host.c_str(), &four) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), &six) == 1;
}

}  // namespace

Result<Address> parse_address(std::string_view text) {
  const Error wrong{Failure::bad_input, "address.syntax", "Not an address with a port",
                    std::string(text.substr(0, 80)), "Write 127.0.0.1:8443 or [::1]:8443"};
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return wrong;
  auto host = text.substr(0, colon);
  const auto digits = text.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    host = host.substr(1, host.size() - 2);
  else if (host.find(':') != std::string_view::npos)
    return wrong;
  if (host == "localhost") host = "127.0.0.1";
  std::uint16_t port = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (digits.empty() || fault != std::errc() || end != digits.data() + digits.size()) return wrong;
  if (host.find('\0') != std::string_view::npos || !is_numeric(std::string(host))) return wrong;
  return Address{std::string(host), port};
}

std::string to_text(const Address& address) {
  const bool six = address.host.find(':') != std::string::npos;
  return (six ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

}  // namespace keepsake
