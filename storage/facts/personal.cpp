#include "storage/facts/personal.hpp"

#include <google/protobuf/stubs/logging.h>

#include "storage/facts/messages.hpp"

namespace keepsake {

std::string encode_personal(const ProfileChange& change) {
  facts::v1::ProfileChange message;
  facts::write(change, message);
  return message.SerializeAsString();
}

Result<ProfileChange> decode_personal(std::string_view bytes) {
  google::protobuf::LogSilencer quiet;
  facts::v1::ProfileChange message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return Error{Failure::bad_input, "fact.syntax", "The bytes are not a customer's change", "",
                 "Ask the terminal that wrote it"};
  return facts::read(message);
}

}  // namespace keepsake
