#pragma once
// A running server, and requests to it with libcurl.

#include <algorithm>
#include <chrono>
#include <curl/curl.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sstream>
#include <thread>

#include "storage/engine/durable_file.hpp"
#include "sync/central/server.hpp"
#include "tests/sync/central/office.hpp"

namespace keepsake::sync::central::test {

inline Instant machine_now() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

struct Answer {
  CURLcode fault = CURLE_OK;
  long status = 0;
  std::string body;
  std::string head;
};

struct Ask {
  std::string method = "GET";
  std::string path{};
  std::string body{};
  std::vector<std::string> headers{};
  std::string certificate_file{};  ///< PEM with certificate and key
};

/// An Office whose clock is the machine's, because TLS looks at certificates by that.
class RunningOffice : public Office {
 public:
  explicit RunningOffice(ServerOptions options = {}) : Office(machine_now()) {
    log = std::make_shared<spdlog::logger>(
        "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_text));
    router = std::move(*Router::open(*centre, clock, log));
    options.address = {"127.0.0.1", 0};
    auto started = Server::start(*centre, *router, options);
    REQUIRE_MESSAGE(started.ok(), (started.ok() ? "" : to_line(started.error())));
    server = std::move(*started);
  }

  /// When what was acknowledged has been applied, behind the answer.
  StoreStatus figures(const std::string& store = "Lysvik") const {
    const auto reader = open_records(data());
    REQUIRE(reader.ok());
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (count_waiting(**reader) > 0 && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return Office::figures(store);
  }

  std::string write(const std::string& name, const std::string& pem) const {
    const auto file = files_.path() / name;
    REQUIRE(write_durably(file, pem).ok());
    return file.string();
  }
  std::string certificate_of(const SendingTerminal& terminal) const {
    return write(pki::terminal_name(terminal.number, terminal.epoch) + ".pem",
                 terminal.certificate_pem + terminal.key_pem);
  }
  Answer ask(const Ask& ask) const {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                   &curl_easy_cleanup);
    return this->ask(curl.get(), ask);
  }
  /// On a handle that is used again, so that the connection is kept.
  Answer ask(CURL* curl, const Ask& ask) const {
    Answer answer;
    curl_easy_reset(curl);
    const std::string url = "https://127.0.0.1:" + std::to_string(server->port()) + ask.path;
    const std::string ca = (data() / "ca.pem").string();
    curl_slist* headers = curl_slist_append(nullptr, "Expect:");
    for (const auto& header : ask.headers) headers = curl_slist_append(headers, header.c_str());
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_CAINFO, ca.c_str());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 20L);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, ask.method.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    const auto typed = [](const std::string& header) { return header.starts_with("Content-Type"); };
    if (std::ranges::none_of(ask.headers, typed))
      headers = curl_slist_append(headers, "Content-Type: application/x-protobuf");
    if (!ask.certificate_file.empty()) {
      curl_easy_setopt(curl, CURLOPT_SSLCERT, ask.certificate_file.c_str());
      curl_easy_setopt(curl, CURLOPT_SSLKEY, ask.certificate_file.c_str());
    }
    if (ask.method == "POST") {
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, ask.body.data());
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(ask.body.size()));
    }
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &append);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &append);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer.head);
    answer.fault = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_slist_free_all(headers);
    return answer;
  }
  Answer push(const SendingTerminal& terminal, std::string body,
              std::vector<std::string> headers = {"Content-Type: application/x-protobuf",
                                                  "Content-Encoding: zstd"}) const {
    return ask({"POST", batch_path(terminal.number, terminal.epoch), std::move(body),
                std::move(headers), certificate_of(terminal)});
  }

  std::ostringstream log_text;
  std::shared_ptr<spdlog::logger> log;
  std::unique_ptr<Router> router;
  std::unique_ptr<Server> server;

 private:
  static std::size_t append(char* data, std::size_t size, std::size_t count, void* into) {
    static_cast<std::string*>(into)->append(data, size * count);
    return size * count;
  }
  TemporaryFolder files_;
};

}  // namespace keepsake::sync::central::test
