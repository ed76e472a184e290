#include "sync/carry/carry_file.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <fstream>
#include <rapidcheck.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <vector>

#include "storage/vault/vault.hpp"
#include "tests/support/temporary_folder.hpp"

namespace keepsake::sync {

namespace {

using keepsake::test::TemporaryFolder;

/// A terminal, a head office, and what goes between them.
struct Stick {
  TemporaryFolder folder, till_folder, office_folder;
  std::unique_ptr<Vault> till = std::move(*Vault::create(till_folder.path()));
  std::unique_ptr<Vault> office = std::move(*Vault::create(office_folder.path()));

  std::filesystem::path file(const char* name = "out") const { return folder.path() / name; }
  CarryHeader header() const {
    CarryHeader header;
    header.terminal = {4711};
    header.epoch = {1};
    header.office = office_of(office->box_public());
    return header;
  }
  Result<Done> write(const std::vector<std::string>& contents, const char* name = "out") const {
    auto writer = CarryWriter::create(file(name), header());
    if (!writer) return writer.error();
    for (const std::string& content : contents)
      if (auto ok = (*writer)->add(PartKind::batch, content, office->box_public()); !ok) return ok;
    auto done = (*writer)->finish(*till);
    if (done) CHECK((*writer)->bytes() == std::filesystem::file_size(file(name)));
    return done;
  }
  std::string bytes(const char* name = "out") const {
    std::ifstream in(file(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void put(const std::string& content, const char* name) const {
    std::ofstream(file(name), std::ios::binary) << content;
  }
  /// The contents, or the code of the error.
  Result<std::vector<std::string>> read(const char* name = "out") const {
    const auto reader = CarryReader::open(file(name));
    if (!reader) return reader.error();
    if (auto ok = (*reader)->check(till->sign_public()); !ok) return ok.error();
    std::vector<std::string> contents;
    for (;;) {
      const auto part = (*reader)->next();
      if (!part) return part.error();
      if (!*part) return contents;
      auto plain = office->open_sealed((*part)->bytes);
      if (!plain) return plain.error();
      contents.push_back(std::move(*plain));
    }
  }
  std::string code(const char* name) const {
    const auto got = read(name);
    return got ? "" : got.error().code;
  }
};

}  // namespace

TEST_CASE("what is written is read again, whatever it is, and nothing of it stands in clear") {
  const Stick stick;
  int n = 0;
  CHECK(rc::check([&] {
    const std::string name = "out-" + std::to_string(++n);
    const auto contents = *rc::gen::container<std::vector<std::string>>(
        rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
    RC_ASSERT(stick.write(contents, name.c_str()).ok());
    const auto back = stick.read(name.c_str());
    RC_ASSERT(back.ok());
    RC_ASSERT(*back == contents);
  }));
  REQUIRE(stick.write({"Kari Nordmann, +4791234567"}).ok());
  CHECK(stick.bytes().find("Kari") == std::string::npos);
  struct stat about {};
  REQUIRE(::stat(stick.file().c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
  CHECK((*CarryReader::open(stick.file()))->header() == stick.header());
}

TEST_CASE("a file that was cut anywhere is refused as a whole") {
  const Stick stick;
  REQUIRE(stick.write({"first", "second", ""}).ok());
  const std::string whole = stick.bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    stick.put(whole.substr(0, size), "cut");
    const std::string said = stick.code("cut");
    CHECK_MESSAGE((said == "carry.damaged" || (size < 15 && size > 0 && said == "carry.foreign")),
                  size, ": ", said);
  }
  stick.put(whole + std::string(1, '\0'), "longer");
  CHECK(stick.code("longer") == "carry.damaged");
  // The same parts without one of them.
  const std::size_t part = part_head_bytes + 48 + 5;
  stick.put(whole.substr(0, carry_header_bytes) + whole.substr(carry_header_bytes + part), "less");
  CHECK(stick.code("less") == "carry.damaged");
}

TEST_CASE("a file with any bit turned is refused as a whole") {
  const Stick stick;
  REQUIRE(stick.write({"first", "second"}).ok());
  const std::string whole = stick.bytes();
  CHECK(rc::check([&] {
    std::string turned = whole;
    const auto at = *rc::gen::inRange<std::size_t>(0, turned.size());
    turned[at] = static_cast<char>(turned[at] ^ 1 << *rc::gen::inRange(0, 8));
    stick.put(turned, "turned");
    const std::string said = stick.code("turned");
    RC_ASSERT(said == "carry.damaged" || said == "carry.foreign" || said == "carry.newer");
  }));
  CHECK(stick.code("out").empty());
}

TEST_CASE("a file that somebody else signed is refused") {
  Stick stick, other;
  REQUIRE(stick.write({"first"}).ok());
  CHECK((*CarryReader::open(stick.file()))->check(other.till->sign_public()).error().code ==
        "carry.damaged");
}

TEST_CASE("what is no carry file is told as what it is") {
  const Stick stick;
  const auto opened = [&](const char* name) {
    const auto reader = CarryReader::open(stick.file(name));
    return reader ? std::string() : reader.error().code;
  };
  CHECK(opened("none") == "file.none");
  CHECK(opened(".") == "file.unreadable");
  stick.put("", "empty");
  CHECK(opened("empty") == "carry.damaged");
  stick.put("<html>a page that the browser saved</html>", "page");
  CHECK(opened("page") == "carry.foreign");
  REQUIRE(::mkfifo(stick.file("pipe").c_str(), 0600) == 0);
  CHECK(opened("pipe") == "file.unreadable");
  stick.put("keepsake carry >", "huge");
  std::filesystem::resize_file(stick.file("huge"), carry_file_bytes + 1);
  CHECK(opened("huge") == "file.limit");
  const auto reader = CarryReader::open(stick.file("page"));
  CHECK(reader.error().where == stick.file("page").string());
}

TEST_CASE("a file that is there is not written over, and one that is not finished leaves nothing") {
  const Stick stick;
  stick.put("holiday pictures", "out");
  CHECK(stick.write({"first"}).error().code == "file.exists");
  CHECK(stick.bytes() == "holiday pictures");
  {
    auto writer = CarryWriter::create(stick.file("begun"), stick.header());
    REQUIRE(writer.ok());
    REQUIRE((*writer)->add(PartKind::batch, "first", stick.office->box_public()).ok());
  }
  CHECK_FALSE(std::filesystem::exists(stick.file("begun")));
  CHECK_FALSE(std::filesystem::exists(stick.file("begun.part")));
}

TEST_CASE("a stick that is full is told, and nothing half is left on it") {
  const Stick stick;
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit little{64 * 1024, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &little) == 0);
  const auto written = stick.write(std::vector<std::string>(20, std::string(10'000, 'x')));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  REQUIRE_FALSE(written.ok());
  CHECK(written.error().code == "file.write");
  CHECK(written.error().kind == Failure::unavailable);
  CHECK(std::filesystem::is_empty(stick.folder.path()));
}

}  // namespace keepsake::sync
