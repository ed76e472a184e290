#pragma once
// A whole chain in one thread: tills of two stores and a head office, each on a disk whose power can
// be cut, with lines in between that lose and double; steps happen to it, and after each the judge
// looks. Everything follows from the steps: the same list gives the same world.

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/crash_vfs.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/world/judge.hpp"
#include "tests/world/line.hpp"
#include "tests/world/people.hpp"
#include "tests/world/steps.hpp"
#include "tests/world/till.hpp"

namespace keepsake::world {

inline constexpr std::size_t tills_of_a_world = 4;  ///< two of each store

/// What came of it.
struct Outcome {
  std::string wrong;      ///< empty: nothing
  std::size_t steps = 0;  ///< that were taken
  std::size_t cuts = 0, enrolments = 0;
  Judge::Counts counts{};
};

class World {
 public:
  World();
  ~World();

  /// Takes the steps, then lets all faults stop, exchanges everything and looks once more.
  Outcome live(const std::vector<Step>& steps);

 private:
  void set_up();
  void begin();
  void take(const Step& step);
  void at_the_next_till(const Step& step, Chance chance);
  bool at_office(const Step& step, Chance& chance);
  bool of_machines(const Step& step, Chance& chance);
  void publish_prices(Chance& chance);
  void publish_programme(Chance& chance);
  void add_codes(std::size_t till, Chance& chance);
  void settle_at_office(Chance& chance);
  void cut(const std::filesystem::path& machine, Chance& chance);
  void restore_office();
  void enrol_again(std::size_t till, Till::Answer first_answer);
  void pass_time(Chance& chance);
  void jump_clock(std::size_t till, Chance& chance);
  void leave_power_on(const std::filesystem::path& machine);
  void power_back();
  void exchange_all();
  bool has_unsent(std::size_t till);
  void wrong(const std::string& what) {
    if (outcome_.wrong.empty()) outcome_.wrong = what;
  }

  test::TemporaryFolder folder_;
  test::CrashDisk disk_;
  test::FakeClock clock_;  ///< head office's
  Office office_;
  Network network_;
  std::deque<Till> tills_;
  std::vector<std::chrono::milliseconds> jumped_;  ///< how far each till's clock is off
  std::optional<Judge> judge_;
  People people_;
  std::filesystem::path cut_at_;  ///< the machine whose power is to go, or is gone
  bool has_copy_ = false;
  std::size_t lists_ = 0, programmes_ = 0;
  Outcome outcome_;
};

}  // namespace keepsake::world
