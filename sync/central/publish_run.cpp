#include "sync/central/publish_run.hpp"

#include <iostream>
#include <nlohmann/json.hpp>

#include "storage/domain/fact.hpp"
#include "sync/central/arguments.hpp"
#include "sync/central/control.hpp"

namespace keepsake::sync::central {

using Json = nlohmann::ordered_json;

Result<std::int64_t> publish_by_centre(const CentreArguments& arguments,
                                       const Publication& publication,
                                       const std::vector<Fact>& facts, const Clock& clock) {
  return by_centre<std::int64_t>(
      arguments, clock, [&] { return ask_to_publish(arguments.data, publication, facts); },
      [&](Centre& centre) {
        auto number = centre.publishing().publish(publication, facts);
        if (!number) return number;
        if (auto released = centre.publishing().release_due(); !released)
          return Result<std::int64_t>(released.error());
        return number;
      });
}

Json to_json(const std::vector<Error>& warnings) {
  Json all = Json::array();
  for (const Error& each : warnings)
    all.push_back(
        {{"code", each.code}, {"what", each.what}, {"where", each.where}, {"remedy", each.remedy}});
  return all;
}

void warn(const std::vector<Error>& warnings) {
  for (const Error& each : warnings)
    std::cerr << "keepsake-central: warning: " << to_line(each) << "\n";
}

Result<Instant> moment_of(const PublishOptions& options, const Clock& clock) {
  if (options.at.empty()) return clock.now();
  auto at = parse_instant(options.at);
  if (!at) {
    Error error = at.error();
    error.where = "--at";
    return error;
  }
  if (*at < clock.now()) {
    return Error{Failure::bad_input, "publication.past", "This time is past", "--at",
                 "Leave it out to publish at once"};
  }
  return at;
}

bool is_for_later(const PublishOptions& options) { return !options.at.empty(); }

int finish(const CentreArguments& arguments, const PublishOptions& options, const char* what,
           Json seen, const std::vector<Fact>& facts, bool news, const Clock& clock) {
  const auto at = moment_of(options, clock);
  if (!at) return fail(at.error());
  std::int64_t number = 0;
  if (options.yes && news) {
    Publication publication;
    publication.what = what;
    publication.store = options.store;
    publication.made_by = by_whom(options.by);
    publication.at = *at;
    const auto published = publish_by_centre(arguments, publication, facts, clock);
    if (!published) return fail(published.error());
    number = *published;
  }
  if (arguments.json) {
    seen["published"] = number > 0;
    if (number > 0) seen["number"] = number;
    if (number > 0) seen["at"] = to_iso(*at);
    print(seen);
  } else if (!news) {
    std::cout << "Nothing to publish: it is so everywhere.\n";
  } else if (number == 0) {
    std::cout << "Nothing was published; add --yes to do it.\n";
  } else {
    std::cout << "Published as number " << number
              << (options.at.empty() ? ", in force now.\n"
                                     : ", in force from " + options.at + ".\n");
  }
  return went_well;
}

}  // namespace keepsake::sync::central
