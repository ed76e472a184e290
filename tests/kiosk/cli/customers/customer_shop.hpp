#pragma once
// A folder with an empty shop, and the real program to run on it.

#include <doctest/doctest.h>

#include "tests/kiosk/cli/run_program.hpp"

namespace keepsake::cli {

using Args = std::vector<std::string>;

class CustomerShop {
 public:
  CustomerShop() {
    const auto made = run(
        {"init", "--shop", "Lysvik Elektro", "--currency", "NOK", "--time-zone", "Europe/Oslo"});
    REQUIRE_MESSAGE(made.exit == 0, made.err);
  }
  Ran run(Args args) const {
    args.insert(args.begin(), {"--data", folder()});
    return run_program(args);
  }
  Ran json(Args args) const {
    args.push_back("--json");
    return run(std::move(args));
  }
  /// `more`: such as {"--manager"}.
  void add_staff(const std::string& id, std::string_view pin, const Args& more = {}) const {
    Args args{"--data", folder(), "staff", "add", "--id", id, "--name", id};
    args.insert(args.end(), more.begin(), more.end());
    REQUIRE(run_program(args, pin).exit == 0);
  }
  /// 0: what is kept is in order, and follows from the journal.
  int verify() const { return run({"verify"}).exit + run({"rebuild", "--check"}).exit; }
  std::string folder() const { return (scratch_ / "shop").string(); }
  const Scratch& scratch() const { return scratch_; }

 private:
  Scratch scratch_;
};

}  // namespace keepsake::cli
