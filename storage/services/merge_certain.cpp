#include "storage/services/merge_certain.hpp"

#include <algorithm>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/customer/duplicates.hpp"
#include "storage/domain/customer/profile.hpp"

namespace keepsake {

namespace {

constexpr std::size_t similar_most = 100;

/// What speaks for the two being one now; nullopt: merged already, or no longer certain.
Result<std::optional<SimilarCustomer>> still_certain(Book& book, const DuplicatePair& pair) {
  auto reader = book.reader();
  if (!reader) return reader.error();
  auto one = (*reader)->customer_profile(pair.one);
  if (!one) return one.error();
  auto other = (*reader)->customer_profile(pair.other);
  if (!other) return other.error();
  if (!*one || !*other || (*one)->ref == (*other)->ref) return std::optional<SimilarCustomer>{};
  auto similar = (*reader)->similar_customers(**other, similar_most);
  if (!similar) return similar.error();
  for (const SimilarCustomer& each : *similar)
    if (each.ref == (*one)->ref && each.similarity.certain()) return std::optional(each);
  return std::optional<SimilarCustomer>{};
}

/// "certain: phone, name": kinds, never values.
std::string reason_of(const Similarity& similarity) {
  std::string words = "certain: ";
  for (std::size_t i = 0; i < similarity.reasons.size(); ++i)
    words.append(i > 0 ? ", " : "").append(name_of(similarity.reasons[i]));
  return words;
}

}  // namespace

Result<std::vector<FactId>> merge_certain(Book& book, std::size_t limit, const Actor& actor) {
  std::vector<DuplicatePair> pairs;
  {
    auto reader = book.reader();
    if (!reader) return reader.error();
    auto found = (*reader)->duplicates(similarity::certain_from, limit);
    if (!found) return found.error();
    pairs = std::move(*found);
  }
  std::vector<FactId> merges;
  for (const DuplicatePair& pair : pairs) {
    const auto certain = still_certain(book, pair);
    if (!certain) return certain.error();
    if (!*certain) continue;
    auto merge =
        merge_customers(book, pair.one, pair.other, reason_of((*certain)->similarity), actor);
    if (!merge) return merge.error();
    merges.push_back(*merge);
  }
  return merges;
}

}  // namespace keepsake
