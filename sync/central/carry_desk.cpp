#include "sync/central/carry_desk.hpp"

#include <memory>
#include <utility>

#include "storage/engine/database.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/vault/vault.hpp"
#include "sync/carry/carry_file.hpp"
#include "sync/central/centre.hpp"
#include "sync/central/feed.hpp"
#include "sync/central/signed_page.hpp"
#include "sync/central/standing.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake::sync::central {

namespace {

Error wrong_way(const std::filesystem::path& file) {
  return {Failure::bad_input, "carry.way", "This file holds answers for a till", file.string(),
          "Take it to the till: keepsake carry-in FILE"};
}

Error other_office(const std::filesystem::path& file) {
  return {Failure::refused, "carry.other-office", "This file is for another head office",
          file.string(), "Take it to the one where the till was enrolled, or name its --data"};
}

Error unknown_terminal(TerminalNumber number) {
  return {
      Failure::refused, "carry.unknown", "Head office does not know the terminal of this file",
      "terminal " + std::to_string(number.value),
      "If head office was put back from a backup, enrol the till again with a new code; nothing "
      "is lost"};
}

Error cannot_store() {
  return {Failure::unavailable,
          "carry.busy",
          "Head office cannot store anything at the moment",
          {},
          "Run it again: what was taken is kept, and the same file again changes nothing"};
}

/// One file, from its first batch to its answers.
class Desk {
 public:
  Desk(Vault& vault, Database& records, Terminal terminal, const CarryHeader& header)
      : vault_(vault), records_(records), terminal_(std::move(terminal)), header_(header) {
    told_.terminal = header.terminal;
    told_.epoch = header.epoch;
    told_.store = terminal_.store;
    told_.till = terminal_.till;
    told_.made = header.made;
  }

  Result<Done> create(const std::filesystem::path& answers, Instant now) {
    CarryHeader header = header_;
    header.way = CarryWay::to_terminal;
    header.made = now;
    auto writer = CarryWriter::create(answers, header);
    if (!writer) return writer.error();
    writer_ = std::move(*writer);
    return Done{};
  }

  /// false: there is no centre.
  Result<bool> take(const CarryPart& part, const std::string& by, const TakeBatch& taking) {
    const bool sealed = part.kind == PartKind::opaque;
    // The record came as it is, so it is not needed sealed; or it did not, and nothing else goes on.
    if (sealed && !failed_) return true;
    if (!sealed && failed_) return refuse(std::move(*failed_));
    auto body = vault_.open_sealed(part.bytes);
    if (!body) return body.error();
    const CarriedBatch batch{header_.terminal,
                             header_.epoch,
                             std::move(*body),
                             sealed ? CarriedAs::opaque : CarriedAs::batch,
                             by,
                             std::exchange(first_, false),
                             header_.feed};
    const auto answer = taking(batch);
    if (!answer) return answer.error();
    if (!*answer) return false;
    failed_.reset();
    if (const auto* refusal = std::get_if<Refusal>(&**answer)) {
      if (refusal->status == 503) return cannot_store();
      return judge(batch, *refusal);
    }
    return acknowledge(std::get<SignedAcknowledgement>(**answer));
  }

  /// After the last part.
  Result<Done> settle() {
    if (!failed_) return Done{};
    if (auto ok = refuse(std::move(*failed_)); !ok) return ok.error();
    return Done{};
  }

  bool refused() const { return told_.refusal.has_value(); }

  /// As many pages as pulls would have brought. A terminal that has to enrol again gets none.
  Result<Done> add_news() {
    // As it is now: taking may have begun its chain anew.
    const auto terminal = find_terminal(records_, header_.terminal);
    if (check_standing(terminal, header_.epoch) || terminal->forked) return Done{};
    FeedCursor cursor = header_.feed;
    const std::uint64_t end = writer_->bytes() + news_bytes;
    for (bool more = true; more;) {
      if (writer_->bytes() >= end) {
        told_.more_news = true;
        return Done{};
      }
      Transaction moment(records_);
      const auto page = page_for(records_, vault_, *terminal, cursor);
      if (!page) return page.error();
      moment.commit();
      if (auto ok = add(PartKind::feed_page, encode(sign_page(vault_, *terminal, *page))); !ok)
        return ok;
      ++told_.pages;
      more = !page->complete;
      // A page of another order only says so; it begins at its start.
      cursor = {page->generation, page->head};
    }
    return Done{};
  }

