#pragma once
// Rows of customers into a book. What a source says is compared with what it said at the last
// import, so that the same file adds nothing, a changed row changes only what changed in it, and
// what the shop has corrected since stays corrected.

#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "storage/domain/customer/duplicates.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "storage/exchange/customer_row.hpp"
#include "storage/services/loyalty_events.hpp"

namespace keepsake {

class Book;
class Reader;

inline constexpr std::size_t import_rows_per_commit = 500;
inline constexpr std::size_t most_import_rows = 2'000'000;

enum class Writing { yes, no };  ///< no: everything is checked and nothing recorded

struct ImportCounts {
  std::uint64_t rows = 0;
  std::uint64_t added = 0, changed = 0, unchanged = 0;
  std::uint64_t duplicates = 0;  ///< certain ones, whatever was done with them
  std::uint64_t skipped = 0;     ///< duplicates left out, and people who were erased here
  std::uint64_t refused = 0;
  std::uint64_t warned = 0;  ///< rows that were taken without a value, or with a rounded one
  std::uint64_t points_hundredths = 0;  ///< opening balances granted
};

/// Something about a row that a person should know: `error.kind` is refused for a row that was left
/// out on purpose (a duplicate, an erased person), bad_input for one that is wrong.
struct RowReport {
  enum class Of { row, value };  ///< what was left out: the row, or a value (or it was rounded)
  std::uint64_t line = 0;
  Error error;
  Of of = Of::row;
};

/// A row as the file has it.
struct RawRow {
  std::uint64_t line = 0;
  std::vector<std::string> fields;
};

/// Whether new customers earn what the programme gives for joining.
enum class Welcome { no, yes };

class CustomerImport {
 public:
  /// `raw`: the row and those that continue it.
  using Report = std::function<void(const RowReport& report, std::span<const RawRow> raw)>;

  /// `where` names a line in reports. Everything referred to must outlive the import.
  CustomerImport(Book& book, Reader& reader, const CustomerMap& map, Actor actor, Writing writing,
                 std::function<std::string(std::uint64_t line)> where, Report report,
                 Welcome welcome = Welcome::no);

  /// Failure::refused "import.programme" when points have no programme to stand under.
  Result<Done> begin();
  /// How many decimals the programme's points have; 2 where no points are brought.
  int points_decimals() const;
  /// `raw`: the fields as the file has them, for the report. A row waits for those that continue
  /// it.
  Result<Done> take(ReadRow read, std::vector<std::string> raw);
  Result<Done> finish();  ///< takes and records what is left
  const ImportCounts& counts() const { return counts_; }

 private:
  struct Pending {
    CustomerRow row;
    std::vector<RawRow> raw;
    std::string origin;
    std::string digests;
    std::vector<Fact> facts;
    enum class Kind { added, changed, unchanged } kind = Kind::added;
    std::uint64_t points = 0;
    Traits traits;
  };

  struct Held {
    ReadRow read;
    std::vector<RawRow> raw;
  };

  void join_held(ReadRow read, RawRow raw);
  Result<Done> take_held();
  void refuse(std::uint64_t line, std::span<const RawRow> raw, Error error);
  bool twin_in_batch(const Traits& traits, const std::vector<std::string>& marks) const;
  Result<Done> decide(CustomerRow row, std::vector<RawRow> raw);
  Result<std::optional<CustomerRef>> known_as(const CustomerRow& row, const std::string& origin);
  Result<Done> change(Pending pending, const CustomerProfile& now, std::string_view before);
  Result<Done> add(Pending pending);
  Result<Done> meet_duplicate(Pending pending, const SimilarCustomer& twin,
                              std::string_view before);
  /// What the row brings of the time before, as one event; none where it brings nothing.
  std::optional<Fact> opening_balance(const CustomerRef& ref, const CustomerRow& row) const;
  std::optional<Error> take_level(CustomerRow& row) const;
  Result<Done> enrol(std::vector<Pending>& batch);
  Result<Done> welcome(std::vector<Pending>& batch, std::span<const CustomerRef> refs);
  Result<Done> put(Pending pending);
  Result<Done> commit();
  Result<Done> record(std::span<const Pending> batch);
  void count(const Pending& pending);

  Book& book_;
  Reader& reader_;
  const CustomerMap& map_;
  Actor actor_;
  Writing writing_;
  std::function<std::string(std::uint64_t)> where_;
  Report report_;
  Welcome welcome_;
  ActiveProgramme programme_;
  ImportCounts counts_;
  std::optional<Held> held_;
  std::vector<Pending> batch_;
  std::multimap<std::string, std::size_t> in_batch_;  // by what a row of the batch is recognised
  std::set<std::uint64_t> keys_seen_;                 // hashes, of the whole file
};

}  // namespace keepsake
