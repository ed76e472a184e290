#include "storage/domain/loyalty/why.hpp"

#include <algorithm>

#include "storage/domain/values/decimal.hpp"

namespace keepsake::loyalty {
namespace {

struct Sentence {
  std::string_view code;
  std::string_view text;  ///< {name} stands for the figure of that name, {rule} for the rule's id
};

constexpr Sentence sentences[] = {
    {"earn.per-amount", "{rule}: {points} points per {for_each} on {amount}"},
    {"earn.per-item", "{rule}: {points} points each for {quantity} items"},
    {"earn.per-order", "{rule}: {points} points for the purchase"},
    {"earn.event", "{rule}: {points} points for the event ({event})"},
    {"discount.money", "{rule}: {steps} x {worth} off"},
    {"discount.each", "{rule}: {worth} off each"},
    {"discount.percent", "{rule}: {percent} % off {amount}"},
    {"discount.free-item", "{rule}: {pieces} x {article} free"},
    {"discount.set", "{rule}: {sets} sets of {pieces} items together at {worth} each"},
    {"discount.buy-get", "{rule}: {pieces} of {bought} items at {percent} % off"},
    {"issue.cash-out", "{rule}: {worth} for {cost} points"},
    {"issue.gift", "{rule}: {steps} x {article} for {cost} points"},
    {"issue.donation", "{rule}: {worth} given for {cost} points"},
    {"issue.voucher", "{rule}: {steps} voucher codes for {cost} points"},
    {"refuse.unknown-reward", "There is no such reward"},
    {"refuse.unknown-code", "There is no such code"},
    {"refuse.not-claimable", "{rule} cannot be claimed: it applies automatically or with a code"},
    {"refuse.repeated", "{rule} is requested twice"},
    {"refuse.steps", "{rule} can be used {most} times in a purchase; {asked} were requested"},
    {"refuse.no-member", "{rule} needs a member"},
    {"refuse.not-now",
     "{rule} is not valid at this place and time, or not for this member ({because})"},
    {"refuse.minimum", "{rule} needs at least {minimum}; what counts towards it makes {amount}"},
    {"refuse.minimum-quantity", "{rule} needs at least {minimum} items; there are {quantity}"},
    {"refuse.points-short", "{rule} costs {cost} points; there are {balance}"},
    {"refuse.stock", "{rule} has run out"},
    {"refuse.per-day", "{rule} is given {most} times a day, and today's are gone"},
    {"refuse.used", "This member has used {rule} {times} times, the most allowed"},
    {"refuse.code-used", "The code was used {times} times, the most allowed"},
    {"refuse.code-spent", "The code was used on {on} at {time}"},
    {"refuse.code-spent-by", "The code was used on {on} at {time} by {by}"},
    {"refuse.no-list", "No codes of {rule} were brought in at this till"},
    {"refuse.not-alone", "{rule} cannot be combined with another discount"},
    {"refuse.nothing-fits", "No item in the basket qualifies for {rule}"},
    {"refuse.incomplete", "The basket holds no complete set for {rule} that saves anything"},
    {"refuse.better", "{better} is better for the customer than {rule}"},
    {"refuse.points-no-tender", "This programme does not allow paying with points"},
    {"refuse.points-smallest", "Paying with points needs at least {smallest} points"},
    {"refuse.points-most", "Points may pay {most} of this purchase"},
    {"refuse.wallet-short", "The wallet holds {balance}"},
    {"skip.not-claimed", "{rule} was not claimed"},
    {"skip.no-code", "No code for {rule} was shown"},
    {"skip.no-event", "{rule} is for an event that has not happened ({event})"},
    {"skip.tender", "{rule} is for other payments"},
    {"skip.group", "Another rule of its group is chosen instead of {rule}"},
    {"skip.too-little", "What {rule} gives is less than the smallest points"},
    {"tender.points", "{amount} paid with {points} points"},
    {"lot.used", "{points} points of lot {lot}, which expires first, on {last_day}"},
    {"lot.used-undated", "{points} points of lot {lot}, which never expires and is used last"},
    {"lot.new", "{points} new points are valid until {last_day}"},
    {"lot.new-active", "{points} new points expire after {months} months without activity"},
    {"lot.new-undated", "{points} new points never expire"},
    {"lot.pending", "{points} new points are pending and can be spent from {first_day}"},
    {"debt.settled", "{points} points used for points owed; {left} still owed"},
    {"tier.reached", "{level} is reached at {threshold}"},
    {"tier.next", "{missing} to {level}"},
    {"tier.next-until", "{missing} to {level}, until {until}"},
    {"return.reversed", "{points} points earned on the returned items are deducted"},
    {"return.given-back", "{points} points spent on the returned items are given back"},
    {"return.expired", "{points} of them had already expired"},
    {"return.debt", "{points} points already spent; deducted from future points"},
};

struct ToText {
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(Points value) const { return to_decimal(value); }
  std::string operator()(const Money& value) const { return to_decimal(value); }
  std::string operator()(Quantity value) const { return to_decimal(value); }
  std::string operator()(Date value) const { return to_iso(value); }
  std::string operator()(const std::string& value) const { return value; }
};

const Figure* find(const Why& why, std::string_view name) {
  const auto found = std::ranges::find(why.figures, name, &Figure::name);
  return found == why.figures.end() ? nullptr : &*found;
}

void append_named(std::string& text, const Why& why, std::string_view name) {
  if (name == "rule") {
    text.append(why.rule);
  } else if (const Figure* figure = find(why, name)) {
    text.append(to_text(*figure));
  }
}

}  // namespace

std::string to_text(const Figure& figure) { return std::visit(ToText{}, figure.value); }

std::string sentence(const Why& why) {
  const auto* wording = std::ranges::find(sentences, why.code, &Sentence::code);
  if (wording == std::end(sentences)) return std::string(why.code);
  std::string text;
  std::string_view rest = wording->text;
  for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
    text.append(rest.substr(0, open));
    const auto close = rest.find('}', open);
    append_named(text, why, rest.substr(open + 1, close - open - 1));
    rest.remove_prefix(close + 1);
  }
  text.append(rest);
  if (const Figure* by = find(why, "multiplied_by"))
    text.append(", multiplied by ").append(to_text(*by));
  if (const Figure* cap = find(why, "cap"))
    text.append("; limited by the cap ").append(to_text(*cap));
  return text;
}

}  // namespace keepsake::loyalty
