#include "tests/world/line.hpp"

#include <algorithm>

#include "storage/domain/values/limits.hpp"
#include "sync/wire/compression.hpp"

namespace keepsake::world {

namespace {

constexpr std::size_t pages_kept = 8;

Error no_line() {
  return {Failure::unavailable, "link.down", "No connection to head office", {}, {}};
}

}  // namespace

sync::HttpRequest Network::flipped(sync::HttpRequest request) {
  if (request.compression != sync::Compression::zstd) return request;
  std::string plain = sync::decompress(request.body, limits::batch_bytes_inflated).value();
  plain[chance.below(plain.size())] ^= static_cast<char>(1 << chance.below(8));
  request.body = sync::compress(plain);
  return request;
}

Result<sync::HttpAnswer> Network::exchange(const sync::HttpRequest& request) {
  if (disk.dead()) return no_line();  // of either machine
  if (chance.per_thousand(faults.request_lost)) return no_line();
  if (chance.per_thousand(faults.late)) {
    late.push_back(request);
    return no_line();
  }
  if (chance.per_thousand(faults.doubled)) static_cast<void>(office.serve(request));
  sync::HttpAnswer answer =
      office.serve(chance.per_thousand(faults.flipped) ? flipped(request) : request);
  if (disk.dead() || chance.per_thousand(faults.answer_lost)) return no_line();
  if (request.method == "GET" && answer.status == 200) {
    if (!pages.empty() && chance.per_thousand(faults.page_again)) return chance.one_of(pages);
    pages.push_back(answer);
    if (pages.size() > pages_kept) pages.erase(pages.begin());
  }
  if (!answer.body.empty() && chance.per_thousand(faults.cut))
    answer.body.resize(chance.below(answer.body.size()));
  return answer;
}

void Network::deliver_late() {
  while (!late.empty() && !disk.dead() && chance.per_thousand(500)) {
    const auto which = static_cast<std::ptrdiff_t>(chance.below(late.size()));
    const sync::HttpRequest request = late[static_cast<std::size_t>(which)];
    late.erase(late.begin() + which);
    static_cast<void>(office.serve(request));
  }
}

}  // namespace keepsake::world
