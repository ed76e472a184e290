#include "sync/central/enrolment.hpp"

#include <algorithm>
#include <cstring>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/core/tokenize.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/predecessors.hpp"
#include "sync/central/publishing.hpp"
#include "sync/central/register.hpp"
#include "sync/central/standing.hpp"
#include "sync/central/terminal_trail.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/enrol_code.hpp"
#include "sync/wire/signing.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql insert_code{"central.code.insert",
                          "INSERT INTO central_code (secret_sha256, store, expires_ms, made_by) "
                          "VALUES ($1, $2, $3, $4)"};
constexpr Sql select_code{"central.code.find",
                          "SELECT store, expires_ms, used_by, answer, made_by FROM central_code "
                          "WHERE secret_sha256 = $1"};
constexpr Sql burn_code{"central.code.burn",
                        "UPDATE central_code SET used_by = $2, answer = $3 "
                        "WHERE secret_sha256 = $1 AND used_by IS NULL"};
constexpr Sql forget_codes{"central.code.forget", "DELETE FROM central_code WHERE expires_ms < $1"};
constexpr Sql count_codes{"central.code.count",
                          "SELECT count(*) FROM central_code WHERE used_by IS NULL"};

constexpr std::int64_t remembered_ms = 24 * 3600 * 1000;  // so that an old code is told "expired"

struct Code {
  std::string store;
  std::int64_t expires_ms = 0;
  std::string used_by;  ///< empty: unused
  std::string answer;
  std::string made_by;
};

std::optional<Code> find_code(Database& database, std::string_view secret_sha256) {
  const auto row = database.query(select_code);
  row->bind_blob(1, secret_sha256);
  if (!row->step()) return std::nullopt;
  return Code{std::string(row->text(0)), row->integer(1), std::string(row->blob(2)),
              std::string(row->blob(3)), std::string(row->text(4))};
}

Refusal refused(std::string code, std::string message) {
  return {403, {std::move(code), std::move(message), 0}, {}};
}

/// At random, not counted up: a centre that is put back from a backup does not know what it gave out
/// since, and must not give it out again. Seven digits for all, so that none looks like another's
/// beginning.
TerminalNumber new_number(Database& database) {
  constexpr std::uint32_t least = 1'000'000;
  constexpr int tries = 1000;
  for (int i = 0; i < tries; ++i) {
    const std::string bytes = random_bytes(sizeof(std::uint32_t));
    std::uint32_t any = 0;
    std::memcpy(&any, bytes.data(), sizeof any);
    const TerminalNumber number{least + any % (TerminalNumber::provisional_from - least)};
    if (!find_terminal(database, number) && !is_predecessor(database, number)) return number;
  }
  return TerminalNumber{TerminalNumber::provisional_from};
}

/// Whether the folder that asks is the one that this terminal was last enrolled from, as far as it
/// can know. An epoch that is ahead: the centre was put back from a backup.
bool is_same_folder(const Terminal& known, const EnrolRequest& request) {
  return !request.identities.empty() && request.identities.back().terminal == known.number &&
         request.identities.back().epoch >= known.epoch;
}

/// Whether the terminal's journal goes on with what is held, as far as its end tells it.
bool may_follow(const Terminal& known, const EnrolRequest& request) {
  if (request.head < known.cursor) return false;
  return request.head > known.cursor ||
         equal_constant_time(view(request.head_hash), view(known.cursor_hash));
}

