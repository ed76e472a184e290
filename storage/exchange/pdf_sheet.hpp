#pragma once
// A4 pages with a running head, numbered feet, and tables that break between rows. Millimetres from
// the top left; text in any script.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "storage/exchange/table.hpp"

namespace keepsake {

/// What stands on every page.
struct PdfFrame {
  std::string shop;                                 ///< left of the foot
  std::string subject;                              ///< head of every page but the first
  std::function<std::string(int page)> page_words;  ///< right of the foot: "Page 2 of 7"
};

class PdfSheet {
 public:
  /// The document's bytes are put behind `into` as they are made.
  PdfSheet(std::string& into, PdfFrame frame);
  ~PdfSheet();
  PdfSheet(const PdfSheet&) = delete;
  PdfSheet& operator=(const PdfSheet&) = delete;

  void title(const std::string& above, const std::string& text, const std::string& below);
  /// Never alone at the end of a page.
  void heading(const std::string& text);
  void paragraph(const std::string& text);

  struct Column {
    std::string title;  ///< of all columns or of none
    double width_mm = 0;
    Align align = Align::left;
    bool quiet = false;  ///< a label rather than a value
  };
  /// The titles come again on every page the rows go on to.
  void begin_table(std::vector<Column> columns);
  void row(const std::vector<std::string>& cells);

  int pages() const { return page_; }
  bool finish();  ///< false: it could not be drawn

 private:
  struct Drawing;
  struct Style;

  void break_page();
  /// Breaks the page unless so much is left of it.
  void need(double height);
  void draw_foot();
  void draw_titles();

  std::unique_ptr<Drawing> drawing_;
  PdfFrame frame_;
  std::vector<Column> columns_;
  int page_ = 1;
  double y_ = 0;
};

}  // namespace keepsake
