#pragma once
// Photos, invoices and documents of customers: attaching, reading and removing them. The content
// stays in this folder (file_store.hpp); the facts travel.

#include "storage/book/file_store.hpp"
#include "storage/domain/values/picture.hpp"
#include "storage/services/customers.hpp"

namespace keepsake {

struct NewFile {
  FileKind kind = FileKind::document;
  std::string name;  ///< what it is called, without a folder; sealed; may be empty
  std::string_view content;
};

/// What it is, is told by its first bytes. Failure::limit "file.limit", "image.pixels" or
/// "files.limit"; ::bad_input "file.empty", "file.type" or "image.damaged"; ::refused
/// "file.already", "customer.erased"; ::not_found "customer.unknown".
Result<FactId> attach_file(Book& book, const CustomerRef& ref, const NewFile& file,
                           const Actor& actor);

/// Content or thumbnail of one of the customer's files. Failure::not_found "file.none" when the
/// customer has none such (or, of a thumbnail, the file is no picture), and as file_store::get().
Result<std::string> read_file(Book& book, const CustomerRef& ref, const Hash& hash,
                              file_store::Part part = file_store::Part::content);

/// What a photo or scan looks like. Failure::not_found "file.none" for a file that is no picture,
/// ::bad_input "image.damaged", and as file_store::get().
Result<Picture> read_thumbnail(Book& book, const AttachedFile& file);

/// Every attachment of this content; the content goes from this folder. Gives the last fact.
Result<FactId> remove_file(Book& book, const CustomerRef& ref, const Hash& hash,
                           const Actor& actor);

}  // namespace keepsake
