#include "sync/central/signed_page.hpp"

#include "storage/vault/vault.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/signing.hpp"

namespace keepsake::sync::central {

SignedFeedPage sign_page(const Vault& vault, const Terminal& terminal, const FeedPage& page) {
  SignedFeedPage answer;
  answer.page = encode(page);
  answer.signature =
      bytes64(vault.sign(feed_signing_bytes(terminal.number, terminal.epoch, answer.page)));
  return answer;
}

}  // namespace keepsake::sync::central
