#include "storage/facts/codec.hpp"

#include <google/protobuf/arena.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/util/json_util.h>
#include <optional>

#include "storage/domain/every_fact.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/facts/messages.hpp"

namespace keepsake {
namespace {

namespace v1 = facts::v1;

Error bad_syntax(FactType type) {
  return {Failure::bad_input, "fact.syntax",
          "The bytes are not a fact of type " + std::string(name_of(type)), "",
          "Ask the terminal that wrote it"};
}

Error unknown_type() {
  return {Failure::bad_input, "fact.type", "This version does not know this type of fact", "",
          "Update Keepsake; the fact is kept and sent on unchanged"};
}

Error too_large() {
  return {Failure::limit, "fact.size",
          "A fact is larger than " + std::to_string(limits::fact_body_bytes) + " bytes", "",
          "Split it into smaller ones"};
}

Error clear_card() {
  return {Failure::bad_input, "fact.clear-card", "A card must not be written unencrypted", "card",
          "Seal it with the profile"};
}

template <class Message>
std::string serialised(const Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream out(&stream);
    out.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&out);
  }
  return bytes;
}

/// What is written must be what is read back, whole: a fact cannot be corrected later. This catches
/// an amount in another currency, a shift that is no id, a text that is not UTF-8.
template <class Message, class T>
Result<std::string> encoded(const T& fact) {
  google::protobuf::Arena arena;  // a purchase is a message in each line
  auto& message = *google::protobuf::Arena::CreateMessage<Message>(&arena);
  facts::write(fact, message);
  auto back = facts::read(message);
  if (!back) return back.error();
  if (!(*back == fact))
    return Error{Failure::bad_input, "fact.currency",
                 "A fact holds amounts in more than one currency", "",
                 "Correct the fact where it is made"};
  std::string bytes = serialised(message);
  if (bytes.size() > limits::fact_body_bytes) return too_large();
  return bytes;
}

/// The message in `body`, or nothing. protobuf would print a line on stderr for text that is not
/// UTF-8.
template <class Message>
std::optional<Message> parsed(std::string_view body) {
  google::protobuf::LogSilencer quiet;
  Message message;
  if (!message.ParseFromArray(body.data(), static_cast<int>(body.size()))) return std::nullopt;
  return message;
}

template <class Message>
Result<Fact> decoded(FactType type, std::string_view body) {
  const auto message = parsed<Message>(body);
  if (!message) return bad_syntax(type);
  auto fact = facts::read(*message);
  if (!fact) return fact.error();
  return Fact(std::move(*fact));
}

template <class Message>
Result<std::string> json(FactType type, std::string_view body) {
  const auto message = parsed<Message>(body);
  if (!message) return bad_syntax(type);
  std::string text;
  if (!google::protobuf::util::MessageToJsonString(*message, &text).ok()) return bad_syntax(type);
  return text;
}

/// Calls `use` with the message type of `type`.
template <class R, class Use>
R with_message(FactType type, Use use) {
  switch (type) {
    case FactType::purchase:
      return use.template operator()<v1::Purchase>();
    case FactType::returned:
      return use.template operator()<v1::Return>();
    case FactType::customer_enrolled:
      return use.template operator()<v1::CustomerEnrolment>();
    case FactType::warranty_registered:
      return use.template operator()<v1::WarrantyRegistration>();
    case FactType::cover_begun:
      return use.template operator()<v1::CoverBegun>();
    case FactType::programme_published:
      return use.template operator()<v1::Programme>();
    case FactType::catalogue_changed:
      return use.template operator()<v1::CatalogueChange>();
    case FactType::shift_opened:
      return use.template operator()<v1::ShiftOpening>();
    case FactType::shift_closed:
      return use.template operator()<v1::ShiftClosing>();
    case FactType::customer_changed:
      return use.template operator()<v1::CustomerChange>();
    case FactType::consent_changed:
      return use.template operator()<v1::ConsentChange>();
    case FactType::note_added:
      return use.template operator()<v1::CustomerNote>();
    case FactType::customers_merged:
      return use.template operator()<v1::CustomerMerge>();
    case FactType::merge_undone:
      return use.template operator()<v1::MergeUndoing>();
    case FactType::customer_erased:
      return use.template operator()<v1::CustomerErasure>();
    case FactType::customers_told_apart:
      return use.template operator()<v1::CustomersApart>();
    case FactType::file_attached:
      return use.template operator()<v1::FileAttached>();
    case FactType::file_removed:
      return use.template operator()<v1::FileRemoved>();
    case FactType::points_expired:
      return use.template operator()<v1::PointsExpired>();
    case FactType::gift_card_changed:
      return use.template operator()<v1::GiftCardChange>();
    case FactType::member_pin_changed:
      return use.template operator()<v1::MemberPinChange>();
    case FactType::staff_changed:
      return use.template operator()<v1::StaffChange>();
    case FactType::catalogue_request:
      return use.template operator()<v1::CatalogueRequest>();
    case FactType::exception_settled:
      return use.template operator()<v1::ExceptionSettled>();
    case FactType::settings_published:
      return use.template operator()<v1::ChainSettings>();
    case FactType::gift_card_stated:
      return use.template operator()<v1::GiftCardStatement>();
    case FactType::dormancy_changed:
      return use.template operator()<v1::DormancyChange>();
    case FactType::wallet_changed:
      return use.template operator()<v1::WalletChange>();
    case FactType::codes_added:
      return use.template operator()<v1::CodesAdded>();
    case FactType::codes_dealt:
      return use.template operator()<v1::CodesDealt>();
    case FactType::level_granted:
      return use.template operator()<v1::LevelGranted>();
    case FactType::loyalty_event:
      return use.template operator()<v1::LoyaltyEvent>();
  }
  return unknown_type();
}

