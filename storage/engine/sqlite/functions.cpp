#include "storage/engine/sqlite/functions.hpp"

#include <memory>
#include <sqlite3.h>

#include "storage/engine/sqlite/fault.hpp"
#include "storage/engine/sqlite/handle.hpp"

namespace keepsake::sqlite {

namespace {

using Value = std::function<std::string(std::int64_t, std::string_view)>;

void call(sqlite3_context* context, int, sqlite3_value** arguments) {
  const auto& value = *static_cast<const Value*>(sqlite3_user_data(context));
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(arguments[1]));
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(arguments[1]));
  try {
    const std::string made =
        value(sqlite3_value_int64(arguments[0]), text ? std::string_view(text, size) : "");
    sqlite3_result_blob64(context, made.data(), made.size(), SQLITE_TRANSIENT);
  } catch (const std::exception&) {
    sqlite3_result_error_nomem(context);  // nothing else fails in them
  }
}

}  // namespace

void define(Database& database, const std::string& name, Value value) {
  auto kept = std::make_unique<Value>(std::move(value));
  const int code = sqlite3_create_function_v2(
      handle_of(database), name.c_str(), 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
      kept.get(), &call, nullptr, nullptr, [](void* old) { delete static_cast<Value*>(old); });
  static_cast<void>(kept.release());  // SQLite's now, also where it failed
  if (code != SQLITE_OK) throw DatabaseError(fault_of(handle_of(database), name));
}

}  // namespace keepsake::sqlite
