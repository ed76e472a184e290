#pragma once
// What customers are found by. A key begins with the letter of its kind:
//
//   n  two words of a name, "haugen ingrid" and "ingrid haugen"; of a name of one word, that word.
//      Each pair of its first eight words is a key, and Cyrillic words stand in every Latin
//      spelling too, so that two words typed in any order and script are one range of keys.
//   p  a phone's digits, "+4791234417" and "91234417"; q  the digits backwards, for its end
//   e  an e-mail address     c  a card or key fob, without blanks
//   f  a word of a field of the shop's own, behind the field's key: "customer_no:4711". All fields
//      have keys, whatever the settings say; who searches names those that are looked into
//
// Letters are folded as in words.hpp; apostrophes within a name are left out ("O'Brien" is
// "obrien", and found by "brien" too).

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/customer/profile.hpp"

namespace keepsake::records {

enum class KeyKind : char {
  name = 'n',
  phone = 'p',
  phone_end = 'q',
  email = 'e',
  card = 'c',
  field = 'f'
};

std::vector<std::string> keys_of_name(std::string_view name);
/// Of other contacts than phones, e-mails, cards and key fobs: none.
std::vector<std::string> keys_of_contact(ContactKind kind, std::string_view value);

/// `field`: without "custom.".
std::vector<std::string> keys_of_field(std::string_view field, std::string_view value);

/// Something typed that must be found, with what keys of a person who has it begin with.
struct Term {
  std::vector<std::string> names;   ///< a word, in each spelling
  std::vector<std::string> others;  ///< phone, e-mail, card and own fields
  std::size_t letters = 0;          ///< how much of it was typed
  bool telling = false;             ///< four digits or an e-mail's @: few people have it
};
/// All of the terms must be found, in one reading or another: "anne-marie" is two words of a name
/// or the beginning of an e-mail; "an anna" is two words or, where they lack, one; "ks 0042" a
/// card. `fields`: keys of the own fields that are looked into.
std::vector<std::vector<Term>> readings_of(std::string_view typed,
                                           std::span<const std::string> fields = {});

}  // namespace keepsake::records
