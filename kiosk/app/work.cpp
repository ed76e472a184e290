#include "kiosk/app/work.hpp"

#include <algorithm>

#include "storage/book/enrolment.hpp"
#include "storage/domain/loyalty/overview.hpp"
#include "storage/services/spending.hpp"

namespace keepsake::app {

Result<std::optional<CustomerView>> customer_view(Work& work, const CustomerRef& customer,
                                                  LocalTime at) {
  auto view = work.reader.customer(customer);
  if (!view.ok() || !view.value()) return view;
  const auto programme = work.programme.get(work.reader);
  if (!programme.ok()) return programme.error();
  const auto member = work.reader.member((*view)->ref, (*programme)->rules, at);
  if (!member.ok()) return member.error();
  (*view)->balance = loyalty::balance((*programme)->rules, *member, at.date());
  return view;
}

Result<std::optional<GiftCardView>> gift_card(Work& work, std::string_view card, LocalTime at) {
  auto view = work.reader.gift_card(card, at.date());
  if (!view.ok() || !view.value() || !work.book.enrolment()) return view;
  const Currency currency = (*view)->balance.currency;
  const auto here = spendable_alone(work.reader, card_of(card, currency), at.at);
  if (!here.ok()) return here.error();
  (*view)->offline = Money{std::min(*here, (*view)->balance.minor), currency};
  return view;
}

}  // namespace keepsake::app
