#pragma once
// Small online-retail files for tests.

#include <stdexcept>
#include <string>
#include <vector>

#include "kiosk/cli/imports/retail.hpp"
#include "tests/storage/exchange/memory_source.hpp"

namespace keepsake::cli::retail {

inline const std::string header =
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

struct Row {
  std::string invoice, code;
  std::string quantity = "1";
  std::string customer = "17850";
  std::string date = "2010-12-01 08:26:00";
  std::string price = "1.00";
  std::string description = "THING";
};

inline std::string text_of(const std::vector<Row>& rows) {
  std::string text = header;
  for (const auto& row : rows) {
    text += row.invoice + ',' + row.code + ',' + csv_field(row.description) + ',' + row.quantity +
            ',' + row.date + ',' + row.price + ',' + row.customer + ",United Kingdom\n";
  }
  return text;
}

inline Result<Sales> read_text_as_sales(const std::string& text) {
  MemorySource source(text);
  CsvReader csv(source, "f.csv");
  return read(csv, [] {});
}

inline Sales sales_of(const std::vector<Row>& rows) {
  auto sales = read_text_as_sales(text_of(rows));
  if (!sales) throw std::runtime_error(to_line(sales.error()));
  return std::move(*sales);
}

}  // namespace keepsake::cli::retail
