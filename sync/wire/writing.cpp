#include "sync/wire/writing.hpp"

#include <cassert>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/json_util.h>

namespace keepsake::sync::writing {

std::string write(const google::protobuf::Message& message, Format format) {
  std::string out;
  if (format == Format::binary) {
    // Deterministic, because a batch is sent again as the same bytes.
    google::protobuf::io::StringOutputStream stream(&out);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    [[maybe_unused]] const bool written = message.SerializeToCodedStream(&coded);
    assert(written);
  } else {
    google::protobuf::util::JsonPrintOptions options;
    options.always_print_primitive_fields = true;
    [[maybe_unused]] const auto status =
        google::protobuf::util::MessageToJsonString(message, &out, options);
    assert(status.ok());
  }
  return out;
}

}  // namespace keepsake::sync::writing