struct Encode {
  auto operator()(const Purchase& f) const { return encoded<v1::Purchase>(f); }
  auto operator()(const Return& f) const { return encoded<v1::Return>(f); }
  auto operator()(const CustomerEnrolment& f) const {
    return f.card.empty() ? encoded<v1::CustomerEnrolment>(f) : Result<std::string>(clear_card());
  }
  auto operator()(const WarrantyRegistration& f) const {
    return encoded<v1::WarrantyRegistration>(f);
  }
  auto operator()(const CoverBegun& f) const { return encoded<v1::CoverBegun>(f); }
  auto operator()(const Programme& f) const { return encoded<v1::Programme>(f); }
  auto operator()(const CatalogueChange& f) const { return encoded<v1::CatalogueChange>(f); }
  auto operator()(const ShiftOpening& f) const { return encoded<v1::ShiftOpening>(f); }
  auto operator()(const ShiftClosing& f) const { return encoded<v1::ShiftClosing>(f); }
  auto operator()(const CustomerChange& f) const { return encoded<v1::CustomerChange>(f); }
  auto operator()(const ConsentChange& f) const { return encoded<v1::ConsentChange>(f); }
  auto operator()(const CustomerNote& f) const { return encoded<v1::CustomerNote>(f); }
  auto operator()(const CustomerMerge& f) const { return encoded<v1::CustomerMerge>(f); }
  auto operator()(const MergeUndoing& f) const { return encoded<v1::MergeUndoing>(f); }
  auto operator()(const CustomerErasure& f) const { return encoded<v1::CustomerErasure>(f); }
  auto operator()(const CustomersApart& f) const { return encoded<v1::CustomersApart>(f); }
  auto operator()(const FileAttached& f) const { return encoded<v1::FileAttached>(f); }
  auto operator()(const MemberPinChange& f) const { return encoded<v1::MemberPinChange>(f); }
  auto operator()(const StaffChange& f) const { return encoded<v1::StaffChange>(f); }
  auto operator()(const CatalogueRequest& f) const { return encoded<v1::CatalogueRequest>(f); }
  auto operator()(const ExceptionSettled& f) const { return encoded<v1::ExceptionSettled>(f); }
  auto operator()(const ChainSettings& f) const { return encoded<v1::ChainSettings>(f); }
  auto operator()(const DormancyChange& f) const { return encoded<v1::DormancyChange>(f); }
  auto operator()(const GiftCardStatement& f) const { return encoded<v1::GiftCardStatement>(f); }
  auto operator()(const WalletChange& f) const { return encoded<v1::WalletChange>(f); }
  auto operator()(const LevelGranted& f) const { return encoded<v1::LevelGranted>(f); }
  auto operator()(const CodesAdded& f) const { return encoded<v1::CodesAdded>(f); }
  auto operator()(const CodesDealt& f) const { return encoded<v1::CodesDealt>(f); }
  auto operator()(const FileRemoved& f) const { return encoded<v1::FileRemoved>(f); }
  auto operator()(const PointsExpired& f) const { return encoded<v1::PointsExpired>(f); }
  auto operator()(const GiftCardChange& f) const { return encoded<v1::GiftCardChange>(f); }
  auto operator()(const LoyaltyEvent& f) const { return encoded<v1::LoyaltyEvent>(f); }
};

}  // namespace

Result<std::string> encode(const Fact& fact) { return visit(Encode{}, fact); }

Result<Fact> decode(FactType type, std::string_view body) {
  if (body.size() > limits::fact_body_bytes) return too_large();
  return with_message<Result<Fact>>(type,
                                    [&]<class Message>() { return decoded<Message>(type, body); });
}

Result<std::string> to_json(FactType type, std::string_view body) {
  if (body.size() > limits::fact_body_bytes) return too_large();
  return with_message<Result<std::string>>(
      type, [&]<class Message>() { return json<Message>(type, body); });
}

}  // namespace keepsake
