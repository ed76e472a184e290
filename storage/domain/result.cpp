#include "storage/domain/result.hpp"

namespace keepsake {

std::string to_line(const Error& error) {
  std::string line = error.what.empty() ? error.code : error.what;
  if (!error.where.empty()) line += " (" + error.where + ")";
  line += ".";
  if (!error.remedy.empty()) line += " " + error.remedy + ".";
  return line;
}

}  // namespace keepsake
