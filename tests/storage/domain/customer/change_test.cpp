#include "storage/domain/customer/change.hpp"

#include <doctest/doctest.h>

#include "storage/domain/values/limits.hpp"

using namespace keepsake;

namespace {

CustomerField declare(std::string key, FieldKind kind) {
  CustomerField field;
  field.key = std::move(key);
  field.kind = kind;
  return field;
}

std::vector<CustomerField> declared_fields() {
  CustomerField shoe = declare("shoe", FieldKind::number);
  shoe.label = {"Shoe size", {{"nb", "Skostørrelse"}}};
  shoe.least = 15'000;
  shoe.most = 55'000;
  CustomerField colour = declare("colour", FieldKind::choice);
  colour.choices = {"red", "blue"};
  const CustomerField since = declare("since", FieldKind::date);
  const CustomerField pro = declare("pro", FieldKind::yes_no);
  CustomerField motto = declare("motto", FieldKind::text);
  motto.max_length = 10;
  return {shoe, colour, since, pro, motto};
}

std::string kept(std::string_view name, std::string_view typed) {
  const auto value = field_value(name, typed, declared_fields());
  return value ? *value : value.error().code;
}

}  // namespace

TEST_CASE("fields of a customer are typed") {
  struct Row {
    std::string_view name, typed, kept;
  };
  const Row rows[] = {
      {"name", "  Ґудзь Олена ", "Ґудзь Олена"},
      {"name", "", ""},
      {"name", "a\nb", "text.characters"},
      {"birthday", "1979-02-28", "1979-02-28"},
      {"birthday", "1979-02-30", "birthday.range"},
      {"birthday", "1779-02-03", "birthday.range"},
      {"household", "4", "4"},
      {"household", "0", "field.value"},
      {"household", "100", "field.value"},
      {"language", "nb-NO", "nb-NO"},
      {"language", "n", "field.value"},
      {"channel", "email", "email"},
      {"channel", "pigeon", "field.value"},
      {"do_not_contact", "yes", "yes"},
      {"do_not_contact", "no", ""},
      {"do_not_contact", "maybe", "field.value"},
      {"custom.shoe", "42.5", "42.5"},
      {"custom.shoe", "042", "42"},
      {"custom.shoe", "14", "field.value"},
      {"custom.shoe", "56", "field.value"},
      {"custom.shoe", "big", "field.value"},
      {"custom.colour", "blue", "blue"},
      {"custom.colour", "green", "field.value"},
      {"custom.since", "2020-02-29", "2020-02-29"},
      {"custom.since", "29.02.2020", "field.value"},
      {"custom.pro", "yes", "yes"},
      {"custom.pro", "1", "field.value"},
      {"custom.motto", "short", "short"},
      {"custom.motto", "longer than ten", "text.length"},
      {"custom.motto", "", ""},
      {"custom.hat", "x", "field.unknown"},
      {"hat", "x", "field.unknown"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CAPTURE(row.typed);
    CHECK(kept(row.name, row.typed) == row.kept);
  }
}

TEST_CASE("a field's label falls back to the shop's and then to its key") {
  const auto fields = declared_fields();
  CHECK(fields[0].label_in("nb-NO") == "Skostørrelse");
  CHECK(fields[0].label_in("uk") == "Shoe size");
  CHECK(fields[1].label_in("uk") == "colour");
  CHECK(declared(fields, "custom.shoe") == &fields[0]);
  CHECK(declared(fields, "shoe") == nullptr);
}

TEST_CASE("contacts are kept in one form each") {
  ProfileChange change;
  change.added = {{ContactKind::phone, "+4791234417", "home"},
                  {ContactKind::email, " Ingrid@Example.NO ", ""},
                  {ContactKind::card, "1234 5678 90", ""},
                  {ContactKind::address, "Storgata 1\n0155 Oslo", "home"},
                  {ContactKind::label, "VIP", ""}};
  const auto normal = normalised(change, {});
  REQUIRE(normal.ok());
  CHECK(normal->added[1].value == "Ingrid@example.no");
  CHECK(normal->added[2].value == "1234567890");
  CHECK(normal->added[3].value == "Storgata 1,0155 Oslo");

  const auto refused = [](ContactKind kind, std::string value) {
    ProfileChange one;
    one.added = {{kind, std::move(value), ""}};
    const auto result = normalised(one, {});
    return result ? std::string("accepted") : result.error().code;
  };
  CHECK(refused(ContactKind::phone, "91234417") == "phone.syntax");
  CHECK(refused(ContactKind::email, "ingrid") == "email.syntax");
  CHECK(refused(ContactKind::card, "  ") == "text.missing");
  CHECK(refused(ContactKind::label, std::string(limits::code_bytes + 1, 'x')) == "text.length");
}

TEST_CASE("a change has its limits and names no field twice") {
  ProfileChange twice;
  twice.fields = {{"name", "a"}, {"name", "b"}};
  CHECK(normalised(twice, {}).error().code == "field.twice");
  ProfileChange many;
  many.added.assign(limits::customer_contacts + 1, {ContactKind::label, "x", ""});
  CHECK(normalised(many, {}).error().code == "change.limit");
}

TEST_CASE("the name of a contact reads back") {
  const ContactTag tag{{0x0123456789abcdefULL, 42}, 7};
  CHECK(*parse_contact_tag(to_text(tag)) == tag);
  CHECK_FALSE(parse_contact_tag("7").ok());
  CHECK_FALSE(parse_contact_tag(to_text(tag) + "x").ok());
  for (const auto kind : {ContactKind::phone, ContactKind::key_fob, ContactKind::label})
    CHECK(*parse_contact_kind(name_of(kind)) == kind);
  CHECK_FALSE(parse_contact_kind("fax").ok());
}

TEST_CASE("the number of a payment card is kept neither as a card nor in a field") {
  ProfileChange change;
  change.added = {{ContactKind::card, "4111 1111 1111 1111", ""}};
  CHECK(normalised(change, {}).error().code == "text.payment-card");
  change.added = {{ContactKind::card, "KC-7992739871", ""}};
  CHECK(normalised(change, {}).ok());
  change = {};
  change.fields = {{std::string(customer_field::heard_from), "paid by 5555-5555-5555-4444"}};
  CHECK(normalised(change, {}).error().code == "text.payment-card");
}
