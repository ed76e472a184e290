#include "sync/wire/parsing.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver.h>
#include <google/protobuf/util/type_resolver_util.h>
#include <memory>
#include <vector>

namespace keepsake::sync::parsing {

namespace {

constexpr std::size_t json_bytes = 1024 * 1024;

}  // namespace

Error wrong(std::string where) {
  return {Failure::bad_input, "wire.syntax", "The message does not follow the protocol",
          std::move(where), "Check the versions of terminal and centre"};
}

Error beyond(std::string where) {
  return {Failure::limit, "wire.limit", "The message exceeds a limit", std::move(where),
          "Send less at a time"};
}

bool within_counts(std::string_view bytes, std::span<const FieldLimit> limits) {
  using google::protobuf::io::CodedInputStream;
  CodedInputStream in(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                      static_cast<int>(bytes.size()));
  std::vector<std::size_t> seen(limits.size(), 0);
  while (const std::uint32_t tag = in.ReadTag()) {
    for (std::size_t i = 0; i < limits.size(); ++i) {
      if (static_cast<int>(tag >> 3) == limits[i].field && ++seen[i] > limits[i].most) return false;
    }
    std::uint64_t value = 0;
    std::uint32_t size = 0;
    bool read = false;
    switch (tag & 7U) {
      case 0:
        read = in.ReadVarint64(&value);
        break;
      case 1:
        read = in.Skip(8);
        break;
      case 2:
        read = in.ReadVarint32(&size) && size <= bytes.size() && in.Skip(static_cast<int>(size));
        break;
      case 5:
        read = in.Skip(4);
        break;
      default:
        break;
    }
    if (!read) return true;  // malformed: the parser will say so
  }
  return true;
}

Result<std::string> binary_of(std::string_view json, const google::protobuf::Descriptor& type) {
  if (json.size() > json_bytes) return beyond("JSON body");
  const std::unique_ptr<google::protobuf::util::TypeResolver> resolver(
      google::protobuf::util::NewTypeResolverForDescriptorPool(
          "type.googleapis.com", google::protobuf::DescriptorPool::generated_pool()));
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  std::string binary;
  const auto status = google::protobuf::util::JsonToBinaryString(
      resolver.get(), "type.googleapis.com/" + type.full_name(), std::string(json), &binary,
      options);
  if (!status.ok()) return wrong("JSON body");
  return binary;
}

}  // namespace keepsake::sync::parsing
