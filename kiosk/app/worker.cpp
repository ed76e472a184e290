#include "kiosk/app/worker.hpp"

#include <charconv>

#include "kiosk/app/customer_jobs.hpp"
#include "kiosk/app/return_jobs.hpp"
#include "kiosk/app/sale_jobs.hpp"
#include "kiosk/input/scanner.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/services/loyalty_events.hpp"

namespace keepsake::app {
namespace {

using FoundCustomer = Result<std::optional<CustomerView>>;

constexpr std::size_t articles_shown = 50;

FoundCustomer view_of(Reader& reader, const Result<std::optional<CustomerRef>>& ref) {
  if (!ref.ok()) return ref.error();
  if (!ref.value()) return std::optional<CustomerView>();
  return reader.customer(*ref.value());
}

Result<std::optional<Article>> article_of(Reader& reader, const std::string& text) {
  if (const auto gtin = Gtin::parse(text); gtin.ok()) {
    auto article = reader.article_by_gtin(*gtin);
    if (!article.ok() || article.value()) return article;
  }
  return reader.article_by_code(text);
}

/// Every look-up of a customer by staff is written to the audit trail.
FoundCustomer handed(Book& book, FoundCustomer found, const flow::Requester& requester) {
  if (!found.ok() || !found.value()) return found;
  if (const auto kept = keep_look(book, (*found)->ref, requester); !kept.ok()) return kept.error();
  return found;
}

Result<flow::Scanned> meaning_of(Book& book, Reader& reader, const std::string& text,
                                 const flow::Requester& requester) {
  auto article = article_of(reader, text);
  if (!article.ok()) return article.error();
  if (article.value()) return flow::Scanned(**article);
  auto member = handed(book, view_of(reader, reader.customer_by_card(text)), requester);
  if (!member.ok()) return member.error();
  if (member.value()) return flow::Scanned(**member);
  if (const auto card = card_name(text); card.ok()) {
    auto gift_card = reader.gift_card(*card);
    if (!gift_card.ok()) return gift_card.error();
    if (gift_card.value()) return flow::Scanned(**gift_card);
  }
  if (input::shape_of_scan(text) != input::ScanShape::receipt) return flow::Scanned();
  const auto receipt = receipt_scanned(book, reader, text);
  if (!receipt.ok()) return receipt.error();
  return flow::Scanned(*receipt);
}

/// The vault says how many tries are left in `where`.
int tries_left(const Error& error) {
  int n = 0;
  std::from_chars(error.where.data(), error.where.data() + error.where.size(), n);
  return error.code == "pin.wrong" ? n : 0;
}

flow::PinChecked check_pin(Book& book, const flow::CheckPin& job) {
  auto member = book.vault().check_pin(job.pin, job.at);
  if (!member.ok()) return {job.ticket, member.error(), tries_left(member.error())};
  return {job.ticket, flow::Staff{member->id, member->name, member->manager}, 0};
}

CustomerRef customer_of(const Fact& fact) {
  return std::visit(Overloaded{
                        [](const Purchase& f) { return f.customer; },
                        [](const Return& f) { return f.customer; },
                        [](const CustomerEnrolment& f) { return f.customer; },
                        [](const WarrantyRegistration& f) { return f.customer; },
                        [](const LoyaltyEvent& f) { return f.customer; },
                        [](const auto&) { return CustomerRef{}; },
                    },
                    fact);
}

/// The first of the facts is the one that was asked for; what they earn comes with them.
Result<FactId> record_all(Book& book, Reader& reader, ActiveProgrammes& kept,
                          std::span<const Fact> facts, std::span<const Occasion> more,
                          const Actor& actor) {
  const auto programme = rules_now(book, reader, kept);
  if (!programme.ok()) return programme.error();
  const auto recorded = record_earning(book, **programme, facts, more, actor);
  if (!recorded.ok()) return recorded.error();
  return recorded->facts.front();
}

Result<FactId> record_one(Book& book, Reader& reader, ActiveProgrammes& kept, const Fact& fact) {
  const auto* warranty = std::get_if<WarrantyRegistration>(&fact);
  if (warranty == nullptr) return book.record(fact);
  return record_all(book, reader, kept, std::span(&fact, 1), {}, {warranty->staff, warranty->at});
}

flow::Recorded answer_of(Reader& reader, flow::Ticket ticket, const Fact& fact,
                         const Result<FactId>& id) {
  flow::Recorded answer{ticket, id, {}, {}};
  // The record stands whatever the reads after it say; they only freshen the screen.
  if (const auto shift = reader.open_shift(); shift.ok()) answer.shift = shift.value();
  const CustomerRef customer = customer_of(fact);
  if (!answer.id.ok() || customer.nobody()) return answer;
  if (const auto member = reader.customer(customer); member.ok()) answer.member = member.value();
  return answer;
}

Result<std::optional<CustomerRef>> referrer_of(Reader& reader, const std::string& typed) {
  if (typed.empty()) return std::optional<CustomerRef>();
  const auto by_card = reader.customer_by_card(typed);
  if (!by_card.ok() || by_card.value()) return by_card;
  const auto by_phone = reader.customer_by_phone(typed);
  if (!by_phone.ok() || by_phone.value()) return by_phone;
  return Error{Failure::not_found, "referrer.unknown",
               "This card or phone number is not registered", "referred_by",
               "Correct it, or leave it out"};
}

flow::Recorded enrol(Book& book, Reader& reader, ActiveProgrammes& kept, const flow::Enrol& job) {
  const auto refuse = [&](const Error& error) {
    flow::Recorded answer{job.ticket, error, {}, {}};
    if (const auto shift = reader.open_shift(); shift.ok()) answer.shift = shift.value();
    return answer;
  };
  const auto known = reader.customer_by_phone(job.profile.phone);
  if (!known.ok()) return refuse(known.error());
  if (known.value())
    return refuse({Failure::refused, "customer.phone-known", "This phone belongs to a member",
                   "phone", "Identify with the phone instead"});
  const auto referrer = referrer_of(reader, job.referred_by);
  if (!referrer.ok()) return refuse(referrer.error());
  const auto customer = book.vault().new_customer();
  if (!customer.ok()) return refuse(customer.error());
  Profile profile = job.profile;
  profile.card = job.card;
  const auto sealed = book.vault().seal_profile(*customer, profile);
  if (!sealed.ok()) return refuse(sealed.error());
  CustomerEnrolment fact;
  fact.customer = *customer;
  fact.sealed_profile = *sealed;
  fact.consents = job.consents;
  fact.language = job.language;
  fact.place = place_of(book);
  fact.staff = job.staff;
  fact.at = job.at;
  std::vector<Occasion> more;
  if (referrer.value()) more = referral(*customer, **referrer);
  const Fact enrolled = fact;
  return answer_of(
      reader, job.ticket, enrolled,
      record_all(book, reader, kept, std::span(&enrolled, 1), more, {job.staff, job.at}));
}

}  // namespace

flow::Event perform(Book& book, Reader& reader, const Job& job) {
  ActiveProgrammes once(book.settings().currency);
  return perform(book, reader, once, job);
}

flow::Event perform(Book& book, Reader& reader, ActiveProgrammes& kept, const Job& job) {
  return std::visit(
      Overloaded{
          [&](const flow::ResolveScan& j) -> flow::Event {
            return flow::ScanResolved{j.ticket, j.text,
                                      meaning_of(book, reader, j.text, j.requester)};
          },
          [&](const flow::SearchArticles& j) -> flow::Event {
            return flow::ArticlesFound{j.ticket, j.words,
                                       reader.search_articles(j.words, articles_shown)};
          },
          [&](const flow::FindCustomer& j) -> flow::Event {
            auto found = view_of(reader, reader.customer_by_phone(j.phone_e164));
            return flow::CustomerFound{j.ticket, handed(book, std::move(found), j.requester)};
          },
          [&](const flow::LoadCustomer& j) -> flow::Event {
            return flow::CustomerFound{j.ticket,
                                       handed(book, reader.customer(j.customer), j.requester)};
          },
          [&](const flow::LoadMember& j) -> flow::Event {
            return load_member(book, reader, kept, j);
          },
          [&](const flow::LookUpGiftCard& j) -> flow::Event { return look_up(reader, j); },
          [&](const flow::LoadLines& j) -> flow::Event { return load_lines(reader, j); },
          [&](const flow::Park& j) -> flow::Event { return park(book, j); },
          [&](const flow::TakeUp& j) -> flow::Event { return take_up(book, reader, j); },
          [&](const flow::LoadShift& j) -> flow::Event {
            return flow::ShiftLoaded{j.ticket, reader.open_shift()};
          },
          [&](const flow::CheckPin& j) -> flow::Event { return check_pin(book, j); },
          [&](const flow::RecordFact& j) -> flow::Event {
            return answer_of(reader, j.ticket, j.fact, record_one(book, reader, kept, j.fact));
          },
          [&](const flow::Enrol& j) -> flow::Event { return enrol(book, reader, kept, j); },
          [&](const flow::ListPurchases& j) -> flow::Event { return list_purchases(reader, j); },
          [&](const flow::OpenPurchase& j) -> flow::Event {
            return open_purchase(book, reader, kept, j);
          },
          [&](const auto& j) -> flow::Event { return answer_to(book, reader, j); },
      },
      job);
}

flow::Event refusal(const Job& job, const Error& error) {
  return std::visit(Overloaded{
                        [&](const flow::ResolveScan& j) -> flow::Event {
                          return flow::ScanResolved{j.ticket, j.text, error};
                        },
                        [&](const flow::SearchArticles& j) -> flow::Event {
                          return flow::ArticlesFound{j.ticket, j.words, error};
                        },
                        [&](const flow::FindCustomer& j) -> flow::Event {
                          return flow::CustomerFound{j.ticket, error};
                        },
                        [&](const flow::LoadCustomer& j) -> flow::Event {
                          return flow::CustomerFound{j.ticket, error};
                        },
                        [&](const flow::LoadMember& j) -> flow::Event {
                          return flow::MemberLoaded{j.ticket, j.customer, error};
                        },
                        [&](const flow::LookUpGiftCard& j) -> flow::Event {
                          return flow::GiftCardFound{j.ticket, j.card, error};
                        },
                        [&](const flow::LoadLines& j) -> flow::Event {
                          return flow::LinesFound{j.ticket, error, {}};
                        },
                        [&](const flow::Park& j) -> flow::Event {
                          return flow::Parked{j.ticket, error};
                        },
                        [&](const flow::TakeUp& j) -> flow::Event {
                          return flow::LinesFound{j.ticket, error, {}};
                        },
                        [&](const flow::LoadShift& j) -> flow::Event {
                          return flow::ShiftLoaded{j.ticket, error};
                        },
                        [&](const flow::CheckPin& j) -> flow::Event {
                          return flow::PinChecked{j.ticket, error, 0};
                        },
                        [&](const flow::RecordFact& j) -> flow::Event {
                          return flow::Recorded{j.ticket, error, {}, {}};
                        },
                        [&](const flow::Enrol& j) -> flow::Event {
                          return flow::Recorded{j.ticket, error, {}, {}};
                        },
                        [&](const flow::ListPurchases& j) -> flow::Event {
                          return flow::PurchasesListed{j.ticket, error};
                        },
                        [&](const flow::OpenPurchase& j) -> flow::Event {
                          return flow::PurchaseOpened{j.ticket, error};
                        },
                        [&](const auto& j) -> flow::Event { return refuse(j, error); },
                    },
                    job);
}

Result<std::unique_ptr<Worker>> Worker::start(Book& book, Mailbox& mailbox) {
  auto reader = book.reader();
  if (!reader.ok()) return reader.error();
  return std::unique_ptr<Worker>(new Worker(book, mailbox, *std::move(reader)));
}

Worker::Worker(Book& book, Mailbox& mailbox, std::unique_ptr<Reader> reader)
    : mailbox_(mailbox), queue_(queue_limit) {
  thread_ = std::thread([this, &book, reader = std::move(reader)] {
    ActiveProgrammes kept(book.settings().currency);
    while (const std::optional<Job> job = queue_.take())
      mailbox_.post(perform(book, *reader, kept, *job));
  });
}

Worker::~Worker() {
  queue_.close(Queue<Job>::Rest::finish);
  thread_.join();
}

void Worker::ask(Job job) {
  if (queue_.put(job) == Queue<Job>::Put::taken) return;
  mailbox_.post(refusal(job, {Failure::busy, "worker.busy", "Too many requests at once", "",
                              "Wait a moment and try again"}));
}

}  // namespace keepsake::app
