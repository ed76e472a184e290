#pragma once
// What the commands that publish share: they show what a file would change, and do it when told to.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "storage/exchange/catalogue_source.hpp"

namespace keepsake {
class Clock;
struct Fact;
}  // namespace keepsake

namespace keepsake::sync::central {

struct CentreArguments;
struct Publication;

struct PublishOptions {
  CatalogueSource catalogue;
  std::vector<std::string> programme;
  std::string staff, staff_encoding = "utf-8";  ///< a file
  std::string settings;
  std::string store, at, by, currency;
  std::int64_t number = 0;
  bool yes = false;
};

nlohmann::ordered_json to_json(const std::vector<Error>& warnings);
void warn(const std::vector<Error>& warnings);

/// When it comes into force. Failure::bad_input "publication.past", as parse_instant.
Result<Instant> moment_of(const PublishOptions& options, const Clock& clock);

/// What is for later is published whole, also what is so today: what it will change is not known, because
/// something else may come into force before (a price for a while, and back).
bool is_for_later(const PublishOptions& options);

/// Publishes, and brings into force what is due: its number. Failure as Publishing::publish.
Result<std::int64_t> publish_by_centre(const CentreArguments& arguments,
                                       const Publication& publication,
                                       const std::vector<Fact>& facts, const Clock& clock);

/// Publishes what a person has seen and wants. `seen`: what was shown of it; `news`: whether it would
/// change anything; `facts`: looked at with --yes alone. The exit code.
int finish(const CentreArguments& arguments, const PublishOptions& options, const char* what,
           nlohmann::ordered_json seen, const std::vector<Fact>& facts, bool news,
           const Clock& clock);

}  // namespace keepsake::sync::central
