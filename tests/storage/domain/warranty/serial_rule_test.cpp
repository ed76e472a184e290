#include "storage/domain/warranty/serial_rule.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/warranty/item.hpp"

using namespace keepsake;

namespace {

std::string by(const char* rule, std::string_view typed) {
  const auto parsed = parse_serial_rule(rule);
  REQUIRE(parsed.ok());
  const auto serial = serial_by(*parsed, typed);
  return serial ? *serial : serial.error().code;
}

std::string rule_of(std::string_view text) {
  const auto rule = parse_serial_rule(text);
  return rule ? rule->text : rule.error().code;
}

std::string some_digits(std::size_t count) {
  return *rc::gen::container<std::string>(count, rc::gen::inRange('0', static_cast<char>('9' + 1)));
}

/// With its check digit; never all noughts.
std::string some_imei() { return *imei_in('3' + some_digits(13)); }

std::string some_vin(char world) {
  std::string vin = *rc::gen::container<std::string>(
      17, rc::gen::elementOf(std::string("ABCDEFGHJKLMNPRSTUVWXYZ0123456789")));
  vin[0] = world;
  for (const char check : std::string("0123456789X")) {
    vin[8] = check;
    if (serial_by({"vin"}, vin).ok()) break;
  }
  return vin;
}

}  // namespace

TEST_CASE("an IMEI is one number however it stands on the phone") {
  // 3GPP TS 23.003 and what GSMA's guidelines print.
  for (const char* typed :
       {"490154203237518", "49-015420-323751-8", "49015420323751", "49-015420-323751",
        "IMEI: 490154203237518", "imei 1: 49 015420 323751 8", "(8002)490154203237518",
        "8002490154203237518", "4901542032375100", "490154203237518/01", " 490154203237518 "}) {
    CAPTURE(typed);
    CHECK(by("imei", typed) == "490154203237518");
  }
  CHECK(by("imei", "35-209900-176148-1") == "352099001761481");
  CHECK(by("imei", "35-209900-176148-23") == "352099001761481");  // with the software's version
  CHECK(by("imei", "35-209900-176148") == "352099001761481");
  CHECK(by("IMEI", "356938035643809") == "356938035643809");
}

TEST_CASE("what no IMEI is") {
  struct Row {
    const char* typed;
    const char* code;
  };
  for (const auto& [typed, code] : std::initializer_list<Row>{
           {"490154203237517", "serial.imei-check"},
           {"490154203237510", "serial.imei-check"},  // 0 for the check digit, as networks send it
           {"490154023237518", "serial.imei-check"},  // two digits changed places
           {"000000000000000", "serial.imei"},        // passes the check, and is no phone's
           {"00000000000000", "serial.imei"},
           {"0000000000000000", "serial.imei"},
           {"4901542032375", "serial.imei"},
           {"49015420323751712", "serial.imei-check"},  // with a version behind it
           {"490154203237518123", "serial.imei"},
           {"A0000000002329", "serial.imei"},       // an MEID, of phones without IMEI
           {"8944200000000000000", "serial.imei"},  // the SIM's ICCID beside it on the box
           {"8944200000000000000F", "serial.imei"},
           {"49015420323751B", "serial.imei"},
           {"490154203237518!", "serial.character"},
           {"", "serial.length"}}) {
    CAPTURE(typed);
    CHECK(by("imei", typed) == code);
  }
}

TEST_CASE("a VIN has 17 signs, none of them I, O or Q") {
  for (const char* good : {"1M8GDM9AXKP042788", "11111111111111111", "5GZCZ43D13S812715",
                           "1HGCM82633A004352", "JH4KA7561PC008269"})
    CHECK(by("vin", good) == good);
  CHECK(by("vin", "vin: 1m8gd-m9axk-p042788") == "1M8GDM9AXKP042788");
  CHECK(by("vin", "1M8GDM9AXKP04278") == "serial.vin");
  CHECK(by("vin", "1M8GDM9AXKP0427889") == "serial.vin");
  CHECK(by("vin", "1M8GDM9AXKPO42788") == "serial.vin-letters");
  CHECK(by("vin", "IM8GDM9AXKP042788") == "serial.vin-letters");
  CHECK(by("vin", "1M8GDM9AXKQ042788") == "serial.vin-letters");
  CHECK(by("vin", "1M8GDM9A1KP042788") == "serial.vin-check");
  CHECK(by("vin", "1M8GDM9AXKP042789") == "serial.vin-check");
}

