#include "sync/mirror/office_errands.hpp"

#include <algorithm>
#include <utility>

#include "storage/domain/values/time.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/mirror/mirror_file.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/mirror.hpp"

namespace keepsake::sync::mirror {

namespace {

Error refused(const HttpAnswer& answer) {
  return refused_answer(answer, "hand-in.refused",
                        "Head office did not take what is kept for other tills",
                        "It will be tried again automatically");
}

/// How far the answer says that head office is, if it is one for this till.
Seq acked_in(const std::string& signed_answer) {
  const auto outer = decode_signed_acknowledgement(signed_answer);
  if (!outer) return 0;
  const auto inner = decode_acknowledgement(outer->acknowledgement);
  return inner ? inner->acked : 0;
}

HandIn request_for(const std::vector<KeptBatch>& batches) {
  HandIn request{batches.front().whose, {}};
  for (const KeptBatch& each : batches) request.batches.push_back({each.sealed, each.kept});
  return request;
}

/// A no that every batch of this till would get: head office has said that it is none of this store's,
/// or that it does not know it.
bool of_the_till(const HttpAnswer& answer) {
  const auto problem = decode_problem(answer.body, format_of(answer.content_type));
  return problem && (problem->code == "hand-in.unknown" || problem->code == "hand-in.other-store");
}

}  // namespace

Result<Done> ask_for_neighbours(Transport& line, const Enrolment& enrolment, MirrorFile& file,
                                const std::vector<std::string>& addresses) {
  const auto answer = line.exchange({"POST", neighbours_path(enrolment.terminal, enrolment.epoch),
                                     encode(NeighboursRequest{addresses}), std::string(binary_type),
                                     Compression::none});
  if (!answer) return answer.error();
  if (answer->status == 404)
    return Error{Failure::not_found, "neighbours.none",
                 "Head office does not know of copies at other tills", "HTTP 404",
                 "Update head office"};
  if (answer->status != 200) {
    Error error = refused(*answer);
    // Whoever was shut out has no neighbours, and none may take it for one.
    if (error.kind == Failure::refused)
      if (auto ok = file.put_neighbours({}); !ok) return ok;
    return error;
  }
  const auto told = decode_neighbours_answer(answer->body, format_of(answer->content_type));
  if (!told) return untrusted(told.error().where);
  return file.put_neighbours(told->neighbours);
}

Result<HandedOver> hand_in_all(Transport& line, const Enrolment& enrolment, MirrorFile& file,
                               const Clock& clock) {
  HandedOver done;
  std::vector<TerminalIdentity> put_off;
  for (;;) {
    auto batches = file.next(put_off);
    if (!batches) return batches.error();
    if (batches->empty()) return done;
    const auto answer =
        line.exchange({"POST", hand_in_path(enrolment.terminal, enrolment.epoch),
                       encode(request_for(*batches)), std::string(binary_type), Compression::none});
    if (!answer) return answer.error();
    if (answer->status == 404 && !of_the_till(*answer)) return refused(*answer);
    if (answer->status != 200) {
      if (!of_the_till(*answer)) return refused(*answer);
      put_off.push_back(batches->front().whose);
      continue;
    }
    const auto told = decode_hand_in_answer(answer->body, format_of(answer->content_type));
    if (!told) return untrusted(told.error().where);
    if (told->taken > batches->size()) return untrusted("taken");
    const bool all = told->taken == batches->size();
    if (!all && told->code.empty()) return untrusted("code");
    const std::vector<KeptBatch> taken(batches->begin(), batches->begin() + told->taken);
    if (auto ok = file.handed_in(taken, clock.now(), acked_in(told->acknowledgement),
                                 told->acknowledgement);
        !ok)
      return ok.error();
    done.batches += told->taken;
    if (all) continue;
    if (auto ok = file.put_refused((*batches)[told->taken], told->code); !ok) return ok.error();
    ++done.refused;
    if (told->code == hand_in_failed) ++done.failed;
  }
}

}  // namespace keepsake::sync::mirror
