#pragma once
// What every command of `keepsake-central` shares: what it is told, how it ends, and who does the
// work.

#include <chrono>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "sync/central/centre.hpp"

namespace keepsake::sync::central {

struct CentreArguments {
  std::string data;                ///< DIR
  std::string listen;              ///< ADDR:PORT; may be empty
  std::vector<std::string> names;  ///< by which terminals reach it
  bool json = false;
};

// 0 done; 1 the answer is no; 2 usage or bad input (product-wide).
inline constexpr int went_well = 0;
inline constexpr int answered_no = 1;
inline constexpr int could_not = 2;

/// Says what went wrong; the exit code.
int fail(const Error& error);
int fail(const std::vector<Error>& mistakes);  ///< of a file: all of them

void print(const nlohmann::ordered_json& json);

/// Who does it, for a trail: who was told, else the user of the shell.
std::string by_whom(const std::string& told);

/// `run` where this command is given; a database that fails is told like any other error. `action`
/// answers with the exit code.
template <class Command, class Options>
void on_command(Command& command, const CentreArguments& arguments,
                std::function<int(const Clock&)>& action, const std::shared_ptr<Options>& options,
                int (*run)(const CentreArguments&, const Options&, const Clock&)) {
  command.callback([&arguments, &action, options, run] {
    action = [&arguments, options, run](const Clock& clock) {
      try {
        return run(arguments, *options, clock);
      } catch (const DatabaseError& error) {
        return fail(error.error());
      }
    };
  });
}

/// Those of the centre's certificate: what was told, and what is this machine's anyway.
std::vector<std::string> names_of(const CentreArguments& arguments);

/// While a centre runs it alone writes the database, so it is asked (`ask`; nothing: none is
/// running); else this process is the writer (`act`).
template <class T>
Result<T> by_centre(const CentreArguments& arguments, const Clock& clock,
                    const std::function<Result<std::optional<T>>()>& ask,
                    const std::function<Result<T>(Centre&)>& act) {
  constexpr int tries = 50;
  for (int i = 0;; ++i) {
    auto asked = ask();
    if (!asked) return asked.error();
    if (*asked) return std::move(**asked);
    auto centre = Centre::open(arguments.data, names_of(arguments), clock);
    if (centre) {
      auto acted = act(**centre);
      static_cast<void>((*centre)->clean_up());  // what it leaves undone is done at the next start
      return acted;
    }
    // It holds the folder but does not listen yet (or any more): it is starting or stopping.
    if (centre.error().kind != Failure::busy || i == tries) return centre.error();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

}  // namespace keepsake::sync::central
