// Head office taking batches of 500 purchases, without a line: inflated, decoded, checked, kept and
// applied, in turns with SQLite writing the same rows into a copy of its database; the same batch once
// more; and what a purchase takes on the wire, beside JSON of the same.

#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/values/hex.hpp"
#include "storage/facts/codec.hpp"
#include "sync/agent/outgoing.hpp"
#include "sync/central/ingest_checks.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/compression.hpp"
#include "tests/bench/bare_rows.hpp"
#include "tests/bench/store.hpp"
#include "tests/bench/trade.hpp"

using namespace keepsake;
using namespace keepsake::bench;

namespace {

constexpr int purchases = 500;
constexpr int members = 500;

struct Sent {
  TerminalNumber terminal;
  Epoch epoch;
  std::string body;
};

sync::Batch decoded(const Sent& sent) {
  return must(sync::central::read_batch(
      must(sync::decompress(sent.body, limits::batch_bytes_inflated)), sync::Format::binary));
}

void take(sync::central::Centre& centre, const Sent& sent) {
  const auto answer = centre.ingest().take(sent.terminal, sent.epoch, decoded(sent));
  if (std::holds_alternative<sync::SignedAcknowledgement>(answer)) return;
  std::fprintf(stderr, "ingest_bench: a batch was refused\n");
  std::exit(1);
}

/// As somebody would write it who had no protobuf: what a batch says, its facts spelled out.
std::string json_of(const sync::Batch& batch) {
  std::string text = "{\"base\":\"" + hex_of(batch.base_hash) + "\",\"head\":\"" +
                     hex_of(batch.head_hash) + "\",\"signature\":\"" + hex_of(batch.signature) +
                     "\",\"records\":[";
  for (const Record& record : batch.records) {
    if (record.seq != batch.first) text += ",";
    text += "{\"seq\":" + std::to_string(record.seq) + ",\"id\":\"" + to_hex(record.id) +
            "\",\"type\":" + std::to_string(record.type) +
            ",\"body\":" + must(to_json(static_cast<FactType>(record.type), record.body)) + "}";
  }
  return text + "]}";
}

/// Makes 500 more purchases and packs them; they are not sent.
Sent more(Till& till, Trade& trade, sync::Packer& packer, Reader& reader) {
  const auto before = must(reader.head());
  trade.sell(till, purchases);
  const auto* packed =
      must(packer.pack(reader, {before.seq + 1, before.seq + static_cast<Seq>(purchases)}));
  const auto enrolment = *till.book->enrolment();
  return {enrolment.terminal, enrolment.epoch, packed->body};
}

double best(const std::vector<double>& all) { return *std::ranges::min_element(all); }

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 15;
  HeadOffice office(std::chrono::hours(24) * 40);
  Till till(office);
  must(till.book->record(Trade::programme()));
  Trade trade(3, enrol_people(till, members));
  must(sync::sync_once(*till.book, *till.clock));
  office.close();
  sync::central::Centre& centre = *office.centre;
  const auto reader = must(till.book->reader());
  sync::Packer packer(*till.book, *till.book->enrolment());
  for (int n = 0; n < 4; ++n) {
    take(centre, more(till, trade, packer, *reader));
    must(centre.ingest().apply_all());
  }
  const auto file = office.folder.path / "central/central.db";
  const auto before = office.folder.path / "before.db", after = office.folder.path / "after.db";
  copy_database(file, before);
  copy_database(before, office.folder.path / "bare.db");
  BareWriter bare(office.folder.path / "bare.db");

  std::vector<double> ours, kept, theirs, again;
  double our_processor = 0, their_processor = 0;
  std::int64_t rows = 0;
  Sent last;
  for (int round = 0; round < rounds; ++round) {
    last = more(till, trade, packer, *reader);
    copy_database(file, before);
    const double before_ours = processor_ms();
    const auto began = SteadyClock::now();
    take(centre, last);
    kept.push_back(ms_since(began));
    must(centre.ingest().apply_all());
    ours.push_back(ms_since(began));
    our_processor += processor_ms() - before_ours;
    const auto repeated = SteadyClock::now();
    take(centre, last);
    again.push_back(ms_since(repeated));
    copy_database(file, after);
    const NewRows written(before, after);
    rows = written.count();
    const double before_theirs = processor_ms();
    theirs.push_back(bare.write(written));
    their_processor += processor_ms() - before_theirs;
  }
  const sync::Batch batch = decoded(last);
  const double wire = static_cast<double>(last.body.size()) / purchases;
  const double json =
      static_cast<double>(sync::compress(json_of(batch), sync::Effort::small).size()) / purchases;
  const double ratio = best(theirs) / best(ours), faster = best(ours) / best(again);
  for (auto* each : {&ours, &kept, &theirs, &again}) std::ranges::sort(*each);
  std::printf("a batch of %d purchases at head office, %d times\n", purchases, rounds);
  print("kept and applied", ours);
  print("kept (what is waited for)", kept);
  std::printf("%-28s p50 %7.2f ms   of %lld rows\n", "bare inserts", at(theirs, 0.5),
              static_cast<long long>(rows));
  print("the same batch once more", again);
  std::printf("%-28s %.2f of the bare speed at best, %.2f at p50 (wanted: at least 0.7)\n", "ratio",
              ratio, at(theirs, 0.5) / at(ours, 0.5));
  std::printf("%-28s %.2f (%.1f ms of %.1f ms a batch)\n", "  of processor time",
              their_processor / our_processor, their_processor / rounds, our_processor / rounds);
  std::printf("%-28s %.0f times as fast (wanted: at least 20)\n", "the same once more", faster);
  std::printf("%-28s %.1f bytes a purchase (wanted: at most 75); JSON and zstd %.1f\n",
              "on the wire", wire, json);
  std::printf("%-28s %.2f (wanted: at most 0.75)\n", "ratio", wire / json);
  return 0;
}
