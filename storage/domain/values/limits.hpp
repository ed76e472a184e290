#pragma once
// Every quantity has a limit. One list, so that a reader sees them together and a screen, the
// journal and the wire agree. Reaching one is Failure::limit with a plain message.

#include <cstddef>
#include <cstdint>

namespace keepsake::limits {

inline constexpr std::size_t name_bytes = 200;   // a person, an article, a store
inline constexpr std::size_t code_bytes = 64;    // article code, serial, card, reference
inline constexpr std::size_t text_bytes = 2000;  // any other free text
inline constexpr std::size_t lines_per_purchase =
    2000;  // the longest real invoice has 1,114; more fit in no fact
inline constexpr std::size_t tenders_per_purchase = 20;
inline constexpr std::size_t lots_per_gift_card = 2000;    // paid in and not spent yet
inline constexpr std::size_t reservations_per_fact = 100;  // a few for each thing that pays
inline constexpr std::size_t receipt_lines = 6;  // address, organisation number, telephone, ...
inline constexpr std::size_t discounts_per_line = 20;
inline constexpr std::size_t articles_per_change = 1000;  // larger catalogues come as several facts
inline constexpr std::size_t article_labels = 16;
inline constexpr std::size_t article_gtins = 20;  // beside its first
inline constexpr std::size_t programme_bytes = 64 * 1024;
inline constexpr std::size_t settings_bytes = 64 * 1024;
inline constexpr std::size_t fact_body_bytes = 192 * 1024;
inline constexpr std::size_t batch_facts = 500;         // one push, see sync/wire/WIRE.md
inline constexpr std::size_t batch_bytes = 256 * 1024;  // compressed
inline constexpr std::size_t batch_bytes_inflated = 4 * 1024 * 1024;
inline constexpr std::size_t feed_entries = 500;       // one page of what comes down
inline constexpr std::size_t feed_bytes = 768 * 1024;  // bodies of its facts; one alone may be all
inline constexpr std::int64_t quantity_thousandths = 1'000'000'000;  // a million pieces or kilos
inline constexpr std::int64_t amount_minor = 1'000'000'000'000;  // one purchase; 10^10 major units
inline constexpr std::size_t customer_contacts = 50;  // of one change; of one customer in view
inline constexpr std::size_t customer_fields = 60;    // declared, and of one change
inline constexpr std::int64_t file_bytes = 10 * 1024 * 1024;  // photo, invoice, document
inline constexpr std::uint64_t image_pixels = 32'000'000;
inline constexpr std::size_t customer_files = 200;      // of one customer
inline constexpr std::size_t search_hits = 100;         // of one search among customers
inline constexpr std::size_t search_skipped = 10'000;   // before them
inline constexpr std::size_t merged_customers = 100;    // references of one person
inline constexpr std::size_t loyalty_entries = 1000;    // rules, rewards, lots of one fact
inline constexpr std::size_t dormant_customers = 500;   // references of one fact
inline constexpr std::size_t staff = 5000;              // of one file
inline constexpr std::size_t codes_per_list = 200'000;  // one file of codes for a reward
inline constexpr std::size_t codes_per_fact = 2500;  // of the longest codes, within a fact's body
inline constexpr std::size_t codes_at_once = 100;    // of a list, handed out in one purchase
inline constexpr std::size_t expiries_per_fact =
    1500;                                           // lots; a longer run of expiry is several facts
inline constexpr std::int32_t cover_months = 600;   // fifty years
inline constexpr std::int32_t cover_days = 18'263;  // the same, with at most 13 leap days
inline constexpr std::size_t covers = 8;            // of one item
inline constexpr std::size_t statutory_covers = 60;  // countries
inline constexpr std::size_t item_events = 50;       // of one item, in view
inline constexpr std::size_t items_found = 50;       // by one look-up
inline constexpr std::size_t consent_texts = 60;     // versions of three purposes over the years
inline constexpr std::int64_t stored_value_months = 600;

}  // namespace keepsake::limits
