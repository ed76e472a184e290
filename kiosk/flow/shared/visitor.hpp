#pragma once

#include <optional>
#include <vector>

#include "kiosk/flow/shared/language.hpp"
#include "kiosk/flow/shared/notice.hpp"
#include "kiosk/flow/shared/question.hpp"
#include "kiosk/flow/shared/touches.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/proof.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/domain/staff/staff_member.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/domain/views/customer_view.hpp"

namespace keepsake::flow {

/// nullopt on attract and on a locked till: nothing to take away.
struct Idle {
  std::optional<Instant> at;       ///< customer: the warning comes; staff: the till locks
  std::optional<Instant> gone_at;  ///< the warning is up and this is when the visit ends. Draw the
                                   ///< warning alone: nothing of the screen beneath may show.
  bool operator==(const Idle&) const = default;
};

/// A figure that is asked about beside its field; Submit of the same once more is the answer.
struct Doubt {
  std::string entry;
  Instant since;
  bool operator==(const Doubt&) const = default;
};

/// What a keyboard typed into a figure's field and ended with Enter, while it is looked up.
struct FigureCheck {
  std::string text;
  enum class As { figure, code } as = As::figure;  ///< code: the field is cleared already
  bool much = false;                               ///< as a figure it would be asked about
  bool operator==(const FigureCheck&) const = default;
};

/// Something that staff began and that needs proof of who the customer is: Submit vouches and does it,
/// so does the member's PIN; Back does not, and the member's card does away with the question.
struct Proving {
  enum class What : unsigned char {
    claim,
    use_points,
    tender,
    again,
    entry,
    removal,
    consent,
    wallet
  } what = What::claim;
  std::string reward = {};  ///< claim
  int steps = 0;            ///< claim
  TenderKind kind = TenderKind::unknown;
  std::string field = {};                   ///< entry
  std::optional<ContactTag> replaces = {};  ///< entry, removal
  ConsentPurpose purpose = ConsentPurpose::membership;
  CustomerRef customer = {};
  std::optional<std::string> pin = {};  ///< the member types it, as far as they have
  Instant since = {};
  bool operator==(const Proving&) const = default;
};

/// Whom staff have proof of beside the sale's customer, as long as the visit lasts.
struct Proved {
  CustomerRef customer;
  Recognition how;
  bool operator==(const Proved&) const = default;
};

/// Who stands at the screen and how they want it; with the screen itself it is a Visit (session.hpp).
struct Visitor {
  KeyPage keys = KeyPage::letters;
  KeyScript script = KeyScript::own;
  std::optional<Language> language;  ///< chosen in this visit
  TextSize text = TextSize::normal;
  Contrast contrast = Contrast::normal;
  bool choosing_language =
      false;  ///< the language screen lies over the screen, which keeps its fields
  std::optional<StaffMember> staff;    ///< signed in
  std::optional<CustomerView> member;  ///< identified on the customer side
  Recognition recognised = {};         ///< how `member` was
  std::optional<Asked>
      pending;  ///< a write: the screen takes no touches, no scans, and never idles away
  std::vector<Asked> asked;  ///< reads under way, at most reads_at_once
  std::optional<Notice> notice;
  std::string keyed = {};  ///< what a keyboard gave the figure's field, with what it did not take
  std::optional<Doubt> doubt = {};
  std::optional<FigureCheck> checking = {};
  std::optional<Proving> proving = {};
  std::optional<Proved> proved = {};
  std::optional<Instant>
      notice_until;  ///< good news leaves by itself; errors wait for the next touch
  Idle idle;

  // Generated once, in visitor.cpp.
  Visitor();
  Visitor(const Visitor&);
  Visitor(Visitor&&) noexcept;
  Visitor& operator=(const Visitor&);
  Visitor& operator=(Visitor&&) noexcept;
  ~Visitor();
  bool operator==(const Visitor&) const;
};

struct Context;

/// Chosen in this visit, else the shop's.
Language language_of(const Visitor& visitor, const Context& context);

/// Something is being waited for and the primary button shows that it is working.
bool working(const Visitor& visitor);

}  // namespace keepsake::flow
