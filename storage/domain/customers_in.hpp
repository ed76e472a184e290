#pragma once
// Whom a fact is about.

#include <vector>

#include "storage/domain/fact.hpp"

namespace keepsake {

/// Under the references that it names, each once; nobody where it names none. Of an event: who earned,
/// not whose doing it was. The undoing of a merge names the merge, whose customers only records know.
std::vector<CustomerRef> customers_in(const Fact& fact);

/// Where it is not there yet; nobody never.
void add_customer(std::vector<CustomerRef>& customers, const CustomerRef& one);

/// What a fact about several people says of one. Only runs of expiry say different things of each;
/// any other fact is one thing that happened to all, and stays whole.
Fact narrowed_to(const CustomerRef& customer, Fact fact);
bool speaks_of_each(FactType type);  ///< narrowed_to() makes something else of it

}  // namespace keepsake