  Result<CarriedFile> finish() {
    if (auto ok = writer_->finish(vault_); !ok) return ok.error();
    return told_;
  }

 private:
  Result<Done> add(PartKind kind, std::string_view content) {
    return writer_->add(kind, content, terminal_.box_public);
  }

  Result<bool> acknowledge(const SignedAcknowledgement& answer) {
    const auto read = decode_acknowledgement(answer.acknowledgement);
    if (!read) return read.error();
    if (auto ok = add(PartKind::acknowledgement, encode(answer)); !ok) return ok.error();
    ++told_.batches;
    told_.acknowledged = read->acked;
    told_.outcomes += static_cast<std::int64_t>(read->outcomes.size());
    return true;
  }

  Result<bool> judge(const CarriedBatch& batch, const Refusal& refusal) {
    CarriedRefusal told{1, 0, static_cast<std::uint16_t>(refusal.status), refusal.problem};
    const auto decoded = body_in(batch);
    if (const auto* body = std::get_if<CarriedBody>(&decoded)) {
      if (const auto* read = std::get_if<Batch>(body))
        told.first = read->first, told.last = read->last;
      else
        told.first = told.last = std::get<OpaqueRecord>(*body).seq;
    }
    // What head office fails at may follow sealed.
    const bool fails = refusal.status >= 500 || refusal.status == 413;
    if (batch.as == CarriedAs::opaque || !fails || told.first != told.last) return refuse(told);
    failed_ = std::move(told);
    return true;
  }

  Result<bool> refuse(CarriedRefusal told) {
    if (auto ok = add(PartKind::refusal, encode(told)); !ok) return ok.error();
    failed_.reset();
    told_.refusal = std::move(told);
    return true;
  }

  Vault& vault_;
  Database& records_;
  const Terminal terminal_;
  const CarryHeader header_;
  std::unique_ptr<CarryWriter> writer_;
  bool first_ = true;                     ///< nothing of the file has been given yet
  std::optional<CarriedRefusal> failed_;  ///< of one record, which may follow sealed
  CarriedFile told_;
};

}  // namespace

Result<std::optional<CarriedFile>> carry_in(const std::filesystem::path& folder,
                                            const CarryFiles& files, const std::string& by,
                                            const Clock& clock, const TakeBatch& take) {
  const auto records = open_records(folder);
  if (!records) return records.error();
  const auto vault = Vault::open(folder);
  if (!vault) return vault.error();
  const auto carried = CarryReader::open(files.file);
  if (!carried) return carried.error();
  const CarryHeader& header = (*carried)->header();
  if (header.way != CarryWay::to_office) return wrong_way(files.file);
  if (header.office != office_of((*vault)->box_public())) return other_office(files.file);
  const auto terminal = find_terminal(**records, header.terminal);
  if (!terminal) return unknown_terminal(header.terminal);
  // As a whole, before anything of it is taken.
  if (auto ok = (*carried)->check(terminal->sign_public); !ok) return ok.error();
  Desk desk(**vault, **records, *terminal, header);
  if (auto ok = desk.create(files.answers, clock.now()); !ok) return ok.error();
  while (!desk.refused()) {
    const auto part = (*carried)->next();
    if (!part) return part.error();
    if (!*part) break;
    const auto taken = desk.take(**part, by, take);
    if (!taken) return taken.error();
    if (!*taken) return std::optional<CarriedFile>();
  }
  if (auto ok = desk.settle(); !ok) return ok.error();
  if (auto ok = desk.add_news(); !ok) return ok.error();
  const auto told = desk.finish();
  if (!told) return told.error();
  return std::optional(*told);
}

}  // namespace keepsake::sync::central
