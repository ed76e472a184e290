#include "kiosk/devices/escpos.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <sstream>

#include "kiosk/devices/paper.hpp"
#include "kiosk/devices/qr.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/values/utf8.hpp"
#include "tests/kiosk/devices/sample.hpp"

using namespace keepsake;
using namespace keepsake::devices;

namespace {

std::string printed(const Receipt& receipt, const PrinterProfile& profile = {}) {
  const auto paper = interpret(to_escpos(receipt, profile));
  REQUIRE(paper.ok());
  return text_of(*paper);
}

std::string printed(std::string left, std::string right = "", const PrinterProfile& profile = {}) {
  std::string text = printed(Receipt{"1", {TextLine{std::move(left), std::move(right)}}}, profile);
  // After the words come the two fed lines before the cut.
  REQUIRE(text.ends_with("\n\n\n"));
  text.resize(text.size() - 3);
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::size_t columns_of(const std::string& utf8) {
  return printable(utf8, Cyrillic::wpc1251).size();
}

}  // namespace

TEST_CASE("a small receipt byte for byte") {
  const Receipt receipt{"1",
                        {TextLine{"Bø", "", Style::title, Align::centre}, TextLine{"Чай", "9,00"},
                         TextLine{"Total", "€ 9,00", Style::total}, QrCode{"KR1"}}};
  using namespace std::string_literals;
  const std::string expected =
      "\x1B@\x1C.\x1BR\0\x1Bt\x10\x1B\x33\x1E"s  // init, one-byte, ASCII, 1252, 30 dots
      "\x1D!\x11\x1B\x61\x01"
      "B\xF8\n\x1B\x61\0\x1D!\0"s  // title
      "\x1Bt\x2E\xD7\xE0\xE9"s +
      std::string(41, ' ') + "9,00\n"s +
      "\x1B"
      "E\x01\x1D!\x11Total"s +
      std::string(13, ' ') +
      "\x88 9,00\n\x1D!\0\x1B"
      "E\0"s
      "\x1B\x61\x01"s
      "\x1D(k\x04\0"
      "1A2\0"s
      "\x1D(k\x03\0"
      "1C\x06"s
      "\x1D(k\x03\0"
      "1E1"s
      "\x1D(k\x06\0"
      "1P0KR1"s
      "\x1D(k\x03\0"
      "1Q0"s
      "\x1B\x61\0"s
      "\x1B"
      "d\x02\x1DVB\0"s;
  CHECK(to_escpos(receipt, {}) == expected);
  CHECK(drawer_kick() == "\x1Bp\0\x32\xFA"s);
}

TEST_CASE("a whole sale reads well") {
  CHECK(printed(sample::receipt(), {42, Cyrillic::wpc1251}) ==
        "Haugen\n"
        "Torggata 12, 0183 Oslo\n"
        "Org.nr. 912 345 678 MVA\n"
        "Oslo 2\n"
        "\n"
        "Receipt 3-000417          2026-11-21 15:02\n"
        "Till 3                      Served by Kari\n"
        "──────────────────────────────────────────\n"
        "Kettle                              299.00\n"
        "  Week offer                        -10.00\n"
        "  Warranty until 2028-11-20\n"
        "  Serial no. ab-123\n"
        "Cheese                              147.66\n"
        "  0.742 kg × 199.00\n"
        "──────────────────────────────────────────\n"
        "Total      NOK 436.66\n"
        "\n"
        "Rounding                              0.34\n"
        "Cash                                500.00\n"
        "Change                               63.00\n"
        "\n"
        "Including VAT 15 %                   19.26\n"
        "Including VAT 25 %                   57.80\n"
        "You saved                            10.00\n"
        "──────────────────────────────────────────\n"
        "Member                           Ingrid H.\n"
        "Previous points                       1284\n"
        "Points earned                           43\n"
        "Points balance                        1327\n"
        "\n"
        "KR7Q2M9F3MX4TB\n"
        "\n"
        "Thank you!\n"
        "\n"
        "\n");
}

TEST_CASE("a receipt says what points and gift cards paid and what is left") {
  Purchase p = sample::purchase();
  p.tenders = {
      {TenderKind::points, sample::money(6000), sample::money(6000), ""},
      {TenderKind::gift_card, sample::money(30000), sample::money(30000), "GC4417000012345678"},
      {TenderKind::wallet, sample::money(7666), sample::money(7666), ""}};
  p.cash_rounding = sample::money(0);
  p.loyalty.emplace();
  p.loyalty->used = {{{}, {50000}}, {{}, {10000}}};
  p.loyalty->rewards = {{"boat", "", 1, {50000}, sample::money(0), {"FJORD-7K2M"}}};
  ReceiptHead head = sample::head();
  head.points_before = Points{188400};
  head.points_from = {{"Fjord Club", {3300}}, {"Double week", {1000}}};
  head.values_left = {{"··5678", sample::money(12500), parse_date("2028-11-21").value()},
                      {"", sample::money(0)}};
  const std::string text = printed(make_receipt(p, head, {}, {}), {42, Cyrillic::wpc1251});
  const auto says = [&](const char* words) { return text.find(words) != std::string::npos; };
  CHECK(says("Points                               60.00\n"));
  CHECK(says("Gift card ··5678                    300.00\n"));
  CHECK(says("Wallet                               76.66\n"));
  CHECK(says("Gift card balance ··5678            125.00\n"));
  CHECK(says("  Valid until 2028-11-21\n"));
  CHECK(says("Wallet balance                        0.00\n"));
  CHECK(says("Points used                           -600\n"));
  CHECK(says("Points earned                           43\n"));
  CHECK(says("  Double week                           10\n"));
  CHECK(says("Voucher                         FJORD-7K2M\n"));
  CHECK_FALSE(says("GC4417"));  // whoever finds the paper must not find the card
}

TEST_CASE("a return says what was given back") {
  Return r;
  r.at = {{1'795'269'727'123}, 60};
  r.currency = sample::nok();
  r.lines.push_back({"K-100", "Kettle", Quantity::pieces(2), sample::money(57800),
                     sample::money(11560), std::nullopt, std::nullopt});
  r.reason = "Does not boil";
  r.total = sample::money(57800);
  r.tax = sample::money(11560);
  r.tenders = {{TenderKind::card, r.total, r.total, "ref 7"}};
  r.points_reversed = {5700};
  ReceiptHead head;
  head.shop = "Haugen";
  head.number = "3-9";
  head.points_after = Points{0};
  const std::string text = printed(make_receipt(r, head, {}, {}));
  CHECK(text ==
        "Haugen\n\n"
        "Return 3-9                      2026-11-21 15:02\n"
        "────────────────────────────────────────────────\n"
        "Kettle × 2                                578.00\n"
        "Does not boil\n"
        "────────────────────────────────────────────────\n"
        "Refunded      NOK 578.00\n\n"
        "Card ref 7                                578.00\n\n"
        "Including VAT                             115.60\n"
        "────────────────────────────────────────────────\n"
        "Points deducted                              -57\n"
        "Points balance                                 0\n\n"
        "Thank you!\n\n\n");
}

TEST_CASE("the letters of all six languages are printed as they are") {
  const char* alphabets[] = {"The quick brown fox jumps over a lazy dog 01234",
                             "ÆØÅ æøå é ò ü",
                             "Één reünie, façade, ‘s avonds, coördinatie, ïÏ",
                             "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУ",
                             "ФХЦЧШЩЬЮЯ абвгґдеєжзиіїй",
                             "клмнопрстуфхцчшщьюя №",
                             "Terima kasih, Rp 12.500, é",
                             "Ñ ñ Á á É é Í í Ó ó Ú ú",
                             "£ € © ® ° × – — … • “ ” ’"};
  for (const char* text : alphabets) {
    CAPTURE(text);
    CHECK(printed(text) == text);
  }
}

TEST_CASE("what no page has is said in the letters at hand") {
  CHECK(printed("499 ₴") == "499 грн");
  CHECK(printed("₱499") == "P499");
  CHECK(printed("₽ ₹ ₨ ₺ ৳ ₫ ₩ ฿ ₪") == "P Rs Rs TL Tk VND KRW THB ILS");
  CHECK(printed("₦ ₡ ₲ ₭ ₮ ₵ ₸ ₾ ₼ ៛") ==
        "NGN CRC PYG LAK MNT GHS KZT GEL AZN KHR");
  CHECK(printed("−10") == "-10");
  CHECK(printed("1\xC2\xA0"
                "284\xE2\x80\xAF"
                "000") == "1 284 000");
  CHECK(printed("об\xCA\xBC"
                "єкт") == "об'єкт");
  CHECK(printed("Łódź, Dvořák, Ğ") == "Lódz, Dvorák, G");
  CHECK(printed("Phở Nguyễn, Hồ Chí Minh, Đặng") == "Pho Nguyen, Ho Chí Minh, Dang");
  CHECK(printed("Țuică Ștefan, Žluťoučký kůň") == "Tuica Stefan, Žlutoucký kun");
  CHECK(printed("漢😀") == "Han");
  CHECK(printed("王小明, Γιώργος, סאם") == "Wang Xiao Ming, Giorgos, S'm");
  CHECK(printed("Қазақ Ұлы Өркен Үміт Әлем") == "Казак Улы Оркен Уміт Алем");
  CHECK(printed("Zoë 🎂 Smith") == "Zoë  Smith");
  CHECK(printed("e\xCC\x81") == "é");  // typed in two: the letter has its mark
  CHECK(printed("o\xCC\x9B\xCC\x89") == "o");
  // Older Cyrillic printers: the Latin i looks the same, ґ becomes г.
  const PrinterProfile older{48, Cyrillic::pc866};
  CHECK(printed("Ґанок і Їжак, єнот", "", older) == "Ганок i Їжак, єнот");
}

TEST_CASE("no letter of the scripts that are known becomes a question mark") {
  // Latin for Europe, Africa and Vietnam, Greek, Cyrillic, Armenian, Georgian, Arabic, Hebrew,
  // Thai, kana, Han, Hangul.
  const std::pair<char32_t, char32_t> blocks[] = {
      {0xC0, 0x17F},    {0x186, 0x186},   {0x18E, 0x191},   {0x218, 0x21B},  {0x254, 0x25B},
      {0x1E00, 0x1E9E}, {0x1EA0, 0x1EFF}, {0x391, 0x3A1},   {0x3A3, 0x3CE},  {0x400, 0x45F},
      {0x490, 0x491},   {0x531, 0x556},   {0x10D0, 0x10F0}, {0x621, 0x63A},  {0x5D0, 0x5EA},
      {0xE01, 0xE2E},   {0x3041, 0x3094}, {0x4E00, 0x4F00}, {0xAC00, 0xAD00}};
  for (const auto& [first, last] : blocks) {
    for (char32_t point = first; point <= last; ++point) {
      std::string text;
      append_code_point(text, point);
      CAPTURE(static_cast<unsigned>(point));
      for (const auto cyrillic : {Cyrillic::wpc1251, Cyrillic::pc866})
        CHECK(printable(text, cyrillic).find(U'?') == std::u32string::npos);
    }
  }
}

TEST_CASE("a receipt on narrow paper has no line that is wider") {
  for (const PrinterProfile& profile :
       {profile_of(58, 0), profile_of(58, 42), profile_of(80, 0), profile_of(80, 42)}) {
    for (const Receipt& receipt :
         {sample::receipt(), Receipt{"1", {QrCode{std::string(QrCode::payload_bytes, 'x')}}}}) {
      const auto paper = interpret(to_escpos(receipt, profile)).value();
      for (const PaperItem& item : paper) {
        int wide = 0;
        if (const auto* row = std::get_if<PaperRow>(&item))
          for (const Glyph& glyph : row->glyphs) wide += glyph.wide;
        CHECK(wide <= profile.columns);
        if (const auto* code = std::get_if<PaperQr>(&item))
          CHECK(code->module_dots * (qr_of(code->payload).across + 8) <= profile.dots);
      }
    }
  }
  CHECK(profile_of(58, 0).columns == 32);
  CHECK(profile_of(80, 0).columns == 48);
  CHECK(profile_of(80, 42).columns == 42);
}

TEST_CASE("an amount wider than the paper goes on and is not cut") {
  const std::string amount = "IDR 1.999.999.999.999.999.999,00 and more";
  CHECK(printed("", amount, profile_of(58, 0)) == amount.substr(0, 32) + "\n" +
                                                      std::string(32 - (amount.size() - 32), ' ') +
                                                      amount.substr(32));
}

TEST_CASE("texts cannot give the printer orders") {
  CHECK(printed("a\x1B@\x1Dz\n") == "a @ z");
  CHECK(printed("\xFF\x9B") == "??");
}

TEST_CASE("long names wrap and keep their figure") {
  const auto rows = lines_of(printed(
      "Espresso machine with milk frother, brushed stainless steel, 1.8 litre tank", "12 499.00"));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0] == "Espresso machine with milk frother, brushed");
  CHECK(rows[1] == "stainless steel, 1.8 litre tank        12 499.00");
  // The name fits a line of its own but not beside the figure: its last word moves down.
  CHECK(printed("Espresso machine with frother, 1.8 litre", "12 499.00") ==
        "Espresso machine with frother, 1.8\nlitre                                  12 499.00");
  CHECK(printed("  a discount reason so long that it needs another line of paper") ==
        "  a discount reason so long that it needs\n  another line of paper");
  const std::string endless(100, 'x');
  CHECK(printed(endless) == std::string(48, 'x') + "\n" + std::string(48, 'x') + "\nxxxx");
  CHECK(printed(std::string(48, 'x'), "1.00") ==
        std::string(48, 'x') + "\n" + std::string(44, ' ') + "1.00");
  CHECK(printed("Served", std::string(40, 'y')) == "Served\n        " + std::string(40, 'y'));
  CHECK(printed("", "1.00") == std::string(44, ' ') + "1.00");
}

