#include "sync/agent/answers.hpp"

#include <utility>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/vault/crypto.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/agent/outgoing.hpp"
#include "sync/engine/engine.hpp"
#include "sync/wire/signing.hpp"

namespace keepsake::sync {

Result<CheckedAnswer> check_acknowledgement(Reader& reader, const Enrolment& enrolment,
                                            std::string bytes, Format format) {
  const auto signed_ack = decode_signed_acknowledgement(bytes, format);
  if (!signed_ack) return untrusted(signed_ack.error().where);
  if (!verify_signature(ack_signing_bytes(signed_ack->acknowledgement), view(signed_ack->signature),
                        enrolment.central_sign_public)) {
    return untrusted("signature");
  }
  auto ack = decode_acknowledgement(signed_ack->acknowledgement);
  if (!ack) return untrusted(ack.error().where);
  if (ack->terminal != enrolment.terminal || ack->epoch != enrolment.epoch)
    return untrusted("terminal");
  const auto ours = chain_at(reader, ack->acked);
  if (!ours && ours.error().kind != Failure::not_found) return ours.error();
  if (!ours || *ours != ack->acked_hash) return engine::fork_error();
  return CheckedAnswer{{ack->acked, ack->acked_hash}, std::move(ack->outcomes), std::move(bytes)};
}

Result<FeedPage> check_feed_page(const Enrolment& enrolment, std::string_view bytes,
                                 Format format) {
  const auto signed_page = decode_signed_feed_page(bytes, format);
  if (!signed_page) return untrusted(signed_page.error().where);
  if (!verify_signature(feed_signing_bytes(enrolment.terminal, enrolment.epoch, signed_page->page),
                        view(signed_page->signature), enrolment.central_sign_public))
    return untrusted("signature");
  auto page = decode_feed_page(signed_page->page);
  if (!page) return untrusted(page.error().where);
  return page;
}

Result<bool> begin_other_order(Book& book, const FeedCursor& cursor, const FeedPage& page) {
  if (cursor.generation == 0 || page.generation == cursor.generation) return false;
  if (auto begun = book.begin_feed(page.generation); !begun) return begun.error();
  return true;
}

}  // namespace keepsake::sync
