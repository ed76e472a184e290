#include "storage/domain/customer/email.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

TEST_CASE("e-mail addresses") {
  CHECK(normalise_email("Ingrid.Haugen@Example.NO").value() == "Ingrid.Haugen@example.no");
  CHECK(normalise_email("  a@b.cd ").value() == "a@b.cd");
  CHECK(normalise_email("ola+shop@post.example.com").ok());
  CHECK(normalise_email("ivan@пошта.укр").ok());
  for (const char* typed :
       {"", "a", "@b.cd", "a@", "a@b", "a@@b.cd", "a@b@c.de", "a b@c.de", "a@b..cd", "a@-b.cd",
        "a@b-.cd", "a@.cd", "a@b.cd.", "a@b_c.de", "a\n@b.cd", "a@b.\xFF"}) {
    CAPTURE(typed);
    const auto email = normalise_email(typed);
    REQUIRE(!email);
    CHECK(email.error().code == "email.syntax");
  }
  const std::string domain = "@b.cd";
  CHECK(!normalise_email(std::string(65, 'a').append(domain)));
  CHECK(normalise_email(std::string(64, 'a').append(domain)).ok());
}

TEST_CASE("signs that nobody sees are no part of an address") {
  for (const char* typed :
       {"ola@example.no\u00A0", "\u200Bola@example.no", "ola@example.no\u200B",
        "ola@exa\u00ADmple.no", "\uFEFFola@example.no", "\u2068ola@example.no\u2069",
        "ola\u200D@example.no", "\tola@example.no\r\n"})
    CHECK(normalise_email(typed).value() == "ola@example.no");
  CHECK(!normalise_email("ola\u00A0n@example.no"));
  CHECK(!normalise_email("ola@exa\u2003mple.no"));
}

TEST_CASE("a domain is kept as people read it") {
  CHECK(normalise_email("ivan@ПОШТА.УКР").value() == "ivan@пошта.укр");
  CHECK(normalise_email("ivan@xn--80a1acny.xn--j1amh").value() == "ivan@почта.укр");
  CHECK(normalise_email("o@bu\u0308cher.example").value() == "o@b\u00FCcher.example");
  CHECK(!normalise_email("a@b\u2026.cd"));
  std::string long_label = "a@";
  long_label.append(64, 'b').append(".cd");
  CHECK(!normalise_email(long_label));
}

TEST_CASE("two addresses, a list or a name in brackets are no address") {
  for (const char* typed :
       {"<a@b.cd>", "a@b.cd;e@f.gh", "a,b@c.de", "Ola <a@b.cd>", "mailto:a@b.cd"})
    CHECK(!normalise_email(typed));
}
