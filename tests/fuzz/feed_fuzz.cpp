// Pages that head office has signed, sense or not: facts of another till with bytes changed, places
// of own facts that are none, in any order. A till takes a page in or refuses it whole, and its
// records stay what its facts give (I11).

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#define DOCTEST_CONFIG_DISABLE  // of the shop, only what it makes is wanted
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/feed.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/services/customers.hpp"
#include "tests/support/shop.hpp"

namespace {

using namespace keepsake;

void require(bool holds) {
  if (!holds) std::abort();
}

const bool in_memory = ::setenv("TMPDIR", "/dev/shm", 1) == 0;

/// A day of one till, and what another has of it.
struct World {
  test::Shop till, other;
  std::vector<Record> facts, own;
  std::vector<SealedKey> keys;
  test::TemporaryFolder folder;

  World() {
    Profile kari;
    kari.name = "Kari";
    kari.phone = "+4791234567";
    other.record(test::programme());
    other.record(CatalogueChange{{test::article("A", "Mug")}, {}});
    other.record(ShiftOpening{other.clock.local_now(), "anna", test::kroner(1000)});
    const CustomerRef customer = other.enrol(kari, "C-1");
    Purchase sold = test::purchase(other.clock, {test::line("A", 2, 1000)});
    sold.customer = customer;
    sold.programme_version = 1;
    sold.points_earned = {20000};
    const FactId id = other.record(sold);
    other.record(test::bring_back(other.clock, sold, id, 0, 1));
    const Actor anna{"anna", other.clock.local_now()};
    require(add_note(*other.book, customer, "Has a dog", anna).ok());
    ProfileChange move;
    move.fields = {{"postcode", "9990"}};
    move.added = {{ContactKind::email, "kari@example.org", ""}};
    require(change_customer(*other.book, customer, move, anna).ok());
    other.record(CustomerErasure{{customer}, "asked", "anna", other.clock.local_now()});
    facts = *other.reader()->read(1, 100, 1'000'000);
    keys = *other.book->vault().seal_keys_for({&customer, 1}, till.book->vault().box_public());
    const std::string key(32, 'k');
    require(till.book->set_enrolment({{4711}, {1}, "Lysvik", "https://head.example:1", key, key, 1})
                .ok());
    till.record(test::programme());
    till.record(test::purchase(till.clock, {test::line("A", 1, 1000)}));
    till.record(test::purchase(till.clock, {test::line("B", 1, 1000)}));
    own = *till.reader()->read(1, 100, 1'000'000);
    till.book.reset();
  }

  /// The till as it was that day, for each input anew.
  std::filesystem::path fresh() const {
    const auto copy = folder.path() / "till";
    std::error_code ignored;
    std::filesystem::remove_all(copy, ignored);
    std::filesystem::copy(till.data(), copy, std::filesystem::copy_options::recursive);
    return copy;
  }
};

/// The input as choices; zero where it has ended.
class Choices {
 public:
  Choices(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}
  bool more() const { return left_ > 0; }
  std::uint8_t byte() {
    if (left_ == 0) return 0;
    --left_;
    return *data_++;
  }

 private:
  const std::uint8_t* data_;
  std::size_t left_;
};

FeedEntry entry(const World& world, Choices& choices, FeedPosition position) {
  const std::uint8_t how = choices.byte();
  const auto& from = (how & 0x40) != 0 ? world.own : world.facts;
  const Record& record = from[(how & 0x0F) % from.size()];
  FeedEntry made{position, record.id, record.type, (how & 0x80) != 0, record.body};
  for (int changes = (how & 0x30) >> 4; changes > 0; --changes) {
    const std::uint8_t at = choices.byte(), with = choices.byte();
    if (at == 255)
      made.type = with;
    else if (at == 254)
      made.id = FactId{made.id.high + with, made.id.low};
    else if (at == 253)
      made.id = FactId{made.id.high, made.id.low ^ with};
    else if (at == 252)
      made.body.resize(made.body.size() * with / 255);
    else if (!made.body.empty())
      made.body[at % made.body.size()] = static_cast<char>(with);
  }
  if (made.own) made.body.clear();
  return made;
}

FeedPage page(const World& world, Choices& choices, const FeedCursor& cursor) {
  const std::uint8_t how = choices.byte();
  FeedPage made;
  made.generation = (how & 1) != 0 ? 2 : 1;
  made.after = made.head = (how & 2) != 0 ? choices.byte() : cursor.position;
  made.complete = (how & 4) == 0;
  made.whole = (how & 8) == 0;
  if ((how & 16) == 0) made.keys = world.keys;
  for (int entries = how >> 5; entries > 0; --entries) {
    made.head += 1 + choices.byte() % 3;
    made.entries.push_back(entry(world, choices, made.head));
  }
  return made;
}

/// Nothing but facts that cannot be read may stand between the records and what gives them.
void agrees(const std::filesystem::path& folder) {
  const auto findings = rebuild_check(folder, {});
  if (!findings) {
    std::fprintf(stderr, "%s\n", to_line(findings.error()).c_str());
    std::abort();
  }
  for (const Finding& each : *findings) {
    if (each.what.find("cannot be read") != std::string::npos) continue;
    std::fprintf(stderr, "%s\n", each.what.c_str());
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static World world;
  const auto folder = world.fresh();
  Choices choices(data, size);
  {
    const auto book = Book::open(folder, world.till.clock, Durability::normal);
    require(book.ok());
    for (int pages = 0; pages < 6 && choices.more(); ++pages) {
      const auto cursor = (*book)->feed_cursor();
      require(cursor.ok());
      const FeedPage made = page(world, choices, *cursor);
      if (cursor->generation != 0 && made.generation != cursor->generation) {
        require((*book)->begin_feed(made.generation).ok());
        continue;
      }
      const auto taken = (*book)->take_in(made);
      if (!taken && std::getenv("KEEPSAKE_FUZZ_TELLS") != nullptr)
        std::fprintf(stderr, "%s\n", to_line(taken.error()).c_str());
      require(taken.ok() || !taken.error().code.empty());
    }
  }
  if (size % 4 == 3) agrees(folder);
  return 0;
}
