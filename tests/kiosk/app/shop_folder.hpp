#pragma once
// A real book of a small shop in a folder of its own, gone with the test.

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <unistd.h>

#include "storage/book/book.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/gtin.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/services/staff.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::test {

inline constexpr const char* kettle_gtin = "7038010000010";
inline constexpr const char* marit_pin = "2468";  // a manager
inline constexpr const char* ola_pin = "1357";    // a cashier

class ShopFolder {
 public:
  explicit ShopFolder(const Clock& clock) {
    static std::atomic<int> number = 0;
    folder = std::filesystem::temp_directory_path() /
             ("keepsake-app-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
    Settings settings;
    settings.shop = "Lysvik Elektro";
    settings.currency = *Currency::parse("NOK");
    settings.time_zone = "Europe/Oslo";
    settings.cash_step = {100};
    book = *Book::create(folder, settings, clock);
    CatalogueChange catalogue;
    catalogue.put.push_back(article("KOK17", "Kettle Kok 1.7 l", "499.00", 24));
    catalogue.put.back().gtin = *Gtin::parse(kettle_gtin);
    catalogue.put.back().maker = "Kok";
    catalogue.put.push_back(article("BULB", "LED bulb E27 8 W", "59.00", 0));
    catalogue.put.push_back(article("APPLE", "Apples Discovery", "39.90", 0));
    catalogue.put.back().sold_by = SoldBy::weight;
    Programme programme;
    programme.version = 1;
    programme.name = "Lysvik";
    programme.currency = settings.currency;
    programme.per_major_unit = {10};
    programme.point_value_milli_minor = 10000;
    const Fact facts[] = {catalogue, programme};
    (void)*book->record_all(facts);
    (void)*put_staff(*book, {"marit", "Marit", true}, marit_pin, "test", clock.local_now());
    (void)*put_staff(*book, {"ola", "Ola", false}, ola_pin, "test", clock.local_now());
  }
  ~ShopFolder() {
    book.reset();
    std::error_code ec;
    std::filesystem::remove_all(folder, ec);
  }
  ShopFolder(const ShopFolder&) = delete;
  ShopFolder& operator=(const ShopFolder&) = delete;

  Money nok(const char* text) const { return *parse_money(text, book->settings().currency); }

  std::filesystem::path folder;
  std::unique_ptr<Book> book;

 private:
  static Article article(const char* code, const char* name, const char* price, int months) {
    Article article;
    article.code = code;
    article.name = name;
    article.price = *parse_unit_price(price, *Currency::parse("NOK"));
    article.tax = {2500};
    article.cover = terms_of({months, PeriodUnit::month});
    return article;
  }
};

}  // namespace keepsake::test
