#pragma once
// The real `keepsake-central`, as a person at head office's shell types it.

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace keepsake::sync::central::test {

struct Shell {
  keepsake::test::TemporaryFolder folder;
  const std::filesystem::path program =
      std::filesystem::path(KEEPSAKE_BINARY_DIR) / "bin" / "keepsake-central";

  struct Ran {
    int exit = -1;
    std::string out;
    nlohmann::json json() const { return nlohmann::json::parse(out, nullptr, false); }
  };
  Ran run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(),
                     {program.string(), "--data", (folder.path() / "centre").string()});
    keepsake::test::Process process(arguments, folder.path() / "out");
    const auto exit = process.wait(std::chrono::seconds(60));
    return {exit.value_or(-1), process.output()};
  }
  std::string write(const char* name, const std::string& text) const {
    std::ofstream(folder.path() / name) << text;
    return (folder.path() / name).string();
  }
};

}  // namespace keepsake::sync::central::test
