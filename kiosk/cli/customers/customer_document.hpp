#pragma once
// What the document says that a customer is given of what is kept about them: headings, tables and
// words in one language. customer_pdf.cpp draws it.

#include <string>
#include <vector>

#include "kiosk/cli/customers/customer.hpp"
#include "storage/exchange/pdf_sheet.hpp"
#include "storage/locale/locale.hpp"

namespace keepsake::cli {

struct DocumentSection {
  std::string heading;
  std::string paragraph = {};  ///< instead of a table, where there is nothing to list
  std::vector<PdfSheet::Column> columns = {};
  std::vector<std::vector<std::string>> rows = {};  ///< a cell for each column
};

struct CustomerDocument {
  std::string name;     ///< of the customer, or a reference
  std::string subject;  ///< "Everything kept about Ingrid Haugen"
  std::string below;    ///< under the name
  std::vector<DocumentSection> sections;
};

CustomerDocument customer_document(const CustomerFile& file, const Settings& settings,
                                   const Locale& locale);

/// The language to write to this customer in: their own, else what the shop's country speaks.
Language language_for(const CustomerProfile& profile, const Settings& settings);

}  // namespace keepsake::cli
