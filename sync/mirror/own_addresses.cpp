#include "sync/mirror/own_addresses.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <ifaddrs.h>
#include <memory>
#include <net/if.h>
#include <netinet/in.h>

#include "sync/wire/mirror.hpp"

namespace keepsake::sync::mirror {

namespace {

struct ListFreer {
  void operator()(ifaddrs* list) const { ::freeifaddrs(list); }
};

/// Empty: not one that others of the network reach.
std::string host_of(const ifaddrs& one, bool six_too) {
  if (!one.ifa_addr || (one.ifa_flags & IFF_UP) == 0 || (one.ifa_flags & IFF_LOOPBACK) != 0)
    return {};
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (one.ifa_addr->sa_family == AF_INET) {
    const auto& four = *reinterpret_cast<const sockaddr_in*>(one.ifa_addr);
    return ::inet_ntop(AF_INET, &four.sin_addr, text.data(), text.size());
  }
  if (!six_too || one.ifa_addr->sa_family != AF_INET6) return {};
  const auto& six = *reinterpret_cast<const sockaddr_in6*>(one.ifa_addr);
  if (IN6_IS_ADDR_LINKLOCAL(&six.sin6_addr)) return {};
  return ::inet_ntop(AF_INET6, &six.sin6_addr, text.data(), text.size());
}

}  // namespace

std::vector<std::string> own_addresses(const Address& listening) {
  const bool any_four = listening.host == "0.0.0.0";
  const bool any = listening.host == "::";
  if (!any_four && !any) return {to_text(listening)};
  std::vector<std::string> found;
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) return found;
  const std::unique_ptr<ifaddrs, ListFreer> owner(list);
  for (const ifaddrs* each = list; each && found.size() < addresses_most; each = each->ifa_next) {
    const std::string host = host_of(*each, any);
    if (host.empty()) continue;
    const std::string address = to_text({host, listening.port});
    if (std::ranges::find(found, address) == found.end()) found.push_back(address);
  }
  return found;
}

}  // namespace keepsake::sync::mirror
