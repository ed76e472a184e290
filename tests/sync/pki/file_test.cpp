#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sync/pki/pki.hpp"

using namespace keepsake;
using namespace keepsake::sync;

namespace {

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "keepsake-pki-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
};

unsigned mode_of(const std::filesystem::path& file) {
  struct stat facts {};
  REQUIRE(::stat(file.c_str(), &facts) == 0);
  return facts.st_mode & 07777U;
}

}  // namespace

TEST_CASE("a secret file is readable by its owner only whatever the umask") {
  const Folder folder;
  const auto old = ::umask(0);
  const auto file = folder.path / "key.pem";
  REQUIRE(pki::write_secret_file(file, "secret").ok());
  ::umask(old);
  CHECK(mode_of(file) == 0600U);
  REQUIRE(pki::write_public_file(folder.path / "ca.pem", "public").ok());
  CHECK(mode_of(folder.path / "ca.pem") == 0644U);
}

TEST_CASE("writing again replaces the file whole and leaves nothing beside it") {
  const Folder folder;
  const auto file = folder.path / "key.pem";
  REQUIRE(pki::write_secret_file(file, std::string(10'000, 'a')).ok());
  REQUIRE(pki::write_secret_file(file, "b").ok());
  CHECK(pki::read_file(file, 100).value() == "b");
  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path))
    ++files;
  CHECK(files == 1);
}

TEST_CASE("reading tells none from too long") {
  const Folder folder;
  const auto file = folder.path / "x";
  CHECK(pki::read_file(file, 10).error().code == "file.none");
  REQUIRE(pki::write_secret_file(file, "12345678901").ok());
  CHECK(pki::read_file(file, 10).error().code == "file.limit");
  CHECK(pki::read_file(file, 11).ok());
}

TEST_CASE("a folder that is not there is an error with its name") {
  const Folder folder;
  const auto failed = pki::write_secret_file(folder.path / "none" / "key.pem", "x");
  REQUIRE_FALSE(failed.ok());
  CHECK(failed.error().kind == Failure::unavailable);
  CHECK(failed.error().code == "file.write");
}
