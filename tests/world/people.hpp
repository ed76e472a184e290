#pragma once
// Who and what there is in a world, whichever till has heard of it.

#include <string>
#include <vector>

#include "storage/domain/values/ids.hpp"

namespace keepsake::world {

struct People {
  struct Member {
    CustomerRef ref;
    std::string card;
  };
  std::vector<Member> members;
  std::vector<std::string> gift_cards;
  std::vector<FactId> purchases;
  std::vector<FactId> merges;
};

inline constexpr std::size_t price_list_length = 40;  ///< longer than what a till places at once
std::string listed_article(std::size_t n);            ///< one of the price list
inline constexpr std::size_t own_articles = 6;
std::string own_article(std::size_t n);  ///< whose price tills change

}  // namespace keepsake::world