/// The known terminal in its next epoch, or a new one.
std::variant<Terminal, Refusal> admitted(Database& database, const EnrolRequest& request,
                                         const std::string& store, Instant now) {
  const auto known = find_terminal(database, view(request.sign_public));
  if (known && !is_same_folder(*known, request))
    return Refusal{
        409,
        {"terminal.copied",
         "Another till was enrolled with a copy of this folder: it needs keys of its own", 0},
        {}};
  if (known && known->store != store) {
    return refused("terminal.other-store", "This terminal belongs to another store");
  }
  Terminal terminal;
  if (known) {
    const Epoch last = std::max(known->epoch, request.identities.back().epoch);
    if (last.value == 255)
      return refused("epoch.exhausted",
                     "This terminal was enrolled 255 times; give it a new folder");
    terminal = *known;
    terminal.epoch.value = static_cast<std::uint8_t>(last.value + 1);
  } else {
    terminal.number = new_number(database);
    terminal.store = store;
    terminal.till = next_till(database, store);
    terminal.sign_public = view(request.sign_public);
    terminal.epoch = {1};
    terminal.lineage = 1;
  }
  if (terminal.number.provisional())
    return refused("terminal.exhausted", "No terminal number is left");
  terminal.box_public = view(request.box_public);
  // A label for people: one that cannot be shown costs itself, not the enrolment.
  terminal.device = tidied(request.device);
  if (!check_text(terminal.device, limits::name_bytes, Presence::optional, {}))
    terminal.device.clear();
  terminal.last_seen_ms = now.ms;
  if (known && (terminal.forked || !may_follow(*known, request)))
    begin_chain(database, terminal);
  else
    put_terminal(database, terminal);
  return terminal;
}

/// Whom the terminal's facts may name: provisional numbers, which mean nothing elsewhere; what the
/// folder was under the key that it proves it had; and numbers that nobody has, which a centre that
/// was put back from a backup gave out.
void hand_over(Database& database, const Terminal& terminal, const EnrolRequest& request) {
  for (const TerminalIdentity& each : request.identities)
    if (each.terminal != terminal.number &&
        (each.terminal.provisional() || !find_terminal(database, each.terminal)))
      add_predecessor(database, terminal.number, each);
  if (request.former_sign_public.empty()) return;
  if (const auto former = find_terminal(database, request.former_sign_public))
    inherit_from(database, terminal.number, *former);
}

/// The signing key is the asker's, and so is the former one; both for this code and this TLS key.
bool is_proven(const EnrolRequest& request, const EnrolCode& code, std::string_view csr_key) {
  const std::string bytes = enrol_signing_bytes(code, csr_key, request);
  return verify_signature(bytes, view(request.signature), view(request.sign_public)) &&
         (request.former_sign_public.empty() ||
          verify_signature(bytes, view(request.former_signature), request.former_sign_public));
}

}  // namespace

Enrolments::Enrolments(Database& writer, Vault& vault, pki::Authority authority, const Clock& clock)
    : database_(writer),
      vault_(vault),
      authority_(std::move(authority)),
      authority_fingerprint_(pki::fingerprint(authority_.certificate_pem).value()),
      clock_(clock) {}

namespace {

/// A store that is meant, most likely: nothing but capital letters, accents or signs are another. It
/// would be a second store for ever, with customers and prices of its own.
std::optional<std::string> mistyped(Database& database, const std::string& store) {
  const auto all = stores(database);
  if (std::ranges::find(all, store) != all.end()) return std::nullopt;
  const auto words = records::words_of(store);
  if (words.empty()) return std::nullopt;
  const auto alike = std::ranges::find_if(
      all, [&](const std::string& each) { return records::words_of(each) == words; });
  return alike == all.end() ? std::nullopt : std::optional(*alike);
}

}  // namespace

Result<std::string> Enrolments::new_code(std::string_view typed, std::string_view by) {
  const std::string store = tidied(typed);
  if (!check_text(store, limits::name_bytes, Presence::required, {}))
    return Error{Failure::bad_input,
                 "store.name",
                 "Not a valid store name",
                 {},
                 "Give 1 to 200 bytes of plain text"};
  EnrolCode code;
  const std::string secret = random_bytes(code.secret.size());
  std::copy(secret.begin(), secret.end(), code.secret.begin());
  std::copy_n(authority_fingerprint_.begin(), code.ca_fingerprint.size(),
              code.ca_fingerprint.begin());
  const Instant now = clock_.now();
  try {
    Transaction transaction(database_);
    const auto forget = database_.query(forget_codes);
    forget->bind(1, now.ms - remembered_ms);
    forget->step();
    const auto count = database_.query(count_codes);
    count->step();
    if (count->integer(0) >= open_codes) {
      return Error{Failure::limit,
                   "enrol.codes",
                   "Too many enrolment codes are waiting",
                   {},
                   "Use the codes already issued, or wait a day until they are removed"};
    }
    if (const auto other = mistyped(database_, store))
      return Error{Failure::refused, "store.alike", "There is a store " + *other + " already",
                   store, "Write its name the same; another store needs another name"};
    if (add_store(database_, store, now)) introduce(database_, vault_, store);
    const auto insert = database_.query(insert_code);
    insert->bind_blob(1, view(sha256(view(code.secret))));
    insert->bind_text(2, store);
    insert->bind(3, now.ms + code_ms);
    insert->bind_text(4, by);
    insert->step();
    transaction.commit();
  } catch (const DatabaseError& error) {
    return error.error();
  }
  return to_text(code);
}

