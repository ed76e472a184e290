#include "storage/facts/packed_facts.hpp"

#include <doctest/doctest.h>

#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"

namespace keepsake::test {

TEST_CASE("facts come out as they were put in, and what is cut anywhere is no facts") {
  Article mug;
  mug.code = "MUG";
  mug.name = "Mug";
  Programme club;
  club.version = 3;
  club.name = "Club";
  club.currency = *Currency::parse("NOK");
  const std::vector<Fact> facts = {club, CatalogueChange{{mug}, {"OLD"}}};
  const std::string bytes = packed(facts).value();
  CHECK(unpacked(bytes).value() == facts);
  CHECK(unpacked("").value().empty());
  const std::size_t first = packed(std::span(facts).first(1)).value().size();
  for (std::size_t length = 1; length < bytes.size(); ++length) {
    if (length == first) continue;  // ends where a fact does
    CAPTURE(length);
    CHECK_FALSE(unpacked(std::string_view(bytes).substr(0, length)).ok());
  }
}

}  // namespace keepsake::test
