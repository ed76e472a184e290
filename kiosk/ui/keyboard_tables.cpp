// The on-screen keyboard's letters, as data.
#include <array>

#include "kiosk/ui/field.hpp"

namespace keepsake::ui {
namespace {

struct Page {
  std::array<std::string_view, 3> rows;  // keys separated by a space
};

constexpr Page latin{{"q w e r t y u i o p", "a s d f g h j k l", "z x c v b n m - '"}};
constexpr Page latin_shifted{{"Q W E R T Y U I O P", "A S D F G H J K L", "Z X C V B N M - '"}};
constexpr Page nb{{"q w e r t y u i o p å", "a s d f g h j k l ø æ", "z x c v b n m - '"}};
constexpr Page nb_shifted{{"Q W E R T Y U I O P Å", "A S D F G H J K L Ø Æ", "Z X C V B N M - '"}};
constexpr Page nl{{"q w e r t y u i o p ï", "a s d f g h j k l é ë", "z x c v b n m - '"}};
constexpr Page nl_shifted{{"Q W E R T Y U I O P Ï", "A S D F G H J K L É Ë", "Z X C V B N M - '"}};
constexpr Page fil{{"q w e r t y u i o p", "a s d f g h j k l ñ", "z x c v b n m - '"}};
constexpr Page fil_shifted{{"Q W E R T Y U I O P", "A S D F G H J K L Ñ", "Z X C V B N M - '"}};
constexpr Page uk{{"й ц у к е н г ш щ з х ї", "ф і в а п р о л д ж є ґ", "я ч с м и т ь б ю - '"}};
constexpr Page uk_shifted{
    {"Й Ц У К Е Н Г Ш Щ З Х Ї", "Ф І В А П Р О Л Д Ж Є Ґ", "Я Ч С М И Т Ь Б Ю - '"}};
constexpr Page digits{{"1 2 3 4 5 6 7 8 9 0", "@ . , : / - _ + #", "( ) & ! ? ' \" * ="}};

constexpr Page accents{
    {"á â ã ä å æ ă ą ç ć č đ", "é è ë ę ğ í ł ñ ń ó ô ö", "ø ß ś š ş ș ț ú ü ý ż ž"}};
constexpr Page accents_shifted{
    {"Á Â Ã Ä Å Æ Ă Ą Ç Ć Č Đ", "É È Ë Ę Ğ Í Ł Ñ Ń Ó Ô Ö", "Ø ẞ Ś Š Ş Ș Ț Ú Ü Ý Ż Ž"}};

const Page& page_of(KeyboardLayout layout, KeyboardPage page) {
  if (page == KeyboardPage::digits) return digits;
  if (page == KeyboardPage::accents) return accents;
  if (page == KeyboardPage::accents_shifted) return accents_shifted;
  const bool shifted = page == KeyboardPage::shifted;
  switch (layout) {
    case KeyboardLayout::latin:
      break;
    case KeyboardLayout::latin_nb:
      return shifted ? nb_shifted : nb;
    case KeyboardLayout::latin_nl:
      return shifted ? nl_shifted : nl;
    case KeyboardLayout::latin_fil:
      return shifted ? fil_shifted : fil;
    case KeyboardLayout::ukrainian:
      return shifted ? uk_shifted : uk;
  }
  return shifted ? latin_shifted : latin;
}

std::vector<std::string_view> keys_of(std::string_view row) {
  std::vector<std::string_view> out;
  while (!row.empty()) {
    const auto space = row.find(' ');
    out.push_back(row.substr(0, space));
    row = space == std::string_view::npos ? std::string_view{} : row.substr(space + 1);
  }
  return out;
}

}  // namespace

KeyboardLayout layout_of(Language language) {
  switch (language) {
    case Language::nb:
      return KeyboardLayout::latin_nb;
    case Language::nl:
      return KeyboardLayout::latin_nl;
    case Language::fil:
      return KeyboardLayout::latin_fil;
    case Language::uk:
      return KeyboardLayout::ukrainian;
    case Language::en:
    case Language::id:
      break;
  }
  return KeyboardLayout::latin;
}

std::vector<std::vector<std::string_view>> keyboard_rows(KeyboardLayout layout, KeyboardPage page,
                                                         Keyboard::For purpose) {
  std::vector<std::vector<std::string_view>> out;
  for (const auto row : page_of(layout, page).rows) out.push_back(keys_of(row));
  const bool own_letters = page == KeyboardPage::letters || page == KeyboardPage::shifted;
  if (purpose == Keyboard::For::email && own_letters) {
    out.back().pop_back();  // an address has no apostrophe that people use
    out.back().push_back("_");
    out.back().push_back(".");
    out.back().push_back("@");
  }
  return out;
}

}  // namespace keepsake::ui
