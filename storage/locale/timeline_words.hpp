#pragma once
// What happened to a customer, in the reader's words: on the staff's page and in the document that
// the customer is given.

#include <string>
#include <string_view>

#include "storage/domain/customer/profile.hpp"
#include "storage/domain/loyalty/rules.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/locale/locale.hpp"

namespace keepsake {

/// One line of the history: its kind and its subject. Rewards are named by `rules`.
std::string timeline_title(const Locale& locale, const loyalty::Rules& rules,
                           const TimelineEntry& entry);
/// A reward's name in the programme; one that no longer exists is shown by its id.
std::string reward_name(const Locale& locale, const loyalty::Rules& rules, const std::string& id);
/// What a manager gave or took by hand is named after the reason; empty for all else.
std::string adjustment_name(const Locale& locale, std::string_view id);
/// What staff did with a customer's data: "Data viewed".
std::string audit_words(const Locale& locale, AuditAction action);
std::string tender_name(const Locale& locale, TenderKind kind);

}  // namespace keepsake
