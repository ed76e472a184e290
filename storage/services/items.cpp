#include "storage/services/items.hpp"

#include <algorithm>
#include <charconv>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/services/receipt_code.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {
namespace {

/// A receipt's number is short; longer ones are serials and barcodes.
constexpr std::size_t receipt_digits = 9;

Result<std::optional<FactId>> numbered(Reader& reader, std::string_view text) {
  if (text.empty() || text.size() > receipt_digits || !is_all_digits(text))
    return std::optional<FactId>();
  Seq number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return fact_numbered(reader, number);
}

Result<std::optional<CustomerRef>> member_named(Book& book, Reader& reader,
                                                const std::string& words) {
  auto member = reader.customer_by_card(without_blanks(words));
  if (!member || *member) return member;
  const Settings& settings = book.settings();
  const auto phone = normalise_phone(words, settings.calling_code, settings.country);
  return phone ? reader.customer_by_phone(*phone) : std::optional<CustomerRef>();
}

/// Each once: a serial may be a receipt's number.
void add(std::vector<ItemView> more, std::vector<ItemView>& items) {
  for (ItemView& each : more)
    if (std::ranges::find(items, each.id, &ItemView::id) == items.end())
      items.push_back(std::move(each));
}

}  // namespace

Result<ItemsNamed> items_named(Book& book, Reader& reader, std::string_view words) {
  const std::string text = tidied(words);
  ItemsNamed named;
  const auto look = [&](ItemLookUp by) -> Result<Done> {
    auto found = reader.items(by);
    if (!found) return found.error();
    add(*std::move(found), named.items);
    return Done{};
  };
  const auto receipt = fact_of_receipt(book.vault(), reader, text);
  if (!receipt) return receipt.error();
  if (*receipt) {
    if (auto ok = look({**receipt}); !ok) return ok.error();
    return named;
  }
  if (auto ok = look({item_query(text)}); !ok) return ok.error();
  const auto number = numbered(reader, text);
  if (!number) return number.error();
  if (*number)
    if (auto ok = look({**number}); !ok) return ok.error();
  if (!named.items.empty()) return named;
  const auto member = member_named(book, reader, text);
  if (!member) return member.error();
  if (!*member) return named;
  named.member = *member;
  if (auto ok = look({**member}); !ok) return ok.error();
  return named;
}

}  // namespace keepsake