TEST_CASE("any line fits its columns and loses no word") {
  CHECK(rc::check("wrapping", [] {
    std::string text;
    std::string words;
    const auto count = *rc::gen::inRange(0, 30);
    for (int i = 0; i < count; ++i) {
      const std::string word(*rc::gen::inRange<std::size_t>(1, 20),
                             *rc::gen::element('a', 'b', 'z'));
      text += std::string(*rc::gen::inRange<std::size_t>(1, 4), ' ') + word;
      words += word;
    }
    const std::string right(*rc::gen::inRange<std::size_t>(0, 60), '9');
    const int columns = *rc::gen::element(32, 42, 48, 64);
    const auto style = *rc::gen::element(Style::normal, Style::bold, Style::title, Style::total);
    const auto paper =
        interpret(to_escpos(Receipt{"1", {TextLine{text, right, style, Align::left}}}, {columns}));
    RC_ASSERT(paper.ok());
    std::string seen;
    for (const auto& item : *paper) {
      const auto* row = std::get_if<PaperRow>(&item);
      if (!row) continue;
      int wide = 0;
      for (const Glyph& glyph : row->glyphs) {
        wide += glyph.wide;
        if (glyph.point != U' ') seen += static_cast<char>(glyph.point);
      }
      RC_ASSERT(wide <= columns);
    }
    RC_ASSERT(seen == words + right);
  }));
}

