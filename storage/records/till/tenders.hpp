#pragma once

#include <vector>

#include "storage/records/core/applying.hpp"

namespace keepsake {
struct Tender;
}  // namespace keepsake

namespace keepsake::records {

void put_tenders(Applying& applying, const std::vector<Tender>& tenders);
std::vector<Tender> tenders_of(Database& database, FactId fact, Currency currency);

}  // namespace keepsake::records
