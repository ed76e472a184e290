#include "sync/agent/look_up.hpp"

#include "storage/book/book.hpp"
#include "storage/domain/customer/contact_key.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"

namespace keepsake::sync {

namespace {

Error refused_look_up(const HttpAnswer& answer) {
  return refused_answer(answer, "look-up.busy", "Head office did not look the customer up",
                        "Go on without, or try again later.");
}

}  // namespace

Result<bool> LookUps::ask(const ContactKey& key) {
  const auto enrolment = book_.enrolment();
  if (!enrolment) return not_enrolled();
  if (!line_ || line_->enrolment != *enrolment) {
    auto line = open_line(book_, patience);
    if (!line) return line.error();
    line_ = std::move(*line);
  }
  auto found = ask_on(*line_, key);
  // The certificate may be another by now, or the connection half dead: the next one begins anew.
  if (!found) line_.reset();
  return found;
}

Result<bool> LookUps::ask_on(OfficeLine& line, const ContactKey& key) {
  const auto answer =
      line.transport->exchange({"POST", look_up_path(line.enrolment.terminal, line.enrolment.epoch),
                                encode(key), std::string(binary_type), Compression::none});
  if (!answer) return answer.error();
  if (answer->status != 200) return refused_look_up(*answer);
  const auto found = decode_look_up_answer(answer->body, format_of(answer->content_type));
  if (!found) return untrusted(found.error().where);
  return found->found;
}

}  // namespace keepsake::sync
