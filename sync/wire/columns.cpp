#include "sync/wire/columns.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "storage/domain/values/limits.hpp"

namespace keepsake::sync {

namespace {

/// What every batch has; columns of fields come behind.
enum Fixed : std::size_t { times, counters, makers, types, tags, first_of_fields };

// Wire types of protobuf, and two codes of our own among the tags.
constexpr std::uint64_t varint_type = 0, eight_bytes = 1, bytes_type = 2, four_bytes = 5;
constexpr std::uint64_t message_type = 7;  ///< in place of bytes_type: its fields follow
constexpr std::uint64_t end_of_message = 0;
constexpr std::uint64_t whole_body = bytes_type;  ///< of field 0, which no message has

constexpr int depth_most = 8;
constexpr std::size_t varint_bytes = 10;
/// Of an id's milliseconds.
constexpr std::int64_t times_end = std::int64_t{1} << 48;

std::uint64_t wire_type(std::uint64_t tag) { return tag & 7U; }

void put_varint(std::string& into, std::uint64_t value) {
  for (; value >= 128; value >>= 7) into += static_cast<char>((value & 127U) | 128U);
  into += static_cast<char>(value);
}

std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t from_zigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
}

/// The bytes of the varint that begins here; empty: none does.
std::string_view varint_at(std::string_view bytes) {
  for (std::size_t n = 0; n < std::min(bytes.size(), varint_bytes); ++n)
    if ((static_cast<unsigned char>(bytes[n]) & 128U) == 0) return bytes.substr(0, n + 1);
  return {};
}

std::uint64_t value_of(std::string_view varint) {
  std::uint64_t value = 0;
  for (std::size_t n = varint.size(); n > 0; --n)
    value = value << 7U | (static_cast<unsigned char>(varint[n - 1]) & 127U);
  return value;
}

/// Taken off `bytes`; nullopt where it is longer than it need be, and would come back otherwise.
std::optional<std::uint64_t> take_shortest(std::string_view& bytes) {
  const auto found = varint_at(bytes);
  if (found.empty() || (found.size() > 1 && found.back() == 0)) return std::nullopt;
  bytes.remove_prefix(found.size());
  return value_of(found);
}

struct Field {
  std::uint64_t tag = 0;
  std::string_view value;  ///< a varint's own bytes
};

std::optional<Field> take_field(std::string_view& bytes) {
  const auto tag = take_shortest(bytes);
  if (!tag || *tag < 8 || *tag > 0xFFFFFFFFU) return std::nullopt;
  std::size_t size = 0;
  if (wire_type(*tag) == varint_type) {
    size = varint_at(bytes).size();
    if (size == 0) return std::nullopt;
  } else if (wire_type(*tag) == bytes_type) {
    const auto length = take_shortest(bytes);
    if (!length || *length > bytes.size()) return std::nullopt;
    size = static_cast<std::size_t>(*length);
  } else if (wire_type(*tag) == eight_bytes) {
    size = 8;
  } else if (wire_type(*tag) == four_bytes) {
    size = 4;
  } else {
    return std::nullopt;
  }
  if (size > bytes.size()) return std::nullopt;
  const Field field{*tag, bytes.substr(0, size)};
  bytes.remove_prefix(size);
  return field;
}

bool reads_as_message(std::string_view bytes) {
  while (!bytes.empty())
    if (!take_field(bytes)) return false;
  return true;
}

/// Words and numbers of people may read as a message by chance.
bool is_text(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char c) { return c >= ' ' && c <= '~'; });
}

/// Where the values of each field of each message are, in the order in which fields are first met; both
/// directions meet them in the same.
class Layout {
 public:
  struct Place {
    std::size_t node = 0;     ///< of what is in it
    std::size_t lengths = 0;  ///< column; of bytes
    std::size_t values = 0;   ///< column; of everything but messages
  };
  const Place& of(std::size_t parent, std::uint64_t code) {
    const auto [found, fresh] = places_.try_emplace({parent, code});
    if (fresh) {
      found->second.node = places_.size();
      if (wire_type(code) == bytes_type) found->second.lengths = columns_++;
      if (wire_type(code) != message_type) found->second.values = columns_++;
    }
    return found->second;
  }
  std::size_t columns() const { return columns_; }

 private:
  std::map<std::pair<std::size_t, std::uint64_t>, Place> places_;
  std::size_t columns_ = first_of_fields;
};

class Apart {
 public:
  void add(const FactId& id, std::uint16_t type, std::string_view body) {
    const auto ms = static_cast<std::int64_t>(id.high >> 16U);
    const bool follows = id.low == low_ + 1;
    put_varint(columns_[times], zigzag(ms - ms_) << 1U | (follows ? 0U : 1U));
    put_varint(columns_[counters], id.high & 0xFFFFU);
    if (!follows)
      for (int shift = 56; shift >= 0; shift -= 8)
        columns_[makers] += static_cast<char>(id.low >> static_cast<unsigned>(shift) & 0xFFU);
    ms_ = ms;
    low_ = id.low;
    put_varint(columns_[types], type);
    if (reads_as_message(body))
      put_fields(0, body, 0);
    else
      put_bytes(0, whole_body, body);
  }
  std::vector<std::string> done() && { return std::move(columns_); }

