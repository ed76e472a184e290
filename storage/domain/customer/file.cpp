#include "storage/domain/customer/file.hpp"

namespace keepsake {

namespace {

constexpr std::string_view kinds[] = {"photo", "invoice", "document"};

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

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

std::string to_hex(const FileHash& hash) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  for (const std::uint8_t byte : hash) {
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

Result<FileHash> parse_file_hash(std::string_view hex) {
  FileHash hash{};
  bool right = hex.size() == 2 * hash.size();
  for (std::size_t i = 0; right && i < hash.size(); ++i) {
    const int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);
    right = high >= 0 && low >= 0;
    if (right) hash[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  if (right) return hash;
  return Error{Failure::bad_input, "hash.syntax", "A file id has 64 digits 0-9 a-f", "HASH",
               "Copy it from `keepsake customer files`."};
}

}  // namespace keepsake
