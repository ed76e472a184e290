#pragma once
// Inside storage/facts only: domain values to and from the generated messages.

#include "storage/domain/chain_settings.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/dormancy.hpp"
#include "storage/domain/customer/file.hpp"
#include "storage/domain/customer/member_pin.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/code_list.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/level_grant.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/catalogue_request.hpp"
#include "storage/domain/sale/gift_card_statement.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/staff/settlement.hpp"
#include "storage/domain/staff/staff_change.hpp"
#include "storage/facts/facts.pb.h"
#include "storage/facts/ledger.pb.h"

namespace keepsake::facts {

void write(const Purchase& fact, v1::Purchase& message);
void write(const Return& fact, v1::Return& message);
void write(const CustomerEnrolment& fact, v1::CustomerEnrolment& message);
void write(const WarrantyRegistration& fact, v1::WarrantyRegistration& message);
void write(const CoverBegun& fact, v1::CoverBegun& message);
void write(const Programme& fact, v1::Programme& message);
void write(const CatalogueChange& fact, v1::CatalogueChange& message);
void write(const CatalogueRequest& fact, v1::CatalogueRequest& message);
void write(const ChainSettings& fact, v1::ChainSettings& message);
void write(const ShiftOpening& fact, v1::ShiftOpening& message);
void write(const ShiftClosing& fact, v1::ShiftClosing& message);
// write_customer.cpp
void write(const CustomerChange& fact, v1::CustomerChange& message);
void write(const ConsentChange& fact, v1::ConsentChange& message);
void write(const CustomerNote& fact, v1::CustomerNote& message);
void write(const CustomerMerge& fact, v1::CustomerMerge& message);
void write(const MergeUndoing& fact, v1::MergeUndoing& message);
void write(const CustomersApart& fact, v1::CustomersApart& message);
void write(const CustomerErasure& fact, v1::CustomerErasure& message);
void write(const DormancyChange& fact, v1::DormancyChange& message);
void write(const FileAttached& fact, v1::FileAttached& message);
void write(const FileRemoved& fact, v1::FileRemoved& message);
void write(const ProfileChange& change, v1::ProfileChange& message);
// write_loyalty.cpp
void write(const LoyaltyResult& outcome, v1::LoyaltyOutcome& message);
void write(const ReturnResult& outcome, v1::ReturnOutcome& message);
void write(const TopUp& top_up, v1::TopUp& message);
void write(const PointsExpired& fact, v1::PointsExpired& message);
void write(const GiftCardChange& fact, v1::GiftCardChange& message);
void write(const GiftCardStatement& fact, v1::GiftCardStatement& message);
void write(const LoyaltyEvent& fact, v1::LoyaltyEvent& message);
void write(const WalletChange& fact, v1::WalletChange& message);
void write(const CodesAdded& fact, v1::CodesAdded& message);
void write(const CodesDealt& fact, v1::CodesDealt& message);
void write(const LevelGranted& fact, v1::LevelGranted& message);
void write(const ExceptionSettled& fact, v1::ExceptionSettled& message);
void write(const MemberPinChange& fact, v1::MemberPinChange& message);
void write(const StaffChange& fact, v1::StaffChange& message);

/// Each checks shape: enums, ids, currencies, ranges, counts and lengths
/// (storage/domain/values/limits.hpp). Whether the figures make sense together is check()'s
/// business. Failure::bad_input "fact.syntax".
Result<Purchase> read(const v1::Purchase& message);
Result<Return> read(const v1::Return& message);
Result<CustomerEnrolment> read(const v1::CustomerEnrolment& message);
Result<WarrantyRegistration> read(const v1::WarrantyRegistration& message);
Result<CoverBegun> read(const v1::CoverBegun& message);
Result<Programme> read(const v1::Programme& message);
Result<CatalogueChange> read(const v1::CatalogueChange& message);
Result<CatalogueRequest> read(const v1::CatalogueRequest& message);
Result<ChainSettings> read(const v1::ChainSettings& message);
Result<ShiftOpening> read(const v1::ShiftOpening& message);
Result<ShiftClosing> read(const v1::ShiftClosing& message);
// read_customer.cpp
Result<CustomerChange> read(const v1::CustomerChange& message);
Result<ConsentChange> read(const v1::ConsentChange& message);
Result<CustomerNote> read(const v1::CustomerNote& message);
Result<CustomerMerge> read(const v1::CustomerMerge& message);
Result<MergeUndoing> read(const v1::MergeUndoing& message);
Result<CustomersApart> read(const v1::CustomersApart& message);
Result<CustomerErasure> read(const v1::CustomerErasure& message);
Result<DormancyChange> read(const v1::DormancyChange& message);
Result<FileAttached> read(const v1::FileAttached& message);
Result<FileRemoved> read(const v1::FileRemoved& message);
Result<ProfileChange> read(const v1::ProfileChange& message);
// read_loyalty.cpp
Result<PointsExpired> read(const v1::PointsExpired& message);
Result<GiftCardChange> read(const v1::GiftCardChange& message);
Result<GiftCardStatement> read(const v1::GiftCardStatement& message);
Result<LoyaltyEvent> read(const v1::LoyaltyEvent& message);
Result<WalletChange> read(const v1::WalletChange& message);
Result<CodesAdded> read(const v1::CodesAdded& message);
Result<CodesDealt> read(const v1::CodesDealt& message);
Result<LevelGranted> read(const v1::LevelGranted& message);
Result<ExceptionSettled> read(const v1::ExceptionSettled& message);
Result<MemberPinChange> read(const v1::MemberPinChange& message);
Result<StaffChange> read(const v1::StaffChange& message);

}  // namespace keepsake::facts
