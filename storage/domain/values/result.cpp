#include "storage/domain/values/result.hpp"

namespace keepsake {

namespace {

// Texts come with or without their full stop; a line has exactly one after each.
std::string_view without_stop(std::string_view text) {
  return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

std::string to_line(const Error& error) {
  std::string line(without_stop(error.what.empty() ? error.code : error.what));
  if (!error.where.empty()) line += " (" + error.where + ")";
  line += '.';
  if (!error.remedy.empty()) line.append(" ").append(without_stop(error.remedy)).append(".");
  return line;
}

}  // namespace keepsake