TEST_CASE("a car from elsewhere needs no check digit; whether it has one is told") {
  CHECK(by("vin", "WVWZZZ1JZ3W386752") == "WVWZZZ1JZ3W386752");
  CHECK(is_unproven({"vin"}, "WVWZZZ1JZ3W386752"));
  CHECK_FALSE(is_unproven({"vin"}, "JH4KA7561PC008269"));  // has one all the same
  CHECK_FALSE(is_unproven({"vin"}, "1M8GDM9AXKP042788"));
  CHECK_FALSE(is_unproven({"vin"}, "1M8GDM9A1KP042788"));  // that is wrong, not in doubt
  CHECK_FALSE(is_unproven({}, "WVWZZZ1JZ3W386752"));
}

TEST_CASE("what peers were told of: VINs") {
  // cardog-ai/corgi#29 and #26, Winfooz/SwiftyVIN#7, idlesign/vininfo#11: cars of Europe refused.
  for (const char* european : {"WVGZZZ5NZEW069297", "WF0KXXGCBKBJ13223", "WVGZZZ5NZJM131395",
                               "W1V44770513858498", "YV1MC5851CJ126651"})
    CHECK(by("vin", european) == european);
  // Equipment-and-Tool-Institute/j1939-84#964: 1 taken for X where the rest is 1.
  CHECK(by("vin", "1XPBDK9X1LD708195") == "1XPBDK9X1LD708195");
  // ngardiner/TWCManager#485: noughts pass the check.
  CHECK(by("vin", "00000000000000000") == "serial.vin");
}

TEST_CASE("what peers were told of: IMEIs") {
  // RepairDesk-BUGS-IMPROVEMENTS#1190: whoever types 14 digits has the 15th worked out.
  CHECK(by("imei", "35693803564380") == "356938035643809");
  // RangeNetworks/dev#22: a nought in place of the last digit. imelgrat/barcode-validator#4: letters.
  CHECK(by("imei", "356938035643800") == "serial.imei-check");
  CHECK(by("imei", "35693803564380X") == "serial.imei");
  // Ai-Thinker-Open/GPRS_C_SDK#263: printed so by its maker; a person sees it.
  CHECK(read_plate({"imei"}, "356938035643800", Plate::as_it_is).value().unfit);
}

TEST_CASE("the patterns of brands") {
  CHECK(by("KK##", "kk-17") == "KK17");
  CHECK(by("KK##", "KK1") == "serial.pattern");
  CHECK(by("KK##", "KK173") == "serial.pattern");
  CHECK(by("KK##", "KX17") == "serial.pattern");
  CHECK(by("KK##", "KKA7") == "serial.pattern");
  CHECK(by("@##|#@@", "A12") == "A12");
  CHECK(by("@##|#@@", "1AB") == "1AB");
  CHECK(by("@##|#@@", "AB1") == "serial.pattern");
  CHECK(by("C02?{9}", "C02XL0GTJGH5") == "C02XL0GTJGH5");  // as Apple built them until 2021
  CHECK(by("?{10,14}", "C02XL0GTJGH5") == "C02XL0GTJGH5");
  CHECK(by("?{10,14}", "C02XL0GTJ") == "serial.pattern");
  CHECK(by("#{4,6}AB", "1234AB") == "1234AB");
  CHECK(by("#{4,6}AB", "123456AB") == "123456AB");
  CHECK(by("#{4,6}AB", "1234567AB") == "serial.pattern");
  CHECK(by("#{7} luhn", "1234566") == "1234566");
  CHECK(by("#{7} luhn", "1234567") == "serial.check-digit");
  CHECK(by("AB#{7} LUHN", "ab 1234566") == "AB1234566");
  CHECK(serial_by({"KK##"}, "KK1").error().where == "KK##");
  CHECK(by("", "whatever 1") == "WHATEVER1");
}

TEST_CASE("a rule is told when it is none") {
  CHECK(rule_of("") == "");
  CHECK(rule_of(" Imei ") == "imei");
  CHECK(rule_of("VIN") == "vin");
  CHECK(rule_of("kk-## / ##.##") == "KK######");
  CHECK(rule_of("kk#{6}|kx#{8} LUHN") == "KK#{6}|KX#{8} luhn");
  for (const char* text :
       {"meid",     "KK17",  "##",    "#{0}",    "#{65}",    "#{3,2}",
        "#{3",      "#{}",   "#{,3}", "#{3,}",

        "#{3,4,5}", "{3}##", "###|",  "|###",    "###||###", "### @@ luhn",
        "luhn",     " luhn", "#*#",   "(#)+###", "Å###",     "###{99999999999999999999}",
        "#{64}#"}) {
    CAPTURE(text);
    CHECK(rule_of(text) == "serial.rule");
  }
  CHECK(rule_of(std::string(201, '#')) == "serial.rule");
  CHECK(check(SerialRule{"IMEI"}).error().code == "serial.rule");  // not as it is kept
  CHECK(check(SerialRule{"KK#{6}|KX#{8} luhn"}).ok());
}

