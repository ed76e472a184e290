#pragma once
// What head office says of the settings of its stores' tills (SETTINGS.md, Of the chain): a part of the
// keys of keepsake.toml, over what each till's own file says.

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/book/settings.hpp"

namespace keepsake {

/// A setting that head office may decide.
struct ChainSetting {
  std::string_view key;  ///< as in the file: "retention.audit_days"
  bool (*same)(const Settings& one, const Settings& other);
  /// Fields and texts of a till's own that head office does not name stay beside its.
  void (*put)(const Settings& from, Settings& into);
  std::string (*words)(const Settings& settings);  ///< its value, short, for people
  bool of_office_alone = false;                    ///< a till has none of its own
};
std::span<const ChainSetting> chain_settings();

/// "500 points, 250.50 NOK"; "none".
std::string words_of(const RiskBudget& risk);

/// What head office has said; of everything else each till decides.
struct ChainWord {
  Settings values;
  std::vector<const ChainSetting*> named;  ///< in the order of chain_settings()
  bool names(std::string_view key) const;
};

/// Every mistake of a file that is to be published, with FILE:LINE:COLUMN (key); the codes are those of
/// parse_settings(), and "settings.own" for what each till decides by itself.
std::vector<Error> chain_settings_mistakes(std::string_view text, const std::string& file);
/// What this version understands of a text that was published: a later one may say more.
ChainWord chain_word(std::string_view text);

Settings with_word(Settings own, const ChainWord& word);

/// The settings as they are in force. What it gave out stays valid as long as it lives, so that
/// whoever holds it goes on with what was in force when it began: head office changes them a few
/// times a year. Thread-safe but for refresh().
class CurrentSettings {
 public:
  explicit CurrentSettings(Settings own);
  const Settings& get() const { return *current_; }
  /// `text`: of head office, as the records have it.
  void refresh(const std::string& text);

 private:
  const Settings own_;
  std::string text_;
  std::vector<std::unique_ptr<const Settings>> all_;
  std::atomic<const Settings*> current_;
};

}  // namespace keepsake
