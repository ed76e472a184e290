// `keepsake carry-out` and `carry-in` as they are typed; head office is a vault that answers by hand.
#include <doctest/doctest.h>
#include <filesystem>

#include "kiosk/control/control_socket.hpp"
#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/engine/system_clock.hpp"
#include "storage/journal/journal.hpp"
#include "storage/vault/vault.hpp"
#include "sync/carry/carry_file.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/signing.hpp"
#include "tests/kiosk/cli/customers/customer_shop.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

/// A shop with one record that head office does not have.
struct Enrolled : CustomerShop {
  Result<std::unique_ptr<SystemClock>> clock = SystemClock::open("Europe/Oslo");
  std::unique_ptr<Vault> office;
  Enrolment enrolment;

  Enrolled() {
    std::filesystem::create_directory(scratch() / "office");
    office = std::move(*Vault::create(scratch() / "office"));
    enrolment = {{4711},
                 {1},
                 "Lysvik",
                 "https://head.example:8443",
                 office->sign_public(),
                 office->box_public(),
                 2};
    add_staff("marit", "4711");
    REQUIRE(open()->set_enrolment(enrolment).ok());
  }
  std::unique_ptr<Book> open() const {
    auto opened = Book::open(folder(), **clock);
    REQUIRE(opened.ok());
    return std::move(*opened);
  }
  std::string file(const char* name) const { return (scratch() / name).string(); }

  /// What head office says by hand: up to `acked`, and a refusal where there is one.
  std::string answers(const char* name, Seq acked,
                      const std::optional<sync::CarriedRefusal>& refusal = {}) const {
    const auto book = open();
    const std::string box = book->vault().box_public();
    const sync::CarryHeader header{sync::CarryWay::to_terminal,
                                   enrolment.terminal,
                                   enrolment.epoch,
                                   sync::office_of(office->box_public()),
                                   {},
                                   {}};
    auto writer = sync::CarryWriter::create(file(name), header);
    REQUIRE(writer.ok());
    sync::Acknowledgement ack{enrolment.terminal, enrolment.epoch, acked, {}, {}};
    if (acked > 0) ack.acked_hash = (*book->reader())->read(acked, 1, 100'000)->front().hash;
    sync::SignedAcknowledgement answer{encode(ack), {}};
    answer.signature = sync::bytes64(office->sign(sync::ack_signing_bytes(answer.acknowledgement)));
    REQUIRE((*writer)->add(sync::PartKind::acknowledgement, encode(answer), box).ok());
    if (refusal) REQUIRE((*writer)->add(sync::PartKind::refusal, encode(*refusal), box).ok());
    REQUIRE((*writer)->finish(*office).ok());
    return file(name);
  }
  std::string code(const Args& args) const {
    const Ran ran = json(args);
    CHECK(ran.exit != 0);
    const auto error = ran.json().at("error");
    CHECK(error.at("remedy") != "");
    return error.at("code");
  }
};

}  // namespace

TEST_CASE("a till that is not enrolled carries nothing, and says what to do first") {
  const CustomerShop shop;
  const auto ran = shop.run({"carry-out", (shop.scratch() / "out").string()});
  CHECK(ran.exit == 1);
  CHECK(ran.err.find("keepsake enrol") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(shop.scratch() / "out"));
}

TEST_CASE("a file is written beside the open kiosk, and its answer is taken in there") {
  const Enrolled shop;
  const auto answers = shop.answers("answers", 1);
  const auto kiosk = shop.open();
  const auto commands = control::ControlSocket::open(*kiosk, {});
  REQUIRE(commands.ok());
  const Ran out = shop.json({"carry-out", shop.file("out")});
  REQUIRE_MESSAGE(out.exit == 0, out.out);
  CHECK(out.json().at("first") == 1);
  CHECK(out.json().at("last") == 1);
  CHECK(out.json().at("records") == 1);
  CHECK(out.json().at("left") == 0);
  CHECK(out.json().at("bytes") == std::filesystem::file_size(shop.file("out")));

  CHECK(shop.json({"sync", "status"}).json().at("waiting") == 1);
  const Ran taken = shop.json({"carry-in", answers});
  REQUIRE_MESSAGE(taken.exit == 0, taken.out);
  CHECK(taken.json().at("acknowledged") == 1);
  CHECK(taken.json().at("acknowledged_before") == 0);
  CHECK(taken.json().at("waiting") == 0);
  CHECK(taken.json().at("trouble").is_null());
  CHECK(shop.run({"carry-in", answers}).out.find("(0 more than was known)") != std::string::npos);
  CHECK(shop.verify() == 0);
  const Ran nothing = shop.run({"carry-out", shop.file("news")});
  CHECK(nothing.exit == 0);
  CHECK(nothing.out.find("no record is waiting") != std::string::npos);
}

