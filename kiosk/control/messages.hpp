#pragma once
// What is asked for over DIR/control.sock, and what is answered, as messages (CONTROL.md).

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/control/channel.hpp"
#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/import_mark.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/feed.hpp"

namespace keepsake::control {

/// The first of a conversation: both ends must be of one version.
struct Hello {
  std::string version;
};
struct RecordAsked {
  std::vector<Fact> facts;
  std::vector<ImportMark> marks;
};
struct EraseAsked {
  CustomerRef ref;
  std::string reason;
  std::string staff;
};
struct RetentionAsked {
  Instant now;
  Authority authority = Authority::clock;
};
struct ClockConfirmed {};
struct AcknowledgeAsked {
  Acknowledged acknowledged;
  std::vector<FactOutcome> outcomes;
  std::string signed_answer;
};
struct PageAsked {
  FeedPage page;
};
struct FeedBegun {
  std::int64_t generation = 0;
};
struct RefusalAsked {
  std::optional<LineRefusal> refusal;
};
struct CheckpointAsked {};

using Request = std::variant<Hello, RecordAsked, EraseAsked, RetentionAsked, ClockConfirmed,
                             AcknowledgeAsked, PageAsked, FeedBegun, RefusalAsked, CheckpointAsked>;

/// Its name in the message, for the log.
std::string_view name_of(const Request& request);
/// Failure as packed().
Result<Message> to_message(const Request& request);
/// Failure::bad_input "control.syntax"; as unpacked() and decode_feed_page().
Result<Request> request_in(const Message& message);

// Answers. What went wrong is the Error itself, at the other end too.
Message answer_of(const Result<Done>& done);
Message answer_of(const Result<std::vector<FactId>>& ids);
Message answer_of(const Result<RetentionDone>& done);
Message answer_of(const Result<bool>& news);
Message not_yet();  ///< the answer comes later: a sale is under way
bool is_not_yet(const Message& answer);
Result<Done> done_in(const Message& answer);
Result<std::vector<FactId>> ids_in(const Message& answer);
Result<RetentionDone> retention_in(const Message& answer);
Result<bool> news_in(const Message& answer);

}  // namespace keepsake::control
