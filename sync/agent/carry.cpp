#include "sync/agent/carry.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/vault/vault.hpp"
#include "sync/agent/answers.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/agent/outgoing.hpp"
#include "sync/carry/carry_file.hpp"
#include "sync/engine/engine.hpp"

namespace keepsake::sync {

namespace {

// Half of what a reader takes, so that the answers to it fit as well.
constexpr std::uint64_t written_most = carry_file_bytes / 2;

Error wrong_from(Seq from, Seq head) {
  return {Failure::bad_input, "carry.from", "There is no such record to begin from",
          "record " + std::to_string(from),
          "Give a number from 1 to " + std::to_string(head + 1) +
              ", or leave --from out: what head office has not acknowledged is written"};
}

engine::Range next_batch(Seq next, Seq head, Seq most) {
  return {next, next + std::min<Seq>(head + 1 - next, most) - 1};
}

constexpr Seq batch_most = static_cast<Seq>(limits::batch_facts);

/// Records into a file for head office.
struct Writing {
  Reader& reader;
  Packer packer;
  CarryWriter& out;
  const std::string& box_public;

  /// The last that went in.
  Result<Seq> add(const engine::Range& wanted) {
    const auto packed = packer.pack(reader, wanted);
    if (!packed) return packed.error();
    if (auto ok = out.add(PartKind::batch, (*packed)->body, box_public); !ok) return ok.error();
    return (*packed)->range.last;
  }
  /// The record that was added alone.
  Result<Done> add_sealed(Seq seq) {
    const auto sealed = packer.seal(reader, seq);
    if (!sealed) return sealed.error();
    return out.add(PartKind::opaque, *sealed, box_public);
  }
};

/// Before anything is believed: that the file is for this till, at this head office.
Result<Done> check_addressee(const CarryHeader& header, const Enrolment& enrolment,
                             const std::filesystem::path& file) {
  if (header.way != CarryWay::to_terminal)
    return Error{Failure::bad_input, "carry.way", "This file is for head office", file.string(),
                 "Take it there: keepsake-central carry-in FILE --answers ANSWERS. What comes back "
                 "in ANSWERS belongs here"};
  if (header.office != office_of(enrolment.central_box_public))
    return Error{Failure::refused, "carry.other-office",
                 "This file is from another head office than this till's", file.string(),
                 "Bring the file that this till's own head office wrote"};
  const std::string whose = file.string() + ", terminal " + std::to_string(header.terminal.value);
  if (header.terminal != enrolment.terminal)
    return Error{Failure::refused, "carry.other-till", "This file is for another till", whose,
                 "Take it to that till; `keepsake-central terminals` says which one it is"};
  if (header.epoch != enrolment.epoch)
    return Error{Failure::refused, "carry.former",
                 "This file is from before this till was enrolled again", whose,
                 "Nothing is lost: write a new file with carry-out and take that to head office"};
  return Done{};
}

class Taking {
 public:
  Taking(Book& book, const Clock& clock, Enrolment enrolment, std::unique_ptr<Reader> reader,
         FeedCursor asked, Waiting known)
      : book_(book),
        clock_(clock),
        enrolment_(std::move(enrolment)),
        reader_(std::move(reader)),
        asked_(asked),
        head_(known.head) {
    in_.acknowledged_before = in_.acknowledged = known.acknowledged;
  }

  Result<Done> take(const CarryPart& part) {
    auto plain = book_.vault().open_sealed(part.bytes);
    if (!plain) return plain.error();
    switch (part.kind) {
      case PartKind::acknowledgement:
        return take_answer(std::move(*plain));
      case PartKind::refusal:
        return take_refusal(*plain);
      case PartKind::feed_page:
        return take_page(*plain);
      case PartKind::batch:
      case PartKind::opaque:
      case PartKind::end:
        break;  // not in a file that goes this way
    }
    return carry_damaged("part");
  }

  CarriedIn finish() {
    if (!in_.trouble && answers_ > 0 && newest_ < in_.acknowledged)
      in_.trouble = Error{
          Failure::refused, "carry.old",
          "This answer is older than what head office has acknowledged",
          "up to record " + std::to_string(newest_) + " of " + std::to_string(in_.acknowledged),
          "Nothing is lost and nothing changed by it. Bring the newest file of answers"};
    in_.waiting = static_cast<std::int64_t>(head_) - in_.acknowledged;
    return in_;
  }

 private:
  /// Cumulative, and older ones may come again: only what is more than before is stored.
  Result<Done> take_answer(std::string bytes) {
    auto checked = check_acknowledgement(*reader_, enrolment_, std::move(bytes), Format::binary);
    // Only that the chains part is refused: kept as one over the wire.
    if (!checked && checked.error().kind == Failure::refused)
      if (auto ok = book_.put_line_refusal(LineRefusal{checked.error(), clock_.now()}); !ok)
        return ok;
    if (!checked) return checked.error();
    const Acknowledged& told = checked->acknowledged;
    ++answers_;
    newest_ = std::max(newest_, told.seq);
    if (told.seq < in_.acknowledged) return Done{};
    if (auto stored = book_.acknowledge(told, checked->outcomes, checked->bytes); !stored)
      return stored;
    in_.acknowledged = told.seq;
    in_.outcomes += static_cast<std::int64_t>(checked->outcomes.size());
    return Done{};
  }

