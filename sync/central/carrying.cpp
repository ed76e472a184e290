#include "sync/central/carrying.hpp"

#include <exception>
#include <utility>

#include "storage/domain/values/time.hpp"
#include "storage/engine/database.hpp"
#include "sync/central/feed.hpp"
#include "sync/central/ingest_checks.hpp"
#include "sync/central/register.hpp"
#include "sync/central/terminal_trail.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/compression.hpp"

namespace keepsake::sync::central {

Ingest::Answer Carrying::take(const CarriedBatch& carried, const CarriedBody& body) {
  try {
    if (carried.first) note(carried);
    if (const auto* batch = std::get_if<Batch>(&body))
      return ingest_.take(carried.terminal, carried.epoch, *batch);
    return ingest_.take_opaque(carried.terminal, carried.epoch, std::get<OpaqueRecord>(body));
  } catch (const DatabaseError& error) {
    return as_refusal(error.error());
  } catch (const std::exception&) {
    return as_refusal({Failure::internal, "exception", {}, "carrying", {}});
  }
}

void Carrying::note(const CarriedBatch& carried) {
  Transaction transaction(database_);
  if (find_terminal(database_, carried.terminal))
    add_trail(database_,
              {carried.terminal, carried.epoch, "carried", "", carried.by, clock_.now()});
  if (carried.feed.generation == generation(database_) &&
      carried.feed.position > last_position(database_))
    draw_generation(database_);
  transaction.commit();
}

std::variant<CarriedBody, Refusal> body_in(const CarriedBatch& carried) {
  if (carried.as == CarriedAs::opaque) {
    auto record = decode_opaque_record(carried.body);
    if (!record) return refusal_of_body(record.error());
    return CarriedBody(std::move(*record));
  }
  const auto plain = decompress(carried.body);
  if (!plain) return refusal_of_body(plain.error());
  auto batch = read_batch(*plain);
  if (!batch) return refusal_of_body(batch.error());
  return CarriedBody(std::move(*batch));
}

}  // namespace keepsake::sync::central
