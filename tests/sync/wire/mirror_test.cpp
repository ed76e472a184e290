#include "sync/wire/mirror.hpp"

#include <doctest/doctest.h>

namespace keepsake::sync {

namespace {

Hash hash_full_of(std::uint8_t byte) {
  Hash hash{};
  hash.fill(byte);
  return hash;
}

template <class T>
std::string code_of(const Result<T>& result) {
  return result.ok() ? "" : result.error().code;
}

MirrorRequest full_request() {
  MirrorRequest request;
  request.acked = 17;
  request.acknowledgement = "as signed";
  request.own = ChainPlace{21, hash_full_of(1)};
  request.batch = MirroredBatch{22, 25, hash_full_of(2), hash_full_of(3), std::string(1000, 's')};
  return request;
}

}  // namespace

TEST_CASE("messages between tills come out as they went in, in both forms") {
  const NeighboursRequest told{{"192.168.1.21:8471", "[fd00::1]:8471"}};
  const NeighboursAnswer named{
      {{{{1'000'001}, {2}}, 1, {"192.168.1.21:8471"}}, {{{1'000'002}, {1}}, 2, {}}}};
  const MirrorRequest asking = full_request();
  const MirrorAnswer answer{{25, hash_full_of(3)}, "signed", true};
  const HandIn brought{{{1'000'001}, {2}}, {{"sealed", {123}}, {"more", {456}}}};
  const HandInAnswer taken{1, "batch.signature", "no", "signed"};
  for (const Format format : {Format::binary, Format::json}) {
    CHECK(*decode_neighbours_request(encode(told, format), format) == told);
    CHECK(*decode_neighbours_answer(encode(named, format), format) == named);
    CHECK(*decode_mirror_request(encode(asking, format), format) == asking);
    CHECK(*decode_mirror_request(encode(MirrorRequest{}, format), format) == MirrorRequest{});
    CHECK(*decode_mirror_answer(encode(answer, format), format) == answer);
    CHECK(*decode_hand_in(encode(brought, format), format) == brought);
    CHECK(*decode_hand_in_answer(encode(taken, format), format) == taken);
  }
}

TEST_CASE("addresses are numbers with a port, and few") {
  for (const std::string wrong :
       {"", "till-2:8471", "192.168.1.21", "192.168.1.21:0", "192.168.1.21:99999", "fd00::1:8471",
        "192.168.1.21:8471 10.0.0.1:1", "https://192.168.1.21:8471", "user@10.0.0.1:1"})
    CHECK(code_of(decode_neighbours_request(encode(NeighboursRequest{{wrong}}))) == "wire.syntax");
  const std::vector<std::string> many(addresses_most + 1, "10.0.0.1:8471");
  CHECK(code_of(decode_neighbours_request(encode(NeighboursRequest{many}))) == "wire.limit");
  NeighboursAnswer crowd;
  crowd.neighbours.resize(neighbours_most + 1, {{{1'000'001}, {1}}, 1, {}});
  CHECK(code_of(decode_neighbours_answer(encode(crowd))) == "wire.limit");
  for (const std::uint32_t number : {0u, TerminalNumber::provisional_from, 0x1000000u})
    CHECK(code_of(decode_neighbours_answer(encode(NeighboursAnswer{{{{{number}, {1}}, 1, {}}}}))) ==
          "wire.syntax");
}

TEST_CASE("a batch that makes no sense is no batch") {
  const auto code = [](auto change) {
    MirrorRequest request = full_request();
    change(request);
    return code_of(decode_mirror_request(encode(request)));
  };
  CHECK(code([](MirrorRequest&) {}).empty());
  CHECK(code([](MirrorRequest& r) { r.batch->first = 0; }) == "wire.syntax");
  CHECK(code([](MirrorRequest& r) { r.batch->last = 21; }) == "wire.syntax");
  CHECK(code([](MirrorRequest& r) { r.batch->last = 22 + 500; }) == "wire.limit");
  CHECK(code([](MirrorRequest& r) { r.own->seq = 0; }) == "wire.syntax");
  CHECK(code([](MirrorRequest& r) { r.batch->sealed.resize(sealed_batch_bytes + 1, 'x'); }) ==
        "wire.limit");
  CHECK(code([](MirrorRequest& r) { r.acknowledgement.resize(answer_bytes + 1, 'x'); }) ==
        "wire.limit");
}

TEST_CASE("what is handed in is of a terminal, something, and not too much") {
  const HandIn fine{{{1'000'001}, {2}}, {{"sealed", {1}}}};
  CHECK(code_of(decode_hand_in(encode(fine))).empty());
  HandIn none = fine;
  none.batches.clear();
  CHECK(code_of(decode_hand_in(encode(none))) == "wire.syntax");
  HandIn empty = fine;
  empty.batches.front().sealed.clear();
  CHECK(code_of(decode_hand_in(encode(empty))) == "wire.syntax");
  HandIn many = fine;
  many.batches.resize(handed_in_at_once + 1, {"sealed", {1}});
  CHECK(code_of(decode_hand_in(encode(many))) == "wire.limit");
  HandIn nobody = fine;
  nobody.whose.epoch = {0};
  CHECK(code_of(decode_hand_in(encode(nobody))) == "wire.syntax");
}

}  // namespace keepsake::sync
