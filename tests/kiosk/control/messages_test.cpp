#include "kiosk/control/messages.hpp"

#include <doctest/doctest.h>

#include "storage/domain/every_fact.hpp"
#include "storage/domain/record.hpp"
#include "storage/domain/values/hash.hpp"

using namespace keepsake;
using namespace keepsake::control;

namespace {

template <class T>
T there_and_back(const T& request) {
  const auto message = to_message(request);
  REQUIRE(message.ok());
  const auto back = request_in(*message);
  REQUIRE_MESSAGE(back.ok(), (back.ok() ? std::string() : to_line(back.error())));
  REQUIRE(std::holds_alternative<T>(*back));
  CHECK(name_of(*back) == name_of(request));
  return std::get<T>(*back);
}

}  // namespace

TEST_CASE("what is asked for arrives as it was asked") {
  CHECK(there_and_back(Hello{"1.2.3"}).version == "1.2.3");
  const std::string bytes("\0\xff\x80 {", 5);  // no text that JSON could hold
  const CatalogueChange gone{{}, {"OLD"}};
  const auto record = there_and_back(RecordAsked{{gone, gone}, {{"key-1", bytes}, {"", "x"}}});
  CHECK(record.facts == std::vector<Fact>{gone, gone});
  CHECK(record.marks == std::vector<ImportMark>{{"key-1", bytes}, {"", "x"}});
  const auto erase = there_and_back(EraseAsked{CustomerRef{{1, 2, 3}}, bytes, "shell:anna"});
  CHECK(erase.ref == CustomerRef{{1, 2, 3}});
  CHECK(erase.reason == bytes);
  CHECK(erase.staff == "shell:anna");
  for (const Authority authority : {Authority::clock, Authority::person}) {
    const auto retention = there_and_back(RetentionAsked{{1795269600000}, authority});
    CHECK(retention.now.ms == 1795269600000);
    CHECK(retention.authority == authority);
  }
  AcknowledgeAsked told{{17, {9, 8}}, {{3, "warranty.disputed", "Words"}, {5, "", ""}}, bytes};
  const auto acknowledge = there_and_back(told);
  CHECK(acknowledge.acknowledged.seq == 17);
  CHECK(acknowledge.acknowledged.hash == told.acknowledged.hash);
  CHECK(acknowledge.outcomes == told.outcomes);
  CHECK(acknowledge.signed_answer == bytes);
  FeedPage page;
  page.generation = 7;
  page.after = 3;
  page.head = 9;
  CHECK(there_and_back(PageAsked{page}).page == page);
  CHECK(there_and_back(FeedBegun{12}).generation == 12);
  const LineRefusal refusal{{Failure::refused, "sync.fork", "What", "where", "remedy"}, {42}};
  CHECK(there_and_back(RefusalAsked{refusal}).refusal == refusal);
  CHECK_FALSE(there_and_back(RefusalAsked{}).refusal.has_value());
  there_and_back(ClockConfirmed{});
  there_and_back(CheckpointAsked{});
}

TEST_CASE("a request that is cut or longer than it says is none") {
  const CatalogueChange gone{{}, {"OLD"}};
  const Request requests[] = {
      RecordAsked{{gone}, {{"key", "digests"}}},
      EraseAsked{CustomerRef{{1}}, "why", "who"},
      AcknowledgeAsked{{1, {}}, {{1, "code", "message"}}, "answer"},
  };
  for (const Request& request : requests) {
    const Message message = *to_message(request);
    REQUIRE(request_in(message).ok());
    CAPTURE(name_of(request));
    const std::size_t without_marks = 4 + 13;
    for (std::size_t size = 0; size < message.body.size(); ++size) {
      const auto cut = request_in({message.head, message.body.substr(0, size)});
      // The marks behind the facts may be none.
      if (std::holds_alternative<RecordAsked>(request) && cut.ok()) {
        CHECK(std::get<RecordAsked>(*cut).marks.empty());
        CHECK(size <= message.body.size() - without_marks);
        continue;
      }
      CAPTURE(size);
      CHECK_FALSE(cut.ok());
    }
    CHECK_FALSE(request_in({message.head, message.body + "x"}).ok());
  }
}

TEST_CASE("what is no request is refused, whatever it is") {
  const char* heads[] = {"",
                         "{",
                         "[]",
                         "null",
                         "{}",
                         R"({"do":7})",
                         R"({"do":"sell"})",
                         R"({"do":"hello"})",
                         R"({"do":"hello","version":1})",
                         R"({"do":"erase","customer":"zz"})",
                         R"({"do":"erase"})",
                         R"({"do":"retention","now_ms":"soon","by_person":true})",
                         R"({"do":"acknowledge","seq":1,"hash":"","outcomes":[]})",
                         R"({"do":"line-refusal","error":7,"since_ms":1})",
                         R"({"do":"begin-feed"})",
                         "\xff\xfe"};
  for (const char* head : heads) {
    CAPTURE(head);
    const auto request = request_in({head, {}});
    REQUIRE_FALSE(request.ok());
    CHECK(request.error().kind == Failure::bad_input);
  }
  CHECK_FALSE(request_in({R"({"do":"confirm-clock"})", "more"}).ok());
}

TEST_CASE("answers arrive as they were given, errors as errors") {
  const Error error{Failure::refused, "card.blocked", "What", "where", "remedy"};
  CHECK(done_in(answer_of(Result<Done>(Done{}))).ok());
  CHECK(done_in(answer_of(Result<Done>(error))).error() == error);
  const std::vector<FactId> ids{{1, 2}, {3, 4}};
  CHECK(*ids_in(answer_of(Result<std::vector<FactId>>(ids))) == ids);
  CHECK(ids_in(answer_of(Result<std::vector<FactId>>(error))).error() == error);
  CHECK_FALSE(ids_in({"{}", "not sixteen"}).ok());
  const RetentionDone done{1, 2, 3, 4};
  CHECK(*retention_in(answer_of(Result<RetentionDone>(done))) == done);
  CHECK_FALSE(retention_in({"{}", {}}).ok());
  CHECK(*news_in(answer_of(Result<bool>(true))));
  CHECK_FALSE(*news_in(answer_of(Result<bool>(false))));
  CHECK_FALSE(news_in({R"({"news":"yes"})", {}}).ok());
  CHECK(is_not_yet(not_yet()));
  CHECK_FALSE(is_not_yet(answer_of(Result<Done>(Done{}))));
  for (const char* head : {"", "[]", R"({"error":{"kind":99,"code":5}})"})
    CHECK_FALSE(done_in({head, {}}).ok());
}
