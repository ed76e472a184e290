#include "sync/agent/snapshot_fetch.hpp"

#include <algorithm>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/snapshot_intake.hpp"
#include "storage/journal/journal.hpp"
#include "storage/vault/vault.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/wire/compression.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/signing.hpp"

namespace keepsake::sync {

namespace {

/// Own facts that are not in the snapshot are applied on top of it while the writer is kept; a terminal
/// that joins with a history of its own pulls.
constexpr Seq own_on_top_most = 2000;

Error not_sent(const HttpAnswer& answer) {
  return refused_answer(answer, "pull.refused", "Head office did not send what is new",
                        "It will be tried again automatically");
}

Error gone() {
  return {Failure::not_found,
          "snapshot.gone",
          "Head office has another snapshot by now",
          {},
          "It is fetched automatically."};
}

Result<SnapshotOffer> checked(const Enrolment& enrolment, const HttpAnswer& answer) {
  const auto given = decode_signed_snapshot_offer(answer.body, format_of(answer.content_type));
  if (!given) return untrusted(given.error().where);
  if (!verify_signature(snapshot_signing_bytes(enrolment.terminal, enrolment.epoch, given->offer),
                        view(given->signature), enrolment.central_sign_public))
    return untrusted("signature");
  auto offer = decode_snapshot_offer(given->offer);
  if (!offer) return untrusted(offer.error().where);
  return offer;
}

/// Whether the own facts that are in it are the journal's, and few enough are not.
Result<bool> is_for_us(Reader& reader, const SnapshotOffer& offer) {
  const auto head = reader.head();
  if (!head) return head.error();
  const Seq placed = offer.base.placed;
  if (placed > head->seq || head->seq - placed > own_on_top_most) return false;
  if (placed == 0) return true;
  const auto last = reader.read(placed, 1, 1);
  if (!last) return last.error();
  return !last->empty() && last->front().seq == placed && last->front().id == offer.placed_id;
}

}  // namespace

Result<SnapshotFetch::Asked> SnapshotFetch::ask(Book& book, Reader& reader, OfficeLine& line,
                                                const FeedCursor& cursor, bool lost) {
  SnapshotIntake* intake = book.snapshots();
  if (intake == nullptr) return Asked{};
  const auto version = reader.records_version();
  const auto answer = line.transport->exchange(
      {"GET",
       snapshot_path(line.enrolment.terminal, line.enrolment.epoch, cursor, version, lost),
       {},
       {}});
  if (!answer) return answer.error();
  if (answer->status == 503)
    return Asked{nullptr, answer->retry_after.value_or(std::chrono::seconds(1))};
  if (answer->status == 401 || answer->status == 403 || answer->status == 410)
    return not_sent(*answer);
  if (answer->status != 200) return Asked{};  // there is none for us, or it knows no such thing
  auto offer = checked(line.enrolment, *answer);
  if (!offer) return offer.error();
  const auto ours = is_for_us(reader, *offer);
  if (!ours) return ours.error();
  if (!*ours || offer->records != version) return Asked{};
  const auto opened = book.vault().open_sealed(offer->key);
  if (!opened) return untrusted("key");
  auto key = FileKey::from(*opened);
  if (!key) return untrusted("key");
  const auto here = intake->begin(offer->base.id, offer->bytes);
  if (!here) return here.error();
  std::unique_ptr<SnapshotFetch> fetch(new SnapshotFetch(book, line, std::move(*offer), *key));
  fetch->next_ = static_cast<std::uint32_t>(*here / static_cast<std::int64_t>(snapshot_part_bytes));
  if (*here >= fetch->offer_.bytes) fetch->next_ = fetch->offer_.row_parts;
  return Asked{std::move(fetch), {}};
}

Result<bool> SnapshotFetch::step() {
  const std::uint32_t all = offer_.row_parts + offer_.key_parts;
  if (next_ >= all) return true;
  const Enrolment& enrolment = line_.enrolment;
  const auto answer = line_.transport->exchange(
      {"GET",
       snapshot_part_path(enrolment.terminal, enrolment.epoch, offer_.base.id, next_),
       {},
       {}});
  if (!answer) return answer.error();
  if (answer->status == 404) {
    (void)book_.snapshots()->drop();
    return gone();
  }
  if (answer->status != 200) return not_sent(*answer);
  const auto kept = next_ < offer_.row_parts ? keep_rows(answer->body)
                                             : book_.vault().accept_keys_in(
                                                   key_, offer_.base.id.bytes, next_, answer->body);
  if (!kept) return kept.error().code == "vault.sealed" ? untrusted("part") : kept.error();
  ++next_;
  return next_ == all;
}

Result<Done> SnapshotFetch::keep_rows(const std::string& sealed) {
  const auto packed = key_.open(offer_.base.id.bytes, next_, sealed);
  if (!packed) return untrusted("part");
  const auto rows = decompress(*packed, snapshot_part_bytes);
  if (!rows) return untrusted("part");
  const auto at = static_cast<std::int64_t>(next_) * static_cast<std::int64_t>(snapshot_part_bytes);
  const bool last = next_ + 1 == offer_.row_parts;
  const auto wanted = last ? offer_.bytes - at : static_cast<std::int64_t>(snapshot_part_bytes);
  if (static_cast<std::int64_t>(rows->size()) != wanted) return untrusted("part");
  return book_.snapshots()->put(offer_.base.id, at, *rows);
}

Result<Done> SnapshotFetch::take() {
  return book_.snapshots()->take(offer_.base, offer_.content, snapshot_part_bytes, offer_.outcomes);
}

SnapshotArriving SnapshotFetch::progress() const {
  const auto here =
      static_cast<std::int64_t>(next_) * static_cast<std::int64_t>(snapshot_part_bytes);
  return {std::min(here, offer_.bytes), offer_.bytes};
}

}  // namespace keepsake::sync
