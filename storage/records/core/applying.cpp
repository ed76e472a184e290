#include "storage/records/core/applying.hpp"

#include <cassert>

namespace keepsake::records {

namespace {

constexpr Sql put_exception{"exception.put",
                            "INSERT INTO exception (fact, n, store, code, message)"
                            " VALUES ($1, $2, $3, $4, $5)"};

}  // namespace

Result<Done> Applying::contradict(const char* code, std::string what, const char* remedy) {
  assert(code != nullptr && remedy != nullptr);
  if (contradiction == Contradiction::refuse)
    return Error{Failure::refused, code, std::move(what), "", remedy};
  note(code, std::move(what));
  return Done{};
}

void Applying::note(const char* code, std::string message) {
  if (header.elsewhere) return;
  auto row = database.query(put_exception);
  row->bind_blob(1, view(id));
  row->bind(2, static_cast<std::int64_t>(exceptions.size()));
  row->bind_text(3, header.store);
  row->bind_text(4, code);
  row->bind_text(5, message);
  row->step();
  exceptions.push_back({code, std::move(message)});
}

}  // namespace keepsake::records
