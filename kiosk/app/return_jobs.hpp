#pragma once
// The worker's answers about goods that come back.

#include "kiosk/flow/effect.hpp"
#include "kiosk/flow/event.hpp"
#include "storage/book/book.hpp"
#include "storage/programme/active_programme.hpp"

namespace keepsake::app {

inline constexpr std::size_t purchases_listed = 50;

/// What a scanned code with a receipt's shape names.
Result<flow::ReceiptScanned> receipt_scanned(Book& book, Reader& reader, const std::string& code);
flow::PurchasesListed list_purchases(Reader& reader, const flow::ListPurchases& job);
flow::PurchaseOpened open_purchase(Book& book, Reader& reader, ActiveProgrammes& kept,
                                   const flow::OpenPurchase& job);

}  // namespace keepsake::app
