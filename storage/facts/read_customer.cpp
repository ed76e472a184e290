#include "storage/domain/customer/file.hpp"
#include "storage/facts/reading.hpp"

namespace keepsake::facts {

namespace {

constexpr std::size_t sealed_bytes = 64 * 1024;
constexpr std::size_t withdrawals_max = 200;

std::string sealed_of(Reading& in, const std::string& bytes) {
  if (bytes.size() > sealed_bytes) in.fail("What is sealed is too large", "sealed");
  return bytes;
}

CustomerRef somebody(Reading& in, const std::string& bytes, const char* field) {
  return {in.bytes16(bytes, field)};
}

ContactKind kind_of(Reading& in, v1::ContactKind kind) {
  if (kind >= v1::CONTACT_KIND_PHONE && kind <= v1::CONTACT_KIND_LABEL)
    return static_cast<ContactKind>(kind);
  in.fail("Unknown kind of contact", "added");
  return ContactKind::label;
}

Hash hash_of(Reading& in, const std::string& bytes) {
  const auto hash = hash_from(bytes);
  if (!hash) in.fail("A hash must have 32 bytes", "hash");
  return hash.value_or(Hash{});
}

StaffRole role_of(Reading& in, v1::StaffRole role) {
  switch (role) {
    case v1::STAFF_ROLE_CASHIER:
      return StaffRole::cashier;
    case v1::STAFF_ROLE_MANAGER:
      return StaffRole::manager;
    case v1::STAFF_ROLE_NONE:
      return StaffRole::none;
    default:
      in.fail("Unknown role", "role");
      return StaffRole::none;
  }
}

/// An enum of which every value from 1 to `last` is known.
template <class T>
T known(Reading& in, int value, T last, const char* field) {
  if (value >= 1 && value <= static_cast<int>(last)) return static_cast<T>(value);
  in.fail("Unknown kind", field);
  return last;
}

/// A reason of a later version is left out: that somebody is erased must be understood all the same.
std::vector<Restriction> kept_in(Reading& in, const v1::CustomerErasure& message) {
  constexpr int most = 50;
  std::vector<Restriction> kept;
  if (message.kept_size() > most) in.fail("There are too many", "kept");
  for (const v1::Restriction& each : message.kept()) {
    if (each.reason() > v1::KEPT_FOR_BOOKKEEPING) continue;
    kept.push_back({known(in, each.reason(), KeptFor::bookkeeping, "kept"),
                    in.day(each.has_until_day(), each.until_day(), "until_day")});
  }
  return kept;
}

}  // namespace

Result<CustomerChange> read(const v1::CustomerChange& message) {
  Reading in;
  CustomerChange fact;
  fact.customer = somebody(in, message.customer(), "customer");
  fact.sealed = sealed_of(in, message.sealed());
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  return in.result(std::move(fact));
}

Result<ConsentChange> read(const v1::ConsentChange& message) {
  Reading in;
  ConsentChange fact;
  fact.customer = somebody(in, message.customer(), "customer");
  fact.consents =
      entries<Consent>(in, message.consents(), consents_max, "consents",
                       [&](const v1::Consent& consent) { return consent_of(in, consent); });
  fact.after = entries<FactId>(in, message.after(), withdrawals_max, "after",
                               [&](const std::string& bytes) { return in.id(bytes, "after"); });
  fact.place = in.name(message.place(), "place");
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  return in.result(std::move(fact));
}

Result<CustomerNote> read(const v1::CustomerNote& message) {
  Reading in;
  CustomerNote fact;
  fact.customer = somebody(in, message.customer(), "customer");
  fact.sealed = sealed_of(in, message.sealed());
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  return in.result(std::move(fact));
}

Result<CustomerMerge> read(const v1::CustomerMerge& message) {
  Reading in;
  CustomerMerge fact;
  fact.kept = somebody(in, message.kept(), "kept");
  fact.merged = somebody(in, message.merged(), "merged");
  fact.reason = in.name(message.reason(), "reason");
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  return in.result(std::move(fact));
}

Result<MergeUndoing> read(const v1::MergeUndoing& message) {
  Reading in;
  MergeUndoing fact;
  fact.merge = in.id(message.merge(), "merge");
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  return in.result(std::move(fact));
}

Result<CustomersApart> read(const v1::CustomersApart& message) {
  Reading in;
  CustomersApart fact;
  fact.one = somebody(in, message.one(), "one");
  fact.other = somebody(in, message.other(), "other");
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  return in.result(std::move(fact));
}

Result<CustomerErasure> read(const v1::CustomerErasure& message) {
  Reading in;
  CustomerErasure fact;
  fact.customers = entries<CustomerRef>(
      in, message.customers(), limits::merged_customers, "customers",
      [&](const std::string& bytes) { return somebody(in, bytes, "customers"); });
  fact.reason = in.name(message.reason(), "reason");
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  fact.kept = kept_in(in, message);
  return in.result(std::move(fact));
}

Result<DormancyChange> read(const v1::DormancyChange& message) {
  Reading in;
  DormancyChange fact;
  fact.at = in.time(message, "at");
  fact.presence = known(in, message.presence(), StorePresence::back, "presence");
  fact.customers = entries<CustomerRef>(
      in, message.customers(), limits::dormant_customers, "customers",
      [&](const std::string& bytes) { return somebody(in, bytes, "customers"); });
  return in.result(std::move(fact));
}

Result<FileAttached> read(const v1::FileAttached& message) {
  Reading in;
  FileAttached fact;
  fact.customer = somebody(in, message.customer(), "customer");
  fact.hash = hash_of(in, message.hash());
  fact.kind = known(in, message.kind(), FileKind::document, "kind");
  fact.type = known(in, message.type(), FileType::pdf, "type");
  fact.bytes = in.number<std::int64_t>(message.bytes(), 0, limits::file_bytes, "bytes");
  fact.sealed_name = sealed_of(in, message.sealed_name());
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  return in.result(std::move(fact));
}

Result<FileRemoved> read(const v1::FileRemoved& message) {
  Reading in;
  FileRemoved fact;
  fact.customer = somebody(in, message.customer(), "customer");
  fact.attachment = in.id(message.attachment(), "attachment");
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  return in.result(std::move(fact));
}

Result<MemberPinChange> read(const v1::MemberPinChange& message) {
  Reading in;
  MemberPinChange fact;
  fact.customer = somebody(in, message.customer(), "customer");
  fact.sealed = sealed_of(in, message.sealed());
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  return in.result(std::move(fact));
}

Result<StaffChange> read(const v1::StaffChange& message) {
  Reading in;
  StaffChange fact;
  fact.member.id = in.code(message.member(), "member");
  fact.member.role = role_of(in, message.role());
  if (!message.key().empty()) fact.member.key = somebody(in, message.key(), "key");
  fact.member.sealed_name = sealed_of(in, message.sealed_name());
  fact.member.sealed_pin = sealed_of(in, message.sealed_pin());
  fact.staff = in.name(message.staff(), "staff");
  fact.at = in.time(message, "at");
  return in.result(std::move(fact));
}

Result<ProfileChange> read(const v1::ProfileChange& message) {
  Reading in;
  ProfileChange change;
  change.fields = entries<FieldChange>(
      in, message.fields(), limits::customer_fields, "fields", [&](const v1::FieldChange& each) {
        return FieldChange{in.code(each.field(), "field"),
                           in.text(each.value(), limits::text_bytes, "value")};
      });
  change.added = entries<ContactAddition>(in, message.added(), limits::customer_contacts, "added",
                                          [&](const v1::ContactAddition& each) {
                                            return ContactAddition{
                                                kind_of(in, each.kind()),
                                                in.text(each.value(), limits::text_bytes, "value"),
                                                in.code(each.usage(), "usage")};
                                          });
  change.removed = entries<ContactTag>(in, message.removed(), limits::customer_contacts, "removed",
                                       [&](const v1::ContactTag& each) {
                                         return ContactTag{in.id(each.fact(), "removed"), each.n()};
                                       });
  return in.result(std::move(change));
}

}  // namespace keepsake::facts
