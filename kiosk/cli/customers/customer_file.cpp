// Everything that is kept of a person: read from the book, and as JSON for them.
#include <algorithm>
#include <iterator>
#include <optional>

#include "kiosk/cli/customers/customer.hpp"
#include "kiosk/cli/loyalty/loyalty.hpp"
#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/loyalty/overview.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/locale/catalogue_folder.hpp"
#include "storage/locale/customer_words.hpp"

namespace keepsake::cli {

namespace {

constexpr std::size_t page_entries = 500;
constexpr std::size_t file_entries = 1'000'000;

Result<Done> read_timeline(Reader& reader, const CustomerRef& ref, CustomerFile& file) {
  std::optional<TimelinePlace> from;
  while (file.timeline.size() < file_entries) {
    auto page = reader.timeline(ref, from, page_entries);
    if (!page) return page.error();
    if (page->empty()) break;
    from = page->back().place;
    std::ranges::move(*page, std::back_inserter(file.timeline));
  }
  for (const TimelineEntry& each : file.timeline) {
    if (each.kind != TimelineKind::purchase) continue;
    auto purchase = reader.purchase(each.place.fact);
    if (!purchase) return purchase.error();
    if (*purchase) file.purchases.emplace_back(each.place.fact, std::move(**purchase));
  }
  return Done{};
}

Result<Done> read_points(OpenBook& open, Reader& reader, const CustomerRef& ref,
                         CustomerFile& file) {
  std::optional<TimelinePlace> from;
  while (file.story.size() < file_entries) {
    auto page = reader.points_story(ref, from, page_entries);
    if (!page) return page.error();
    if (page->empty()) break;
    from = page->back().place;
    std::ranges::move(*page, std::back_inserter(file.story));
  }
  const auto programme = active_programme(*open.book, reader);
  if (!programme) return programme.error();
  auto member = reader.member(ref, programme->rules, open.clock->local_now());
  if (!member) return member.error();
  file.balance = loyalty::balance(programme->rules, *member, open.clock->local_now().date());
  file.lots = std::move(member->lots);
  file.rules = programme->rules;
  file.wallet = {member->wallet_minor, open.book->settings().currency};
  return Done{};
}

}  // namespace

Result<CustomerFile> read_customer_file(OpenBook& open, Reader& reader, const CustomerRef& ref) {
  CustomerFile file;
  auto profile = reader.customer_profile(ref);
  if (!profile) return profile.error();
  file.profile = std::move(**profile);
  auto view = reader.customer(ref);
  if (!view) return view.error();
  file.warranties = std::move((*view)->warranties);
  auto merges = reader.merges(ref);
  if (!merges) return merges.error();
  file.merges = std::move(*merges);
  auto files = reader.files(ref);
  if (!files) return files.error();
  file.files = std::move(*files);
  if (auto ok = read_timeline(reader, ref, file); !ok) return ok.error();
  if (auto ok = read_points(open, reader, ref, file); !ok) return ok.error();
  auto looks = reader.audit(ref, file_entries);
  if (!looks) return looks.error();
  file.looks = std::move(*looks);
  file.texts = open.book->settings().consent_texts;
  return file;
}

namespace {

std::string_view word_of(TenderKind kind) {
  switch (kind) {
    case TenderKind::cash:
      return "cash";
    case TenderKind::card:
      return "card";
    case TenderKind::points:
      return "points";
    case TenderKind::gift_card:
      return "gift_card";
    case TenderKind::wallet:
      return "wallet";
    case TenderKind::unknown:
      break;
  }
  return "unknown";
}

Json to_json(const PurchaseLine& line) {
  Json answer{{"article", line.article},
              {"name", line.name},
              {"quantity", to_decimal(line.quantity)},
              {"amount", to_decimal(line.amount)},
              {"tax", to_decimal(line.tax)}};
  auto discounts = Json::array();
  for (const Discount& each : line.discounts)
    discounts.push_back({{"reason", each.reason}, {"amount", to_decimal(each.amount)}});
  answer["discounts"] = discounts;
  if (line.warranty && !line.warranty->serial_typed.empty())
    answer["serial"] = line.warranty->serial_typed;
  return answer;
}

Json to_json(const FactId& id, const Purchase& purchase) {
  auto lines = Json::array();
  for (const PurchaseLine& each : purchase.lines) lines.push_back(to_json(each));
  auto tenders = Json::array();
  for (const Tender& each : purchase.tenders)
    tenders.push_back({{"kind", word_of(each.kind)},
                       {"amount", to_decimal(each.amount)},
                       {"reference", each.reference}});
  return {{"id", to_hex(id)},
          {"at", to_iso(purchase.at)},
          {"origin", purchase.origin},
          {"staff", purchase.staff},
          {"currency", purchase.currency.code()},
          {"total", to_decimal(purchase.total)},
          {"tax", to_decimal(purchase.tax)},
          {"points_earned", to_decimal(purchase.points_earned)},
          {"lines", lines},
          {"tenders", tenders}};
}

Json to_json(const PointsEntry& entry) {
  return {{"at", to_iso(entry.at)},
          {"kind", name_of(entry.kind)},
          {"id", to_hex(entry.place.fact)},
          {"text", entry.text},
          {"points", to_decimal(entry.change)},
          {"earned", to_decimal(entry.earned)},
          {"spent", to_decimal(entry.spent)},
          {"debt", to_decimal(entry.owed)}};
}

Json to_json(const loyalty::Lot& lot) {
  Json answer{{"id", lot.id},
              {"issued", to_decimal(lot.issued)},
              {"remaining", to_decimal(lot.remaining)},
              {"earned_on", to_iso(lot.earned_on)},
              {"expires", nullptr},
              {"spendable_from", nullptr}};
  if (lot.expires) answer["expires"] = to_iso(*lot.expires);
  if (lot.spendable_from) answer["spendable_from"] = to_iso(*lot.spendable_from);
  return answer;
}

Json to_json(const WarrantySummary& warranty) {
  return {{"article", warranty.article_name},
          {"serial", warranty.serial_typed},
          {"from", to_iso(warranty.cover.start)},
          {"until", to_iso(warranty.cover.end)}};
}

Json to_json(const AuditEntry& look) {
  return {{"at", to_iso(look.at)}, {"staff", look.staff}, {"action", name_of(look.action)}};
}

Json list_of(const auto& values) {
  auto list = Json::array();
  for (const auto& each : values) list.push_back(to_json(each));
  return list;
}

/// The words that were agreed to, the shop's or the product's, in the language they were shown in.
Json words_agreed_to(const CustomerFile& file, const ConsentState& state) {
  if (const ConsentText* text = text_of_version(file.texts, state.purpose, state.last.wording))
    return text->text.in(state.last.language);
  const auto language = parse_language(state.last.language);
  const Locale locale = Locale::make(language.value_or(Language::en), "", catalogue_folder());
  const std::string words = consent_wording(locale, file.texts, state.purpose, state.last.wording);
  return words.empty() ? Json(nullptr) : Json(words);
}

Json consents_of(const CustomerFile& file) {
  auto list = Json::array();
  for (const ConsentState& each : file.profile.consents) {
    Json consent{{"purpose", name_of(each.purpose)},   {"granted", each.granted},
                 {"wording", each.last.wording},       {"language", each.last.language},
                 {"at", to_iso(each.last.at)},         {"place", each.place},
                 {"text", words_agreed_to(file, each)}};
    list.push_back(std::move(consent));
  }
  return list;
}

}  // namespace

Json to_json(const CustomerFile& file) {
  Json answer{{"customer", to_json(file.profile)}};
  answer["customer"]["points_hundredths"] = file.balance.hundredths;
  answer["customer"]["consents"] = consents_of(file);
  auto merges = Json::array();
  for (const auto& each : file.merges)
    merges.push_back({{"id", to_hex(each.fact)},
                      {"kept", to_hex(each.kept)},
                      {"merged", to_hex(each.merged)},
                      {"at", to_iso(each.at)},
                      {"staff", each.staff},
                      {"reason", each.reason},
                      {"undone", each.undone}});
  answer["merges"] = merges;
  auto timeline = Json::array();
  for (const auto& each : file.timeline) timeline.push_back(to_json(each));
  answer["timeline"] = timeline;
  auto purchases = Json::array();
  for (const auto& [id, purchase] : file.purchases) purchases.push_back(to_json(id, purchase));
  answer["purchases"] = purchases;
  answer["points"] = list_of(file.story);
  answer["lots"] = list_of(file.lots);
  answer["wallet"] = to_decimal(file.wallet);
  answer["currency"] = file.wallet.currency.code();
  answer["warranties"] = list_of(file.warranties);
  answer["files"] = to_json(file.files);
  answer["looks"] = list_of(file.looks);
  return answer;
}

}  // namespace keepsake::cli
