#include "kiosk/control/messages.hpp"

#include <nlohmann/json.hpp>

#include "storage/domain/record.hpp"
#include "storage/domain/values/big_endian.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/facts/packed_facts.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake::control {

namespace {

using nlohmann::json;

/// Texts may be any bytes, which JSON cannot hold: they stand in the body, each behind its length.
void put_text(std::string& body, std::string_view text) {
  put_big_endian(body, static_cast<std::uint32_t>(text.size()));
  body += text;
}

class Texts {
 public:
  explicit Texts(std::string_view body) : left_(body) {}

  std::string_view next() {
    constexpr std::size_t length_bytes = sizeof(std::uint32_t);
    const std::size_t length = from_big_endian<std::uint32_t>(left_.substr(0, length_bytes));
    if (left_.size() < length_bytes || left_.size() - length_bytes < length) {
      sound_ = false;
      left_ = {};
      return {};
    }
    const std::string_view text = left_.substr(length_bytes, length);
    left_.remove_prefix(length_bytes + length);
    return text;
  }
  std::string next_text() { return std::string(next()); }
  bool at_end() const { return left_.empty(); }
  /// Every text that was asked for was there, and no more.
  bool sound() const { return sound_ && at_end(); }

 private:
  std::string_view left_;
  bool sound_ = true;
};

std::string text_of(const json& head) {
  return head.dump(-1, ' ', false, json::error_handler_t::replace);
}

json json_of(const Error& error) {
  return {{"kind", static_cast<int>(error.kind)},
          {"code", error.code},
          {"what", error.what},
          {"where", error.where},
          {"remedy", error.remedy}};
}

Error error_of(const json& head) {
  const int kind = head.value("kind", static_cast<int>(Failure::internal));
  const bool known = kind >= 0 && kind <= static_cast<int>(Failure::internal);
  return {known ? static_cast<Failure>(kind) : Failure::internal, head.value("code", ""),
          head.value("what", ""), head.value("where", ""), head.value("remedy", "")};
}

// What each request has beside its name.
Result<Message> fill(const RecordAsked& asked, json head) {
  auto facts = packed(asked.facts);
  if (!facts) return facts.error();
  std::string body;
  put_text(body, *facts);
  for (const ImportMark& mark : asked.marks) {
    put_text(body, mark.origin);
    put_text(body, mark.digests);
  }
  return Message{text_of(head), std::move(body)};
}
Result<Message> fill(const Hello& hello, json head) {
  head["version"] = hello.version;
  return Message{text_of(head), {}};
}
Result<Message> fill(const EraseAsked& asked, json head) {
  head["customer"] = to_hex(asked.ref);
  std::string body;
  put_text(body, asked.reason);
  put_text(body, asked.staff);
  return Message{text_of(head), std::move(body)};
}
Result<Message> fill(const RetentionAsked& asked, json head) {
  head["now_ms"] = asked.now.ms;
  head["by_person"] = asked.authority == Authority::person;
  return Message{text_of(head), {}};
}
Result<Message> fill(const AcknowledgeAsked& asked, json head) {
  head["seq"] = asked.acknowledged.seq;
  head["hash"] = to_hex(asked.acknowledged.hash);
  std::string body;
  put_text(body, asked.signed_answer);
  json seqs = json::array();
  for (const FactOutcome& outcome : asked.outcomes) {
    seqs.push_back(outcome.seq);
    put_text(body, outcome.code);
    put_text(body, outcome.message);
  }
  head["outcomes"] = std::move(seqs);
  return Message{text_of(head), std::move(body)};
}
Result<Message> fill(const PageAsked& asked, const json& head) {
  return Message{text_of(head), sync::encode(asked.page)};
}
Result<Message> fill(const FeedBegun& begun, json head) {
  head["generation"] = begun.generation;
  return Message{text_of(head), {}};
}
Result<Message> fill(const RefusalAsked& asked, json head) {
  if (asked.refusal) {
    head["error"] = json_of(asked.refusal->error);
    head["since_ms"] = asked.refusal->since.ms;
  }
  return Message{text_of(head), {}};
}
Result<Message> fill(const ClockConfirmed&, const json& head) { return Message{text_of(head), {}}; }
Result<Message> fill(const CheckpointAsked&, const json& head) {
  return Message{text_of(head), {}};
}

// And back.
Result<Request> record_in(std::string_view body) {
  Texts texts(body);
  RecordAsked asked;
  auto facts = unpacked(texts.next());
  if (!facts) return facts.error();
  asked.facts = std::move(*facts);
  while (!texts.at_end()) {
    ImportMark mark;
    mark.origin = texts.next_text();
    mark.digests = texts.next_text();
    asked.marks.push_back(std::move(mark));
  }
  if (!texts.sound()) return no_message();
  return Request(std::move(asked));
}

Result<Request> erase_in(const json& head, std::string_view body) {
  const auto ref = parse_customer_ref(head.at("customer").get<std::string>());
  Texts texts(body);
  EraseAsked asked;
  asked.reason = texts.next_text();
  asked.staff = texts.next_text();
  if (!ref || !texts.sound()) return no_message();
  asked.ref = *ref;
  return Request(std::move(asked));
}

Result<Request> acknowledge_in(const json& head, std::string_view body) {
  const auto hash = parse_hash(head.at("hash").get<std::string>());
  Texts texts(body);
  AcknowledgeAsked asked;
  asked.signed_answer = texts.next_text();
  for (const json& seq : head.at("outcomes")) {
    FactOutcome outcome;
    outcome.seq = seq.get<Seq>();
    outcome.code = texts.next_text();
    outcome.message = texts.next_text();
    asked.outcomes.push_back(std::move(outcome));
  }
  if (!hash || !texts.sound()) return no_message();
  asked.acknowledged = {head.at("seq").get<Seq>(), *hash};
  return Request(std::move(asked));
}

Result<Request> page_in(std::string_view body) {
  auto page = sync::decode_feed_page(body);
  if (!page) return page.error();
  return Request(PageAsked{std::move(*page)});
}

Request refusal_in(const json& head) {
  RefusalAsked asked;
  if (head.contains("error"))
    asked.refusal =
        LineRefusal{error_of(head.at("error")), {head.at("since_ms").get<std::int64_t>()}};
  return asked;
}

Result<Request> request_of(const json& head, std::string_view body) {
  const auto is = [what = head.at("do").get<std::string>()](const Request& request) {
    return what == name_of(request);
  };
  if (is(RecordAsked{})) return record_in(body);
  if (is(EraseAsked{})) return erase_in(head, body);
  if (is(AcknowledgeAsked{})) return acknowledge_in(head, body);
  if (is(PageAsked{})) return page_in(body);
  if (!body.empty()) return no_message();
  if (is(Hello{})) return Request(Hello{head.at("version").get<std::string>()});
  if (is(RefusalAsked{})) return refusal_in(head);
  if (is(ClockConfirmed{})) return Request(ClockConfirmed{});
  if (is(CheckpointAsked{})) return Request(CheckpointAsked{});
  if (is(FeedBegun{})) return Request(FeedBegun{head.at("generation").get<std::int64_t>()});
  if (is(RetentionAsked{}))
    return Request(
        RetentionAsked{{head.at("now_ms").get<std::int64_t>()},
                       head.at("by_person").get<bool>() ? Authority::person : Authority::clock});
  return no_message();
}

Message error_message(const Error& error) { return {text_of(json{{"error", json_of(error)}}), {}}; }

/// The head of an answer; what went wrong there goes wrong here.
Result<json> head_in(const Message& answer) {
  auto head = json::parse(answer.head, nullptr, false);
  if (!head.is_object()) return no_message();
  const auto error = head.find("error");
  if (error == head.end()) return head;
  return error_of(*error);
}

template <class T, class Read>
Result<T> read_answer(const Message& answer, Read read) try {
  const auto head = head_in(answer);
  if (!head) return head.error();
  return read(*head);
} catch (const json::exception&) {
  return no_message();
}

}  // namespace

