#include "storage/records/core/tokenize.hpp"

#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace keepsake;
using Words = std::vector<std::string>;

TEST_CASE("words are folded") {
  CHECK(records::words_of("Ærlig Øl, ÅL & Straße ﬁn Łódź") ==
        Words{"aerlig", "al", "fin", "lodz", "ol", "strasse"});
  CHECK(records::words_of("one ONE one") == Words{"one"});
  CHECK(records::words_of("").empty());
}
