#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>
#include <memory>

#include "storage/images/pixels.hpp"

namespace keepsake::images {

namespace {

constexpr int scans_max = 100;  // each scan of a progressive file costs time anew
constexpr int quality = 80;

/// libjpeg reports by jumping. Where it may jump past there are only plain values; what has to be
/// freed belongs to whoever called.
struct Jump {
  jpeg_error_mgr manager;  // first: libjpeg gives its address back
  std::jmp_buf back;
};

extern "C" {
[[noreturn]] void on_error(j_common_ptr jpeg) {
  std::longjmp(reinterpret_cast<Jump*>(jpeg->err)->back, 1);
}
void on_message(j_common_ptr) {}
void on_progress(j_common_ptr jpeg) {
  if (reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > scans_max) on_error(jpeg);
}
}

void prepare(Jump& jump) {
  jpeg_std_error(&jump.manager);
  jump.manager.error_exit = on_error;
  jump.manager.output_message = on_message;
}

class Reading {
 public:
  Reading() {
    prepare(jump_);
    jpeg_.err = &jump_.manager;
    jpeg_create_decompress(&jpeg_);
    progress_.progress_monitor = on_progress;
    jpeg_.progress = &progress_;
  }
  ~Reading() { jpeg_destroy_decompress(&jpeg_); }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  bool read_header(std::string_view content) {
    if (setjmp(jump_.back) != 0) return false;
    jpeg_mem_src(&jpeg_, reinterpret_cast<const unsigned char*>(content.data()), content.size());
    return jpeg_read_header(&jpeg_, TRUE) == JPEG_HEADER_OK;
  }

  Size size() const { return {jpeg_.image_width, jpeg_.image_height}; }

  /// Sets out_size; the rows are read next.
  bool begin() {
    if (setjmp(jump_.back) != 0) return false;
    jpeg_.out_color_space = JCS_RGB;
    jpeg_.scale_num = 1;
    jpeg_.scale_denom = 1;
    const auto longer = std::max(jpeg_.image_width, jpeg_.image_height);
    while (jpeg_.scale_denom < 8 && longer / (jpeg_.scale_denom * 2) >= 2 * thumbnail_px)
      jpeg_.scale_denom *= 2;
    return jpeg_start_decompress(&jpeg_) == TRUE && jpeg_.output_components == 3;
  }
  Size out_size() const { return {jpeg_.output_width, jpeg_.output_height}; }

  bool read_rows(std::uint8_t* into) {
    if (setjmp(jump_.back) != 0) return false;
    const std::size_t stride = std::size_t{jpeg_.output_width} * 3;
    while (jpeg_.output_scanline < jpeg_.output_height) {
      JSAMPROW row = into + jpeg_.output_scanline * stride;
      jpeg_read_scanlines(&jpeg_, &row, 1);
    }
    return true;
  }

 private:
  jpeg_decompress_struct jpeg_{};
  jpeg_progress_mgr progress_{};
  Jump jump_{};
};

class Writing {
 public:
  Writing() {
    prepare(jump_);
    jpeg_.err = &jump_.manager;
    jpeg_create_compress(&jpeg_);
  }
  ~Writing() {
    jpeg_destroy_compress(&jpeg_);
    std::free(bytes_);
  }
  Writing(const Writing&) = delete;
  Writing& operator=(const Writing&) = delete;

  bool write(const std::uint8_t* rgb, Size size) {
    if (setjmp(jump_.back) != 0) return false;
    jpeg_mem_dest(&jpeg_, &bytes_, &count_);
    jpeg_.image_width = size.width;
    jpeg_.image_height = size.height;
    jpeg_.input_components = 3;
    jpeg_.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg_);
    jpeg_set_quality(&jpeg_, quality, TRUE);
    jpeg_start_compress(&jpeg_, TRUE);
    while (jpeg_.next_scanline < jpeg_.image_height) {
      // The interface is not const; the row is only read.
      JSAMPROW row = const_cast<JSAMPROW>(rgb + std::size_t{jpeg_.next_scanline} * size.width * 3);
      jpeg_write_scanlines(&jpeg_, &row, 1);
    }
    jpeg_finish_compress(&jpeg_);
    return true;
  }
  std::string bytes() const { return {reinterpret_cast<const char*>(bytes_), count_}; }

 private:
  jpeg_compress_struct jpeg_{};
  Jump jump_{};
  unsigned char* bytes_ = nullptr;
  unsigned long count_ = 0;
};

}  // namespace

Result<Size> jpeg_size(std::string_view content) {
  Reading reading;
  if (!reading.read_header(content)) return damaged();
  return reading.size();
}

Result<Pixels> read_jpeg(std::string_view content) {
  Reading reading;
  if (!reading.read_header(content) || !reading.begin()) return damaged();
  Pixels pixels{reading.out_size(), {}};
  pixels.rgb.resize(std::size_t{pixels.size.width} * pixels.size.height * 3);
  if (!reading.read_rows(pixels.rgb.data())) return damaged();
  return pixels;
}

Result<std::string> write_jpeg(const Pixels& pixels) {
  Writing writing;
  if (!writing.write(pixels.rgb.data(), pixels.size))
    return Error{Failure::internal, "image.write", "A small picture cannot be made", "", ""};
  return writing.bytes();
}

}  // namespace keepsake::images
