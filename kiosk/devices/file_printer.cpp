#include "kiosk/devices/file_printer.hpp"

#include <fstream>
#include <system_error>

#include "kiosk/devices/preview.hpp"
#include "storage/domain/values/ascii.hpp"

namespace keepsake::devices {
namespace {

namespace fs = std::filesystem;

constexpr int prints_of_one_number = 1000;

Error cannot_write(const fs::path& folder) {
  return {Failure::unavailable, "printer.folder", "The receipt cannot be written", folder.string(),
          "Free space there or choose another folder"};
}

/// Letters, digits, dash and underscore survive; a number from outside names no other folder.
std::string file_stem(std::string_view number) {
  std::string stem;
  for (const char c : number.substr(0, 64)) {
    const bool plain = is_letter_or_digit(c) || c == '-' || c == '_';
    stem += plain ? c : '_';
  }
  return stem.empty() ? "receipt" : stem;
}

/// Written beside and renamed, so that a reader never meets half a file.
bool write_file(const fs::path& path, const std::string& bytes) {
  fs::path part = path;
  part += ".part";
  {
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out.flush()) return false;
  }
  std::error_code error;
  fs::rename(part, path, error);
  return !error;
}

class FilePrinter final : public Printer {
 public:
  FilePrinter(fs::path folder, const PrinterProfile& profile)
      : folder_(std::move(folder)), profile_(profile) {}

  Result<Done> print(const Receipt& receipt) override {
    auto stem = free_stem(file_stem(receipt.number));
    if (!stem) return stem.error();
    const std::string bytes = to_escpos(receipt, profile_);
    if (!write_file(*stem + ".bin", bytes)) return cannot_write(folder_);
    auto png = preview_png(bytes, profile_);
    if (!png) return png.error();
    if (!write_file(*stem + ".png", *png)) return cannot_write(folder_);
    return Done{};
  }

  /// Each pulse is appended, so that a test or a demonstration can count them.
  Result<Done> open_drawer() override {
    std::error_code error;
    fs::create_directories(folder_, error);
    std::ofstream out(folder_ / "drawer.bin", std::ios::binary | std::ios::app);
    const std::string pulse = drawer_kick();
    out.write(pulse.data(), static_cast<std::streamsize>(pulse.size()));
    if (!out.flush()) return cannot_write(folder_);
    return Done{};
  }

 private:
  Result<std::string> free_stem(const std::string& stem) const {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) return cannot_write(folder_);
    for (int copy = 1; copy <= prints_of_one_number; ++copy) {
      const std::string name = copy == 1 ? stem : stem + "-" + std::to_string(copy);
      if (!fs::exists(folder_ / (name + ".bin"), error)) return (folder_ / name).string();
    }
    return Error{Failure::limit, "printer.copies", "This receipt was printed too many times",
                 folder_.string(), "Clean up the folder"};
  }

  fs::path folder_;
  PrinterProfile profile_;
};

}  // namespace

std::unique_ptr<Printer> make_file_printer(fs::path folder, const PrinterProfile& profile) {
  return std::make_unique<FilePrinter>(std::move(folder), profile);
}

}  // namespace keepsake::devices
