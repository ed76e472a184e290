#pragma once
// People who are here twice: keys to find them by, pairs that were told apart.

#include <cstdint>
#include <utility>
#include <vector>

#include "storage/domain/customer/duplicates.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

/// When somebody was enrolled [ms since 1970], and by which fact: of two people who are one, the
/// earlier is kept, also where one import enrolled both.
using Since = std::pair<std::int64_t, Bytes16>;

Result<Done> apply(Applying& applying, const CustomersApart& apart);

/// As Reader::similar_customers.
std::vector<SimilarCustomer> similar(Database& database, const Vault& vault,
                                     const CustomerProfile& candidate, std::size_t limit);
/// As Reader::duplicates. A value that more than 300 people share is not looked at: it is a shop's
/// own phone or a birthday that somebody had to fill in, and tells nobody apart.
std::vector<DuplicatePair> duplicates(Database& database, int least_score, std::size_t limit);

/// Living, kept customers who are not dormant here, in order of their references.
std::vector<CustomerRef> customers_after(Database& database, const CustomerRef& after,
                                         std::size_t limit);

}  // namespace keepsake::records
