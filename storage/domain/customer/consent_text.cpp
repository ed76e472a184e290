#include "storage/domain/customer/consent_text.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake {
namespace {

constexpr std::array<std::string_view, 3> names = {"membership", "marketing", "sharing"};
constexpr std::size_t joining_text_letters = 60;
constexpr std::array<std::string_view, 3> product_versions = {"membership-1", "marketing-1",
                                                              "sharing-1"};

/// Asked at joining, a consent stands beside a switch; the others are asked one by one.
std::size_t most_letters(ConsentPurpose purpose) {
  return purpose == ConsentPurpose::sharing ? consent_text_letters : joining_text_letters;
}

Error wrong(const ConsentText& text, std::string code, std::string what, std::string remedy) {
  return {Failure::bad_input, "consent." + std::move(code), std::move(what),
          std::string(name_of(text.purpose)) + " " + text.version, std::move(remedy)};
}

Result<Done> check_text(const ConsentText& text) {
  if (text.version.empty() || text.version.size() > limits::code_bytes)
    return wrong(text, "version", "The version of a consent's text is missing or too long",
                 "Write a short version such as marketing-2");
  if (std::ranges::find(product_versions, text.version) != product_versions.end())
    return wrong(text, "version", "This is the version of the product's own text",
                 "Choose another, such as " + text.version + "-own");
  if (text.text.usual.empty())
    return wrong(text, "text", "A text for every other language is missing",
                 "Add text.default = \"...\"");
  const std::size_t most = most_letters(text.purpose);
  const auto fits = [most](std::string_view words) { return code_points_in(words) <= most; };
  const bool all = fits(text.text.usual) &&
                   std::ranges::all_of(text.text.translated,
                                       [&](const auto& each) { return fits(each.second); });
  if (all) return Done{};
  return wrong(text, "length", "The text is too long for the screen",
               "Write at most " + std::to_string(most) +
                   " letters, and the rest on paper that the text names");
}

}  // namespace

std::string_view name_of(ConsentPurpose purpose) {
  return names[static_cast<std::size_t>(purpose)];
}

std::string_view product_version(ConsentPurpose purpose) {
  return product_versions[static_cast<std::size_t>(purpose)];
}

std::optional<ConsentPurpose> parse_consent_purpose(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<ConsentPurpose>(found - names.begin());
}

Result<Done> check(std::span<const ConsentText> texts) {
  std::set<std::string_view> seen;
  for (const ConsentText& text : texts) {
    if (auto ok = check_text(text); !ok) return ok;
    if (!seen.insert(text.version).second)
      return wrong(text, "version", "Two texts have the same version",
                   "Give the newer one a version of its own; keep both");
  }
  return Done{};
}

const ConsentText* present_text(std::span<const ConsentText> texts, ConsentPurpose purpose) {
  const ConsentText* last = nullptr;
  for (const ConsentText& text : texts)
    if (text.purpose == purpose) last = &text;
  return last;
}

const ConsentText* text_of_version(std::span<const ConsentText> texts, ConsentPurpose purpose,
                                   std::string_view version) {
  const auto found = std::ranges::find_if(texts, [&](const ConsentText& text) {
    return text.purpose == purpose && text.version == version;
  });
  return found == texts.end() ? nullptr : &*found;
}

}  // namespace keepsake
