#include "storage/services/customer_files.hpp"

#include <algorithm>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/images/thumbnail.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

Error none() {
  return {Failure::not_found, "file.none", "The customer has no such file", "HASH",
          "Choose it from the customer's files."};
}

Result<Done> check(const NewFile& file) {
  if (file.content.empty())
    return Error{Failure::bad_input, "file.empty", "The file is empty", "", "Choose another file."};
  if (file.content.size() > static_cast<std::size_t>(limits::file_bytes))
    return Error{Failure::limit, "file.limit",
                 "The file is larger than " + std::to_string(limits::file_bytes >> 20) + " MiB", "",
                 "Make it smaller."};
  return check_text(file.name, limits::name_bytes, Presence::optional, "name");
}

struct Owner {
  CustomerRef ref;
  std::vector<AttachedFile> files;
};

Result<Owner> owner_of(Book& book, const CustomerRef& ref) {
  auto reader = book.reader();
  if (!reader) return reader.error();
  const auto profile = (*reader)->customer_profile(ref);
  if (!profile) return profile.error();
  if (!*profile)
    return Error{Failure::not_found, "customer.unknown", "There is no such customer", "",
                 "Look the customer up again."};
  if ((*profile)->erased)
    return Error{Failure::refused, "customer.erased", "This customer has been erased", "",
                 "Enrol the person again if they come back."};
  auto files = (*reader)->files((*profile)->ref);
  if (!files) return files.error();
  return Owner{(*profile)->ref, std::move(*files)};
}

/// Content and thumbnail, on the disk before the fact.
Result<Done> store(Book& book, const CustomerRef& owner, const Hash& hash, FileType type,
                   std::string_view content) {
  using file_store::Part;
  if (type != FileType::pdf) {
    const auto small = images::thumbnail(type, content);
    if (!small) return small.error();
    if (auto ok =
            file_store::put(book.folder(), book.vault(), owner, hash, Part::thumbnail, *small);
        !ok)
      return ok;
  }
  return file_store::put(book.folder(), book.vault(), owner, hash, Part::content, content);
}

}  // namespace

Result<FactId> attach_file(Book& book, const CustomerRef& ref, const NewFile& file,
                           const Actor& actor) {
  if (auto ok = check(file); !ok) return ok.error();
  const auto type = file_type_of(file.content);
  if (!type)
    return Error{Failure::bad_input, "file.type", "The file is not a PNG, JPEG or PDF", "",
                 "Save it as one of these; its name does not matter."};
  const auto owner = owner_of(book, ref);
  if (!owner) return owner.error();
  const Hash hash = sha256(file.content);
  if (std::ranges::find(owner->files, hash, &AttachedFile::hash) != owner->files.end())
    return Error{Failure::refused, "file.already", "The customer already has this file", "",
                 "Nothing to do."};
  if (owner->files.size() >= limits::customer_files)
    return Error{Failure::limit, "files.limit",
                 "A customer can have at most " + std::to_string(limits::customer_files) + " files",
                 "", "Remove some that are not needed."};
  auto name = book.vault().seal(owner->ref, "file-name", file.name);
  if (!name) return name.error();
  if (auto ok = store(book, owner->ref, hash, *type, file.content); !ok) return ok.error();
  return book.record(FileAttached{owner->ref, hash, file.kind, *type,
                                  static_cast<std::int64_t>(file.content.size()), std::move(*name),
                                  actor.staff, actor.at});
}

Result<std::string> read_file(Book& book, const CustomerRef& ref, const Hash& hash,
                              file_store::Part part) {
  const auto owner = owner_of(book, ref);
  if (!owner) return owner.error();
  const auto found = std::ranges::find(owner->files, hash, &AttachedFile::hash);
  if (found == owner->files.end()) return none();
  if (part == file_store::Part::thumbnail && found->type == FileType::pdf) return none();
  return file_store::get(book.folder(), book.vault(), found->owner, hash, part);
}

Result<Picture> read_thumbnail(Book& book, const AttachedFile& file) {
  if (file.type == FileType::pdf) return none();
  const auto jpeg = file_store::get(book.folder(), book.vault(), file.owner, file.hash,
                                    file_store::Part::thumbnail);
  if (!jpeg) return jpeg.error();
  return images::picture_of(*jpeg);
}

Result<FactId> remove_file(Book& book, const CustomerRef& ref, const Hash& hash,
                           const Actor& actor) {
  const auto owner = owner_of(book, ref);
  if (!owner) return owner.error();
  std::vector<Fact> facts;
  for (const AttachedFile& each : owner->files)
    if (each.hash == hash)
      facts.emplace_back(FileRemoved{each.owner, each.attachment, actor.staff, actor.at});
  if (facts.empty()) return none();
  const auto ids = book.record_all(facts);
  if (!ids) return ids.error();
  for (const AttachedFile& each : owner->files)
    if (each.hash == hash) file_store::remove(book.folder(), each.owner, hash);
  return ids->back();
}

}  // namespace keepsake
