#pragma once
// A centre without sockets and terminals that write batches for it by hand.

#include <doctest/doctest.h>
#include <memory>
#include <string>
#include <vector>

#include "storage/book/enrolment.hpp"
#include "storage/domain/fact.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/facts/codec.hpp"
#include "storage/journal/journal.hpp"
#include "sync/central/centre.hpp"
#include "sync/central/fact_log.hpp"
#include "sync/central/predecessors.hpp"
#include "sync/central/register.hpp"
#include "sync/central/schema.hpp"
#include "sync/central/status.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/signing.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/shop.hpp"
#include "tests/support/temporary_folder.hpp"

namespace keepsake::sync::central::test {

using keepsake::test::FakeClock;
using keepsake::test::TemporaryFolder;

class SendingTerminal {
 public:
  explicit SendingTerminal(FakeClock& shop_clock) : clock(shop_clock) {
    auto opened = Vault::create(folder_.path());
    REQUIRE(opened.ok());
    vault = std::move(*opened);
  }

  EnrolRequest request(const std::string& code) const {
    EnrolRequest asked{code, pki::make_request(key_pem, "till").value(),
                       bytes32(vault->sign_public()), bytes32(vault->box_public()), "till-1"};
    asked.identities.push_back({{0x800001}, {0}});
    if (number.value != 0) asked.identities.push_back({number, epoch});
    asked.head = static_cast<Seq>(journal.size());
    asked.head_hash = hash_before(asked.head + 1);
    asked.former_sign_public = vault->former_sign_public().value();
    prove(asked);
    return asked;
  }
  /// Signs what was changed.
  void prove(EnrolRequest& asked) const {
    const auto code = parse_enrol_code(asked.code);
    const auto csr_key = pki::request_key(asked.csr_pem);
    if (!code || !csr_key) return;
    const std::string bytes = enrol_signing_bytes(*code, *csr_key, asked);
    asked.signature = bytes64(vault->sign(bytes));
    const std::string former = vault->sign_as_former(bytes).value();
    if (!former.empty()) asked.former_signature = bytes64(former);
  }
  std::filesystem::path folder() const { return folder_.path(); }
  void enrol(Enrolments& enrolments, const std::string& store = "Lysvik") {
    const auto answer = enrolments.enrol(request(enrolments.new_code(store).value()));
    REQUIRE(std::holds_alternative<EnrolAnswer>(answer));
    keep(std::get<EnrolAnswer>(answer));
  }
  void keep(const EnrolAnswer& given) {
    number = given.terminal;
    epoch = given.epoch;
    certificate_pem = given.certificate_pem;
    central_sign_public = std::string(view(given.central_sign_public));
    central_box_public = std::string(view(given.central_box_public));
  }

  FactId add(const Fact& fact) {
    return add_raw(static_cast<std::uint16_t>(type_of(fact)), encode(fact).value());
  }
  FactId add_raw(std::uint16_t type, std::string body) {
    const auto seq = static_cast<Seq>(journal.size() + 1);
    clock.advance(std::chrono::seconds(1));
    const TerminalNumber maker = number.value != 0 ? number : TerminalNumber{0x800001};
    return add_with_id(FactId::make(time_.tick(clock.now()), maker, epoch, seq), type,
                       std::move(body));
  }
  FactId add_with_id(FactId id, std::uint16_t type, std::string body) {
    Record record{static_cast<Seq>(journal.size() + 1), id, type, std::move(body), {}};
    record.hash = chain(hash_before(record.seq), record);
    journal.push_back(std::move(record));
    return id;
  }
  FactId sell(std::int64_t minor) {
    return add(keepsake::test::purchase(clock, {keepsake::test::line("A-1", 1, minor)}));
  }

  /// Facts first..last, signed; last = first - 1 is a greeting.
  Batch batch(Seq first, Seq last) const {
    Batch batch;
    batch.first = first;
    batch.last = last;
    batch.base_hash = hash_before(first);
    for (Seq seq = first; seq <= last; ++seq) {
      const Record& record = journal.at(seq - 1);
      batch.records.push_back({record.seq, record.id, record.type, record.body, record.hash});
    }
    batch.head_hash = hash_before(last + 1);
    sign(batch);
    return batch;
  }
  Batch all() const { return batch(1, static_cast<Seq>(journal.size())); }
  void sign(Batch& batch) const {
    batch.signature = bytes64(vault->sign(batch_signing_bytes(number, epoch, batch)));
  }
  Hash hash_before(Seq seq) const { return seq == 1 ? Hash{} : journal.at(seq - 2).hash; }

