#pragma once
// The records of a terminal that pulls: what head office sent down, in its order, and on top of it
// the terminal's own facts that have no place there yet (I11). A fact of our own is applied when it
// is recorded, and how to take that back is kept until head office has given it a place; facts of
// others that come before it are put under it. Rules: FEED.md. Everything runs inside the caller's
// transaction and throws DatabaseError.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "storage/domain/feed.hpp"
#include "storage/domain/feed_base.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {
class Database;
class Vault;
namespace sqlite {
class ChangeRecorder;
}
}  // namespace keepsake

namespace keepsake::feed {

/// Keeps how to take back what own facts change, as they are recorded.
class Following {
 public:
  /// `first`: the fact that comes next.
  Following(Database& database, Seq first);
  ~Following();
  Following(const Following&) = delete;
  Following& operator=(const Following&) = delete;
  void recorded(Seq seq);  ///< it is in the journal and applied
  void finish();           ///< before the commit

 private:
  void begin();

  Database& database_;
  Seq first_;
  Seq last_;
  std::unique_ptr<sqlite::ChangeRecorder> recorder_;
};

/// What a part of the feed did.
struct Taken {
  bool news = false;  ///< facts of others have changed the records
  bool more = false;  ///< more of it waits to be placed
  std::vector<CustomerRef>
      erased;  ///< their keys are destroyed; to be cleaned up after (forget.hpp)
  std::vector<std::string> erased_values;
  std::vector<CustomerRef>
      dormant;  ///< their keys are to be dropped when nothing waits to be placed
};

/// What a page that was kept asks for.
struct Arrival {
  bool to_place = false;  ///< place_some() has something to do
  bool news = false;      ///< keys that came with it have opened somebody in the records
};

/// Keeps a page to be placed. A page that does not begin where the last one ended was lost, doubled or
/// overtaken: it changes nothing. One that is not complete waits for the next. Where a key comes later
/// than the enrolment that it opens, the records are made anew: `folder` and failures as place_some().
Result<Arrival> keep(Database& database, Vault& vault, const std::filesystem::path& folder,
                     const FeedPage& page);

/// Puts some of what was kept into the records: as much as may be until somebody else wants to write
/// (`wanted`, asked after each fact), and what must come into force together in one. Each part in a
/// transaction of its own leaves the records at a place of head office's order. Failure::corrupt "feed.not-ours" when it gives a place to a fact that the
/// journal does not hold.
/// `folder` has the file of what the records began with (base.hpp), which is attached afterwards where
/// they were made anew: Failure as feed::begin_records(), too.
Result<Taken> place_some(Database& database, Vault& vault, const std::filesystem::path& folder,
                         const std::function<bool()>& wanted);

/// The records become what a snapshot has, whose file is in its place (base_file), and what is ours and
/// not in it on top. What was pulled before goes. Failure::refused "feed.base-not-ours" when it has own
/// facts that the journal does not hold, "feed.base-older" when it stands before what the records hold.
Result<Done> begin_with(Database& database, Vault& vault, const std::filesystem::path& folder,
                        const FeedBase& base);

/// Head office's order is another one from now on: it is pulled from its start beside the records,
/// which change when all of it is here.
void begin_generation(Database& database, std::int64_t generation);

/// What was pulled under a former enrolment and is not in the records goes: own facts in it may be of a
/// chain that this terminal no longer has. It is pulled again.
void forget_staged(Database& database);
/// How to take back what our own facts changed goes: at an own erasure, because it holds the person's
/// values, and when the tables are others than they were. The next news makes the records anew.
void forget_changes(Database& database);

/// After an upgrade: when the feed holds facts that only this version understands, the records are
/// made anew with them, in a transaction of its own: true.
Result<bool> take_what_is_understood_now(Database& database, Vault& vault,
                                         const std::filesystem::path& folder);

}  // namespace keepsake::feed
