#include "storage/domain/customer/file.hpp"

namespace keepsake {

namespace {

constexpr std::string_view kinds[] = {"photo", "invoice", "document"};

}  // namespace

std::string_view name_of(FileKind kind) { return kinds[static_cast<std::size_t>(kind) - 1]; }

Result<FileKind> parse_file_kind(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kinds); ++i)
    if (kinds[i] == name) return static_cast<FileKind>(i + 1);
  return Error{Failure::bad_input, "file.kind", "Not a kind of file", std::string(name),
               "Use photo, invoice or document."};
}

std::string_view ending_of(FileType type) {
  switch (type) {
    case FileType::png:
      return "png";
    case FileType::jpeg:
      return "jpg";
    case FileType::pdf:
      return "pdf";
  }
  return "bin";
}

std::optional<FileType> file_type_of(std::string_view content) {
  // PNG 1.2, 3.1; JPEG's SOI and the next marker; ISO 32000-1, 7.5.2.
  if (content.starts_with("\x89PNG\r\n\x1a\n")) return FileType::png;
  if (content.starts_with("\xff\xd8\xff")) return FileType::jpeg;
  if (content.starts_with("%PDF-")) return FileType::pdf;
  return std::nullopt;
}

}  // namespace keepsake
