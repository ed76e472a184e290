#pragma once
// The book of a till, in a folder that goes with the test.

#include <memory>

#include "storage/book/book.hpp"
#include "storage/book/settings.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace keepsake::test {

class TillFolder {
  TemporaryFolder above_;

 public:
  explicit TillFolder(const Clock& clock) {
    Settings settings;
    settings.shop = "Lysvik Elektro";
    settings.currency = *Currency::parse("NOK");
    settings.time_zone = "Europe/Oslo";
    book = *Book::create(folder, settings, clock);
  }

  const std::filesystem::path folder = above_.path() / "till";
  std::unique_ptr<Book> book;
};

}  // namespace keepsake::test