std::variant<EnrolAnswer, Refusal> Enrolments::enrol(const EnrolRequest& request) {
  const auto code = parse_enrol_code(request.code);
  if (!code || !names_ca(*code, authority_fingerprint_)) {
    return refused("code.unknown", "Unknown enrolment code");
  }
  const auto key = pki::request_key(request.csr_pem);
  if (!key) return Refusal{400, {"csr.invalid", key.error().what, 0}, {}};
  if (!is_proven(request, *code, *key))
    return Refusal{
        400, {"enrol.proof", "The request is not signed with the key that it names", 0}, {}};
  try {
    return enrol_in_transaction(request, view(sha256(view(code->secret))), *key);
  } catch (const DatabaseError& error) {
    return as_refusal(error.error());
  }
}

std::variant<EnrolAnswer, Refusal> Enrolments::enrol_in_transaction(const EnrolRequest& request,
                                                                    std::string_view secret_sha256,
                                                                    std::string_view request_key) {
  const Instant now = clock_.now();
  Transaction transaction(database_);
  // Looked up by its hash: how long that takes tells nothing about the secret.
  const auto code = find_code(database_, secret_sha256);
  if (!code) return refused("code.unknown", "Unknown enrolment code");
  const bool expired = now.ms >= code->expires_ms;
  if (!code->used_by.empty() && (expired || !equal_constant_time(code->used_by, request_key))) {
    return refused("code.used", "This enrolment code has already been used");
  }
  if (expired) return refused("code.expired", "This enrolment code has expired");
  if (!code->used_by.empty()) {
    auto same = decode_enrol_answer(code->answer);
    if (!same) return as_refusal(same.error());
    if (const auto terminal = find_terminal(database_, same->terminal);
        terminal && same->epoch <= terminal->revoked)
      return revoked_refusal();
    return std::move(*same);
  }
  auto admission = admitted(database_, request, code->store, now);
  if (auto* refusal = std::get_if<Refusal>(&admission)) return std::move(*refusal);
  const auto& terminal = std::get<Terminal>(admission);
  auto certificate = pki::issue_client(authority_, request.csr_pem,
                                       pki::terminal_name(terminal.number, terminal.epoch), now);
  if (!certificate) return as_refusal(certificate.error());
  hand_over(database_, terminal, request);
  add_certificate(database_, {terminal.number,
                              terminal.epoch,
                              now,
                              pki::expires(*certificate).value(),
                              pki::fingerprint(*certificate).value(),
                              {},
                              {}});
  const bool readmitted =
      terminal.revoked.value != 0 && terminal.revoked.value + 1 == terminal.epoch.value;
  add_trail(database_, {terminal.number,
                        terminal.epoch,
                        readmitted ? "readmitted" : "enrolled",
                        {},
                        code->made_by,
                        now});
  EnrolAnswer answer{terminal.number,
                     terminal.epoch,
                     terminal.store,
                     std::move(*certificate),
                     authority_.certificate_pem,
                     bytes32(vault_.sign_public()),
                     bytes32(vault_.box_public()),
                     terminal.till};
  const auto burn = database_.query(burn_code);
  burn->bind_blob(1, secret_sha256);
  burn->bind_blob(2, request_key);
  burn->bind_blob(3, encode(answer));
  burn->step();
  transaction.commit();
  return answer;
}

}  // namespace keepsake::sync::central
