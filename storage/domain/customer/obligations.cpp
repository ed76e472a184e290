#include "storage/domain/customer/obligations.hpp"

namespace keepsake {

namespace {

/// Books are kept for whole years after the one they belong to.
Date end_of_books(Date last, std::int64_t years) {
  return (last.year() + std::chrono::years(years)) / std::chrono::December / 31;
}

}  // namespace

std::string_view name_of(KeptFor reason) {
  switch (reason) {
    case KeptFor::wallet:
      return "wallet";
    case KeptFor::debt:
      return "debt";
    case KeptFor::cover:
      return "cover";
    case KeptFor::returns:
      return "returns";
    case KeptFor::bookkeeping:
      return "bookkeeping";
  }
  return "unknown";
}

std::string words_of(const Restriction& restriction) {
  std::string words;
  switch (restriction.reason) {
    case KeptFor::wallet:
      words = "money in the wallet";
      break;
    case KeptFor::debt:
      words = "points owed to the shop";
      break;
    case KeptFor::cover:
      words = "items under cover, by their serial numbers";
      break;
    case KeptFor::returns:
      words = "purchases that may come back, by their receipts";
      break;
    case KeptFor::bookkeeping:
      words = "sales, for bookkeeping";
      break;
  }
  return words + (restriction.until ? ", until " + to_iso(*restriction.until) : ", until settled");
}

std::vector<Restriction> restrictions(const Obligations& of, const KeepingTerms& terms,
                                      Date today) {
  std::vector<Restriction> found;
  const auto add = [&](KeptFor reason, std::optional<Date> until) {
    if (!until || *until >= today) found.push_back({reason, until});
  };
  if (of.wallet_minor != 0) add(KeptFor::wallet, of.wallet_end);
  if (of.debt.hundredths > 0) add(KeptFor::debt, std::nullopt);
  if (of.cover_end) add(KeptFor::cover, of.cover_end);
  if (!of.last_traded) return found;
  if (terms.return_days > 0)
    add(KeptFor::returns,
        from_days(to_days(*of.last_traded) + static_cast<std::int32_t>(terms.return_days)));
  if (terms.bookkeeping_years > 0)
    add(KeptFor::bookkeeping, end_of_books(*of.last_traded, terms.bookkeeping_years));
  return found;
}

bool must_stay(const Obligations& of, Date today) {
  return of.points_good || of.wallet_minor != 0 || of.debt.hundredths != 0 ||
         (of.cover_end && *of.cover_end >= today);
}

}  // namespace keepsake
