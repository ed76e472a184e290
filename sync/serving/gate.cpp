#include "sync/serving/gate.hpp"

#include <cassert>

namespace keepsake::sync {

namespace {

template <class Key>
void drop(std::map<Key, std::list<std::uint64_t>>& lists, const Key& key, std::uint64_t number) {
  const auto found = lists.find(key);
  if (found == lists.end()) return;
  found->second.remove(number);  // at most a few hundred
  if (found->second.empty()) lists.erase(found);
}

}  // namespace

std::unique_ptr<Gate::Ticket> Gate::enter(const std::string& address) {
  std::function<void()> close;
  std::unique_ptr<Ticket> ticket;
  {
    const std::lock_guard lock(mutex_);
    const auto here = by_address_.find(address);
    if (here != by_address_.end() && here->second.size() >= limits_.strangers_per_address)
      close = evict(here->second.front());
    else if (strangers_.size() >= limits_.strangers)
      close = evict(strangers_.front());
    const std::uint64_t number = next_++;
    inside_[number].address = address;
    strangers_.push_back(number);
    by_address_[address].push_back(number);
    assert(strangers_.size() <= limits_.strangers);
    ticket.reset(new Ticket(shared_from_this(), number, address));
  }
  if (close) close();
  return ticket;
}

std::size_t Gate::inside() const {
  const std::lock_guard lock(mutex_);
  return inside_.size();
}

void Gate::leave(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  const auto found = inside_.find(number);
  assert(found != inside_.end());
  if (!found->second.evicted) forget(number, found->second);
  inside_.erase(found);
}

void Gate::set_close(std::uint64_t number, std::function<void()> close) {
  {
    const std::lock_guard lock(mutex_);
    Inside& mine = inside_.at(number);
    if (!mine.evicted) {
      mine.close = std::move(close);
      return;
    }
  }
  close();  // it was evicted before it could be told
}

void Gate::prove(std::uint64_t number, std::uint32_t terminal) {
  std::function<void()> close;
  {
    const std::lock_guard lock(mutex_);
    Inside& mine = inside_.at(number);
    if (mine.evicted || mine.terminal) return;
    forget(number, mine);
    mine.terminal = terminal;
    const auto here = by_terminal_.find(terminal);
    if (here != by_terminal_.end() && here->second.size() >= limits_.per_terminal)
      close = evict(here->second.front());
    by_terminal_[terminal].push_back(number);
  }
  if (close) close();
}

void Gate::forget(std::uint64_t number, const Inside& inside) {
  if (inside.terminal) return drop(by_terminal_, *inside.terminal, number);
  strangers_.remove(number);
  drop(by_address_, inside.address, number);
}

std::function<void()> Gate::evict(std::uint64_t number) {
  Inside& going = inside_.at(number);
  assert(!going.evicted);
  forget(number, going);
  going.evicted = true;
  return std::move(going.close);
}

}  // namespace keepsake::sync
