#include "storage/records/customers.hpp"

#include "storage/records/points_ledger.hpp"
#include "storage/records/purchases.hpp"
#include "storage/records/warranties.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_customer{
    "customer.put",
    "INSERT INTO customer (ref, store, fact, origin, card, language, staff, at_ms, offset_minutes,"
    " sealed_profile) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr Sql put_profile{
    "customer.reveal",
    "UPDATE customer SET name = $2, phone = $3, email = $4, address = $5, birthday = $6,"
    " phone_hash = $7, email_hash = $8 WHERE ref = $1"};
constexpr Sql put_consent{
    "consent.put",
    "INSERT INTO consent (customer, fact, n, purpose, granted, wording, language, at_ms,"
    " offset_minutes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr Sql known{"customer.known", "SELECT 1 FROM customer WHERE ref = $1"};
constexpr Sql by_phone{"customer.by-phone",
                       "SELECT ref FROM customer WHERE phone_hash = $1 ORDER BY fact LIMIT 1"};
constexpr Sql by_card{"customer.by-card", "SELECT ref FROM customer WHERE card = $1"};
constexpr Sql by_origin{"customer.by-origin",
                        "SELECT ref FROM customer WHERE store = $1 AND origin = $2"};
constexpr Sql sealed{"customer.sealed", "SELECT sealed_profile FROM customer WHERE ref = $1"};
constexpr Sql read_customer{"customer.view",
                            "SELECT name, phone, email, address, birthday, card, at_ms,"
                            " offset_minutes FROM customer WHERE ref = $1"};

constexpr std::size_t purchases_shown = 5;
constexpr std::size_t warranties_shown = 50;

bool is_known(Database& database, const CustomerRef& customer) {
  auto row = database.query(known);
  row->bind_blob(1, view(customer.bytes));
  return row->step();
}

std::optional<CustomerRef> one_ref(Query& row) {
  return row.step() ? std::optional(customer_ref(row, 0)) : std::nullopt;
}

Result<Done> open_into_record(Database& database, Vault& vault, const CustomerRef& customer,
                              std::string_view sealed_profile) {
  if (sealed_profile.empty()) return Done{};
  auto opened = vault.open_profile(customer, sealed_profile);
  if (!opened) return opened.error();
  if (!*opened) return Done{};
  const Profile& profile = **opened;
  auto row = database.query(put_profile);
  row->bind_blob(1, view(customer.bytes));
  bind_text_or_null(*row, 2, profile.name);
  bind_text_or_null(*row, 3, profile.phone);
  bind_text_or_null(*row, 4, profile.email);
  bind_text_or_null(*row, 5, profile.address);
  if (profile.birthday)
    row->bind(6, to_days(*profile.birthday));
  else
    row->bind_null(6);
  if (profile.phone.empty())
    row->bind_null(7);
  else
    row->bind_blob(7, vault.lookup_hash("phone", profile.phone));
  if (profile.email.empty())
    row->bind_null(8);
  else
    row->bind_blob(8, vault.lookup_hash("email", profile.email));
  row->step();
  return Done{};
}

void put_consents(Applying& applying, const CustomerEnrolment& enrolment) {
  if (enrolment.consents.empty()) return;
  auto row = applying.database.query(put_consent);
  for (std::size_t n = 0; n < enrolment.consents.size(); ++n) {
    const Consent& consent = enrolment.consents[n];
    row->bind_blob(1, view(enrolment.customer.bytes));
    row->bind_blob(2, view(applying.id));
    row->bind(3, static_cast<std::int64_t>(n));
    row->bind(4, static_cast<std::int64_t>(consent.purpose));
    row->bind(5, consent.granted ? 1 : 0);
    row->bind_text(6, consent.wording);
    row->bind_text(7, consent.language);
    bind_time(*row, 8, consent.at);
    row->step();
  }
}

}  // namespace

