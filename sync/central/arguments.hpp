#pragma once
// What every command of `keepsake-central` shares: what it is told, how it ends, and who does the
// work.

#include <chrono>
#include <functional>
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
inline constexpr int answered_no = 1;
inline constexpr int could_not = 2;

/// Says what went wrong; the exit code.
int fail(const Error& error);
int fail(const std::vector<Error>& mistakes);  ///< of a file: all of them

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
    if (centre) return act(**centre);
    // It holds the folder but does not listen yet (or any more): it is starting or stopping.
    if (centre.error().kind != Failure::busy || i == tries) return centre.error();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

}  // namespace keepsake::sync::central
