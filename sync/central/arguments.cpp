#include "sync/central/arguments.hpp"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "storage/engine/shell_user.hpp"
#include "sync/serving/server_options.hpp"

namespace keepsake::sync::central {

int fail(const Error& error) {
  std::cerr << "keepsake-central: " << to_line(error) << "\n";
  return error.kind == Failure::refused ? answered_no : could_not;
}

int fail(const std::vector<Error>& mistakes) {
  for (const Error& each : mistakes) std::cerr << "keepsake-central: " << to_line(each) << "\n";
  return could_not;
}

void print(const nlohmann::ordered_json& json) {
  std::cout << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
}

std::string by_whom(const std::string& told) { return told.empty() ? shell_user() : told; }

std::vector<std::string> names_of(const CentreArguments& arguments) {
  std::vector<std::string> names = {"localhost", "127.0.0.1", "::1"};
  const auto add = [&](const std::string& name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  };
  char host[65] = {};
  if (::gethostname(host, sizeof host - 1) == 0) add(host);
  if (const auto address = parse_address(arguments.listen);
      address && address->host != "0.0.0.0" && address->host != "::")
    add(address->host);
  for (const auto& name : arguments.names) add(name);
  return names;
}

}  // namespace keepsake::sync::central
