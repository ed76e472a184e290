// Terminals of many stores, each with a sale to push over a TLS connection of its own that it keeps: how
// long from the moment when each wants to push until its acknowledgement, where 10,000 come within a
// minute; and what the `keepsake-central` that serves them takes of memory when all of them are idle.
// The bare limit beside each push is a TLS handshake of the same run with the same certificates alone.

#include <arpa/inet.h>
#include <fstream>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>

#include "storage/facts/codec.hpp"
#include "storage/journal/journal.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/enrolment.hpp"
#include "sync/pki/pki.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/compression.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/enrol_code.hpp"
#include "sync/wire/signing.hpp"
#include "tests/bench/store.hpp"
#include "tests/bench/trade.hpp"
#include "tests/support/process.hpp"

using namespace keepsake;
using namespace keepsake::bench;

namespace {

constexpr int tills_a_store = 4;
constexpr int threads = 32;  // as many pushes at once at most
constexpr double base_kib = 64 * 1024, connection_kib = 40'000.0 / 1024;

void allow_sockets(int count) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, static_cast<rlim_t>(count) + 200);
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// Enrolled, with one sale that is signed and packed.
struct Terminal {
  std::string certificate_pem, path, body;
};

/// Makes them without a server. They share a TLS key; each has a signing key of its own, by which head
/// office knows it.
class Enrolling {
 public:
  explicit Enrolling(const Folder& folder)
      : centre_(must(sync::central::Centre::open(folder.path / "central", {"127.0.0.1"}, clock_))),
        vault_((std::filesystem::create_directories(folder.path / "vault"),
                must(Vault::create(folder.path / "vault")))) {}

  const std::string& key_pem() const { return key_pem_; }
  std::string authority_pem() const { return centre_->authority_pem(); }
  Terminal next(int n) {
    must(vault_->take_new_keys());
    const auto store = "Store " + std::to_string(n / tills_a_store);
    const auto answer =
        centre_->enrolment().enrol(request(must(centre_->enrolment().new_code(store))));
    if (const auto* refusal = std::get_if<sync::Refusal>(&answer)) {
      std::fprintf(stderr, "terminals_bench: %s\n", refusal->problem.code.c_str());
      std::exit(1);
    }
    const auto& given = std::get<sync::EnrolAnswer>(answer);
    return {given.certificate_pem, sync::batch_path(given.terminal, given.epoch),
            sync::compress(sync::encode(batch(given.terminal, given.epoch)))};
  }

 private:
  sync::EnrolRequest request(const std::string& code) {
    sync::EnrolRequest asked;
    asked.code = code;
    asked.csr_pem = csr_pem_;
    asked.sign_public = sync::bytes32(vault_->sign_public());
    asked.box_public = sync::bytes32(vault_->box_public());
    asked.device = "till";
    asked.signature = sync::bytes64(vault_->sign(sync::enrol_signing_bytes(
        must(sync::parse_enrol_code(code)), must(sync::pki::request_key(csr_pem_)), asked)));
    return asked;
  }
  sync::Batch batch(TerminalNumber terminal, Epoch epoch) {
    const Fact sale = trade_.sale(clock_.local_now());
    Record record{1,
                  FactId::make(time_.tick(clock_.now()), terminal, epoch, 1),
                  static_cast<std::uint16_t>(type_of(sale)),
                  must(encode(sale)),
                  {}};
    record.hash = chain({}, record);
    sync::Batch made;
    made.last = 1;
    made.head_hash = record.hash;
    made.records.push_back(std::move(record));
    made.signature = sync::bytes64(vault_->sign(sync::batch_signing_bytes(terminal, epoch, made)));
    return made;
  }

  PacedClock clock_;
  HybridClock time_;
  Trade trade_{5, {}};
  std::unique_ptr<sync::central::Centre> centre_;
  std::unique_ptr<Vault> vault_;
  const std::string key_pem_ = must(sync::pki::make_key());
  const std::string csr_pem_ = must(sync::pki::make_request(key_pem_, "till"));
};

/// A TLS connection that blocks, with the least that OpenSSL needs.
class Line {
 public:
  Line(std::uint16_t port, SSL_CTX* shared, const Terminal& terminal, EVP_PKEY* key) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) return;
    ssl_ = SSL_new(shared);
    BIO* text = BIO_new_mem_buf(terminal.certificate_pem.data(), -1);
    X509* certificate = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
    BIO_free(text);
    SSL_use_certificate(ssl_, certificate);
    SSL_use_PrivateKey(ssl_, key);
    X509_free(certificate);
    SSL_set_fd(ssl_, socket_);
    connected_ = SSL_connect(ssl_) == 1;
  }
  ~Line() {
    SSL_free(ssl_);
    if (socket_ >= 0) ::close(socket_);
  }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  bool connected() const { return connected_; }
  bool push(const Terminal& terminal) {
    const std::string request =
        "POST " + terminal.path +
        " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
        "application/x-protobuf\r\nContent-Encoding: zstd\r\nContent-Length: " +
        std::to_string(terminal.body.size()) + "\r\n\r\n" + terminal.body;
    if (SSL_write(ssl_, request.data(), static_cast<int>(request.size())) <= 0) return false;
    char answer[4096];
    const int got = SSL_read(ssl_, answer, sizeof answer);
    return got > 0 &&
           std::string_view(answer, static_cast<std::size_t>(got)).starts_with("HTTP/1.1 200");
  }

 private:
  int socket_ = -1;
  SSL* ssl_ = nullptr;
  bool connected_ = false;
};

