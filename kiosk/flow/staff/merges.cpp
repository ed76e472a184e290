// Who may be one person: a manager decides, pair by pair.
#include <cassert>

#include "kiosk/flow/places.hpp"
#include "kiosk/flow/staff/handlers.hpp"
#include "storage/domain/values/handle.hpp"

namespace keepsake::flow {
namespace {

void show_pair(Turn& turn, MergeReview& review, std::size_t index) {
  turn.forget<LoadPair>();  // of the pair before: these are others
  review.pair.reset();
  review.asking = false;
  if (review.pairs.empty()) return;
  review.at = std::min(index, review.pairs.size() - 1);
  const DuplicatePair& pair = review.pairs[review.at];
  turn.ask(LoadPair{pair.one, pair.other});
}

void pairs_loaded(Turn& turn, MergeReview& review, const PairsLoaded& answer) {
  review.loaded = true;
  if (!answer.pairs.ok()) return turn.fail(answer.pairs.error(), Kept::nothing_to_keep);
  review.pairs = *answer.pairs;
  show_pair(turn, review, 0);
}

void pair_loaded(Turn& turn, MergeReview& review, const PairLoaded& answer) {
  if (!answer.pair.ok()) return turn.fail(answer.pair.error(), Kept::nothing_to_keep);
  review.pair = *answer.pair;
}

/// The strongest reason, by which the record remembers it.
std::string reason_of(const DuplicatePair& pair) {
  if (pair.similarity.reasons.empty()) return "by hand";
  return std::string(name_of(pair.similarity.reasons.front()));
}

void merge(Turn& turn, MergeReview& review) {
  if (!review.asking) return;
  assert(review.pair && review.at < review.pairs.size());
  review.asking = false;
  const DuplicatePair& pair = review.pairs[review.at];
  turn.ask(MergePair{pair.one, pair.other, reason_of(pair)});
}

void part(Turn& turn, const MergeReview& review) {
  if (!review.pair || review.asking) return;
  assert(review.at < review.pairs.size());
  const DuplicatePair& pair = review.pairs[review.at];
  turn.ask(PartPair{pair.one, pair.other});
}

void settled(Turn& turn, MergeReview& review, const PairSettled& answer) {
  if (!answer.outcome.ok()) return turn.fail(answer.outcome.error(), Kept::nothing_to_keep);
  turn.emit(Sync{});
  turn.notify(Tone::good, "profile.saved");
  turn.play(Sound::good);
  assert(review.at < review.pairs.size());
  const DuplicatePair& pair = review.pairs[review.at];
  if (turn.s.till.customer == pair.one || turn.s.till.customer == pair.other) turn.forget_member();
  review.pairs.erase(review.pairs.begin() + static_cast<std::ptrdiff_t>(review.at));
  show_pair(turn, review, review.at);
}

}  // namespace

void on(Turn& turn, MergeReview& review, const Event& event) {
  handle(
      event, [&](const PairsLoaded& answer) { pairs_loaded(turn, review, answer); },
      [&](const PairLoaded& answer) { pair_loaded(turn, review, answer); },
      [&](const ShowPair& show) { show_pair(turn, review, show.index); },
      [&](const AskMerge&) {
        if (review.pair) review.asking = true;
      },
      [&](const Submit&) { merge(turn, review); }, [&](const TellApart&) { part(turn, review); },
      [&](const PairSettled& answer) { settled(turn, review, answer); },
      [&](const Back&) {
        if (!review.asking) return go_to(turn, Place::search);
        review.asking = false;
      },
      [&](const Go& go) { go_to(turn, go.place); },
      [&](const Scan&) { turn.refuse("scan.not-here"); });
}

}  // namespace keepsake::flow