TEST_CASE("the status says how far head office has the open shift") {
  const Enrolled shop;  // one record
  CHECK(shop.json({"sync", "status"}).json().at("shift").is_null());
  const auto clock = shop.clock->get();
  {
    const auto book = shop.open();
    const Money none{0, *Currency::parse("NOK")};
    REQUIRE(book->record(ShiftOpening{clock->local_now(), "marit", none}).ok());
  }
  shop.add_staff("jonas", "1357");
  const auto all = shop.json({"sync", "status"}).json();
  CHECK(all.at("waiting") == 3);
  CHECK(all.at("oldest_waiting").is_string());
  CHECK(all.at("shift").at("records") == 2);
  CHECK(all.at("shift").at("waiting") == 2);
  CHECK(all.at("shift").at("sent") == 0);
  CHECK(all.at("shift").at("oldest_waiting").is_string());
  REQUIRE(shop.run({"carry-in", shop.answers("answers", 2)}).exit == 0);
  const auto part = shop.json({"sync", "status"}).json().at("shift");
  CHECK(part.at("records") == 2);
  CHECK(part.at("waiting") == 1);
  CHECK(part.at("sent") == 1);
  CHECK(part.at("accepted") == 1);
  CHECK(part.at("exceptions") == 0);
  const auto words = shop.run({"sync", "status"}).out;
  CHECK(words.find("The open shift: 2 records, 1 waiting (the oldest since ") != std::string::npos);
  REQUIRE(shop.run({"carry-in", shop.answers("rest", 3)}).exit == 0);
  CHECK(shop.json({"sync", "status"}).json().at("shift").at("oldest_waiting").is_null());
}

TEST_CASE("each wrong file is told as what it is, and changes nothing") {
  const Enrolled shop;
  CHECK(shop.code({"carry-in", shop.file("none")}) == "file.none");
  CHECK(shop.code({"carry-in", shop.folder()}) == "file.unreadable");
  CHECK(shop.code({"carry-in", shop.scratch().write("empty", "")}) == "carry.damaged");
  CHECK(shop.code({"carry-in", shop.scratch().write("page", "<html></html>")}) == "carry.foreign");
  const auto answers = shop.answers("answers", 1);
  std::string bytes = shop.scratch().read("answers");
  CHECK(shop.code({"carry-in", shop.scratch().write("cut", bytes.substr(0, bytes.size() / 2))}) ==
        "carry.damaged");
  bytes[100] = static_cast<char>(bytes[100] ^ 4);
  CHECK(shop.code({"carry-in", shop.scratch().write("turned", bytes)}) == "carry.damaged");
  REQUIRE(shop.run({"carry-out", shop.file("out")}).exit == 0);
  CHECK(shop.code({"carry-in", shop.file("out")}) == "carry.way");
  CHECK(shop.code({"carry-out", shop.file("out")}) == "file.exists");
  CHECK(shop.code({"carry-out", shop.file("no/such/folder/out")}) == "file.write");
  CHECK(shop.code({"carry-out", "/proc/out"}) == "file.write");
  for (const char* from : {"9", "0", "-1", "99999999999"})
    CHECK(shop.code({"carry-out", shop.file("far"), "--from", from}) == "carry.from");
  const Enrolled other;
  CHECK(other.code({"carry-in", answers}) == "carry.other-office");
  CHECK(shop.json({"sync", "status"}).json().at("waiting") == 1);
}

TEST_CASE("what head office refuses is told with what to do, and an old answer as one") {
  const Enrolled shop;
  const auto gap = shop.answers(
      "gap", 0, sync::CarriedRefusal{2, 2, 409, {"gap", "Earlier facts are missing", 1}});
  const Ran told = shop.run({"carry-in", gap});
  CHECK(told.exit == 1);
  CHECK(told.err.find("carry-out FILE --from 1") != std::string::npos);
  CHECK(shop.run({"carry-out", shop.file("again"), "--from", "1"}).exit == 0);
  const auto old = shop.answers("old", 0);
  REQUIRE(shop.run({"carry-in", shop.answers("new", 1)}).exit == 0);
  const Ran older = shop.json({"carry-in", old});
  CHECK(older.exit == 1);
  CHECK(older.json().at("trouble").at("code") == "carry.old");
  CHECK(older.json().at("acknowledged") == 1);
  const auto revoked = shop.answers(
      "revoked", 1,
      sync::CarriedRefusal{2, 1, 403, {"terminal.revoked", "Head office has revoked it", 0}});
  CHECK(shop.run({"carry-in", revoked}).exit == 1);
  CHECK(shop.json({"sync", "status"}).json().at("last_error").at("code") == "terminal.revoked");
}
