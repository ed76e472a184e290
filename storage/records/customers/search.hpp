#pragma once
// The index that searching among customers uses: one row a key (search_keys.hpp), written by
// settle(). A merge changes no row: what is found is answered as the customer that is kept.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/customer/search.hpp"
#include "storage/engine/database.hpp"

namespace keepsake::records {

/// Brings the index up to `keys`. Gives what the column customer.search must become; settle()
/// writes it.
std::string put_search_keys(Database& database, const CustomerRef& customer,
                            std::vector<std::string> keys);
void drop_search_keys(Database& database, const CustomerRef& customer);

/// As Reader::search_customers().
std::vector<CustomerHit> search_customers(Database& database, std::string_view typed,
                                          std::size_t limit, std::size_t skip = 0,
                                          std::span<const std::string> fields = {});

/// The keys of one person's references that nobody else has: a file that holds one still holds
/// them.
std::vector<std::string> telling_keys(Database& database, std::span<const CustomerRef> refs);

/// Who has exactly this key, longest a customer first; the kept reference.
std::optional<CustomerRef> holder_of_key(Database& database, std::string_view key);

}  // namespace keepsake::records
