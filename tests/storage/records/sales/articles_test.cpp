#include "storage/records/sales/articles.hpp"

#include <doctest/doctest.h>

#include "tests/storage/records/centre.hpp"

using namespace keepsake;
using namespace keepsake::test;

TEST_CASE("articles are found by the beginnings of words whatever the accents and case") {
  Centre centre;
  Article kettle = article("A-17", "Vannkoker rød 1,7 l");
  kettle.gtin = *Gtin::parse("7038010055720");
  CatalogueChange change{{kettle, article("A-18", "Crème brûlée form"),
                          article("B-1", "Гарячий чайник"), article("B-2", "Rødvinsglass 4 stk")},
                         {}};
  centre.take("", 1, change);
  const auto codes = [&](std::string_view words, std::size_t limit = 10) {
    std::vector<std::string> found;
    for (const Article& each : records::search_articles(*centre.database, "", words, limit))
      found.push_back(each.code);
    return found;
  };
  CHECK(codes("ROD") == Codes{"B-2", "A-17"});
  CHECK(codes("rød vann") == Codes{"A-17"});
  CHECK(codes("brulee CREME") == Codes{"A-18"});
  CHECK(codes("чай") == Codes{"B-1"});
  CHECK(codes("a-17") == Codes{"A-17"});
  CHECK(codes("glass").empty());  // no beginning of a word
  CHECK(codes("  ").empty());
  CHECK(codes("rod", 1) == Codes{"B-2"});
  CHECK(records::article_by_gtin(*centre.database, "", *kettle.gtin) == std::optional(kettle));
  CHECK(records::article_by_code(*centre.database, "", "A-17") == std::optional(kettle));

  kettle.name = "Blå kjele";
  centre.take("", 1, CatalogueChange{{kettle}, {"B-2"}});
  CHECK(codes("rod").empty());
  CHECK(codes("bla") == Codes{"A-17"});
  CHECK(centre.number("SELECT count(*) FROM article_word WHERE code = 'B-2'") == 0);
}

TEST_CASE("an article is found by what else its labels say") {
  Centre centre;
  Article bolt = article("B-1", "Bolt");
  bolt.more_codes = {"ABC-1234", "S 17"};
  centre.take("", 1, CatalogueChange{{bolt, article("N-1", "Nut")}, {}});
  const auto found = [&](std::string_view code) {
    return records::article_by_more_code(*centre.database, "", code);
  };
  CHECK(found("ABC-1234") == std::optional(bolt));
  CHECK(found("abc-1234") == std::optional(bolt));
  CHECK(found("S17") == std::optional(bolt));
  CHECK_FALSE(found("B-1"));
  CHECK_FALSE(found("ABC-123"));
  CHECK(records::search_articles(*centre.database, "", "abc", 10).size() == 1);
  bolt.more_codes = {"XYZ"};
  centre.take("", 1, CatalogueChange{{bolt}, {}});
  CHECK_FALSE(found("ABC-1234"));
  CHECK(found("xyz"));
  centre.take("", 1, CatalogueChange{{}, {"B-1"}});
  CHECK_FALSE(found("xyz"));
}
