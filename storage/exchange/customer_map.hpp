#pragma once
// How another system's customers become ours: the map of `keepsake import customers`, told in
// CUSTOMERS.md.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/customer/field.hpp"
#include "storage/exchange/customer_cells.hpp"
#include "storage/exchange/transcode.hpp"

namespace keepsake {

struct Settings;

enum class Target {
  field,
  contact,
  consent,
  points,
  points_until,
  country,
  member_since,
  spend,  ///< so far, elsewhere
  level
};
/// What a cell holds: one value, several with a separator, or what join_contacts() wrote.
enum class CellForm { one, separated, joined };

struct MapColumn {
  std::string from;       ///< title of the column
  bool optional = false;  ///< a file without such a column is read all the same
  Target target = Target::field;
  std::string field;  ///< of namespace customer_field
  ContactKind kind = ContactKind::phone;
  ConsentPurpose purpose = ConsentPurpose::membership;
  std::string usage;
  CellForm form = CellForm::one;
  char separator = '|';
  std::optional<DateFormat> date;               ///< else the map's
  std::vector<std::string> yes, no;             ///< of a consent or a yes-no field
  std::string wording, language;                ///< of a consent
  std::string wording_from, language_from, on;  ///< columns that say it row by row
};

enum class OnDuplicate { skip, update, add };
enum class Apostrophe { kept, removed };
/// Whose file it is: rows of our own export name customers by their reference.
enum class Source { other, own };

struct CustomerMap {
  Source source = Source::other;
  std::string origin;  ///< with the key it names a customer for ever: "old-till:4711"
  std::string key;     ///< title of a column
  char separator = ',';
  std::string encoding{utf8};         ///< as encoding_named() has it
  std::string calling_code, country;  ///< of phones without a country's code
  std::optional<DateFormat> dates;
  OnDuplicate duplicates = OnDuplicate::skip;
  Apostrophe apostrophe = Apostrophe::kept;
  bool continues = false;  ///< a row without a key belongs to the one before it
  std::vector<MapColumn> columns;
  std::vector<FieldChange> constant_fields;
  std::vector<ContactAddition> constant_contacts;
};

struct MapFile {
  CustomerMap map;
  std::vector<Error> mistakes;  ///< each with file, line, column and remedy
};
MapFile read_customer_map(const std::filesystem::path& file, const Settings& settings);

/// Of a file that `export customers` wrote.
CustomerMap own_map(const std::vector<std::string>& titles, const Settings& settings);
inline constexpr std::string_view own_key = "reference";

/// "name", "custom.club", "phone", "consent.marketing", "points", "country"; nullopt: no target.
std::optional<MapColumn> target_named(std::string_view to,
                                      const std::vector<CustomerField>& declared);

}  // namespace keepsake
