// What tills of one store tell about each other.

#include "sync/central/router.hpp"
#include "sync/wire/mirror.hpp"

namespace keepsake::sync::central {

namespace asio = boost::asio;

asio::awaitable<Reply> Router::serve_neighbours(Request request, std::string body) {
  const Format out = request.format_out;
  const auto plain = inflated(request, std::move(body));
  if (!plain) co_return reply_of(refusal_of_body(plain.error()), out);
  auto decoded = decode_neighbours_request(*plain, request.format_in);
  if (!decoded) co_return reply_of(refusal_of_body(decoded.error()), out);
  std::function<Reply()> work = [this, path = request.path, out, told = std::move(*decoded)] {
    const auto answer = centre_.neighbours().exchange(path.terminal, path.epoch, told);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) return reply_of(*refusal, out);
    return ok_reply(encode(std::get<NeighboursAnswer>(answer), out), out);
  };
  co_return co_await on_writer(batches_, std::move(work), out);
}

asio::awaitable<Reply> Router::serve_hand_in(Request request, std::string body) {
  const Format out = request.format_out;
  const auto plain = inflated(request, std::move(body));
  if (!plain) co_return reply_of(refusal_of_body(plain.error()), out);
  auto decoded = decode_hand_in(*plain, request.format_in);
  if (!decoded) co_return reply_of(refusal_of_body(decoded.error()), out);
  const auto hand_in = std::make_shared<const HandIn>(std::move(*decoded));
  // Here, not on the writer's thread, which has others waiting.
  const auto opened =
      std::make_shared<const std::vector<OpenedBatch>>(open_all(*hand_in, centre_.vault()));
  std::function<Reply()> work = [this, by = request.peer.terminal, out, hand_in, opened] {
    const auto answer = centre_.hand_ins().take(by, *hand_in, *opened);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) return reply_of(*refusal, out);
    const auto& taken = std::get<HandInAnswer>(answer);
    if (taken.taken > 0) apply_taken();
    return ok_reply(encode(taken, out), out);
  };
  co_return co_await on_writer(batches_, std::move(work), out);
}

}  // namespace keepsake::sync::central