TEST_CASE("what breaks the rule stands where a person saw that it is so") {
  CHECK(read_plate({"imei"}, "490154203237518", Plate::as_it_is).value() ==
        PlateRead{"490154203237518", false});
  CHECK(read_plate({"imei"}, "A0000000-002329", Plate::as_it_is).value() ==
        PlateRead{"A0000000002329", true});
  CHECK(read_plate({"imei"}, "A0000000-002329", Plate::by_rule).error().code == "serial.imei");
  CHECK(read_plate({"imei"}, "!", Plate::as_it_is).error().code == "serial.character");
}

TEST_CASE("a phone is found by 14 digits and by 16, too") {
  CHECK(item_query("35-209900-176148").imei == "352099001761481");
  CHECK(item_query("35-209900-176148-23").imei == "352099001761481");
  CHECK(item_query("352099001761481").imei.empty());
  CHECK(item_query("A0000000002329").imei.empty());
}

TEST_CASE("one wrong digit of an IMEI is always seen, and two that changed places but 0 and 9") {
  CHECK(rc::check("wrong digits", [] {
    const std::string imei = some_imei();
    RC_ASSERT(serial_by({"imei"}, imei).value() == imei);
    const auto at = *rc::gen::inRange<std::size_t>(0, imei.size());
    std::string wrong = imei;
    wrong[at] = *rc::gen::inRange('0', static_cast<char>('9' + 1));
    RC_PRE(wrong != imei);
    RC_ASSERT(serial_by({"imei"}, wrong).error().code == "serial.imei-check");
  }));
  CHECK(rc::check("digits that changed places", [] {
    const std::string imei = some_imei();
    const auto at = *rc::gen::inRange<std::size_t>(0, imei.size() - 1);
    std::string wrong = imei;
    std::swap(wrong[at], wrong[at + 1]);
    RC_PRE(wrong != imei);
    const std::string pair = imei.substr(at, 2);
    RC_ASSERT(serial_by({"imei"}, wrong).ok() == (pair == "09" || pair == "90"));
  }));
}

TEST_CASE("one wrong sign of a North American VIN is seen unless it counts the same") {
  CHECK(rc::check("wrong signs", [] {
    const std::string vin = some_vin('1');
    RC_PRE(serial_by({"vin"}, vin).ok());
    const auto at = *rc::gen::inRange<std::size_t>(1, vin.size());
    std::string wrong = vin;
    wrong[at] = *rc::gen::inRange('0', static_cast<char>('9' + 1));
    RC_PRE(wrong != vin && vin[at] >= '0' && vin[at] <= '9');
    RC_ASSERT(serial_by({"vin"}, wrong).error().code == "serial.vin-check");
  }));
}

TEST_CASE("any text is a rule or told to be none, and any serial is taken or refused at once") {
  CHECK(rc::check("rules", [] {
    const auto sign = rc::gen::elementOf(std::string("#@?AZ09{}|,12 luhn"));
    const auto text = *rc::gen::container<std::string>(sign);
    const auto rule = parse_serial_rule(text);
    if (!rule) return;
    RC_ASSERT(check(*rule).ok());
    RC_ASSERT(parse_serial_rule(rule->text).value() == *rule);
    const auto serial = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("AZ09- ")));
    const auto read = serial_by(*rule, serial);
    if (read) RC_ASSERT(normalise_serial(*read).value() == *read);
  }));
  // What makes a backtracking matcher try for ever.
  std::string hostile;
  for (int i = 0; i < 32; ++i) hostile += "7{1,2}";
  hostile += "@";
  CHECK(rule_of(hostile) == "serial.rule");  // 65 signs
  hostile = "?{1,8}?{1,8}?{1,8}?{1,8}?{1,8}?{1,8}?{1,8}?{1,7}@";
  CHECK(by(hostile.c_str(), std::string(64, '7')) == "serial.pattern");
  CHECK(by(hostile.c_str(), std::string(63, '7') + 'A') == std::string(63, '7') + 'A');
}
