#pragma once
// What of a batch has to hold, whoever brought it.

#include <optional>
#include <string_view>

#include "sync/central/register.hpp"
#include "sync/serving/refusal.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake::sync::central {

/// As decode_batch; where the batch came without hashes of its records, they are what its chain gives.
Result<Batch> read_batch(std::string_view bytes, Format format = Format::binary);

/// Gapless from first to last; the codec promises it, but a batch may come from elsewhere.
bool well_formed(const Batch& batch);
Refusal gaps_refusal();  ///< 400
/// Each record's hash follows from the one before it, from base_hash to head_hash.
bool chain_holds(const Batch& batch);
/// 400 "batch.signature" unless it is signed by this terminal under its epoch.
std::optional<Refusal> signed_by(const Terminal& terminal, const Batch& batch);
/// 400 "batch.chain" unless the chain holds.
std::optional<Refusal> unbroken(const Batch& batch);
/// Whether terminal and centre agree at the highest seq that both hold. batch.first is at most the
/// cursor + 1.
bool same_history(Database& database, const Terminal& terminal, const Batch& batch);

}  // namespace keepsake::sync::central
