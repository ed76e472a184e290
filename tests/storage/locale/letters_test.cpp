#include "storage/locale/letters.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

TEST_CASE("a letter without its marks is the letter") {
  CHECK(without_marks(U'ở') == U'o');
  CHECK(without_marks(U'Ș') == U'S');
  CHECK(without_marks(U'Й') == U'И');
  CHECK(without_marks(U'қ') == U'к');
  CHECK(without_marks(U'đ') == U'd');
  CHECK(without_marks(U'x') == U'x');
}

TEST_CASE("scripts whose letters join or run leftwards do not stand alone") {
  for (const char32_t letter : U"aÅởЇΩ王かカ한Ա1 ?🎂") CHECK(stands_alone(letter));
  for (const char32_t letter : {U'م', U'ש', U'ส', U'क', U'த', U'ម'})
    CHECK_FALSE(stands_alone(letter));
}

TEST_CASE("names of any script are spelled in Latin letters") {
  CHECK(in_latin("王小明") == "Wáng Xiǎo Míng");
  CHECK(in_latin("Ґалаґан Їжакевич") != "");
  CHECK(in_latin("محمد علي") == "Mḥmd ʿLy");
  CHECK(in_latin("Ola Nordmann") == "Ola Nordmann");
  CHECK(in_ascii("王小明") == "Wang Xiao Ming");
  CHECK(in_ascii("Phở Nguyễn Đặng Ștefan Žluťoučký ß Ø") ==
        "Pho Nguyen Dang Stefan Zlutoucky ss O");
  CHECK(in_ascii("Əliyev Ɛsi Ɔdɔ Ʒak") == "Eliyev Esi Odo Zak");
  CHECK(in_ascii("علي") == "'Ly");
  CHECK(in_ascii("สมชาย ใจดี") != "");
}
