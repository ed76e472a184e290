#include "kiosk/app/work.hpp"

#include "storage/domain/loyalty/overview.hpp"

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

}  // namespace keepsake::app
