// 500 purchases from the journal to their acknowledgement, as the till stores it, beside curl and bare
// inserts in turns with it: libcurl posts the same body over a connection that is kept like ours, to a
// server that writes rows into a copy of head office's database, and the rows that the till wrote go into a
// copy of the till's. The server writes what head office wrote of the push, what it applied behind its
// answer among it; and in another turn only what it kept before its answer.

#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "sync/agent/identity.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/agent/outgoing.hpp"
#include "sync/agent/session.hpp"
#include "sync/central/fact_log.hpp"
#include "sync/serving/simple_server.hpp"
#include "sync/wire/endpoints.hpp"
#include "tests/bench/bare_rows.hpp"
#include "tests/bench/store.hpp"
#include "tests/bench/trade.hpp"

using namespace keepsake;
using namespace keepsake::bench;

namespace {

constexpr int purchases = 500;
constexpr int members = 500;
constexpr int warm_up = 4;

/// Writes rows, whatever was sent.
class BareOffice : public sync::SimpleService {
 public:
  void expect(const NewRows& rows, BareWriter& writer) {
    rows_ = &rows;
    writer_ = &writer;
  }
  std::variant<sync::Reply, May> look_at(const sync::RequestHead&, const sync::Peer&) override {
    return May{1 << 20};
  }
  sync::Reply serve(const sync::RequestHead&, const sync::Peer&, const std::string&) override {
    writer_->write(*rows_);
    return sync::plain_reply("text/plain", "ok");
  }

 private:
  BareWriter* writer_ = nullptr;
  const NewRows* rows_ = nullptr;
};

/// A file as it was before a round, and after it.
struct States {
  std::filesystem::path file, before, after;
  States(std::filesystem::path of, const std::filesystem::path& copies, const std::string& name)
      : file(std::move(of)), before(copies / (name + "-1.db")), after(copies / (name + "-2.db")) {}
  void copy_before() const { copy_database(file, before); }
  void copy_after() const { copy_database(file, after); }
};

/// Copies of head office's file and the till's, which only bare rows are written to.
struct BarePair {
  BareWriter office, till;
  BarePair(const std::filesystem::path& folder, const std::string& name, const States& office_file,
           const States& till_file)
      : office(copied(office_file, folder / (name + "-centre.db"))),
        till(copied(till_file, folder / (name + "-till.db"))) {}

 private:
  static std::filesystem::path copied(const States& from, std::filesystem::path to) {
    copy_database(from.before, to);
    return to;
  }
};

/// Both sides, in the same state after each round.
class Trial {
 public:
  Trial() {
    for (int n = 0; n < warm_up; ++n) {
      trade_.sell(till_, purchases);
      push();
    }
    wait_for_applying();
    centre_.copy_before();
    shop_.copy_before();
    all_ = std::make_unique<BarePair>(folder(), "bare", centre_, shop_);
    kept_ = std::make_unique<BarePair>(folder(), "kept", centre_, shop_);
    sync::ServerOptions options;
    options.address = {"127.0.0.1", 0};
    server_ = must(sync::SimpleServer::start(
        bare_office_, options,
        {office_.centre->server_certificate_pem(), office_.centre->server_key_pem(),
         office_.centre->authority_pem()}));
    curl_ = std::make_unique<sync::HttpsTransport>(
        "https://127.0.0.1:" + std::to_string(server_->port()),
        must(sync::load_identity(folder() / "till", *till_.book->enrolment())));
  }

