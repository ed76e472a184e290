#pragma once
// The store's records as head office keeps them for tills that begin with them: by hand, of an Order.

#include "storage/book/snapshot_intake.hpp"
#include "storage/engine/whole_file.hpp"
#include "storage/feed/store_records.hpp"
#include "tests/support/order.hpp"

namespace keepsake::test {

class OfficeRecords {
 public:
  OfficeRecords() {
    vault_ = Vault::create(folder_.path()).value();
    records = feed::StoreRecords::open(folder_.path() / "store.db", *vault_).value();
  }

  /// Up to that place of the order, with the keys that come with it.
  void follow(const Order& order, FeedPosition to) {
    if (records->at().generation != order.generation)
      REQUIRE(why(records->begin(order.generation)) == "");
    FeedPage page;
    page.generation = order.generation;
    page.after = page.head = records->at().position;
    while (page.head < to) {
      const auto& [from, record] = order.facts[static_cast<std::size_t>(page.head++)];
      page.entries.push_back({page.head, record.id, record.type, false, record.body});
      if (order.vault != nullptr) {
        const auto keys = order.vault->seal_keys_for(keys_of_fact(record.type, record.body),
                                                     vault_->box_public());
        REQUIRE(why(vault_->accept_keys(*keys)) == "");
      } else if (from && record.type == static_cast<std::uint16_t>(FactType::customer_enrolled)) {
        const auto fact = decode(FactType::customer_enrolled, record.body).value();
        const CustomerRef customer = get<CustomerEnrolment>(fact).customer;
        const auto keys =
            from->shop.book->vault().seal_keys_for({&customer, 1}, vault_->box_public());
        REQUIRE(why(vault_->accept_keys(*keys)) == "");
      }
      if (record.type == static_cast<std::uint16_t>(FactType::customer_erased))
        REQUIRE(why(vault_->destroy_keys(
                    get<CustomerErasure>(decode(FactType::customer_erased, record.body).value())
                        .customers)) == "");
    }
    REQUIRE(why(records->take(page)) == "");
    REQUIRE(why(records->clean()) == "");
  }

  struct Offer {
    FeedBase base;
    std::string rows;
  };
  static constexpr std::size_t part_bytes = 16 * 1024;

  /// For this till: what it has pushed is in it, as far as it goes.
  Offer offer(const Order& order, const Till& till) {
    const auto file = folder_.path() / "copy.db";
    std::filesystem::remove(file);
    REQUIRE(why(records->copy_rows_to(file)) == "");
    Offer made{{{}, records->at(), records->hash(), 0}, read_whole(file, 1U << 30U).value()};
    const std::string id = random_bytes(16);
    std::ranges::copy(id, made.base.id.bytes.begin());
    for (FeedPosition n = 0; n < made.base.at.position; ++n)
      if (const auto& [from, record] = order.facts[static_cast<std::size_t>(n)]; from == &till)
        made.base.placed = record.seq;
    return made;
  }

  static Hash hash_of(const Offer& offer) {
    SnapshotHash hash;
    for (std::string_view rest = offer.rows; !rest.empty();
         rest.remove_prefix(std::min(part_bytes, rest.size())))
      hash.add(rest.substr(0, part_bytes));
    return hash.hash();
  }

  /// The keys of everybody in it, as a till gets them.
  void give_keys(Till& till) {
    const auto whose = records->whose_keys().value();
    const auto keys = vault_->seal_keys_for(whose, till.shop.book->vault().box_public());
    REQUIRE(why(till.shop.book->vault().accept_keys(*keys)) == "");
  }

  static void fetch(Till& till, const Offer& offer) {
    SnapshotIntake& intake = *till.shop.book->snapshots();
    const auto here = intake.begin(offer.base.id, static_cast<std::int64_t>(offer.rows.size()));
    REQUIRE(here.ok());
    const std::string_view rows = offer.rows;
    for (auto at = static_cast<std::size_t>(*here); at < rows.size(); at += part_bytes)
      REQUIRE(why(intake.put(offer.base.id, static_cast<std::int64_t>(at),
                             rows.substr(at, part_bytes))) == "");
  }

  Result<Done> give(Till& till, const Offer& offer) {
    give_keys(till);
    fetch(till, offer);
    return till.shop.book->snapshots()->take(offer.base, hash_of(offer), part_bytes, {});
  }

  std::unique_ptr<feed::StoreRecords> records;
  Vault& vault() { return *vault_; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<Vault> vault_;
};

}  // namespace keepsake::test
