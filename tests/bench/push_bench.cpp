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

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 15;
  HeadOffice office(std::chrono::hours(24) * 40);
  Till till(office);
  must(till.book->record(Trade::programme()));
  Trade trade(3, enrol_people(till, members));
  const auto session = must(sync::Session::open(*till.book, *till.clock));
  const auto push = [&] {
    session->work(session->look(sync::engine::Nudge{}), std::stop_token{}, [] {});
    if (session->state().waiting != 0) std::exit(1);
  };
  for (int n = 0; n < warm_up; ++n) {
    trade.sell(till, purchases);
    push();
  }
  const States centre(office.folder.path / "central/central.db", office.folder.path, "centre");
  const States shop(office.folder.path / "till/keepsake.db", office.folder.path, "till");
  centre.copy_before();
  shop.copy_before();
  copy_database(centre.before, office.folder.path / "bare-centre.db");
  copy_database(shop.before, office.folder.path / "bare-till.db");
  BareOffice bare(office.folder.path / "bare-centre.db");
  BareWriter bare_till(office.folder.path / "bare-till.db");
  sync::ServerOptions options;
  options.address = {"127.0.0.1", 0};
  const auto server = must(
      sync::SimpleServer::start(bare, options,
                                {office.centre->server_certificate_pem(),
                                 office.centre->server_key_pem(), office.centre->authority_pem()}));
  const auto enrolment = *till.book->enrolment();
  const auto identity = must(sync::load_identity(office.folder.path / "till", enrolment));
  sync::HttpsTransport curl("https://127.0.0.1:" + std::to_string(server->port()), identity);
  const auto reader = must(till.book->reader());

  std::vector<double> ours, theirs;
  std::int64_t rows = 0;
  for (int round = 0; round <= rounds; ++round) {
    shop.copy_before();
    trade.sell(till, purchases);
    shop.copy_after();
    bare_till.write(NewRows(shop.before, shop.after));
    centre.copy_before();
    shop.copy_before();
    const auto waiting = must(sync::waiting_in(*reader));
    sync::Packer packer(*till.book, enrolment);
    const auto* packed = must(packer.pack(*reader, {waiting.acknowledged + 1, waiting.head}));
    const std::string body = packed->body;
    const auto began = SteadyClock::now();
    push();
    const double took = ms_since(began);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // what it does behind the answer
    centre.copy_after();
    shop.copy_after();
    const NewRows at_centre(centre.before, centre.after), at_till(shop.before, shop.after);
    bare.expect(at_centre);
    const auto bare_began = SteadyClock::now();
    const auto answer = must(curl.exchange({"POST", "/", body, "application/x-protobuf"}));
    bare_till.write(at_till);
    const double bare_took = ms_since(bare_began);
    if (answer.status != 200) return 1;
    if (round == 0) continue;  // connects
    ours.push_back(took);
    theirs.push_back(bare_took);
    rows = at_centre.count();
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
