#pragma once
// Records as a batch of many carries them: field by field instead of record by record, so that what is
// alike stands together and compresses. Nothing is known here of what facts say: a body that reads as
// protobuf is taken apart by the numbers of its fields, whatever they mean, and comes back byte for byte;
// any other is kept whole. The format: WIRE.md, Columns.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/domain/record.hpp"

namespace keepsake::sync {

/// Without seq, which rises by one, and hash, which follows from the chain. nullopt: they have too many
/// different fields to be worth it.
std::optional<std::vector<std::string>> to_columns(std::span<const Record> records);

/// `count` records from `first` on, their hashes zero. nullopt: these are no columns of so many records,
/// or what they say is larger than a batch may be.
std::optional<std::vector<Record>> from_columns(std::span<const std::string> columns, Seq first,
                                                std::size_t count);

/// More than any batch of ours has.
inline constexpr std::size_t columns_most = 1024;

}  // namespace keepsake::sync
