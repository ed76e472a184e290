#pragma once
// Touches of staff beside the sale: their pages about customers, the shift, sync.

#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/staff/settlement.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/types.hpp"

namespace keepsake::flow {

enum class ProfileTab { details, timeline };

struct PickPerson {
  std::size_t index;
};  ///< of CustomerSearch::found

struct ShowProfileTab {
  ProfileTab tab;
};

struct OpenEntry {
  std::string field;
  std::optional<ContactTag> replaces;
};

struct PickValue {
  std::string value;
};  ///< one of a few: saved at once

struct RemoveContact {
  ContactTag tag;
};

struct AskWalletState {};  ///< "block it?", "free it?"; Submit answers yes, Back no

struct ShowFile {
  std::size_t index;
};  ///< of ProfileSeen::files

struct UseCustomer {};  ///< in the sale

struct AskUndo {
  FactId merge;
};

struct ShowPair {
  std::size_t index;
};

struct AskMerge {};  ///< Submit merges

struct TellApart {};

struct SyncNow {};

struct SayDateIsRight {};  ///< by a manager, where the clock is not believed

struct AddStaffMember {};

struct OpenStaffMember {
  std::size_t index;
};  ///< of StaffList::staff

struct ChooseRole {
  bool manager;
};  ///< of whom the form is about

struct AskRemoveMember {};  ///< Submit removes them, Back does not

struct OpenArticle {
  std::size_t index;
};  ///< of ArticlePage::found

struct OpenRequest {
  std::size_t index;
};  ///< of CatalogueDesk::requests

struct NewArticle {};

struct PickTax {
  std::size_t index;
};  ///< of CatalogueDesk::rates: with it the new article is saved

struct OpenException {
  std::size_t index;
};  ///< of ExceptionPage::open

struct ChooseDecision {
  Decision decision;
};  ///< Submit settles it so, Back does not

struct ShowExceptionCustomer {};  ///< whose it is

using StaffTouches =
    Types<PickPerson, ShowProfileTab, OpenEntry, PickValue, RemoveContact, AskWalletState, ShowFile,
          UseCustomer, AskUndo, ShowPair, AskMerge, TellApart, SyncNow, SayDateIsRight,
          AddStaffMember, OpenStaffMember, ChooseRole, AskRemoveMember, OpenArticle, OpenRequest,
          NewArticle, PickTax, OpenException, ChooseDecision, ShowExceptionCustomer>;

}  // namespace keepsake::flow
