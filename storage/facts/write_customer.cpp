#include "storage/domain/customer/file.hpp"
#include "storage/facts/writing.hpp"

namespace keepsake::facts {

void write(const CustomerChange& fact, v1::CustomerChange& message) {
  message.set_customer(bytes_of(fact.customer));
  message.set_sealed(fact.sealed);
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
}

void write(const ConsentChange& fact, v1::ConsentChange& message) {
  message.set_customer(bytes_of(fact.customer));
  for (const Consent& consent : fact.consents) write(consent, *message.add_consents());
  for (const FactId& withdrawal : fact.after) message.add_after(bytes_of(withdrawal));
  message.set_place(fact.place);
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
}

void write(const CustomerNote& fact, v1::CustomerNote& message) {
  message.set_customer(bytes_of(fact.customer));
  message.set_sealed(fact.sealed);
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
}

void write(const CustomerMerge& fact, v1::CustomerMerge& message) {
  message.set_kept(bytes_of(fact.kept));
  message.set_merged(bytes_of(fact.merged));
  message.set_reason(fact.reason);
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
}

void write(const MergeUndoing& fact, v1::MergeUndoing& message) {
  message.set_merge(bytes_of(fact.merge));
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
}

void write(const CustomersApart& fact, v1::CustomersApart& message) {
  message.set_one(bytes_of(fact.one));
  message.set_other(bytes_of(fact.other));
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
}

void write(const CustomerErasure& fact, v1::CustomerErasure& message) {
  for (const CustomerRef& customer : fact.customers) message.add_customers(bytes_of(customer));
  message.set_reason(fact.reason);
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
  for (const Restriction& each : fact.kept) {
    v1::Restriction& kept = *message.add_kept();
    kept.set_reason(static_cast<v1::KeptFor>(each.reason));
    if (each.until) kept.set_until_day(to_days(*each.until));
  }
}

void write(const DormancyChange& fact, v1::DormancyChange& message) {
  write(fact.at, *message.mutable_at());
  message.set_presence(static_cast<v1::StorePresence>(fact.presence));
  for (const CustomerRef& customer : fact.customers) message.add_customers(bytes_of(customer));
}

void write(const FileAttached& fact, v1::FileAttached& message) {
  message.set_customer(bytes_of(fact.customer));
  message.set_hash(std::string(fact.hash.begin(), fact.hash.end()));
  message.set_kind(static_cast<v1::FileKind>(fact.kind));
  message.set_type(static_cast<v1::FileType>(fact.type));
  message.set_bytes(fact.bytes);
  message.set_sealed_name(fact.sealed_name);
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
}

void write(const FileRemoved& fact, v1::FileRemoved& message) {
  message.set_customer(bytes_of(fact.customer));
  message.set_attachment(bytes_of(fact.attachment));
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
}

void write(const MemberPinChange& fact, v1::MemberPinChange& message) {
  message.set_customer(bytes_of(fact.customer));
  message.set_sealed(fact.sealed);
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
}

void write(const StaffChange& fact, v1::StaffChange& message) {
  const SealedStaffMember& member = fact.member;
  message.set_member(member.id);
  message.set_role(member.role == StaffRole::none      ? v1::STAFF_ROLE_NONE
                   : member.role == StaffRole::manager ? v1::STAFF_ROLE_MANAGER
                                                       : v1::STAFF_ROLE_CASHIER);
  message.set_key(bytes_of(member.key));
  message.set_sealed_name(member.sealed_name);
  message.set_sealed_pin(member.sealed_pin);
  message.set_staff(fact.staff);
  write(fact.at, *message.mutable_at());
}

void write(const ProfileChange& change, v1::ProfileChange& message) {
  for (const FieldChange& each : change.fields) {
    v1::FieldChange& given = *message.add_fields();
    given.set_field(each.field);
    given.set_value(each.value);
  }
  for (const ContactAddition& each : change.added) {
    v1::ContactAddition& given = *message.add_added();
    given.set_kind(static_cast<v1::ContactKind>(each.kind));
    given.set_value(each.value);
    given.set_usage(each.usage);
  }
  for (const ContactTag& each : change.removed) {
    v1::ContactTag& given = *message.add_removed();
    given.set_fact(bytes_of(each.fact));
    given.set_n(each.n);
  }
}

}  // namespace keepsake::facts
