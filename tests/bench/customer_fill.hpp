#pragma once
// Customers in the records without a journal, which no search reads: one by one through the
// functions that apply facts, and many at once. That both give the same rows is checked.

#include <filesystem>
#include <string>

#include "storage/vault/vault.hpp"

namespace keepsake::bench {

inline constexpr std::uint64_t people_seed = 7;

/// Through records::apply and settle(), in one transaction.
void fill_by_applying(const std::filesystem::path& database, const Vault& vault, std::size_t size);

/// The same rows computed here and written in the order of their keys, indexes last: many times as
/// fast. Sorting takes half as much of the disk again, beside the database. Both throw
/// std::runtime_error.
void fill_in_bulk(const std::filesystem::path& database, const Vault& vault, std::size_t size);

/// Empty when both hold the same tables, indexes and rows; else the first table that differs.
std::string difference(const std::filesystem::path& one, const std::filesystem::path& other);

}  // namespace keepsake::bench
