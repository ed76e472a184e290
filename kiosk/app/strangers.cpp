#include "kiosk/app/strangers.hpp"

#include <chrono>

#include "kiosk/app/answers.hpp"
#include "kiosk/input/scanner.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/email.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/sale/gtin.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake::app {
namespace {

/// What head office found is at the tills of its store in this time, or the line is not worth waiting.
constexpr std::chrono::milliseconds on_its_way{2500};
constexpr std::chrono::milliseconds look_each{50};

std::optional<ContactKey> phone(std::string_view e164) {
  return e164.empty() ? std::nullopt
                      : std::optional(ContactKey{ContactKind::phone, std::string(e164)});
}

std::optional<ContactKey> card(const std::string& scanned) {
  const std::string text = without_blanks(scanned);
  // Goods that the catalogue does not have, and receipts, are nobody's card.
  if (text.empty() || !Gtin::readings(text).empty() ||
      input::shape_of_scan(text) == input::ScanShape::receipt)
    return std::nullopt;
  return ContactKey{ContactKind::card, text};
}

/// What staff type in a search names somebody only when it is whole.
std::optional<ContactKey> typed(Work& work, const std::string& words) {
  if (const auto email = normalise_email(words)) return ContactKey{ContactKind::email, *email};
  if (const auto number =
          normalise_phone(words, work.book.settings().calling_code, work.book.settings().country))
    return phone(*number);
  return std::nullopt;
}

/// This question, answered, whatever with: what was refused here is not asked elsewhere either.
template <class Question, class Answer, class Outcome>
const Question* answered(const flow::Question& question, const flow::Event& answer,
                         Outcome Answer::*outcome) {
  const auto* asked = get_if<Question>(&question);
  const auto* told = get_if<Answer>(&answer);
  return asked != nullptr && told != nullptr && (told->*outcome).ok() ? asked : nullptr;
}

std::optional<ContactKey> named_in(Work& work, const flow::Question& question,
                                   const flow::Event& answer) {
  using namespace flow;
  if (const auto* scan = answered<ResolveScan>(question, answer, &ScanResolved::scanned)) {
    const auto& meant = *get<ScanResolved>(answer).scanned;
    return std::holds_alternative<std::monostate>(meant) ? card(scan->text) : std::nullopt;
  }
  if (const auto* gift = answered<LookUpGiftCard>(question, answer, &GiftCardFound::found))
    return *get<GiftCardFound>(answer).found
               ? std::nullopt
               : std::optional(ContactKey{ContactKind::card, gift->card});
  if (const auto* find = answered<FindCustomer>(question, answer, &CustomerFound::customer))
    return phone(find->phone_e164);
  if (const auto* find = answered<FindPoints>(question, answer, &PointsFound::points))
    return phone(find->phone_e164);
  if (const auto* joining = answered<FindSimilar>(question, answer, &PeopleFound::people))
    return phone(joining->typed.phone);
  if (const auto* search = answered<SearchCustomers>(question, answer, &PeopleFound::people))
    return typed(work, search->words);
  return std::nullopt;
}

bool is_known(Reader& reader, const ContactKey& key) {
  const auto customer = reader.customer_by_key(key);
  if (customer.ok() && customer->has_value()) return true;
  if (key.kind != ContactKind::card) return false;
  const auto name = card_name(key.value);
  if (!name) return false;
  const auto card = reader.gift_card(*name);
  return card.ok() && card->has_value();
}

}  // namespace

std::optional<ContactKey> stranger_in(Work& work, const flow::Question& question,
                                      const flow::Event& answer) {
  auto key = named_in(work, question, answer);
  return key && !is_known(work.reader, *key) ? key : std::nullopt;
}

Strangers::Strangers(Book& book, CurrentProgramme& programme, Mailbox& mailbox,
                     std::unique_ptr<Reader> reader, LookUp look_up)
    : mailbox_(mailbox), look_up_(std::move(look_up)), queue_(at_once) {
  thread_ = std::thread([this, &book, &programme, reader = std::move(reader)] {
    Work work{book, *reader, programme};
    while (std::optional<Asked> asked = queue_.take()) answer(work, std::move(*asked));
  });
}

Strangers::~Strangers() {
  queue_.close(Queue<Asked>::Rest::drop);
  thread_.join();
}

bool Strangers::may_ask(const flow::Question& question) {
  if (flow::requester_of(question).viewer != Viewer::customer) return true;
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  while (!of_customers_.empty() && now - of_customers_.front() >= std::chrono::hours(1))
    of_customers_.pop_front();
  if (of_customers_.size() >= of_customers_an_hour) return false;
  of_customers_.push_back(now);
  return true;
}

bool Strangers::look_for(Asked asked) {
  return may_ask(asked.question) && queue_.put(std::move(asked)) == Queue<Asked>::Put::taken;
}

void Strangers::answer(Work& work, Asked asked) {
  bool here = false;
  if (look_up_(asked.key)) {
    const auto end = std::chrono::steady_clock::now() + on_its_way;
    while (!(here = is_known(work.reader, asked.key)) && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(look_each);
  }
  mailbox_.post(here ? perform(work, asked.question) : std::move(asked.answer));
}

}  // namespace keepsake::app
