// Searching among customers as somebody types, and finding one by the exact phone or card: the
// latter beside a bare indexed SELECT on the same file in the same run.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <random>
#include <sqlite3.h>
#include <string>
#include <vector>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/search.hpp"
#include "storage/domain/values/money.hpp"
#include "tests/bench/customer_fill.hpp"
#include "tests/bench/people.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace keepsake;
using bench::People;
using bench::Person;

namespace {

using Clock_ = std::chrono::steady_clock;

constexpr const char* help =
    "customer_search_bench [CUSTOMERS...]: how long searching takes among so many customers\n"
    "(100000 unless given). TMPDIR says where they are; a million takes 2 GB there, ten millions\n"
    "twenty, and half as much again while they are filled in. Names are made of syllables, few\n"
    "frequent and many rare, a tenth in Cyrillic.\n";

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "customer_search_bench: %s\n", why.c_str());
  std::exit(1);
}

template <class T>
T take(Result<T> result) {
  if (!result) fail(to_line(result.error()));
  return std::move(*result);
}

struct Times {
  double p50_us, p99_us;
};

/// Of this thread: without the time that other programs took.
double cpu_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

double microseconds(Clock_::duration time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

Times times_of(std::vector<double> all) {
  std::ranges::sort(all);
  return {all[all.size() / 2], all[all.size() * 99 / 100]};
}

/// A question of one kind, made of a person who is there.
struct Question {
  const char* what;
  std::function<std::string(const Person&)> typed;
};

std::string letters(std::string_view text, std::size_t count) {
  std::size_t bytes = 0;
  for (; bytes < text.size(); ++bytes)
    if ((static_cast<unsigned char>(text[bytes]) & 0xC0) != 0x80 && count-- == 0) break;
  return std::string(text.substr(0, bytes));
}
std::string word_of(const std::string& name, std::size_t n) {
  std::size_t at = 0;
  while (n-- > 0) at = name.find(' ', at) + 1;
  return name.substr(at, name.find(' ', at) - at);
}

const std::vector<Question>& questions() {
  static const std::vector<Question> all = {
      {"name, one letter", [](const Person& p) { return letters(word_of(p.name, 1), 1); }},
      {"name, two letters", [](const Person& p) { return letters(word_of(p.name, 1), 2); }},
      {"name, three letters", [](const Person& p) { return letters(word_of(p.name, 1), 3); }},
      {"name, a word", [](const Person& p) { return word_of(p.name, 1); }},
      {"name, letter and letter",
       [](const Person& p) {
         return letters(word_of(p.name, 0), 1) + " " + letters(word_of(p.name, 1), 1);
       }},
      {"name, three and three",
       [](const Person& p) {
         return letters(word_of(p.name, 0), 3) + " " + letters(word_of(p.name, 1), 3);
       }},
      {"name, whole", [](const Person& p) { return p.name; }},
      {"name, not there",
       [](const Person& p) { return word_of(p.name, 0) + " " + word_of(p.name, 0) + "qx"; }},
      {"phone, 2 digits", [](const Person& p) { return p.phone.substr(3, 2); }},
      {"phone, 5 digits", [](const Person& p) { return p.phone.substr(3, 5); }},
      {"phone, last 4", [](const Person& p) { return p.phone.substr(p.phone.size() - 4); }},
      {"name and last 4",
       [](const Person& p) {
         return word_of(p.name, 1) + " " + p.phone.substr(p.phone.size() - 4);
       }},
      {"e-mail, 6 letters", [](const Person& p) { return p.email.substr(0, 6); }},
      {"e-mail, whole", [](const Person& p) { return p.email; }},
      {"card, 9 digits", [](const Person& p) { return p.card.substr(0, 9); }},
      {"card, whole", [](const Person& p) { return p.card; }},
  };
  return all;
}

void search(Reader& reader, const std::vector<Person>& sample, std::size_t customers) {
  constexpr std::size_t first_20 = 20;
  constexpr double goal_us = 10'000;
  std::printf("  first 20 of             p50 ms   p99 ms   p99 ms of CPU time   found\n");
  bool met = true, met_by_cpu = true;
  for (const Question& question : questions()) {
    std::vector<double> times, cpu_times;
    std::size_t found = 0;
    for (const Person& person : sample) {
      const std::string typed = question.typed(person);
      const double cpu_begin = cpu_us();
      const auto begin = Clock_::now();
      const auto hits = take(reader.search_customers(typed, first_20));
      times.push_back(microseconds(Clock_::now() - begin));
      cpu_times.push_back(cpu_us() - cpu_begin);
      found += hits.size();
    }
    const Times t = times_of(std::move(times));
    const Times cpu = times_of(std::move(cpu_times));
    met = met && t.p99_us <= goal_us;
    met_by_cpu = met_by_cpu && cpu.p99_us <= goal_us;
    std::printf("  %-22s %7.3f  %7.3f  %7.3f              %5.1f\n", question.what, t.p50_us / 1000,
                t.p99_us / 1000, cpu.p99_us / 1000,
                static_cast<double>(found) / static_cast<double>(sample.size()));
  }
  constexpr std::size_t goal_customers = 1'000'000;
  if (customers > goal_customers) {
    std::printf("  the goal of 10 ms is for a million customers\n");
    return;
  }
  std::printf("  goal: p99 of each at most 10 ms: %s; without other programs in the way: %s\n",
              met ? "met" : "NOT met", met_by_cpu ? "met" : "NOT met");
}

/// The bare limit: one prepared SELECT through SQLite's own interface.
class Bare {
 public:
  Bare(const std::filesystem::path& file, const char* sql) {
    must(sqlite3_open_v2(file.c_str(), &database_, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
                         nullptr));
    must(sqlite3_prepare_v2(database_, sql, -1, &statement_, nullptr));
  }
  ~Bare() {
    sqlite3_finalize(statement_);
    sqlite3_close(database_);
  }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;

  CustomerRef find(const std::string& value) {
    sqlite3_bind_blob(statement_, 1, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
    CustomerRef found;
    if (sqlite3_step(statement_) == SQLITE_ROW)
      std::copy_n(static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, 0)), 16,
                  found.bytes.begin());
    sqlite3_reset(statement_);
    return found;
  }

 private:
  void must(int code) {
    if (code != SQLITE_OK) fail(sqlite3_errmsg(database_));
  }
  sqlite3* database_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

void compare(const char* what, std::size_t rounds,
             const std::function<CustomerRef(std::size_t)>& ours,
             const std::function<CustomerRef(std::size_t)>& bare) {
  std::vector<double> our_times, bare_times;
  for (std::size_t n = 0; n < rounds; ++n) {
    CustomerRef mine, other;
    const auto timed = [n](const auto& find, CustomerRef& found, std::vector<double>& times) {
      const auto begin = Clock_::now();
      found = find(n);
      times.push_back(microseconds(Clock_::now() - begin));
    };
    // Who comes second finds the file's pages warm: each is second half of the time.
    if (n % 2 == 0) timed(ours, mine, our_times);
    timed(bare, other, bare_times);
    if (n % 2 != 0) timed(ours, mine, our_times);
    if (mine.nobody() || mine != other) fail(std::string(what) + " finds somebody else");
  }
  const Times o = times_of(std::move(our_times));
  const Times b = times_of(std::move(bare_times));
  std::printf(
      "  exact %-6s keepsake p50 %6.1f us p99 %6.1f us   bare p50 %6.1f us p99 %6.1f us"
      "   ratio %.2f, goal 1.5: %s\n",
      what, o.p50_us, o.p99_us, b.p50_us, b.p99_us, o.p50_us / b.p50_us,
      o.p50_us <= 1.5 * b.p50_us ? "met" : "NOT met");
}

void exact(const std::filesystem::path& folder, Vault& vault, Reader& reader,
           const std::vector<Person>& sample) {
  std::vector<std::string> hashes;
  for (const Person& person : sample) hashes.push_back(vault.lookup_hash("phone", person.phone));
  const auto in = [&](std::size_t n) { return n % sample.size(); };
  Bare by_phone(folder / "keepsake.db",
                "SELECT customer FROM customer_contact WHERE kind = 1 AND look_up = ?");
  Bare by_card(folder / "keepsake.db",
               "SELECT customer FROM customer_contact WHERE kind = 3 AND look_up = ?");
  const std::size_t rounds = 4 * sample.size();
  compare(
      "phone", rounds,
      [&](std::size_t n) {
        return take(reader.customer_by_phone(sample[in(n)].phone)).value_or(CustomerRef{});
      },
      [&](std::size_t n) { return by_phone.find(hashes[in(n)]); });
  compare(
      "card", rounds,
      [&](std::size_t n) {
        return take(reader.customer_by_card(sample[in(n)].card)).value_or(CustomerRef{});
      },
      [&](std::size_t n) { return by_card.find(sample[in(n)].card); });
}

/// People who are there; phones that two have by chance are left out.
std::vector<Person> sample_of(std::size_t size) {
  People people(bench::people_seed);
  std::vector<Person> sample;
  std::vector<std::string> phones;
  const std::size_t each = size / 1000;
  for (std::size_t n = 0; n < size; ++n) {
    Person person = people.next(n);
    phones.push_back(person.phone);
    if (n % each == each / 2) sample.push_back(std::move(person));
  }
  std::ranges::sort(phones);
  std::erase_if(sample, [&](const Person& person) {
    const auto same = std::ranges::equal_range(phones, person.phone);
    return same.size() > 1;
  });
  return sample;
}

void make_book(const std::filesystem::path& folder) {
  const test::FakeClock clock;
  Settings settings;
  settings.currency = take(Currency::parse("NOK"));
  take(Book::create(folder, settings, clock));
}

/// That what is filled in below is what facts would have left there, row for row.
void prove_fill() {
  constexpr std::size_t some = 3000;
  const test::TemporaryFolder temporary;
  const auto folder = temporary.path() / "data";
  make_book(folder);
  const auto vault = take(Vault::create(folder));
  const auto file = folder / "keepsake.db", other = folder / "other.db";
  std::filesystem::copy_file(file, other);
  bench::fill_by_applying(file, *vault, some);
  bench::fill_in_bulk(other, *vault, some);
  if (const std::string table = bench::difference(file, other); !table.empty())
    fail("filling in gives other rows than applying facts in " + table);
}

void run(std::size_t size) {
  const test::TemporaryFolder temporary;
  const auto folder = temporary.path() / "data";
  const auto begin = Clock_::now();
  make_book(folder);
  const auto vault = take(Vault::create(folder));
  const auto file = folder / "keepsake.db";
  bench::fill_in_bulk(file, *vault, size);
  std::printf("%zu customers, filled in %.0f s, %.0f MB\n", size,
              microseconds(Clock_::now() - begin) / 1e6,
              static_cast<double>(std::filesystem::file_size(file)) / 1e6);
  const auto sample = sample_of(size);
  const auto reader = take(open_reader(folder));
  search(*reader, sample, size);
  exact(folder, *vault, *reader, sample);
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::size_t> sizes;
  for (int i = 1; i < count; ++i) {
    const long long size = std::atoll(arguments[i]);
    if (size < 1000) {
      std::fputs(help, stdout);
      return std::string_view(arguments[i]) == "--help" ? 0 : 2;
    }
    sizes.push_back(static_cast<std::size_t>(size));
  }
  if (sizes.empty()) sizes = {100'000};
  try {
    prove_fill();
    for (const std::size_t size : sizes) run(size);
  } catch (const std::exception& error) {
    fail(error.what());
  }
  return 0;
}
