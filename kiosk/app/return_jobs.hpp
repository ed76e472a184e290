#pragma once
// The worker's answers about items that come back.

#include "kiosk/app/work.hpp"

namespace keepsake::app {

inline constexpr std::size_t purchases_listed = 50;

/// What a scanned code with a receipt's shape names.
Result<flow::ReceiptScanned> receipt_scanned(Work& work, const std::string& code);
flow::PurchasesListed on(Work& work, const flow::ListPurchases& job);
flow::PurchaseOpened on(Work& work, const flow::OpenPurchase& job);

}  // namespace keepsake::app
