#pragma once
// What the commands about customers share.

#include <string>
#include <string_view>
#include <utility>

#include "kiosk/cli/program.hpp"
#include "storage/domain/customer/consent_text.hpp"
#include "storage/domain/customer/file.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/loyalty/lots.hpp"
#include "storage/domain/loyalty/points_story.hpp"
#include "storage/domain/loyalty/rules.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/warranty/warranty.hpp"
#include "storage/services/customers.hpp"

namespace keepsake {
class Locale;
class Reader;
struct Settings;
}  // namespace keepsake

namespace keepsake::cli {

/// A reference (32 digits), card, phone or e-mail. Failure::not_found "customer.unknown".
Result<CustomerRef> find_customer(Reader& reader, const Settings& settings, std::string_view who);

/// As find_customer, or by the name that an import gave: "online-retail:17850".
Result<CustomerRef> find_anybody(Reader& reader, const Settings& settings, std::string_view who);

/// "--set FIELD=VALUE" and so on, as `customer change` takes them.
struct WrittenChange {
  std::vector<std::string> sets, adds, removes;
};
Result<ProfileChange> read_change(const WrittenChange& written);

/// The customer that a command is about, and whose hand it is.
struct OpenCustomer {
  OpenBook open;
  CustomerRef ref;
  Actor actor;
};
/// Failure as Program::open_book and find_customer.
Result<OpenCustomer> open_customer(Program& program, std::string_view who,
                                   const std::string& staff);
/// To look only, which works while the kiosk is open; the look is in the audit trail then.
Result<OpenCustomer> look_at_customer(Program& program, std::string_view who,
                                      const std::string& staff);

/// Everything that is kept of a person, for the person: profile, consents, merges, the whole
/// timeline, every purchase with its lines and payments, what moved the points, and who looked.
struct CustomerFile {
  CustomerProfile profile;
  Points balance;
  std::vector<MergeRecord> merges;
  std::vector<TimelineEntry> timeline;
  std::vector<AttachedFile> files;
  std::vector<std::pair<FactId, Purchase>> purchases;  ///< newest first, as in the timeline
  std::vector<PointsEntry> story;                      ///< what moved the points, newest first
  std::vector<loyalty::Lot> lots;                      ///< the points there are, and until when
  Money wallet;
  std::vector<WarrantySummary> warranties;
  std::vector<AuditEntry> looks;        ///< newest first
  std::vector<ConsentText> texts = {};  ///< the shop's own, by which consents are shown in words
  loyalty::Rules rules = {};            ///< of the programme now, which names rewards
};
Result<CustomerFile> read_customer_file(OpenBook& open, Reader& reader, const CustomerRef& ref);

Json to_json(const CustomerProfile& profile);
Json to_json(const std::vector<Restriction>& kept);
Json to_json(const TimelineEntry& entry);
Json to_json(const CustomerFile& file);

/// A file's name in an export: its own, made harmless, behind the beginning of its hash.
std::string safe_name(const AttachedFile& file);
Json to_json(const std::vector<AttachedFile>& files);

/// A readable A4 document in the language of `locale` (customer_document.hpp).
Result<std::string> to_pdf(const CustomerFile& file, const Settings& settings,
                           const Locale& locale);

// Subcommands of `customer`.
void add_customer_files(Command& customer, Program& program);
void add_customer_find(Command& customer, Program& program);
void add_customer_look_up(Command& customer, Program& program);
void add_customer_export(Command& customer, Program& program);
void add_customer_changes(Command& customer, Program& program);
void add_customer_join(Command& customer, Program& program);

}  // namespace keepsake::cli