  struct Took {
    double ours_ms = 0, bare_ms = 0, bare_kept_ms = 0;
    std::int64_t rows = 0, kept_rows = 0;
  };
  Took round() {
    shop_.copy_before();
    trade_.sell(till_, purchases);
    shop_.copy_after();
    const NewRows sold(shop_.before, shop_.after);
    all_->till.write(sold);
    kept_->till.write(sold);
    centre_.copy_before();
    shop_.copy_before();
    const std::string body = packed();
    Took took;
    const auto began = SteadyClock::now();
    push();
    took.ours_ms = ms_since(began);
    wait_for_applying();
    centre_.copy_after();
    shop_.copy_after();
    const NewRows at_centre(centre_.before, centre_.after), at_till(shop_.before, shop_.after);
    const NewRows kept(centre_.before, centre_.after, {"central_fact", "central_cursor"});
    took.rows = at_centre.count();
    took.kept_rows = kept.count();
    took.bare_kept_ms = bare(*kept_, body, kept, at_till);
    took.bare_ms = bare(*all_, body, at_centre, at_till);
    return took;
  }

 private:
  const std::filesystem::path& folder() const { return office_.folder.path; }
  void push() {
    session_->work(session_->look(sync::engine::Nudge{}), std::stop_token{}, [] {});
    if (session_->state().waiting != 0) std::exit(1);
  }
  double bare(BarePair& into, const std::string& body, const NewRows& at_centre,
              const NewRows& at_till) {
    bare_office_.expect(at_centre, into.office);
    const auto began = SteadyClock::now();
    const auto answer = must(curl_->exchange({"POST", "/", body, "application/x-protobuf"}));
    into.till.write(at_till);
    const double took = ms_since(began);
    if (answer.status != 200) std::exit(1);
    return took;
  }
  /// What head office does behind the answer; leases are looked at after it.
  void wait_for_applying() {
    const auto reader = must(sync::central::open_records(folder() / "central"));
    while (sync::central::count_waiting(*reader) > 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  /// What push() will send.
  std::string packed() {
    const auto waiting = must(sync::waiting_in(*reader_));
    sync::Packer packer(*till_.book, *till_.book->enrolment());
    return must(packer.pack(*reader_, {waiting.acknowledged + 1, waiting.head}))->body;
  }
  static Trade trade_of(Till& till) {
    must(till.book->record(Trade::programme()));
    return {3, enrol_people(till, members)};
  }

  HeadOffice office_{std::chrono::hours(24) * 40};
  Till till_{office_};
  Trade trade_ = trade_of(till_);
  std::unique_ptr<sync::Session> session_ = must(sync::Session::open(*till_.book, *till_.clock));
  std::unique_ptr<Reader> reader_ = must(till_.book->reader());
  States centre_{folder() / "central/central.db", folder(), "centre"};
  States shop_{folder() / "till/keepsake.db", folder(), "till"};
  std::unique_ptr<BarePair> all_, kept_;
  BareOffice bare_office_;
  std::unique_ptr<sync::SimpleServer> server_;
  std::unique_ptr<sync::HttpsTransport> curl_;
};

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 15;
  Trial trial;
  trial.round();  // connects
  std::vector<double> ours, theirs, theirs_kept;
  std::int64_t rows = 0, kept_rows = 0;
  for (int n = 0; n < rounds; ++n) {
    const auto took = trial.round();
    ours.push_back(took.ours_ms);
    theirs.push_back(took.bare_ms);
    theirs_kept.push_back(took.bare_kept_ms);
    rows = took.rows;
    kept_rows = took.kept_rows;
  }
  for (auto* each : {&ours, &theirs, &theirs_kept}) std::ranges::sort(*each);
  std::printf("%d purchases from the journal to their acknowledgement, %d times\n", purchases,
              rounds);
  print("keepsake", ours);
  print("curl and bare inserts", theirs);
  print("  of what is kept alone", theirs_kept);
  const auto tell = [&](const char* name, const std::vector<double>& bare, std::int64_t count) {
    std::printf("%-28s %.2f of the bare speed at best, %.2f at p50, %lld rows at head office\n",
                name, bare.front() / ours.front(), at(bare, 0.5) / at(ours, 0.5),
                static_cast<long long>(count));
  };
  tell("ratio (at least 0.80)", theirs, rows);
  tell("  of what is kept alone", theirs_kept, kept_rows);
  return 0;
}