TEST_CASE("any text becomes bytes that are understood") {
  CHECK(rc::check("arbitrary bytes", [](const std::string& left, const std::string& right) {
    const auto cyrillic = *rc::gen::element(Cyrillic::wpc1251, Cyrillic::pc866);
    RC_ASSERT(interpret(to_escpos(Receipt{"1", {TextLine{left, right}}}, {48, cyrillic})).ok());
  }));
  CHECK(rc::check("arbitrary orders", [](const std::string& bytes) {
    const auto paper = interpret(bytes);
    if (!paper) RC_ASSERT(paper.error().code == "escpos.unknown");
  }));
}

TEST_CASE("forty lines all arrive") {
  Purchase p = sample::purchase();
  p.lines.resize(40, p.lines[1]);
  for (std::size_t i = 0; i < p.lines.size(); ++i) p.lines[i].name = "Article " + std::to_string(i);
  const std::string text = printed(make_receipt(p, sample::head(), {}, {}));
  for (const auto& line : lines_of(text)) CHECK(columns_of(line) <= 48);
  for (std::size_t i = 0; i < p.lines.size(); ++i)
    CHECK(text.find("\nArticle " + std::to_string(i) + " ") != std::string::npos);
}

TEST_CASE("a total too long for large letters stays on one line") {
  const Receipt receipt{"1", {TextLine{"Total to be paid", "IDR 123 456 789", Style::total}}};
  const auto paper = interpret(to_escpos(receipt, {})).value();
  const auto& row = std::get<PaperRow>(paper[0]);
  CHECK(row.glyphs.size() == 48);
  CHECK(row.glyphs[0].high == 2);
  CHECK(row.glyphs[0].wide == 1);
  CHECK(row.glyphs[0].bold);
}

TEST_CASE("orders outside of the subset are named") {
  for (const std::string bytes :
       {"\x1B", "\x1BX1", "\x1D", "\x1D(k", "\x1D(k\x01", "\x1DV1", "\x07", "ok\x1Bt\x63",
        "\x1B"
        "a\x02",
        "\x1Bp1"}) {
    const auto paper = interpret(bytes);
    REQUIRE(!paper);
    CHECK(paper.error().code == "escpos.unknown");
  }
  CHECK(interpret("ok\x1Bt\x63").error().where == "byte 2");
  CHECK(interpret(drawer_kick()).ok());
}
