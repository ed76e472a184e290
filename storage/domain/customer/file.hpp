#pragma once
// Photos, invoices and documents that belong to a customer. The facts say what there is; the
// content is kept beside the book, encrypted under the customer's key
// (storage/services/customer_files.hpp).

#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/values/hash.hpp"
#include "storage/domain/values/ids.hpp"

namespace keepsake {

enum class FileKind { photo = 1, invoice, document };
std::string_view name_of(FileKind kind);
Result<FileKind> parse_file_kind(std::string_view name);

enum class FileType { png = 1, jpeg, pdf };
std::string_view ending_of(FileType type);  ///< "png", "jpg", "pdf"
/// What the first bytes say, whatever the file is called. nullopt: none of those.
std::optional<FileType> file_type_of(std::string_view content);

/// File attached.
struct FileAttached {
  CustomerRef customer;
  Hash hash{};  ///< of the content
  FileKind kind = FileKind::document;
  FileType type = FileType::pdf;
  std::int64_t bytes = 0;
  std::string sealed_name;  ///< what the file was called, under the customer's key ("file-name")
  std::string staff;
  LocalTime at;
  bool operator==(const FileAttached&) const = default;
};

/// File removed. Names the attachment, so that attaching the same file again later stands.
struct FileRemoved {
  CustomerRef customer;
  FactId attachment;
  std::string staff;
  LocalTime at;
  bool operator==(const FileRemoved&) const = default;
};

/// A file as screens and programs list it.
struct AttachedFile {
  FactId attachment;
  CustomerRef owner;  ///< the reference it was attached to
  Hash hash{};
  FileKind kind = FileKind::document;
  FileType type = FileType::pdf;
  std::int64_t bytes = 0;
  std::string name;  ///< empty: sealed, and no key here
  std::string staff;
  LocalTime at;
  bool operator==(const AttachedFile&) const = default;
};

}  // namespace keepsake
