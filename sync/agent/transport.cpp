#include "sync/agent/transport.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <charconv>
#include <curl/curl.h>

#include "storage/domain/values/ascii.hpp"
#include "sync/pki/terminal_check.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/http_date.hpp"

namespace keepsake::sync {

namespace {

constexpr long slow_bytes_per_s = 100;  // slower for slow_s: given up
constexpr long slow_s = 30;
constexpr int poll_ms = 10'000;  // curl shortens it to its own timers
constexpr std::size_t url_bytes = 300;

Error link_error(Failure kind, std::string code, std::string what, std::string where,
                 std::string remedy = "It will be tried again automatically") {
  return {kind, std::move(code), std::move(what), std::move(where), std::move(remedy)};
}

/// TLS alerts by which a server says that it does not want our certificate.
bool certificate_refused(std::string_view message) {
  if (message.find("alert") == std::string_view::npos) return false;
  return std::ranges::any_of(
      std::array<std::string_view, 3>{"certificate", "unknown ca", "access denied"},
      [&](std::string_view word) { return message.find(word) != std::string_view::npos; });
}

Error to_error(CURLcode code, std::string_view message) {
  const std::string where = curl_easy_strerror(code);
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return link_error(Failure::unavailable, "link.timeout", "Head office did not answer in time",
                        where);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return link_error(Failure::unavailable, "link.certificate",
                        "The server at this address cannot prove that it is head office", where,
                        "Check the address, and the date and time of this terminal");
    case CURLE_SSL_CERTPROBLEM:
      return link_error(Failure::refused, "link.refused",
                        "This terminal's certificate cannot be used", where,
                        "Enrol this terminal again");
    case CURLE_WRITE_ERROR:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_HTTP2:
      return link_error(Failure::unavailable, "link.answer",
                        "The answer did not come from a Keepsake head office", where);
    default:
      if (certificate_refused(message)) {
        return link_error(Failure::refused, "link.refused",
                          "Head office does not accept this terminal's certificate", where,
                          "Enrol this terminal again");
      }
      return link_error(Failure::unavailable, "link.down", "No connection to head office", where);
  }
}

struct EasyCloser {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct MultiCloser {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct HeadersCloser {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, HeadersCloser>;

void add(Headers& headers, const std::string& line) {
  headers.reset(curl_slist_append(headers.release(), line.c_str()));
}

/// Takes what curl receives, up to the limit.
std::size_t receive(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (size * count > answer_bytes - body.size()) return 0;  // makes curl stop
  body.append(bytes, size * count);
  return size * count;
}

/// A terminal is known by its number, wherever it listens.
CURLcode expect_neighbour(CURL*, void* context, void* of) {
  pki::expect_terminal(static_cast<ssl_ctx_st*>(context),
                       *static_cast<const TlsIdentity*>(of)->neighbour);
  return CURLE_OK;
}

curl_blob blob_of(const std::string& pem) {
  return {const_cast<char*>(pem.data()), pem.size(), CURL_BLOB_COPY};
}

}  // namespace

struct HttpsTransport::Inside {
  Inside(std::string url, TlsIdentity identity, const Patience& patience)
      : url_(std::move(url)),
        identity_(std::move(identity)),
        patience_(patience),
        multi_(curl_multi_init()),
        easy_(curl_easy_init()) {}

  Result<HttpAnswer> exchange(const HttpRequest& request) {
    if (!multi_ || !easy_) {
      return link_error(Failure::unavailable, "link.down", "Not enough memory for a connection",
                        {});
    }
    HttpAnswer answer;
    std::array<char, CURL_ERROR_SIZE> message{};
    const Headers headers = prepare(request, answer.body, message.data());
    const CURLcode code = run();
    if (aborted_)
      return link_error(Failure::unavailable, "link.aborted", "The exchange was cancelled", {});
    if (code != CURLE_OK) return to_error(code, message.data());
    return finish(std::move(answer));
  }

  void abort() noexcept {
    aborted_ = true;
    if (multi_) curl_multi_wakeup(multi_.get());
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    [[maybe_unused]] const CURLcode code = curl_easy_setopt(easy_.get(), option, value);
    assert(code == CURLE_OK);
  }

