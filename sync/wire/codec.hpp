#pragma once
// Messages as bytes: push.proto, binary or in protobuf's standard JSON mapping. Protobuf stays
// inside encode.cpp and decode.cpp. Decoding checks every length, range and limit;
// Failure::bad_input "wire.syntax" (the field in `where`) or Failure::limit "wire.limit". Unknown
// fields are ignored.

#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"
#include "sync/wire/messages.hpp"

namespace keepsake {
struct ContactKey;
}

namespace keepsake::sync {

enum class Format { binary, json };

inline constexpr std::string_view binary_type = "application/x-protobuf";
inline constexpr std::string_view json_type = "application/json";

/// The format that a Content-Type or Accept header names; binary unless it says application/json.
Format format_of(std::string_view header);
std::string_view content_type(Format format);

std::string encode(const Batch& batch, Format format = Format::binary);
/// The same as a terminal sends it, in pieces that stand behind one another: many records column by column,
/// without their hashes, which follow from the chain.
std::vector<std::string> encode_in_pieces(const Batch& batch);
std::string encode(const OpaqueRecord& record, Format format = Format::binary);
std::string encode(const Acknowledgement& acknowledgement, Format format = Format::binary);
std::string encode(const SignedAcknowledgement& signed_ack, Format format = Format::binary);
std::string encode(const FeedPage& page, Format format = Format::binary);
std::string encode(const SignedFeedPage& signed_page, Format format = Format::binary);
std::string encode(const Problem& problem, Format format = Format::binary);
std::string encode(const EnrolRequest& request, Format format = Format::binary);
std::string encode(const EnrolAnswer& answer, Format format = Format::binary);
std::string encode(const ContactKey& look_up, Format format = Format::binary);
std::string encode(const LookUpAnswer& answer, Format format = Format::binary);
std::string encode(const RenewRequest& request, Format format = Format::binary);
std::string encode(const RenewAnswer& answer, Format format = Format::binary);
std::string encode(const Status& status, Format format = Format::binary);

Result<Batch> decode_batch(std::string_view bytes, Format format = Format::binary);
Result<OpaqueRecord> decode_opaque_record(std::string_view bytes, Format format = Format::binary);
Result<Acknowledgement> decode_acknowledgement(std::string_view bytes,
                                               Format format = Format::binary);
Result<SignedAcknowledgement> decode_signed_acknowledgement(std::string_view bytes,
                                                            Format format = Format::binary);
/// Entries rise in position, from after `after` to `head`; own ones have no body.
Result<FeedPage> decode_feed_page(std::string_view bytes, Format format = Format::binary);
Result<SignedFeedPage> decode_signed_feed_page(std::string_view bytes,
                                               Format format = Format::binary);
Result<Problem> decode_problem(std::string_view bytes, Format format = Format::binary);
Result<EnrolRequest> decode_enrol_request(std::string_view bytes, Format format = Format::binary);
Result<EnrolAnswer> decode_enrol_answer(std::string_view bytes, Format format = Format::binary);
Result<ContactKey> decode_look_up(std::string_view bytes, Format format = Format::binary);
Result<LookUpAnswer> decode_look_up_answer(std::string_view bytes, Format format = Format::binary);
Result<RenewRequest> decode_renew_request(std::string_view bytes, Format format = Format::binary);
Result<RenewAnswer> decode_renew_answer(std::string_view bytes, Format format = Format::binary);
Result<Status> decode_status(std::string_view bytes, Format format = Format::binary);

/// 32- and 64-byte values that the rest of the house keeps as strings. The size must fit (assert).
Bytes32 bytes32(std::string_view bytes);
Bytes64 bytes64(std::string_view bytes);
template <std::size_t N>
std::string_view view(const std::array<std::uint8_t, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}

}  // namespace keepsake::sync
