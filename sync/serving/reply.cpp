#include "sync/serving/reply.hpp"

#include <utility>

namespace keepsake::sync {

Reply reply_of(const Refusal& refusal, Format format) {
  return {refusal.status,
          std::string(content_type(format)),
          encode(refusal.problem, format),
          {},
          refusal.retry_after_s,
          refusal.cause};
}

Reply problem_reply(unsigned status, std::string code, std::string message, Format format) {
  return reply_of({status, {std::move(code), std::move(message), 0}, {}}, format);
}

Reply ok_reply(std::string body, Format format) {
  return {200, std::string(content_type(format)), std::move(body), {}, {}};
}

Reply plain_reply(std::string type, std::string body) {
  return {200, std::move(type), std::move(body), {}, {}};
}

Reply busy_reply(unsigned status, std::string message, int retry_after_s, Format format) {
  return reply_of({status, {"busy", std::move(message), 0}, retry_after_s}, format);
}

}  // namespace keepsake::sync