  /// Everything is set anew for each exchange; connection and TLS session stay with the handle.
  Headers prepare(const HttpRequest& request, std::string& body, char* message) {
    curl_easy_reset(easy_.get());
    set(CURLOPT_ERRORBUFFER, message);
    set(CURLOPT_URL, (url_ + request.path).c_str());
    set(CURLOPT_PROTOCOLS_STR, "https");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(patience_.to_connect.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(patience_.in_all.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, slow_bytes_per_s);
    set(CURLOPT_LOW_SPEED_TIME, slow_s);
    set(CURLOPT_WRITEFUNCTION, &receive);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&body));
    prepare_tls();
    Headers headers;
    add(headers, "Accept: " + std::string(binary_type));
    if (request.method == "POST") {
      set(CURLOPT_POST, 1L);
      set(CURLOPT_POSTFIELDS, request.body.data());
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
      add(headers, "Content-Type: " + request.content_type);
      add(headers, "Expect:");
      if (request.compression == Compression::zstd) add(headers, "Content-Encoding: zstd");
    }
    set(CURLOPT_HTTPHEADER, headers.get());
    return headers;
  }

  void prepare_tls() {
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    // Debian's curl trusts the system's authorities unless both are taken away.
    set(CURLOPT_CAINFO, nullptr);
    set(CURLOPT_CAPATH, nullptr);
    const bool check = !identity_.ca_pem.empty();
    set(CURLOPT_SSL_VERIFYPEER, check ? 1L : 0L);
    set(CURLOPT_SSL_VERIFYHOST, check && !identity_.neighbour ? 2L : 0L);
    if (identity_.neighbour) {
      set(CURLOPT_SSL_CTX_DATA, static_cast<void*>(&identity_));
      set(CURLOPT_SSL_CTX_FUNCTION, &expect_neighbour);
    }
    if (check) {
      curl_blob ca = blob_of(identity_.ca_pem);
      set(CURLOPT_CAINFO_BLOB, &ca);
    }
    if (!identity_.certificate_pem.empty()) {
      curl_blob certificate = blob_of(identity_.certificate_pem);
      curl_blob key = blob_of(identity_.key_pem);
      set(CURLOPT_SSLCERT_BLOB, &certificate);
      set(CURLOPT_SSLKEY_BLOB, &key);
    }
  }

  CURLcode run() {
    curl_multi_add_handle(multi_.get(), easy_.get());
    int running = 1;
    while (running > 0 && !aborted_) {
      if (curl_multi_perform(multi_.get(), &running) != CURLM_OK) break;
      if (running > 0 && !aborted_) curl_multi_poll(multi_.get(), nullptr, 0, poll_ms, nullptr);
    }
    CURLcode code = CURLE_ABORTED_BY_CALLBACK;
    int left = 0;
    while (const CURLMsg* done = curl_multi_info_read(multi_.get(), &left)) {
      if (done->msg == CURLMSG_DONE) code = done->data.result;
    }
    curl_multi_remove_handle(multi_.get(), easy_.get());
    return code;
  }

  HttpAnswer finish(HttpAnswer answer) {
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    const char* type = nullptr;
    curl_easy_getinfo(easy_.get(), CURLINFO_CONTENT_TYPE, &type);
    if (type) answer.content_type = type;
    curl_off_t retry_s = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RETRY_AFTER, &retry_s);
    if (retry_s > 0) answer.retry_after = std::chrono::seconds(retry_s);
    curl_header* date = nullptr;
    if (curl_easy_header(easy_.get(), "Date", 0, CURLH_HEADER, -1, &date) == CURLHE_OK)
      answer.at = parse_http_date(date->value);
    return answer;
  }

  const std::string url_;
  TlsIdentity identity_;
  const Patience patience_;
  std::unique_ptr<CURLM, MultiCloser> multi_;
  std::unique_ptr<CURL, EasyCloser> easy_;  // goes before multi_
  std::atomic<bool> aborted_{false};
};

Result<std::string> normalise_url(std::string_view typed) {
  const Error wrong{Failure::bad_input,
                    "enrol.url",
                    "Not the address of a head office",
                    {},
                    "Give it as https://host or https://host:port"};
  constexpr std::string_view scheme = "https://";
  if (typed.size() > url_bytes || !typed.starts_with(scheme)) return wrong;
  while (typed.size() > scheme.size() && typed.ends_with('/')) typed.remove_suffix(1);
  const std::string_view authority = typed.substr(scheme.size());
  const bool plain = std::ranges::all_of(authority, [](char c) {
    return is_letter_or_digit(c) || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
  });
  if (authority.empty() || !plain) return wrong;
  return std::string(typed);
}

HttpsTransport::HttpsTransport(std::string url, TlsIdentity identity, const Patience& patience) {
  // Failing here means no memory: the first request then fails in the ordinary way.
  [[maybe_unused]] static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  assert(ready == CURLE_OK);
  inside_ = std::make_unique<Inside>(std::move(url), std::move(identity), patience);
}
HttpsTransport::~HttpsTransport() = default;

Result<HttpAnswer> HttpsTransport::exchange(const HttpRequest& request) {
  return inside_->exchange(request);
}

void HttpsTransport::abort() noexcept { inside_->abort(); }

}  // namespace keepsake::sync