  FakeClock& clock;
  std::unique_ptr<Vault> vault;
  std::string key_pem = pki::make_key().value();
  std::string certificate_pem;
  std::string central_sign_public;
  std::string central_box_public;
  TerminalNumber number;
  Epoch epoch;
  std::vector<Record> journal;

 private:
  TemporaryFolder folder_;
  HybridClock time_;
};

class Office {
 public:
  explicit Office(Instant now = FakeClock().now()) : clock(now) {
    auto opened = Centre::open(data(), {"localhost", "127.0.0.1", "::1"}, clock);
    REQUIRE_MESSAGE(opened.ok(), (opened.ok() ? "" : to_line(opened.error())));
    centre = std::move(*opened);
  }
  std::filesystem::path data() const { return folder_.path() / "central"; }

  Ingest::Answer take(const SendingTerminal& terminal, const Batch& batch) {
    auto answer = centre->ingest().take(terminal.number, terminal.epoch, batch);
    REQUIRE(centre->ingest().apply_all().ok());
    return answer;
  }
  /// Requires a 200 whose signature and chain value are right; with what came of the facts.
  Acknowledgement taken(const SendingTerminal& terminal, const Batch& batch) {
    const auto answer = take(terminal, batch);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) FAIL(refusal->problem.code);
    const auto& given = std::get<SignedAcknowledgement>(answer);
    CHECK(verify_signature(ack_signing_bytes(given.acknowledgement), view(given.signature),
                           terminal.central_sign_public));
    auto read = decode_acknowledgement(given.acknowledgement);
    REQUIRE(read.ok());
    CHECK(read->acked_hash == terminal.hash_before(read->acked + 1));
    read->outcomes = outcomes_of(terminal, batch.first, read->acked);
    return *read;
  }
  std::vector<FactOutcome> outcomes_of(const SendingTerminal& terminal, Seq first, Seq last) const {
    const auto reader = central::open_records(data());
    REQUIRE(reader.ok());
    return outcomes(**reader, *find_terminal(**reader, terminal.number), first, last, 500);
  }
  Problem refused(const SendingTerminal& terminal, const Batch& batch, unsigned status) {
    const auto answer = take(terminal, batch);
    REQUIRE(std::holds_alternative<Refusal>(answer));
    CHECK(std::get<Refusal>(answer).status == status);
    return std::get<Refusal>(answer).problem;
  }
  StoreStatus figures(const std::string& store = "Lysvik") const {
    const auto reader = central::open_records(data());
    REQUIRE(reader.ok());
    const auto status = read_status(**reader, store, clock.now());
    REQUIRE(status.ok());
    REQUIRE(status->stores.size() == 1);
    return status->stores.front();
  }

  FakeClock clock;
  std::unique_ptr<Centre> centre;

 private:
  TemporaryFolder folder_;
};

/// A centre in memory, for tests that write a great deal.
struct Scratch {
  TemporaryFolder folder;
  FakeClock clock;
  std::unique_ptr<Vault> vault;
  std::unique_ptr<Database> database;
  std::unique_ptr<Forgetting> forgetting;

  Scratch() {
    vault = std::move(*Vault::create(folder.path()));
    forgetting = std::make_unique<Forgetting>(std::filesystem::path(), *vault, false);
    forget();
  }
  void forget() {
    database = std::move(*sqlite::open(":memory:"));
    REQUIRE(migrate(*database).ok());
  }
  /// As if it had enrolled.
  void know(SendingTerminal& terminal, std::uint32_t number, std::uint8_t epoch = 1) {
    terminal.number = {number};
    terminal.epoch = {epoch};
    terminal.central_sign_public = vault->sign_public();
    Terminal row;
    row.number = terminal.number;
    row.store = "Lysvik";
    row.sign_public = terminal.vault->sign_public();
    row.box_public = terminal.vault->box_public();
    row.epoch = {epoch};
    row.lineage = 1;
    add_store(*database, row.store, clock.now());
    put_terminal(*database, row);
    add_predecessor(*database, row.number, {{0x800001}, {0}});
  }
};

}  // namespace keepsake::sync::central::test
