// Any bytes as a CSV file, as a catalogue and as sales: records or an error with a place, never a
// crash; and what was read is read the same in pieces of one byte.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "kiosk/cli/imports/retail.hpp"
#include "kiosk/cli/imports/retail_match.hpp"
#include "storage/exchange/catalogue_file.hpp"
#include "storage/exchange/csv.hpp"
#include "tests/storage/exchange/memory_source.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

struct Read {
  std::vector<std::vector<std::string>> rows;
  std::vector<CsvPlace> places;
  std::string error;
};

Read read_all(const std::string& bytes, std::size_t piece) {
  MemorySource source(bytes, piece);
  CsvReader csv(source, "f");
  Read read;
  CsvRecord record;
  for (;;) {
    const auto there = csv.next(record);
    if (!there) {
      require(!there.error().where.empty() && !there.error().remedy.empty());
      read.error = to_line(there.error());
      return read;
    }
    if (!*there) return read;
    require(!record.fields.empty());
    auto& row = read.rows.emplace_back();
    for (const auto& field : record.fields) {
      row.emplace_back(field.text);
      read.places.push_back(field.place);
    }
  }
}

void read_as_catalogue(const std::string& bytes) {
  MemorySource source(bytes);
  CsvReader csv(source, "f");
  const auto catalogue = read_catalogue(csv, *Currency::parse("NOK"));
  require(catalogue.mistakes.size() <= most_mistakes_told + 1);
  if (!catalogue.mistakes.empty()) return;
  for (const auto& entry : catalogue.entries) require(check(entry.article).ok());
}

void read_as_sales(const std::string& bytes) {
  MemorySource source(bytes);
  CsvReader csv(source, "f");
  const auto sales = retail::read(csv, [] {});
  if (!sales) return;
  require(sales->file_lines == sales->lines.size() + sales->refused.size());
  std::int64_t cancelled = 0, parts = 0;
  for (const auto& line : sales->lines) {
    if (sales->invoices[line.invoice].kind == retail::Kind::cancellation) cancelled += line.pieces;
  }
  for (const auto& part : retail::match_returns(*sales).parts) parts += part.pieces;
  require(cancelled == parts);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto whole = read_all(bytes, 4096);
  const auto pieces = read_all(bytes, 1);
  require(whole.rows == pieces.rows && whole.places == pieces.places &&
          whole.error == pieces.error);
  read_as_catalogue(bytes);
  read_as_catalogue("code,gtin,name,category,maker,price,tax_percent,sold_by,cover_months\n" +
                    bytes);
  read_as_sales(
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n" +
      bytes);
  return 0;
}
