#include "kiosk/cli/shop/pin_prompt.hpp"

#include <algorithm>
#include <istream>
#include <ostream>
#include <termios.h>
#include <unistd.h>

#include "storage/domain/values/ascii.hpp"

namespace keepsake::cli {
namespace {

/// Typing stays invisible while it lives.
class HiddenTyping {
 public:
  HiddenTyping() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios hidden = before_;
    hidden.c_lflag &= static_cast<tcflag_t>(~ECHO);
    changed_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
  }
  ~HiddenTyping() {
    if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

Result<std::string> read_pin(std::istream& in) {
  std::string line;
  if (!std::getline(in, line)) {
    return Error{Failure::bad_input, "pin.none", "No PIN was given", "standard input",
                 "Type it when asked, or pipe it in: echo 1357 | keepsake staff add ..."};
  }
  if (line.ends_with('\r')) line.pop_back();
  if (line.size() < 4 || line.size() > 8 || !is_all_digits(line)) {
    return Error{Failure::bad_input, "pin.digits", "Not a PIN", "standard input",
                 "Give 4 to 8 digits"};
  }
  return line;
}

Result<std::string> read_passphrase(std::istream& in) {
  std::string line;
  if (!std::getline(in, line) || line.empty()) {
    return Error{Failure::bad_input, "passphrase.none", "No passphrase was given", "standard input",
                 "Type it when asked, or pipe it in from a file that only you can read"};
  }
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace

Result<std::string> ask_passphrase(Program& program, Asked asked) {
  if (!program.in_is_terminal()) return read_passphrase(program.in());
  const HiddenTyping hidden;
  program.err() << "Passphrase: " << std::flush;
  auto first = read_passphrase(program.in());
  program.err() << '\n';
  if (!first || asked == Asked::once) return first;
  program.err() << "Again: " << std::flush;
  const auto second = read_passphrase(program.in());
  program.err() << '\n';
  if (!second || *second != *first) {
    return Error{Failure::bad_input, "passphrase.differs", "The two passphrases differ",
                 "standard input", "Start again"};
  }
  return first;
}

Result<std::string> ask_pin(Program& program, Asked asked) {
  if (!program.in_is_terminal()) return read_pin(program.in());
  const HiddenTyping hidden;
  program.err() << "PIN (4 to 8 digits): " << std::flush;
  auto first = read_pin(program.in());
  program.err() << '\n';
  if (!first || asked == Asked::once) return first;
  program.err() << "Again: " << std::flush;
  const auto second = read_pin(program.in());
  program.err() << '\n';
  if (!second || *second != *first) {
    return Error{Failure::bad_input, "pin.differs", "The two PINs differ", "standard input",
                 "Start again"};
  }
  return first;
}

}  // namespace keepsake::cli
