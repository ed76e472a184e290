#pragma once
// A head office over real TLS at which days pass, and whose daily round lets customers leave stores.

#include "storage/domain/chain_settings.hpp"
#include "storage/domain/fact.hpp"
#include "tests/sync/head_office.hpp"

namespace keepsake::sync::test {

/// Stopped, so that the round is over when it is started again.
template <class Work>
void at_closed_office(HeadOffice& office, const Work& work) {
  office.stop();
  {
    auto centre = central::Centre::open(office.data(), {"127.0.0.1", "localhost"}, office.clock);
    REQUIRE_MESSAGE(centre.ok(), (centre.ok() ? "" : to_line(centre.error())));
    work(**centre);
  }
  office.start();
}

inline void publish_settings(HeadOffice& office, const std::string& text) {
  at_closed_office(office, [&](central::Centre& centre) {
    REQUIRE(centre.publishing()
                .publish({0,
                          "settings",
                          "",
                          "anna",
                          {},
                          office.clock.now(),
                          central::PublicationState::waiting},
                         {ChainSettings{text}})
                .ok());
    REQUIRE(centre.publishing().release_due().ok());
  });
}

/// At most 30 at once, so that the clock is believed.
inline void pass_days(HeadOffice& office, int days) {
  at_closed_office(office, [&](central::Centre& centre) {
    office.clock.advance(std::chrono::hours(24 * days));
    for (bool more = true; more;) {
      const auto reader = centre.reader();
      const auto vault = centre.vault_reader();
      const auto passed = centre.dormancies().publish(centre.dormancies().look(**reader, **vault));
      REQUIRE_MESSAGE(passed.ok(), (passed.ok() ? "" : to_line(passed.error())));
      more = passed->more;
    }
  });
}

}  // namespace keepsake::sync::test