std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> client_context(const std::string& authority_pem) {
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> made(SSL_CTX_new(TLS_client_method()),
                                                         &SSL_CTX_free);
  BIO* text = BIO_new_mem_buf(authority_pem.data(), -1);
  X509* authority = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
  BIO_free(text);
  X509_STORE_add_cert(SSL_CTX_get_cert_store(made.get()), authority);
  X509_free(authority);
  SSL_CTX_set_verify(made.get(), SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_mode(made.get(), SSL_MODE_RELEASE_BUFFERS);
  return made;
}

std::uint16_t wait_for_port(const test::Process& office) {
  for (;;) {
    const std::string said = office.output();
    const auto at = said.find("listening on 127.0.0.1:");
    if (at != std::string::npos && said.find('\n', at) != std::string::npos)
      return static_cast<std::uint16_t>(std::atoi(said.c_str() + said.find(':', at) + 1));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

double resident_kib(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("VmRSS:")) return std::atof(line.c_str() + 6);
  return 0;
}

struct Pushed {
  std::vector<double> acknowledged, connected;  ///< in order of size
  std::vector<std::unique_ptr<Line>> lines;
  int failed = 0;
};

/// Each at its moment, however late those before it are: who waits in line counts from there.
Pushed push_all(const std::vector<Terminal>& terminals, std::uint16_t port, SSL_CTX* shared,
                EVP_PKEY* key, std::chrono::duration<double> within) {
  Pushed all;
  all.acknowledged.resize(terminals.size());
  all.connected.resize(terminals.size());
  all.lines.resize(terminals.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<int> failed = 0;
  const auto began = SteadyClock::now();
  std::vector<std::jthread> working;
  for (int t = 0; t < threads; ++t)
    working.emplace_back([&] {
      for (std::size_t n = next++; n < terminals.size(); n = next++) {
        const auto due =
            began + std::chrono::duration_cast<SteadyClock::duration>(
                        within * static_cast<double>(n) / static_cast<double>(terminals.size()));
        std::this_thread::sleep_until(due);
        const auto connecting = SteadyClock::now();
        all.lines[n] = std::make_unique<Line>(port, shared, terminals[n], key);
        all.connected[n] = ms_since(connecting);
        if (!all.lines[n]->connected() || !all.lines[n]->push(terminals[n])) ++failed;
        all.acknowledged[n] = ms_since(due);
      }
    });
  working.clear();
  all.failed = failed;
  std::ranges::sort(all.acknowledged);
  std::ranges::sort(all.connected);
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::atoi(argv[1]) : 10'000;
  const int seconds = argc > 2 ? std::atoi(argv[2]) : 60;
  allow_sockets(count);
  const Folder folder;
  std::vector<Terminal> terminals;
  std::string key_pem, authority_pem;
  {
    Enrolling enrolling(folder);
    for (int n = 0; n < count; ++n) terminals.push_back(enrolling.next(n));
    key_pem = enrolling.key_pem();
    authority_pem = enrolling.authority_pem();
  }
  const test::Process office({KEEPSAKE_BINARY_DIR "/bin/keepsake-central", "--data",
                              (folder.path / "central").string(), "--listen", "127.0.0.1:0"},
                             folder.path / "log");
  const auto port = wait_for_port(office);
  const double quiet_kib = resident_kib(office.id());
  const auto shared = client_context(authority_pem);
  BIO* text = BIO_new_mem_buf(key_pem.data(), -1);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(text, nullptr, nullptr, nullptr);
  BIO_free(text);
  const Pushed pushed =
      push_all(terminals, port, shared.get(), key, std::chrono::duration<double>(seconds));
  const double idle_kib = resident_kib(office.id());
  EVP_PKEY_free(key);
  const double most_kib = base_kib + connection_kib * count;
  std::printf("%d terminals within %d s, %d failed\n", count, seconds, pushed.failed);
  print("their TLS handshakes", pushed.connected);
  print("from due to acknowledged", pushed.acknowledged);
  std::printf("%-28s p99 %.0f ms (wanted: below 1000)\n", "acknowledgement",
              at(pushed.acknowledged, 0.99));
  std::printf("%-28s %.1f MiB at its start, %.1f MiB with %d idle connections: %.1f KB each\n",
              "head office's memory", quiet_kib / 1024, idle_kib / 1024, count,
              (idle_kib - quiet_kib) * 1.024 / count);
  std::printf("%-28s %.2f (wanted: at most 1: 64 MiB and 40 KB a connection)\n", "ratio",
              idle_kib / most_kib);
  return pushed.failed == 0 ? 0 : 1;
}
