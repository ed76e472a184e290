#pragma once
// What the worker answers with. A question's answer is `on(Work&, const Question&)`, declared beside
// the others of its noun.

#include "kiosk/flow/question.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/services/active_programme.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::app {

struct Work {
  Book& book;
  Reader& reader;  ///< of this thread
  CurrentProgramme& programme;
};

/// The customer as screens show them: the balance is what can be spent at that moment, as on every
/// other page. nullopt: not known.
Result<std::optional<CustomerView>> customer_view(Work& work, const CustomerRef& customer,
                                                  LocalTime at);

/// A gift card as it stands then, with what may be spent of it while head office is not reached.
Result<std::optional<GiftCardView>> gift_card(Work& work, std::string_view card, LocalTime at);

}  // namespace keepsake::app
