#pragma once
// One row of an import as a customer: values as they will be kept, or what is wrong with them.

#include <optional>
#include <string>
#include <vector>

#include "storage/exchange/csv.hpp"
#include "storage/exchange/customer_map.hpp"

namespace keepsake {

class Clock;
struct Settings;

struct CustomerRow {
  std::uint64_t line = 0;
  std::string key;                  ///< as the source names the customer
  std::vector<FieldChange> fields;  ///< every mapped one; an empty value says that there is none
  std::vector<ContactAddition> contacts;
  std::vector<Consent> consents;     ///< `at` is 0 where the file does not say when
  std::optional<Points> points;      ///< more than none
  std::optional<Date> points_until;  ///< the last day they can be spent, where the file says it
  std::optional<Date> member_since;
  std::int64_t spend_minor = 0;  ///< so far, elsewhere; in the shop's currency
  std::string level;             ///< as the file calls it
};

struct ReadRow {
  CustomerRow row;
  // Each with FILE:LINE:COLUMN (TITLE); never a value.
  std::vector<Error> mistakes;  ///< the row cannot be taken
  std::vector<Error> warnings;  ///< a value was left out, or rounded; the rest of the row stands
  /// continued: more contacts of the row before. blank: nothing that is read.
  enum class Kind { customer, continued, blank } kind = Kind::customer;
};

class RowReader {
 public:
  /// Failure::bad_input "import.column" where the map names a column that the file has not.
  static Result<RowReader> create(const CsvReader& csv, const CsvRecord& titles,
                                  const CustomerMap& map, const Settings& settings,
                                  const Clock& clock);
  /// How many decimals the programme's points have, 0 to 2.
  void round_points_to(int decimals) { points_decimals_ = decimals; }
  ReadRow read(const CsvRecord& record) const;
  /// Titles that nothing reads.
  const std::vector<std::string>& unread() const { return unread_; }
  const std::vector<std::string>& titles() const { return titles_; }

 private:
  struct Bound {
    const MapColumn* column;
    std::size_t at;
    std::optional<std::size_t> wording, language, on;
  };
  class Filling;
  RowReader(const CsvReader& csv, const CustomerMap& map, const Settings& settings,
            const Clock& clock)
      : csv_(&csv), map_(&map), settings_(&settings), clock_(&clock) {}
  Result<std::size_t> position(const std::string& title) const;
  Result<Done> bind();

  const CsvReader* csv_;
  const CustomerMap* map_;
  const Settings* settings_;
  const Clock* clock_;
  std::vector<std::string> titles_, unread_;
  std::size_t key_ = 0;
  int points_decimals_ = 2;
  std::vector<Bound> bound_;
};

}  // namespace keepsake
