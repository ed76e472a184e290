#include "sync/mirror/mirror_door.hpp"

#include <doctest/doctest.h>

#include "storage/vault/crypto.hpp"
#include "storage/vault/vault.hpp"
#include "sync/mirror/mirror_file.hpp"
#include "sync/wire/signing.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace keepsake::sync::mirror {

namespace {

constexpr TerminalIdentity asking{{1'000'001}, {2}};

struct Doorway {
  keepsake::test::TemporaryFolder folder, office_folder;
  std::unique_ptr<Vault> office = std::move(*Vault::create(office_folder.path()));
  keepsake::test::FakeClock clock;
  std::unique_ptr<MirrorFile> file = std::move(*MirrorFile::open(folder.path()));
  int kept = 0;
  Enrolment enrolment{{1'000'009},           {1}, "Lysvik", "https://head.example:1",
                      office->sign_public(), {},  9};
  MirrorDoor door{*file, enrolment, clock, [this] { ++kept; }};
  Peer peer{Peer::Kind::terminal, asking, "10.0.0.1"};

  Doorway() { REQUIRE(file->put_neighbours({{asking, 1, {}}}).ok()); }

  RequestHead head(const std::string& method = "POST",
                   const std::string& target = std::string(mirror_path)) const {
    return {method, target, std::string(binary_type), "", "", 100};
  }
  /// 200: it may send its body.
  unsigned looked(const RequestHead& at, const Peer& by) {
    const auto answer = door.look_at(at, by);
    const auto* reply = std::get_if<Reply>(&answer);
    return reply ? reply->status : 200;
  }
  std::string signed_word(Acknowledgement word, const Vault& by) const {
    SignedAcknowledgement said{encode(word), {}};
    said.signature = bytes64(by.sign(ack_signing_bytes(said.acknowledgement)));
    return encode(said);
  }
  MirrorAnswer answered(const MirrorRequest& request) {
    const Reply reply = door.serve(head(), peer, encode(request));
    CHECK(reply.status == 200);
    const auto answer = decode_mirror_answer(reply.body);
    REQUIRE(answer.ok());
    return *answer;
  }
};

MirrorRequest three_records() {
  MirrorRequest request;
  request.batch = MirroredBatch{1, 3, {}, sha256("3"), "sealed"};
  return request;
}

}  // namespace

TEST_CASE("only a till of the store is heard, and only for copies") {
  Doorway way;
  CHECK(way.looked(way.head(), way.peer) == 200);
  CHECK(way.looked(way.head("GET"), way.peer) == 405);
  CHECK(way.looked(way.head("POST", "/v1/enrol"), way.peer) == 404);
  CHECK(way.looked(way.head("POST", "/v1/mirror/"), way.peer) == 404);
  CHECK(way.looked(way.head(), {Peer::Kind::anonymous, {}, "x"}) == 401);
  CHECK(way.looked(way.head(), {Peer::Kind::unknown, {}, "x"}) == 403);
  CHECK(way.looked(way.head(), {Peer::Kind::operating, {}, "x"}) == 403);
  CHECK(way.looked(way.head(), {Peer::Kind::terminal, {{1'000'002}, {2}}, "x"}) == 403);
  // A former epoch was retired or shut out; a later one was given since.
  CHECK(way.looked(way.head(), {Peer::Kind::terminal, {asking.terminal, {1}}, "x"}) == 403);
  CHECK(way.looked(way.head(), {Peer::Kind::terminal, {asking.terminal, {3}}, "x"}) == 200);
  REQUIRE(way.file->put_neighbours({}).ok());
  CHECK(way.looked(way.head(), way.peer) == 403);
}

TEST_CASE("what comes is kept and told") {
  Doorway way;
  CHECK(way.answered(three_records()).held == ChainPlace{3, sha256("3")});
  CHECK(way.kept == 1);
  CHECK(way.answered({}).held.seq == 3);
  CHECK(way.kept == 1);
  CHECK(way.door.serve(way.head(), way.peer, "rubbish").status == 400);
  CHECK(way.door.serve(way.head(), way.peer, std::string(mirror_bytes + 1, 'x')).status == 413);
}

TEST_CASE("what is acknowledged counts by head office's signature for this till and epoch alone") {
  Doorway way;
  way.answered(three_records());
  MirrorRequest showing;
  showing.acked = 3;
  showing.own = ChainPlace{3, sha256("3")};
  const Acknowledgement word{asking.terminal, asking.epoch, 3, sha256("3"), {}};
  Acknowledgement other = word;
  SUBCASE("another signer") {
    const auto stranger = Vault::create(way.folder.path());
    REQUIRE(stranger.ok());
    showing.acknowledgement = way.signed_word(word, **stranger);
  }
  SUBCASE("another till") {
    other.terminal = {1'000'002};
    showing.acknowledgement = way.signed_word(other, *way.office);
  }
  SUBCASE("another epoch") {
    other.epoch = {1};
    showing.acknowledgement = way.signed_word(other, *way.office);
  }
  SUBCASE("less") {
    other.acked = 2;
    showing.acknowledgement = way.signed_word(other, *way.office);
  }
  SUBCASE("rubbish") { showing.acknowledgement = "rubbish"; }
  SUBCASE("none") {}
  CHECK(way.answered(showing).held.seq == 3);
  showing.acknowledgement = way.signed_word(word, *way.office);
  CHECK(way.answered(showing).held.seq == 0);
}

}  // namespace keepsake::sync::mirror
