// 500 purchases from the journal to their acknowledgement, as the till stores it, beside curl and bare
// inserts in turns with it: libcurl posts the same body over a connection that is kept like ours, to a
// server that writes the rows which head office wrote into a copy of its database, and the rows that the
// till wrote go into a copy of the till's.

#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "sync/agent/identity.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/agent/outgoing.hpp"
#include "sync/agent/session.hpp"
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
  explicit BareOffice(const std::filesystem::path& file) : writer_(file) {}
  void expect(const NewRows& rows) { rows_ = &rows; }
  std::variant<sync::Reply, May> look_at(const sync::RequestHead&, const sync::Peer&) override {
    return May{1 << 20};
  }
  sync::Reply serve(const sync::RequestHead&, const sync::Peer&, const std::string&) override {
    writer_.write(*rows_);
    return sync::plain_reply("text/plain", "ok");
  }

 private:
  BareWriter writer_;
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

double best(const std::vector<double>& all) { return *std::ranges::min_element(all); }

/// Both sides, in the same state after each round.
class Trial {
 public:
  Trial() {
    for (int n = 0; n < warm_up; ++n) {
      trade_.sell(till_, purchases);
      push();
    }
    centre_.copy_before();
    shop_.copy_before();
    copy_database(centre_.before, folder() / "bare-centre.db");
    copy_database(shop_.before, folder() / "bare-till.db");
    bare_ = std::make_unique<BareOffice>(folder() / "bare-centre.db");
    bare_till_ = std::make_unique<BareWriter>(folder() / "bare-till.db");
    sync::ServerOptions options;
    options.address = {"127.0.0.1", 0};
    server_ = must(sync::SimpleServer::start(
        *bare_, options,
        {office_.centre->server_certificate_pem(), office_.centre->server_key_pem(),
         office_.centre->authority_pem()}));
    curl_ = std::make_unique<sync::HttpsTransport>(
        "https://127.0.0.1:" + std::to_string(server_->port()),
        must(sync::load_identity(folder() / "till", *till_.book->enrolment())));
  }

  struct Took {
    double ours_ms = 0, bare_ms = 0;
    std::int64_t rows = 0;
  };
  Took round() {
    shop_.copy_before();
    trade_.sell(till_, purchases);
    shop_.copy_after();
    bare_till_->write(NewRows(shop_.before, shop_.after));
    centre_.copy_before();
    shop_.copy_before();
    const std::string body = packed();
    Took took;
    const auto began = SteadyClock::now();
    push();
    took.ours_ms = ms_since(began);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // what it does behind the answer
    centre_.copy_after();
    shop_.copy_after();
    const NewRows at_centre(centre_.before, centre_.after), at_till(shop_.before, shop_.after);
    bare_->expect(at_centre);
    const auto bare_began = SteadyClock::now();
    const auto answer = must(curl_->exchange({"POST", "/", body, "application/x-protobuf"}));
    bare_till_->write(at_till);
    took.bare_ms = ms_since(bare_began);
    took.rows = at_centre.count();
    if (answer.status != 200) std::exit(1);
    return took;
  }

 private:
  const std::filesystem::path& folder() const { return office_.folder.path; }
  void push() {
    session_->work(session_->look(sync::engine::Nudge{}), std::stop_token{}, [] {});
    if (session_->state().waiting != 0) std::exit(1);
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
  std::unique_ptr<BareOffice> bare_;
  std::unique_ptr<BareWriter> bare_till_;
  std::unique_ptr<sync::SimpleServer> server_;
  std::unique_ptr<sync::HttpsTransport> curl_;
};

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 15;
  Trial trial;
  trial.round();  // connects
  std::vector<double> ours, theirs;
  std::int64_t rows = 0;
  for (int n = 0; n < rounds; ++n) {
    const auto took = trial.round();
    ours.push_back(took.ours_ms);
    theirs.push_back(took.bare_ms);
    rows = took.rows;
  }
  const double ratio = best(theirs) / best(ours);
  std::ranges::sort(ours);
  std::ranges::sort(theirs);
  std::printf("%d purchases from the journal to their acknowledgement, %d times\n", purchases,
              rounds);
  print("keepsake", ours);
  print("curl and bare inserts", theirs);
  std::printf(
      "%-28s %.2f of the bare speed at best, %.2f at p50 (wanted: at least 0.80), %lld rows\n",
      "ratio", ratio, at(theirs, 0.5) / at(ours, 0.5), static_cast<long long>(rows));
  return 0;
}
