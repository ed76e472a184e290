#include "storage/exchange/programme_files.hpp"

#include "storage/domain/values/limits.hpp"
#include "storage/exchange/bytes.hpp"

namespace keepsake {

Result<ProgrammeFile> read_programme(const std::vector<std::string>& files) {
  std::vector<ProgrammeText> texts;
  for (const std::string& file : files) {
    auto text = read_text(file, limits::programme_bytes);
    if (!text) return text.error();
    texts.push_back({file, std::move(*text)});
  }
  return parse_programme(texts);
}

}  // namespace keepsake
