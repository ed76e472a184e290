#include "storage/domain/customer/profile_access.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace keepsake;

namespace {

CustomerField declare(const char* key, SeenBy seen_by) {
  CustomerField field;
  field.key = key;
  field.seen_by = seen_by;
  return field;
}

const std::vector<CustomerField> fields{declare("shoe", SeenBy::everyone),
                                        declare("credit", SeenBy::managers)};

CustomerProfile whole() {
  CustomerProfile profile;
  profile.fields = {{"birthday", "1979-12-31", {}},
                    {"custom.credit", "B", {}},
                    {"custom.gone", "x", {}},
                    {"custom.shoe", "42", {}},
                    {"name", "Ingrid Haugen", {}}};
  const auto add = [&](ContactKind kind, const char* value) {
    Contact contact;
    contact.kind = kind;
    contact.value = value;
    profile.contacts.push_back(contact);
  };
  add(ContactKind::phone, "+4791234417");
  add(ContactKind::email, "ingrid@lysvik.no");
  add(ContactKind::address, "Storgata 14, 9750 Honningsvag");
  add(ContactKind::card, "KC4417123456784417");
  return profile;
}

}  // namespace

TEST_CASE("a manager sees all of a customer") {
  CHECK(seen_by(whole(), Viewer::manager, fields) == whole());
}

TEST_CASE("staff see contacts and birthday masked and no field of the managers") {
  const CustomerProfile seen = seen_by(whole(), Viewer::staff, fields);
  CHECK(seen.value("name") == "Ingrid Haugen");
  CHECK(seen.value("birthday") == "\u2022\u2022\u2022\u2022-12-31");
  CHECK(seen.value("custom.shoe") == "42");
  CHECK(seen.value("custom.credit").empty());
  CHECK(seen.value("custom.gone").empty());
  CHECK(seen.contacts[0].value == masked_phone("+4791234417"));
  CHECK(seen.contacts[1].value == "i\u2022\u2022\u2022\u2022@lysvik.no");
  CHECK(seen.contacts[2].value == "\u2022\u2022\u2022\u2022, 9750 Honningsvag");
  CHECK(seen.contacts[3].value == "KC4417123456784417");
}

TEST_CASE("customers see their own values but not what managers keep") {
  const CustomerProfile seen = seen_by(whole(), Viewer::customer, fields);
  CHECK(seen.value("birthday") == "1979-12-31");
  CHECK(seen.value("custom.credit").empty());
  CHECK(seen.contacts == whole().contacts);
}

TEST_CASE("masking says nothing of values it cannot take apart") {
  CHECK(masked_email("ingrid") == "\u2022\u2022\u2022\u2022");
  CHECK(masked_email("@lysvik.no") == "\u2022\u2022\u2022\u2022");
  CHECK(masked_email("\u0454va@ukr.ua") == "\u0454\u2022\u2022\u2022\u2022@ukr.ua");
  CHECK(masked_address("Storgata 14") == "\u2022\u2022\u2022\u2022");
  CHECK(masked_date("1979") == "\u2022\u2022\u2022\u2022");
}

TEST_CASE("nobody changes a field that they do not see") {
  ProfileChange change;
  change.fields = {{"custom.credit", "A"}};
  CHECK(may_change(change, Viewer::manager, fields).ok());
  CHECK(may_change(change, Viewer::staff, fields).error().code == "field.managers");
  CHECK(may_change(change, Viewer::customer, fields).error().code == "field.managers");
  change.fields = {{"custom.shoe", "43"}, {"name", "Ingrid"}};
  CHECK(may_change(change, Viewer::staff, fields).ok());
}