std::string_view name_of(const Request& request) {
  return std::visit(
      Overloaded{[](const Hello&) { return "hello"; }, [](const RecordAsked&) { return "record"; },
                 [](const EraseAsked&) { return "erase"; },
                 [](const RetentionAsked&) { return "retention"; },
                 [](const ClockConfirmed&) { return "confirm-clock"; },
                 [](const AcknowledgeAsked&) { return "acknowledge"; },
                 [](const PageAsked&) { return "feed-page"; },
                 [](const FeedBegun&) { return "begin-feed"; },
                 [](const RefusalAsked&) { return "line-refusal"; },
                 [](const CheckpointAsked&) { return "checkpoint"; }},
      request);
}

Result<Message> to_message(const Request& request) {
  const json head = {{"do", name_of(request)}};
  return std::visit([&](const auto& each) { return fill(each, head); }, request);
}

Result<Request> request_in(const Message& message) try {
  const auto head = json::parse(message.head, nullptr, false);
  if (!head.is_object()) return no_message();
  return request_of(head, message.body);
} catch (const json::exception&) {
  return no_message();
}

Message answer_of(const Result<Done>& done) {
  return done ? Message{"{}", {}} : error_message(done.error());
}

Message answer_of(const Result<std::vector<FactId>>& ids) {
  if (!ids) return error_message(ids.error());
  std::string body;
  for (const FactId& id : *ids) {
    const Bytes16 bytes = to_bytes(id);
    body.append(bytes.begin(), bytes.end());
  }
  return {"{}", std::move(body)};
}

