#include "sync/wire/codec.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/values/limits.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/signing.hpp"

namespace keepsake::sync {

namespace {

Hash hash_of(std::uint32_t n) {
  Hash hash{};
  for (std::size_t i = 0; i < hash.size(); ++i) hash[i] = static_cast<std::uint8_t>(n * 31 + i);
  return hash;
}

Batch batch_of(Seq first, std::size_t count) {
  Batch batch;
  batch.first = first;
  batch.last = first + static_cast<Seq>(count) - 1;
  batch.base_hash = hash_of(first - 1);
  batch.head_hash = hash_of(batch.last);
  batch.signature.fill(7);
  for (Seq seq = first; seq < first + count; ++seq) {
    batch.records.push_back({seq, FactId{seq, 0xABCDEF01ULL << 24 | seq}, 1,
                             "body\0with zero " + std::to_string(seq), hash_of(seq)});
  }
  return batch;
}

/// One protobuf field of bytes, by hand: what a stranger may send.
std::string field(int number, std::string_view bytes) {
  std::string out(1, static_cast<char>(number << 3 | 2));
  std::size_t size = bytes.size();
  for (; size >= 128; size >>= 7) out += static_cast<char>((size & 127) | 128);
  out += static_cast<char>(size);
  return out + std::string(bytes);
}

}  // namespace

TEST_CASE("a batch survives both formats") {
  Batch batch = batch_of(17, 3);
  batch.keys.push_back({CustomerRef{{1, 2, 3}}, std::string(80, 's')});
  for (const Format format : {Format::binary, Format::json}) {
    const auto back = decode_batch(encode(batch, format), format);
    REQUIRE(back.ok());
    CHECK(*back == batch);
  }
}

TEST_CASE("any batch comes back as it was sent") {
  CHECK(rc::check([] {
    Batch batch =
        batch_of(*rc::gen::inRange<Seq>(1, 4'000'000'000U), *rc::gen::inRange<std::size_t>(0, 20));
    for (Record& record : batch.records) {
      record.body = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
      record.type = *rc::gen::arbitrary<std::uint16_t>();
    }
    if (batch.records.empty()) batch.head_hash = batch.base_hash;
    const Format format = *rc::gen::element(Format::binary, Format::json);
    const auto back = decode_batch(encode(batch, format), format);
    RC_ASSERT(back.ok());
    RC_ASSERT(*back == batch);
  }));
}

TEST_CASE("the same batch is always the same bytes") {
  CHECK(encode(batch_of(5, 40)) == encode(batch_of(5, 40)));
}

TEST_CASE("a greeting holds no record") {
  Batch greeting;
  greeting.first = 1;
  greeting.last = 0;
  const auto back = decode_batch(encode(greeting));
  REQUIRE(back.ok());
  CHECK(back->records.empty());
}

TEST_CASE("a batch with a hole is refused") {
  const auto refused = [](const Batch& batch) {
    const auto back = decode_batch(encode(batch));
    return !back.ok() && back.error().code == "wire.syntax";
  };
  Batch hole = batch_of(10, 4);
  hole.records[2].seq = 99;
  CHECK(refused(hole));
  Batch missing = batch_of(10, 4);
  missing.records.pop_back();
  CHECK(refused(missing));
  Batch zero = batch_of(1, 1);
  zero.first = 0;
  zero.last = 0;
  CHECK(refused(zero));
  Batch head = batch_of(1, 2);
  head.head_hash = hash_of(77);
  CHECK(refused(head));
  Batch wrapping = batch_of(1, 0);
  wrapping.first = 0xFFFFFFFF;
  wrapping.last = 3;
  CHECK(refused(wrapping));
}

TEST_CASE("limits of a batch are kept") {
  CHECK(decode_batch(encode(batch_of(1, limits::batch_facts))).ok());
  const auto many = decode_batch(encode(batch_of(1, limits::batch_facts + 1)));
  REQUIRE_FALSE(many.ok());
  CHECK(many.error().code == "wire.limit");
  Batch large = batch_of(1, 1);
  large.records[0].body.assign(limits::fact_body_bytes + 1, 'x');
  const auto beyond = decode_batch(encode(large));
  REQUIRE_FALSE(beyond.ok());
  CHECK(beyond.error().code == "wire.limit");
}

TEST_CASE("a million empty records are refused before they are built") {
  std::string bomb;
  for (int i = 0; i < 1'000'000; ++i) bomb += field(6, "");
  const auto back = decode_batch(bomb);
  REQUIRE_FALSE(back.ok());
  CHECK(back.error().kind == Failure::limit);
}

TEST_CASE("unknown fields are ignored") {
  CHECK(decode_batch(encode(batch_of(3, 2)) + field(15, "of tomorrow")).ok());
  const auto problem = decode_problem(R"({"code":"gap","expected":5,"newer":[1,2]})", Format::json);
  REQUIRE(problem.ok());
  CHECK(problem->expected == 5);
}

TEST_CASE("damage never passes as another batch") {
  const std::string bytes = encode(batch_of(1, 5));
  CHECK(rc::check([&] {
    std::string damaged = bytes;
    const auto at = *rc::gen::inRange<std::size_t>(0, damaged.size());
    damaged[at] = static_cast<char>(damaged[at] ^ *rc::gen::inRange(1, 256));
    damaged.resize(*rc::gen::inRange<std::size_t>(0, damaged.size() + 1));
    const auto back = decode_batch(damaged);
    // What still decodes keeps the promise of the header: gapless, and the head is the last
    // record's.
    if (back.ok()) {
      RC_ASSERT(back->records.size() == std::size_t{back->last} + 1 - back->first);
      RC_ASSERT(back->head_hash ==
                (back->records.empty() ? back->base_hash : back->records.back().hash));
    }
  }));
}

TEST_CASE("every other message survives both formats") {
  Acknowledgement ack{
      {17}, {2}, 400, hash_of(400), {{399, "warranty.disputed", "Registered before"}}};
  OpaqueRecord opaque{3, {7, 8}, 9, hash_of(2), hash_of(3), "sealed", {}};
  opaque.signature.fill(3);
  SignedAcknowledgement signed_ack{encode(ack), {}};
  signed_ack.signature.fill(9);
  const Problem problem{"gap", "A record is missing", 12};
  EnrolRequest request{"7K3F", "-----BEGIN", {}, {}, "till-3"};
  request.sign_public.fill(1);
  request.box_public.fill(2);
  EnrolAnswer answer{{17}, {1}, "Østbanehallen", "cert", "ca", {}, {}};
  answer.central_sign_public.fill(3);
  answer.central_box_public.fill(4);
  Status status{"0.1.0",
                {{"Oslo",
                  "NOK",
                  1,
                  2,
                  3,
                  4,
                  5,
                  6,
                  7,
                  -8,
                  1'000'000'000'000,
                  12,
                  13,
                  14,
                  15,
                  16,
                  {{{17}, {1}, 9, 10, 11}}}}};
  for (const Format f : {Format::binary, Format::json}) {
    CHECK(*decode_acknowledgement(encode(ack, f), f) == ack);
    CHECK(*decode_opaque_record(encode(opaque, f), f) == opaque);
    CHECK(*decode_signed_acknowledgement(encode(signed_ack, f), f) == signed_ack);
    CHECK(*decode_problem(encode(problem, f), f) == problem);
    CHECK(*decode_enrol_request(encode(request, f), f) == request);
    CHECK(*decode_enrol_answer(encode(answer, f), f) == answer);
    CHECK(*decode_status(encode(status, f), f) == status);
  }
}

TEST_CASE("values out of range are named") {
  Acknowledgement ack;
  std::string bytes = encode(ack);
  bytes += std::string("\x10\x80\x02", 3);  // epoch 256
  const auto back = decode_acknowledgement(bytes);
  REQUIRE_FALSE(back.ok());
  CHECK(back.error().where == "epoch");
  CHECK_FALSE(decode_acknowledgement("not protobuf at all").ok());
  CHECK_FALSE(decode_status("[1", Format::json).ok());
}

TEST_CASE("signing bytes are the documented ones") {
  Batch batch = batch_of(2, 1);
  const std::string bytes = batch_signing_bytes({0x010203}, {4}, batch);
  CHECK(bytes.substr(0, 17) == "keepsake batch v1");
  CHECK(bytes.substr(17, 13) == std::string("\0\1\2\3\4\0\0\0\2\0\0\0\2", 13));
  CHECK(bytes.size() == 17 + 13 + 64);
  CHECK(ack_signing_bytes("abc") == "keepsake ack v1abc");
  const OpaqueRecord opaque{2, {0, 5}, 6, {}, {}, "abc", {}};
  const std::string sealed = opaque_signing_bytes({0x010203}, {4}, opaque);
  CHECK(sealed.substr(0, 18) == "keepsake opaque v1");
  CHECK(sealed.substr(18, 9) == std::string("\0\1\2\3\4\0\0\0\2", 9));
  CHECK(sealed.substr(18 + 9 + 15, 3) == std::string("\5\0\6", 3));
  CHECK(sealed.size() == 18 + 9 + 16 + 2 + 64 + 3);
}

TEST_CASE("a sealed record needs its place, its content and a signature of the right lengths") {
  const auto passes = [](auto change) {
    OpaqueRecord record{3, {7, 8}, 9, hash_of(2), hash_of(3), "sealed", {}};
    change(record);
    return decode_opaque_record(encode(record)).ok();
  };
  CHECK(passes([](OpaqueRecord&) {}));
  CHECK_FALSE(passes([](OpaqueRecord& record) { record.seq = 0; }));
  CHECK_FALSE(passes([](OpaqueRecord& record) { record.sealed.clear(); }));
  CHECK_FALSE(decode_opaque_record("garbage").ok());
  OpaqueRecord large{3, {7, 8}, 9, hash_of(2), hash_of(3), std::string(request_bytes, 's'), {}};
  CHECK(decode_opaque_record(encode(large)).error().kind == Failure::limit);
  CHECK(opaque_path({17}, {2}) == "/v1/t/17/2/opaque");
  CHECK(parse_terminal_path("/v1/t/17/2/opaque")->action == TerminalAction::opaque);
  CHECK(parse_terminal_path(look_up_path({17}, {2}))->action == TerminalAction::look_up);
}

TEST_CASE("paths name terminal and epoch") {
  CHECK(batch_path({17}, {2}) == "/v1/t/17/2/batch");
  const auto path = parse_terminal_path("/v1/t/17/2/batch");
  REQUIRE(path);
  CHECK(*path == TerminalPath{{17}, {2}, std::nullopt, std::chrono::seconds(0)});
  for (const char* wrong :
       {"/v1/t/17/256/batch", "/v1/t/16777216/1/batch", "/v1/t/17/batch", "/v1/t/batch",
        "/v1/t/-1/1/batch", "/v1/t/017/1/batch", "/v1/t/17/1/batch/", "/v1/t/ 7/1/batch",
        "/v1/t//1/batch", "/v1/t/99999999999999999999/1/batch"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_terminal_path(wrong));
  }
}

TEST_CASE("the path of a pull names where it goes on and how long it may wait") {
  const std::string path = feed_path({17}, {2}, {9, 12345}, std::chrono::seconds(20));
  CHECK(path == "/v1/t/17/2/feed/9/12345?wait=20");
  CHECK(parse_terminal_path(path) ==
        TerminalPath{
            {17}, {2}, FeedCursor{9, 12345}, std::chrono::seconds(20), TerminalAction::feed});
  CHECK(parse_terminal_path("/v1/t/17/2/feed/0/0")->feed == FeedCursor{});
  CHECK(parse_terminal_path("/v1/t/17/2/feed/0/0?wait=86400")->wait == feed_wait_most);
  for (const char* wrong :
       {"/v1/t/17/2/feed", "/v1/t/17/2/feed/1", "/v1/t/17/2/feed/1/", "/v1/t/17/2/feed/-1/0",
        "/v1/t/17/2/feed/1/2/3", "/v1/t/17/2/feed/1/2?",
        "/v1/t/17/2/feed/1/2?wait=", "/v1/t/17/2/feed/1/2?wait=-1", "/v1/t/17/2/feed/1/2?hold=1",
        "/v1/t/17/2/feed/1/99999999999999999999"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_terminal_path(wrong));
  }
}

namespace {

FeedPage any_page() {
  FeedPage page;
  page.generation = 9;
  page.after = 4;
  page.head = 20;
  page.complete = false;
  page.entries = {{5, FactId{1, 2}, 3, true, ""}, {19, FactId{7, 8}, 9, false, "body", "Sunne"}};
  page.keys = {{CustomerRef{{1, 2, 3}}, "sealed"}};
  return page;
}

}  // namespace

TEST_CASE("a page of the feed comes back as it was, in both formats") {
  const FeedPage page = any_page();
  for (const Format format : {Format::binary, Format::json})
    CHECK(decode_feed_page(encode(page, format), format).value() == page);
  const SignedFeedPage signed_page{encode(page), Bytes64{1, 2, 3}};
  CHECK(decode_signed_feed_page(encode(signed_page)).value() == signed_page);
}

TEST_CASE("a page whose parts contradict one another is refused") {
  const auto refused = [](auto&& spoil) {
    FeedPage page = any_page();
    spoil(page);
    return decode_feed_page(encode(page)).error().code;
  };
  CHECK(refused([](FeedPage& p) { p.generation = 0; }) == "wire.syntax");
  CHECK(refused([](FeedPage& p) { p.head = 3; }) == "wire.syntax");
  CHECK(refused([](FeedPage& p) { p.head = 18; }) == "wire.syntax");
  CHECK(refused([](FeedPage& p) { p.entries[0].position = 4; }) == "wire.syntax");
  CHECK(refused([](FeedPage& p) { std::swap(p.entries[0], p.entries[1]); }) == "wire.syntax");
  CHECK(refused([](FeedPage& p) { p.entries[0].body = "twice"; }) == "wire.syntax");
  CHECK(refused([](FeedPage& p) { p.entries[0].store = "Sunne"; }) == "wire.syntax");
  CHECK(refused([](FeedPage& p) { p.entries[1].store.assign(201, 'x'); }) == "wire.limit");
  CHECK(refused([](FeedPage& p) { p.entries[1].body.assign(200'000, 'x'); }) == "wire.limit");
  CHECK(refused([](FeedPage& p) {
          p.entries.clear();
          for (FeedPosition at = 5; at < 600; ++at) p.entries.push_back({at, {}, 1, true, ""});
          p.head = 600;
        }) == "wire.limit");
}

TEST_CASE("a look-up names somebody by one of three kinds, whole") {
  for (const Format format : {Format::binary, Format::json}) {
    for (const ContactKind kind : {ContactKind::phone, ContactKind::email, ContactKind::card}) {
      const ContactKey key{kind, "+4791234567"};
      CHECK(decode_look_up(encode(key, format), format).value() == key);
    }
    CHECK(decode_look_up_answer(encode(LookUpAnswer{true}, format), format).value().found);
  }
  const auto refused = [](ContactKey key) { return decode_look_up(encode(key)).error().code; };
  CHECK(refused({ContactKind::phone, ""}) == "wire.syntax");
  CHECK(refused({ContactKind::address, "Storgata 1"}) == "wire.syntax");
  CHECK(refused({ContactKind::phone, std::string(2001, '1')}) == "wire.limit");
  CHECK(decode_look_up("\x12\x03KC1").error().code == "wire.syntax");  // of no kind
}

}  // namespace keepsake::sync
