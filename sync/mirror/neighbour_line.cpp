#include "sync/mirror/neighbour_line.hpp"

#include <algorithm>
#include <utility>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/vault/crypto.hpp"
#include "sync/agent/answers.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake::sync::mirror {

NeighbourLine::NeighbourLine(Book& book, Enrolment enrolment, std::unique_ptr<Reader> reader,
                             std::unique_ptr<Transport> transport)
    : book_(book),
      enrolment_(std::move(enrolment)),
      reader_(std::move(reader)),
      transport_(std::move(transport)),
      packer_(book, enrolment_) {}
NeighbourLine::~NeighbourLine() = default;

Result<NeighbourLine::Done> NeighbourLine::bring_up_to_date(Ask ask, const std::stop_token& token) {
  Done done;
  for (bool first = true;; first = false) {
    const auto upcoming = next();
    if (!upcoming) return upcoming.error();
    const bool wanted = upcoming->news || !known_ || (first && ask == Ask::anyway);
    if (!wanted || token.stop_requested()) {
      done.held = known_ ? known_->held.seq : 0;
      return done;
    }
    auto answer = exchange(upcoming->request);
    if (!answer) return answer.error();
    if (!answer->acknowledgement.empty()) {
      const auto more = take_acknowledgement(std::move(answer->acknowledgement));
      if (!more) return more.error();
      done.acknowledged = done.acknowledged || *more;
    }
    answer->acknowledgement.clear();
    const auto& given = upcoming->request.batch;
    // Else it would be given the same for ever.
    if (given && !answer->full && answer->held != ChainPlace{given->last, given->head_hash})
      return untrusted("held");
    if (!upcoming->request.acknowledgement.empty()) shown_ = upcoming->request.acked;
    known_ = std::move(*answer);
    if (known_->full) {
      done.held = known_->held.seq;
      done.full = true;
      return done;
    }
  }
}

/// What is to be said to it now.
Result<NeighbourLine::Next> NeighbourLine::next() {
  const auto waiting = waiting_in(*reader_);
  if (!waiting) return waiting.error();
  Next next;
  next.request.acked = waiting->acknowledged;
  const ChainPlace held = known_ ? known_->held : ChainPlace{};
  bool ours = false;
  if (held.seq > 0 && held.seq <= waiting->head) {
    const auto own = chain_at(*reader_, held.seq);
    if (!own) return own.error();
    ours = *own == held.hash;
    // Otherwise this till was put back from a backup: what is kept there is another branch, and stays.
    if (ours) next.request.own = held;
  }
  if (ours && waiting->acknowledged > shown_) {
    auto signed_answer = reader_->signed_acknowledgement();
    if (!signed_answer) return signed_answer.error();
    next.request.acknowledgement = std::move(*signed_answer);
    next.news = !next.request.acknowledgement.empty();
  }
  if (!known_) return next;
  const Seq from = ours ? std::max(held.seq, waiting->acknowledged) + 1 : waiting->acknowledged + 1;
  if (from > waiting->head) return next;
  const Seq most = static_cast<Seq>(limits::batch_facts);
  const auto packed =
      packer_.pack(*reader_, {from, from + std::min<Seq>(waiting->head + 1 - from, most) - 1});
  if (!packed) return packed.error();
  const auto base = chain_at(*reader_, from - 1);
  if (!base) return base.error();
  const auto head = chain_at(*reader_, (*packed)->range.last);
  if (!head) return head.error();
  auto sealed = seal_for((*packed)->body, enrolment_.central_box_public);
  if (!sealed) return sealed.error();
  next.request.batch = {from, (*packed)->range.last, *base, *head, std::move(*sealed)};
  next.news = true;
  return next;
}

Result<MirrorAnswer> NeighbourLine::exchange(const MirrorRequest& request) {
  const auto answer = transport_->exchange({"POST", std::string(mirror_path), encode(request),
                                            std::string(binary_type), Compression::none});
  if (!answer) return answer.error();
  if (answer->status != 200) {
    const auto problem = decode_problem(answer->body, format_of(answer->content_type));
    return Error{Failure::unavailable, problem ? problem->code : "neighbour.refused",
                 "Another till of the store did not keep a copy",
                 "HTTP " + std::to_string(answer->status), "It will be tried again automatically"};
  }
  auto told = decode_mirror_answer(answer->body, format_of(answer->content_type));
  if (!told) return untrusted(told.error().where);
  return told;
}

/// As one over the line to head office. true: it says more than was known.
Result<bool> NeighbourLine::take_acknowledgement(std::string bytes) {
  auto checked = check_acknowledgement(*reader_, enrolment_, std::move(bytes), Format::binary);
  // Who brings it is not who signed it: that it does not hold changes nothing here.
  if (!checked) return false;
  const auto known = reader_->acknowledged();
  if (!known) return known.error();
  if (checked->acknowledged.seq <= known->seq) return false;
  const auto stored = book_.acknowledge(checked->acknowledged, checked->outcomes, checked->bytes);
  // The line to head office may have brought more in this very moment.
  if (!stored && stored.error().code == "ack.falls") return false;
  if (!stored) return stored.error();
  return true;
}

}  // namespace keepsake::sync::mirror