Message answer_of(const Result<RetentionDone>& done) {
  if (!done) return error_message(done.error());
  return {text_of(json{{"customers_erased", done->customers_erased},
                       {"customers_waiting", done->customers_waiting},
                       {"audit_removed", done->audit_removed},
                       {"files_removed", done->files_removed}}),
          {}};
}

Message answer_of(const Result<bool>& news) {
  if (!news) return error_message(news.error());
  return {text_of(json{{"news", *news}}), {}};
}

Message not_yet() { return {text_of(json{{"waiting", true}}), {}}; }

bool is_not_yet(const Message& answer) {
  const auto head = json::parse(answer.head, nullptr, false);
  return head.is_object() && head.contains("waiting");
}

Result<Done> done_in(const Message& answer) {
  return read_answer<Done>(answer, [](const json&) { return Done{}; });
}

Result<std::vector<FactId>> ids_in(const Message& answer) {
  return read_answer<std::vector<FactId>>(answer, [&](const json&) -> Result<std::vector<FactId>> {
    Bytes16 bytes{};
    if (answer.body.size() % bytes.size() != 0) return no_message();
    std::vector<FactId> ids;
    for (std::size_t at = 0; at < answer.body.size(); at += bytes.size()) {
      std::copy_n(answer.body.begin() + static_cast<std::ptrdiff_t>(at), bytes.size(),
                  bytes.begin());
      ids.push_back(fact_id_from(bytes));
    }
    return ids;
  });
}

Result<RetentionDone> retention_in(const Message& answer) {
  return read_answer<RetentionDone>(answer, [](const json& head) {
    RetentionDone done;
    done.customers_erased = head.at("customers_erased").get<std::int64_t>();
    done.customers_waiting = head.at("customers_waiting").get<std::int64_t>();
    done.audit_removed = head.at("audit_removed").get<std::int64_t>();
    done.files_removed = head.at("files_removed").get<std::int64_t>();
    return done;
  });
}

Result<bool> news_in(const Message& answer) {
  return read_answer<bool>(answer, [](const json& head) { return head.at("news").get<bool>(); });
}

}  // namespace keepsake::control
