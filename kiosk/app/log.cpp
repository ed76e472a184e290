#include "kiosk/app/log.hpp"

#include <memory>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <vector>

namespace keepsake::app {

Result<Done> open_log(const std::filesystem::path& folder) {
  constexpr std::size_t file_bytes = 1024 * 1024;
  constexpr std::size_t files = 3;
  const std::filesystem::path file = folder / "kiosk.log";
  try {
    auto kept =
        std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.string(), file_bytes, files);
    auto shown = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    shown->set_level(spdlog::level::warn);
    shown->set_pattern("keepsake-kiosk: %v");
    auto log = std::make_shared<spdlog::logger>("kiosk", spdlog::sinks_init_list{kept, shown});
    kept->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    log->flush_on(spdlog::level::warn);
    spdlog::set_default_logger(std::move(log));
  } catch (const spdlog::spdlog_ex&) {
    return Error{Failure::unavailable, "log.open", "The log cannot be written", file.string(),
                 "Check the folder's rights and the free space"};
  }
  return Done{};
}

}  // namespace keepsake::app
