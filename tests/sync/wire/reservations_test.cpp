#include "sync/wire/reservations.hpp"

#include <doctest/doctest.h>

#include "sync/wire/endpoints.hpp"

namespace keepsake::sync {

namespace {

const Resource card{"gift-card", "GC1", "NOK"};

ReservationRequest a_request() {
  return {7, {{{{1}}, 0}, {{{2}}, 350}}, {{{{3}}, card, 500}}, {{{{4}}, 120}}};
}

ReservationAnswer an_answer() {
  ReservationAnswer answer;
  answer.news.change = 9;
  answer.news.leases_until = Instant{1'795'269'600'000};
  answer.news.afresh = true;
  answer.news.put = {
      {{{3}}, ReservationKind::hold, card, 500, {1'795'269'000'000}},
      {{{4}}, ReservationKind::lease, {"points", std::string(16, '\0'), ""}, 100, {}}};
  answer.news.recalled = {{{4}}};
  answer.news.ended = {{{1}}, {{2}}};
  answer.complete = false;
  answer.refused = {{{{5}}, 300, 200}};
  return answer;
}

template <class Change>
std::string refused_request(Change change) {
  ReservationRequest request = a_request();
  change(request);
  const auto read = decode_reservation_request(encode(request));
  return read.ok() ? "" : read.error().code;
}

template <class Change>
std::string refused_answer(Change change) {
  ReservationAnswer answer = an_answer();
  change(answer);
  const auto read = decode_reservation_answer(encode(answer));
  return read.ok() ? "" : read.error().code;
}

}  // namespace

TEST_CASE("what is said of reservations comes back as it was, in both formats") {
  for (const Format format : {Format::binary, Format::json}) {
    CHECK(decode_reservation_request(encode(a_request(), format), format).value() == a_request());
    CHECK(decode_reservation_answer(encode(an_answer(), format), format).value() == an_answer());
    const SignedReservationAnswer said{encode(an_answer()), Bytes64{1, 2, 3}};
    CHECK(decode_signed_reservation_answer(encode(said, format), format).value() == said);
  }
}

TEST_CASE("a question about reservations that says nothing sensible is refused") {
  CHECK(refused_request([](auto& r) { r.known = -1; }) == "wire.syntax");
  CHECK(refused_request([](auto& r) { r.given_back[0].used = -1; }) == "wire.syntax");
  CHECK(refused_request([](auto& r) { r.wanted[0].quantity = 0; }) == "wire.syntax");
  CHECK(refused_request([](auto& r) { r.wanted[0].resource.kind.clear(); }) == "wire.syntax");
  CHECK(refused_request([](auto& r) { r.wanted[0].resource.owner.clear(); }) == "wire.syntax");
  CHECK(refused_request([](auto& r) { r.wanted[0].resource.owner.assign(65, 'x'); }) ==
        "wire.limit");
  CHECK(refused_request([](auto& r) { r.wanted.resize(101, r.wanted[0]); }) == "wire.limit");
  CHECK(refused_request([](auto& r) { r.given_back.resize(501); }) == "wire.limit");
}

TEST_CASE("an answer about reservations that says nothing sensible is refused") {
  CHECK(refused_answer([](auto& a) { a.news.change = -1; }) == "wire.syntax");
  CHECK(refused_answer([](auto& a) { a.news.put[0].quantity = 0; }) == "wire.syntax");
  CHECK(refused_answer([](auto& a) { a.news.put[1].quantity = -1; }) == "wire.syntax");
  CHECK(refused_answer([](auto& a) { a.news.put[0].resource.owner.clear(); }) == "wire.syntax");
  CHECK(refused_answer([](auto& a) { a.refused[0].available = -1; }) == "wire.syntax");
  CHECK(refused_answer([](auto& a) { a.news.ended.resize(501); }) == "wire.limit");
}

TEST_CASE("a pull says which change of the reservations it knows") {
  const std::string path = feed_path({17}, {2}, {5, 9}, std::chrono::seconds(25), 12);
  const auto read = parse_terminal_path(path);
  REQUIRE(read);
  CHECK(read->reservations == 12);
  CHECK(read->wait == std::chrono::seconds(25));
  CHECK_FALSE(parse_terminal_path(feed_path({17}, {2}, {5, 9}, std::chrono::seconds(0)))
                  ->reservations.has_value());
  CHECK_FALSE(parse_terminal_path(path + "x"));
  CHECK_FALSE(parse_terminal_path("/v1/t/17/2/feed/5/9?wait=1&known=2"));
  CHECK(parse_terminal_path(reservations_path({17}, {2}))->action == TerminalAction::reservations);
}

}  // namespace keepsake::sync