  Result<Done> take_refusal(std::string_view bytes) {
    const auto refusal = decode_carried_refusal(bytes);
    if (!refusal) return refusal.error();
    const Problem& problem = refusal->problem;
    const engine::Refused refused{
        {refusal->first, refusal->last}, refusal->status, problem.code, problem.expected, {}};
    if (auto ending = engine::ends_sync(refused, head_)) {
      in_.trouble = ending->error;
      return book_.put_line_refusal(LineRefusal{std::move(ending->error), clock_.now()});
    }
    if (problem.code == "gap") {
      in_.trouble = Error{Failure::refused, "carry.gap",
                          "Head office wants earlier records first: it was put back from a backup",
                          "from record " + std::to_string(problem.expected),
                          "Nothing is lost. Run: keepsake carry-out FILE --from " +
                              std::to_string(problem.expected)};
      return Done{};
    }
    const bool fails_at_it = refusal->status >= 500 || refusal->status == 413;
    in_.trouble =
        Error{Failure::refused, problem.code.empty() ? "carry.refused" : problem.code,
              "Head office did not take what was carried",
              "records " + std::to_string(refusal->first) + " to " + std::to_string(refusal->last) +
                  ", status " + std::to_string(refusal->status),
              fails_at_it ? "Nothing is lost. Tell head office. So that it holds nothing else up, "
                            "run: keepsake carry-out FILE --one-by-one"
                          : "Nothing is lost. Tell head office, and carry it again when it says "
                            "so"};
    return Done{};
  }

  /// The line may have brought the news meanwhile, or the file is an old one.
  Result<Done> take_page(std::string_view bytes) {
    auto page = check_feed_page(enrolment_, bytes, Format::binary);
    if (!page) return page.error();
    const auto cursor = book_.feed_cursor();
    if (!cursor) return cursor.error();
    const bool same_order = cursor->generation == 0 || cursor->generation == page->generation;
    const bool follows = same_order && page->after == cursor->position;
    if (same_order && !follows && page->head <= cursor->position) return Done{};  // it is here
    // Another order is begun only by the answer to what was asked, or an old file would bring back
    // one that head office has left.
    if (same_order ? !follows : *cursor != asked_) in_.news_elsewhere = true;
    if (in_.news_elsewhere) return Done{};
    const auto begun = begin_other_order(book_, *cursor, *page);
    if (!begun) return begun.error();
    if (!*begun) {
      in_.outcomes += static_cast<std::int64_t>(page->outcomes.size());
      const auto news = book_.take_in(*page);
      if (!news) return news.error();
    }
    ++in_.pages;
    return Done{};
  }

  Book& book_;
  const Clock& clock_;
  const Enrolment enrolment_;
  const std::unique_ptr<Reader> reader_;
  const FeedCursor asked_;  ///< where its news goes on
  const Seq head_;
  std::int64_t answers_ = 0;
  Seq newest_ = 0;
  CarriedIn in_;
};

}  // namespace

Result<CarriedOut> carry_out(Book& book, const Clock& clock, const std::filesystem::path& file,
                             std::optional<Seq> from, CarryHow how) {
  const auto enrolment = book.enrolment();
  if (!enrolment) return not_enrolled();
  const auto reader = book.reader();
  if (!reader) return reader.error();
  const auto waiting = waiting_in(**reader);
  if (!waiting) return waiting.error();
  const auto feed = book.feed_cursor();
  if (!feed) return feed.error();
  CarriedOut out;
  out.first = from.value_or(waiting->acknowledged + 1);
  if (out.first == 0 || out.first > waiting->head + 1) return wrong_from(out.first, waiting->head);
  const CarryHeader header{CarryWay::to_office,
                           enrolment->terminal,
                           enrolment->epoch,
                           office_of(enrolment->central_box_public),
                           *feed,
                           clock.now()};
  auto writer = CarryWriter::create(file, header);
  if (!writer) return writer.error();
  Writing writing{**reader, Packer(book, *enrolment), **writer, enrolment->central_box_public};
  Seq next = out.first;
  // At least one: without records it is the greeting, which asks how far head office is.
  do {
    const bool alone = how == CarryHow::one_by_one && next - out.first < batch_most;
    const auto last = writing.add(next_batch(next, waiting->head, alone ? 1 : batch_most));
    if (!last) return last.error();
    if (alone && *last >= next)
      if (auto ok = writing.add_sealed(next); !ok) return ok.error();
    next = *last + 1;
  } while (next <= waiting->head && (*writer)->bytes() < written_most);
  if (auto ok = (*writer)->finish(book.vault()); !ok) return ok.error();
  out.last = next - 1;
  out.bytes = (*writer)->bytes();
  out.left = static_cast<std::int64_t>(waiting->head) - out.last;
  return out;
}

Result<CarriedIn> carry_in(Book& book, const Clock& clock, const std::filesystem::path& file) {
  const auto enrolment = book.enrolment();
  if (!enrolment) return not_enrolled();
  const auto answers = CarryReader::open(file);
  if (!answers) return answers.error();
  const CarryHeader& header = (*answers)->header();
  if (auto ok = check_addressee(header, *enrolment, file); !ok) return ok.error();
  if (auto ok = (*answers)->check(enrolment->central_sign_public); !ok) return ok.error();
  auto reader = book.reader();
  if (!reader) return reader.error();
  const auto waiting = waiting_in(**reader);
  if (!waiting) return waiting.error();
  Taking taking(book, clock, *enrolment, std::move(*reader), header.feed, *waiting);
  for (;;) {
    const auto part = (*answers)->next();
    if (!part) return part.error();
    if (!*part) return taking.finish();
    if (auto ok = taking.take(**part); !ok) return ok.error();
  }
}

}  // namespace keepsake::sync
