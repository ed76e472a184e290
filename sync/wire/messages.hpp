#pragma once
// What travels between terminal and centre, as plain values. The protocol: sync/wire/WIRE.md.
// These mirror push.proto; the codec (codec.hpp) checks lengths, ranges and limits on the way in.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "storage/domain/customer/sealed_key.hpp"
#include "storage/domain/feed.hpp"
#include "storage/domain/record.hpp"

namespace keepsake::sync {

using Bytes32 = std::array<std::uint8_t, 32>;
using Bytes64 = std::array<std::uint8_t, 64>;

/// One push. Decoded batches always hold: first >= 1, records are gapless from first to last, the
/// last record's hash is head_hash (base_hash when there is none). last == first - 1: a greeting
/// without records, which only asks for the acknowledgement. Where they came in columns, hashes of the
/// others are zero: whoever can reckon the chain fills them in.
struct Batch {
  Seq first = 1;
  Seq last = 0;
  Hash base_hash{};     ///< the chain before `first`; all zero before the first fact
  Hash head_hash{};     ///< the chain after `last`
  Bytes64 signature{};  ///< Ed25519 over batch_signing_bytes (signing.hpp)
  std::vector<Record> records;
  std::vector<SealedKey> keys;  ///< of customers that these records enrol
  bool operator==(const Batch&) const = default;
};

/// One record that the centre could not take, so that what is behind it can go on.
struct OpaqueRecord {
  Seq seq = 1;
  FactId id;
  std::uint16_t type = 0;
  Hash base_hash{};
  Hash hash{};
  std::string sealed;   ///< compress(encode(Batch of this record)), sealed to the centre's box key
  Bytes64 signature{};  ///< Ed25519 over opaque_signing_bytes (signing.hpp)
  bool operator==(const OpaqueRecord&) const = default;
};

/// Cumulative: everything up to `acked` is durably at the centre. What a terminal keeps of it is
/// keepsake::Acknowledged.
struct Acknowledgement {
  TerminalNumber terminal;
  Epoch epoch;
  Seq acked = 0;
  Hash acked_hash{};                  ///< the chain at `acked`
  std::vector<FactOutcome> outcomes;  ///< of the facts from the batch's `first` on, by seq
  bool operator==(const Acknowledgement&) const = default;
};

/// The body of a 200. `acknowledgement` stays as bytes, so that what was signed is what is stored.
struct SignedAcknowledgement {
  std::string acknowledgement;  ///< encode(Acknowledgement, Format::binary)
  Bytes64 signature{};          ///< Ed25519 over ack_signing_bytes (signing.hpp)
  bool operator==(const SignedAcknowledgement&) const = default;
};

/// The body of a 200 to a pull: a keepsake::FeedPage as bytes, so that what was signed is what is
/// checked.
struct SignedFeedPage {
  std::string page;     ///< encode(FeedPage, Format::binary)
  Bytes64 signature{};  ///< Ed25519 over feed_signing_bytes (signing.hpp)
  bool operator==(const SignedFeedPage&) const = default;
};

/// The body of every 4xx and 5xx. The codes are listed in WIRE.md.
struct Problem {
  std::string code;
  std::string message;
  Seq expected = 0;  ///< "gap": the next sequence that the centre wants
  bool operator==(const Problem&) const = default;
};

struct EnrolRequest {
  std::string code;  ///< the enrolment code as it was printed or typed (enrol_code.hpp)
  std::string csr_pem;
  Bytes32 sign_public{};  ///< Ed25519, checks this terminal's batches
  Bytes32 box_public{};   ///< X25519, customers' keys are sealed to it
  std::string device;     ///< free words for people: host name
  /// Who this folder is (the last) and has been.
  std::vector<TerminalIdentity> identities{};
  Seq head = 0;  ///< where its journal ends
  Hash head_hash{};
  std::string former_sign_public{};  ///< 32 bytes, or empty: it has had no other key
  Bytes64 signature{};               ///< by sign_public over enrol_signing_bytes (signing.hpp)
  Bytes64 former_signature{};        ///< by former_sign_public, over the same
  bool operator==(const EnrolRequest&) const = default;
};

struct EnrolAnswer {
  TerminalNumber terminal;
  Epoch epoch;
  std::string store;
  std::string certificate_pem;
  std::string ca_pem;
  Bytes32 central_sign_public{};
  Bytes32 central_box_public{};
  std::uint32_t till = 0;  ///< what people call it in its store; 0: not told
  bool operator==(const EnrolAnswer&) const = default;
};

/// Whether the chain knows this customer, who then comes by the feed. Asked with a keepsake::ContactKey.
struct LookUpAnswer {
  bool found = false;
  bool operator==(const LookUpAnswer&) const = default;
};

/// For the next certificate of a terminal; over a connection that shows the present one.
struct RenewRequest {
  std::string csr_pem;
  bool operator==(const RenewRequest&) const = default;
};

struct RenewAnswer {
  std::string certificate_pem;
  bool operator==(const RenewAnswer&) const = default;
};

struct TerminalStatus {
  TerminalNumber terminal;
  Epoch epoch;
  Seq acked = 0;
  std::int64_t last_seen_ms = 0;
  std::int64_t exceptions = 0;
  bool operator==(const TerminalStatus&) const = default;
};

struct StoreStatus {
  std::string store;
  std::string currency;
  std::int64_t purchases = 0;
  std::int64_t purchase_minor = 0;
  std::int64_t returns = 0;
  std::int64_t return_minor = 0;
  std::int64_t customers = 0;
  std::int64_t warranties = 0;
  std::int64_t articles = 0;
  std::int64_t points_outstanding_hundredths = 0;
  std::int64_t facts = 0;
  std::int64_t sales = 0;
  std::int64_t sales_minor = 0;
  std::int64_t loads = 0;
  std::int64_t loads_minor = 0;
  std::int64_t loads_returned_minor = 0;
  std::vector<TerminalStatus> terminals;
  bool operator==(const StoreStatus&) const = default;
};

struct Status {
  std::string version;
  std::vector<StoreStatus> stores;
  bool operator==(const Status&) const = default;
};

}  // namespace keepsake::sync