Result<Done> apply(Applying& applying, const CustomerEnrolment& enrolment) {
  Database& database = applying.database;
  if (is_known(database, enrolment.customer))
    return applying.contradict("customer.twice", "This customer is enrolled already",
                               "Look the customer up instead.");
  if (!enrolment.origin.empty() &&
      customer_by_origin(database, applying.header.store, enrolment.origin))
    return applying.contradict("origin.duplicate", "This customer was imported before",
                               "Leave it out; it is there already.");
  std::string_view card = enrolment.card;
  if (!card.empty() && customer_by_card(database, card)) {
    if (auto ok = applying.contradict("card.taken", "This card belongs to another customer",
                                      "Give the customer another card.");
        !ok)
      return ok;
    card = {};
  }
  {
    auto row = database.query(put_customer);
    row->bind_blob(1, view(enrolment.customer.bytes));
    row->bind_text(2, applying.header.store);
    row->bind_blob(3, view(applying.id));
    bind_text_or_null(*row, 4, enrolment.origin);
    bind_text_or_null(*row, 5, card);
    row->bind_text(6, enrolment.language);
    row->bind_text(7, enrolment.staff);
    bind_time(*row, 8, enrolment.at);
    row->bind_blob(10, enrolment.sealed_profile);
    row->step();
  }
  put_consents(applying, enrolment);
  if (applying.vault == nullptr) return Done{};
  auto opened =
      open_into_record(database, *applying.vault, enrolment.customer, enrolment.sealed_profile);
  // The customer stays; what was sealed wrongly is nobody's to read, and a person should know.
  if (!opened && opened.error().kind == Failure::corrupt)
    return applying.contradict("profile.damaged", "The sealed profile cannot be opened",
                               "Enrol the customer again.");
  return opened;
}

Result<Done> expect_known(Applying& applying, const CustomerRef& customer) {
  if (customer.nobody() || is_known(applying.database, customer)) return Done{};
  return applying.contradict("customer.unknown", "It names a customer who is not enrolled here",
                             "Enrol the customer first.");
}

Result<Done> reveal(Database& database, Vault& vault, const CustomerRef& customer) {
  std::string sealed_profile;
  {
    auto row = database.query(sealed);
    row->bind_blob(1, view(customer.bytes));
    if (!row->step()) return Done{};
    sealed_profile = row->blob(0);
  }
  return open_into_record(database, vault, customer, sealed_profile);
}

std::optional<CustomerRef> customer_by_phone_hash(Database& database, std::string_view hash) {
  auto row = database.query(by_phone);
  row->bind_blob(1, hash);
  return one_ref(*row);
}

std::optional<CustomerRef> customer_by_card(Database& database, std::string_view card) {
  auto row = database.query(by_card);
  row->bind_text(1, card);
  return one_ref(*row);
}

std::optional<CustomerRef> customer_by_origin(Database& database, std::string_view store,
                                              std::string_view origin) {
  auto row = database.query(by_origin);
  row->bind_text(1, store);
  row->bind_text(2, origin);
  return one_ref(*row);
}

std::optional<CustomerView> customer(Database& database, const CustomerRef& ref) {
  CustomerView found;
  found.ref = ref;
  {
    auto row = database.query(read_customer);
    row->bind_blob(1, view(ref.bytes));
    if (!row->step()) return std::nullopt;
    found.profile.name = row->text(0);
    found.profile.phone = row->text(1);
    found.profile.email = row->text(2);
    found.profile.address = row->text(3);
    if (!row->is_null(4))
      found.profile.birthday = from_days(static_cast<std::int32_t>(row->integer(4)));
    found.card = row->text(5);
    found.member_since = local_time(*row, 6);
  }
  found.balance = balance(database, ref);
  found.last_purchases = last_purchases(database, ref, purchases_shown);
  found.warranties = warranties_of(database, ref, warranties_shown);
  return found;
}

std::string label_of(const CustomerRef& ref, std::string_view name, std::string_view card,
                     std::string_view origin) {
  if (!name.empty()) return masked_name(name);
  if (!card.empty()) return std::string(card);
  if (!origin.empty()) return std::string(origin);
  return to_hex(ref).substr(0, 8);
}

}  // namespace keepsake::records
