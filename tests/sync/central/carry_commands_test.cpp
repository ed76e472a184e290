#include <doctest/doctest.h>

#include "sync/carry/carry_file.hpp"
#include "sync/central/commands.hpp"
#include "sync/wire/compression.hpp"
#include "tests/sync/central/central_shell.hpp"
#include "tests/sync/central/office.hpp"

namespace keepsake::sync::central::test {

namespace {

FakeClock machine_clock() {
  return FakeClock(Instant{std::chrono::duration_cast<std::chrono::milliseconds>(
                               std::chrono::system_clock::now().time_since_epoch())
                               .count()});
}

/// As `keepsake carry-out` writes it.
std::string carried_out(const Shell& shell, const SendingTerminal& till, const char* name,
                        const std::vector<Batch>& batches) {
  const auto file = shell.folder.path() / name;
  const CarryHeader header{
      CarryWay::to_office, till.number, till.epoch, office_of(till.central_box_public), {},
      till.clock.now()};
  auto writer = CarryWriter::create(file, header);
  REQUIRE(writer.ok());
  for (const Batch& batch : batches)
    REQUIRE((*writer)->add(PartKind::batch, compress(encode(batch)), till.central_box_public).ok());
  REQUIRE((*writer)->finish(*till.vault).ok());
  return file.string();
}

/// What a file of answers holds, as its terminal reads it.
std::vector<CarryPart> opened(const SendingTerminal& till, const std::string& file) {
  const auto reader = CarryReader::open(file);
  REQUIRE(reader.ok());
  CHECK((*reader)->header().way == CarryWay::to_terminal);
  CHECK((*reader)->header().terminal == till.number);
  REQUIRE((*reader)->check(till.central_sign_public).ok());
  std::vector<CarryPart> parts;
  for (;;) {
    auto part = (*reader)->next();
    REQUIRE(part.ok());
    if (!*part) return parts;
    parts.push_back({(*part)->kind, till.vault->open_sealed((*part)->bytes).value()});
  }
}

Acknowledgement acknowledged(const SendingTerminal& till, const CarryPart& part) {
  REQUIRE(part.kind == PartKind::acknowledgement);
  const auto answer = decode_signed_acknowledgement(part.bytes);
  REQUIRE(answer.ok());
  CHECK(verify_signature(ack_signing_bytes(answer->acknowledgement), view(answer->signature),
                         till.central_sign_public));
  return *decode_acknowledgement(answer->acknowledgement);
}

}  // namespace

TEST_CASE("a file is taken without a running centre and with one, and once only") {
  const Shell shell;
  FakeClock clock = machine_clock();
  SendingTerminal till(clock);
  {
    auto centre = Centre::open(shell.folder.path() / "centre", {"localhost"}, clock);
    REQUIRE(centre.ok());
    till.enrol((*centre)->enrolment());
  }
  for (int i = 0; i < 5; ++i) till.sell(1000);
  const auto answers = [&](const char* name) { return (shell.folder.path() / name).string(); };
  const auto file = carried_out(shell, till, "carried", {till.batch(1, 3), till.batch(4, 5)});
  const auto taken = shell.run({"carry-in", file, "--answers", answers("a1"), "--json"});
  REQUIRE_MESSAGE(taken.exit == 0, taken.out);
  CHECK(taken.json().at("acknowledged") == 5);
  CHECK(taken.json().at("batches") == 2);
  CHECK(taken.json().at("store") == "Lysvik");
  CHECK(taken.json().at("pages") == 1);
  const auto parts = opened(till, answers("a1"));
  REQUIRE(parts.size() == 3);
  CHECK(acknowledged(till, parts[0]).acked == 3);
  CHECK(acknowledged(till, parts[1]).acked == 5);
  CHECK(parts[2].kind == PartKind::feed_page);

  keepsake::test::Process serving(
      {shell.program.string(), "--data", (shell.folder.path() / "centre").string(), "--listen",
       "127.0.0.1:0"},
      shell.folder.path() / "log");
  for (int i = 0; i < 400 && serving.output().find("listening") == std::string::npos; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  const auto again =
      shell.run({"carry-in", file, "--answers", answers("a2"), "--by", "anna", "--json"});
  REQUIRE_MESSAGE(again.exit == 0, again.out);
  CHECK(again.json().at("acknowledged") == 5);
  CHECK(acknowledged(till, opened(till, answers("a2")).at(1)).acked == 5);
  CHECK(serving.output().find("carried terminal=" + std::to_string(till.number.value)) !=
        std::string::npos);
  const auto told = shell.run({"report", "--json"}).json().at("stores").at(0);
  CHECK(told.at("totals").at("purchases") == 5);
  const auto trail = shell.run({"terminals", std::to_string(till.number.value), "--json"})
                         .json()
                         .at("terminals")
                         .at(0)
                         .at("trail");
  REQUIRE(trail.size() == 3);
  CHECK(trail[1].at("what") == "carried");
  CHECK(trail[2].at("what") == "carried");
  CHECK(trail[2].at("by") == "anna");
}

TEST_CASE("a refusal is told, goes into the answers, and ends the file there") {
  const Shell shell;
  FakeClock clock = machine_clock();
  SendingTerminal till(clock);
  {
    auto centre = Centre::open(shell.folder.path() / "centre", {"localhost"}, clock);
    REQUIRE(centre.ok());
    till.enrol((*centre)->enrolment());
  }
  for (int i = 0; i < 5; ++i) till.sell(1000);
  const auto answers = [&](const char* name) { return (shell.folder.path() / name).string(); };
  const auto gap = shell.run({"carry-in", carried_out(shell, till, "gap", {till.batch(3, 5)}),
                              "--answers", answers("a1"), "--json"});
  CHECK(gap.exit == 1);
  CHECK(gap.out.find("\"gap\"") != std::string::npos);
  auto parts = opened(till, answers("a1"));
  REQUIRE(parts.at(0).kind == PartKind::refusal);
  const auto refusal = decode_carried_refusal(parts[0].bytes);
  REQUIRE(refusal.ok());
  CHECK(refusal->first == 3);
  CHECK(refusal->last == 5);
  CHECK(refusal->status == 409);
  CHECK(refusal->problem.expected == 1);

  // A batch that somebody changed and sealed anew: not by the way, but at its place.
  Batch forged = till.batch(3, 4);
  forged.signature.fill(9);
  const auto file =
      carried_out(shell, till, "forged", {till.batch(1, 2), forged, till.batch(5, 5)});
  CHECK(shell.run({"carry-in", file, "--answers", answers("a2")}).exit == 1);
  parts = opened(till, answers("a2"));
  CHECK(acknowledged(till, parts.at(0)).acked == 2);
  CHECK(decode_carried_refusal(parts.at(1).bytes)->problem.code == "batch.signature");
  CHECK(parts.at(2).kind == PartKind::feed_page);
  CHECK(parts.size() == 3);
}

TEST_CASE("files that are not for this head office, or are none, are refused with what to do") {
  const Shell shell, elsewhere;
  FakeClock clock = machine_clock();
  SendingTerminal till(clock), stranger(clock);
  {
    auto centre = Centre::open(shell.folder.path() / "centre", {"localhost"}, clock);
    auto other = Centre::open(elsewhere.folder.path() / "centre", {"localhost"}, clock);
    REQUIRE(centre.ok());
    REQUIRE(other.ok());
    till.enrol((*centre)->enrolment());
    stranger.enrol((*other)->enrolment());
  }
  till.sell(1000);
  stranger.sell(1000);
  const std::string answers = (shell.folder.path() / "answers").string();
  const auto refused = [&](const std::string& file, const char* words, int exit) {
    const auto ran = shell.run({"carry-in", file, "--answers", answers});
    CHECK(ran.exit == exit);
    CHECK_MESSAGE(ran.out.find(words) != std::string::npos, ran.out);
    CHECK_FALSE(std::filesystem::exists(answers));
  };
  refused(carried_out(elsewhere, stranger, "theirs", {stranger.all()}), "another head office", 1);
  SendingTerminal forgotten(clock);
  forgotten.number = {1'234'567};
  forgotten.central_box_public = till.central_box_public;
  refused(carried_out(shell, forgotten, "forgotten", {}), "does not know the terminal", 1);
  refused((shell.folder.path() / "none").string(), "no such file", 2);
  refused(shell.folder.path().string(), "not a file", 2);
  refused(shell.write("words", "hello"), "not a file that keepsake wrote", 2);
  refused(shell.write("empty", ""), "cut or changed", 2);
  const auto file = carried_out(shell, till, "carried", {till.all()});
  const auto to = shell.run({"carry-in", file, "--answers", file});
  CHECK(to.exit == 2);
  CHECK(to.out.find("already exists") != std::string::npos);
  CHECK(shell.run({"carry-in", file}).exit == 2);  // no answers named
  CHECK(elsewhere.run({"report", "--json"}).json().at("stores").at(0).at("totals").at("facts") ==
        0);
}

}  // namespace keepsake::sync::central::test
