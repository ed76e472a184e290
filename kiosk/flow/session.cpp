#include "kiosk/flow/session.hpp"

#include "storage/domain/values/choice_members.hpp"

template struct keepsake::Choice<keepsake::flow::AnyScreen>;

namespace keepsake::flow {

Device::Device() = default;
Device::Device(const Device&) = default;
Device::Device(Device&&) noexcept = default;
Device& Device::operator=(const Device&) = default;
Device& Device::operator=(Device&&) noexcept = default;
Device::~Device() = default;
bool Device::operator==(const Device&) const = default;

Till::Till() = default;
Till::Till(const Till&) = default;
Till::Till(Till&&) noexcept = default;
Till& Till::operator=(const Till&) = default;
Till& Till::operator=(Till&&) noexcept = default;
Till::~Till() = default;
bool Till::operator==(const Till&) const = default;

Visit::Visit() = default;
Visit::Visit(const Visit&) = default;
Visit::Visit(Visit&&) noexcept = default;
Visit& Visit::operator=(const Visit&) = default;
Visit& Visit::operator=(Visit&&) noexcept = default;
Visit::~Visit() = default;
bool Visit::operator==(const Visit&) const = default;

}  // namespace keepsake::flow