 private:
  void put_fields(std::size_t node, std::string_view bytes, int depth) {
    while (!bytes.empty()) {
      const Field field = *take_field(bytes);
      const bool message = wire_type(field.tag) == bytes_type && depth < depth_most &&
                           !is_text(field.value) && reads_as_message(field.value);
      if (message) {
        const std::uint64_t code = field.tag | message_type;
        put_varint(columns_[tags], code);
        put_fields(layout_.of(node, code).node, field.value, depth + 1);
      } else if (wire_type(field.tag) == bytes_type) {
        put_bytes(node, field.tag, field.value);
      } else {
        put_varint(columns_[tags], field.tag);
        column(layout_.of(node, field.tag).values) += field.value;
      }
    }
    put_varint(columns_[tags], end_of_message);
  }
  void put_bytes(std::size_t node, std::uint64_t code, std::string_view bytes) {
    put_varint(columns_[tags], code);
    const auto place = layout_.of(node, code);
    put_varint(column(place.lengths), bytes.size());
    column(place.values) += bytes;
  }
  std::string& column(std::size_t n) {
    if (columns_.size() < layout_.columns()) columns_.resize(layout_.columns());
    return columns_[n];
  }

  Layout layout_;
  std::vector<std::string> columns_ = std::vector<std::string>(first_of_fields);
  std::int64_t ms_ = 0;
  std::uint64_t low_ = 0;
};

class Together {
 public:
  explicit Together(std::span<const std::string> columns) : left_(columns.begin(), columns.end()) {}

  bool id(FactId& into) {
    std::uint64_t time = 0, counter = 0;
    if (!value(times, time) || !value(counters, counter) || counter > 0xFFFFU) return false;
    ms_ += from_zigzag(time >> 1U);  // at most 2^62 either way
    if (ms_ < 0 || ms_ >= times_end) return false;
    ++low_;
    if ((time & 1U) != 0) {
      std::string_view maker;
      if (!take(makers, 8, maker)) return false;
      low_ = 0;
      for (const char c : maker) low_ = low_ << 8U | static_cast<unsigned char>(c);
    }
    into = {static_cast<std::uint64_t>(ms_) << 16U | counter, low_};
    return true;
  }
  bool type(std::uint16_t& into) {
    std::uint64_t read = 0;
    if (!value(types, read) || read > 0xFFFFU) return false;
    into = static_cast<std::uint16_t>(read);
    return true;
  }
  bool body(std::string& into) {
    if (left_[tags].starts_with(static_cast<char>(whole_body))) {
      left_[tags].remove_prefix(1);
      std::string_view bytes;
      if (!take_bytes(layout_.of(0, whole_body), bytes)) return false;
      into = bytes;
      return true;
    }
    return fields(0, 0, into);
  }
  bool is_empty() const {
    return layout_.columns() == left_.size() &&
           std::ranges::all_of(left_, [](std::string_view column) { return column.empty(); });
  }

 private:
  bool fields(std::size_t node, int depth, std::string& into) {
    for (;;) {
      std::uint64_t code = 0;
      if (!value(tags, code)) return false;
      if (code == end_of_message) return true;
      if (code < 8 || code > 0xFFFFFFFFU) return false;
      const auto place = layout_.of(node, code);
      if (layout_.columns() > left_.size()) return false;
      if (wire_type(code) == message_type) {
        std::string inner;
        if (depth >= depth_most || !fields(place.node, depth + 1, inner)) return false;
        put_varint(into, (code & ~std::uint64_t{7}) | bytes_type);
        put_varint(into, inner.size());
        into += inner;
      } else {
        std::string_view bytes;
        put_varint(into, code);
        if (!take_value(code, place, bytes)) return false;
        if (wire_type(code) == bytes_type) put_varint(into, bytes.size());
        into += bytes;
      }
      if (into.size() > limits::fact_body_bytes) return false;
    }
  }
  bool take_value(std::uint64_t code, const Layout::Place& place, std::string_view& into) {
    switch (wire_type(code)) {
      case varint_type:
        return take(place.values, varint_at(left_[place.values]).size(), into) && !into.empty();
      case bytes_type:
        return take_bytes(place, into);
      case eight_bytes:
        return take(place.values, 8, into);
      case four_bytes:
        return take(place.values, 4, into);
      default:
        return false;
    }
  }
  bool take_bytes(const Layout::Place& place, std::string_view& into) {
    std::uint64_t length = 0;
    return place.values < left_.size() && value(place.lengths, length) &&
           length <= limits::fact_body_bytes &&
           take(place.values, static_cast<std::size_t>(length), into);
  }
  bool value(std::size_t column, std::uint64_t& into) {
    const auto read = take_shortest(left_[column]);
    if (read) into = *read;
    return read.has_value();
  }
  bool take(std::size_t column, std::size_t size, std::string_view& into) {
    if (left_[column].size() < size) return false;
    into = left_[column].substr(0, size);
    left_[column].remove_prefix(size);
    return true;
  }

  Layout layout_;
  std::vector<std::string_view> left_;
  std::int64_t ms_ = 0;
  std::uint64_t low_ = 0;
};

}  // namespace

std::optional<std::vector<std::string>> to_columns(std::span<const Record> records) {
  Apart apart;
  for (const Record& record : records) apart.add(record.id, record.type, record.body);
  auto columns = std::move(apart).done();
  if (columns.size() > columns_most) return std::nullopt;
  return columns;
}

std::optional<std::vector<Record>> from_columns(std::span<const std::string> columns, Seq first,
                                                std::size_t count) {
  if (columns.size() < first_of_fields || columns.size() > columns_most) return std::nullopt;
  Together together(columns);
  std::vector<Record> records(count);
  std::size_t bytes = 0;
  for (Record& record : records) {
    record.seq = first++;
    if (!together.id(record.id) || !together.type(record.type) || !together.body(record.body))
      return std::nullopt;
    bytes += record.body.size();
    if (bytes > limits::batch_bytes_inflated) return std::nullopt;
  }
  if (!together.is_empty()) return std::nullopt;
  return records;
}

}  // namespace keepsake::sync
