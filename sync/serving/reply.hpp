#pragma once
// What the centre answers, without sockets.

#include <optional>
#include <string>

#include "sync/serving/refusal.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake::sync {

struct Reply {
  unsigned status = 200;
  std::string type;
  std::string body;
  std::string allow;  ///< with 405
  std::optional<int> retry_after_s;
  std::string cause{};  ///< for the log only
};

// GCC 12 destroys temporaries of braced lists and closures twice when they stand in a coroutine:
// there, replies come from these functions and closures have names.
Reply reply_of(const Refusal& refusal, Format format);
Reply problem_reply(unsigned status, std::string code, std::string message, Format format);
Reply ok_reply(std::string body, Format format);
Reply plain_reply(std::string type, std::string body);
Reply busy_reply(unsigned status, std::string message, int retry_after_s, Format format);

}  // namespace keepsake::sync
