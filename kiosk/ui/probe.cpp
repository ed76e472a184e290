#include "kiosk/ui/probe.hpp"

#include <cstring>

namespace keepsake::ui {

/// Text of one frame in blocks that are kept and filled again, so that a steady frame allocates
/// nothing and views stay where they are.
struct Probe::Arena {
  static constexpr std::size_t block_bytes = 16 * 1024;
  std::vector<std::unique_ptr<char[]>> blocks;
  std::vector<std::unique_ptr<char[]>> large;  // texts that fit no block
  std::size_t block = 0;
  std::size_t used = 0;

  void clear() {
    block = used = 0;
    large.clear();
  }

  char* take(std::size_t bytes) {
    if (bytes > block_bytes) {
      large.push_back(std::make_unique_for_overwrite<char[]>(bytes));
      return large.back().get();
    }
    if (used + bytes > block_bytes) {
      ++block;
      used = 0;
    }
    if (block == blocks.size()) {
      blocks.push_back(std::make_unique_for_overwrite<char[]>(block_bytes));
    }
    char* at = blocks[block].get() + used;
    used += bytes;
    return at;
  }
};

Probe::Probe() : arena_(std::make_unique<Arena>()) {}
Probe::~Probe() = default;
Probe::Probe(Probe&&) noexcept = default;
Probe& Probe::operator=(Probe&&) noexcept = default;

const ProbeWidget* Probe::find(std::string_view id) const {
  // A dialog's widget hides one of the same name under it.
  for (auto it = widgets_.rbegin(); it != widgets_.rend(); ++it) {
    if (it->id == id) return &*it;
  }
  return nullptr;
}

bool Probe::sees(std::string_view part) const {
  for (const auto& text : texts_) {
    if (text.text.find(part) != std::string_view::npos) return true;
  }
  return false;
}

const ProbeWidget* Probe::at(float x_mm, float y_mm) const {
  for (auto it = widgets_.rbegin(); it != widgets_.rend(); ++it) {
    if (it->layer == top_layer_ && it->rect.contains(x_mm, y_mm)) {
      return it->enabled ? &*it : nullptr;
    }
  }
  return nullptr;
}

void Probe::clear() {
  arena_->clear();
  widgets_.clear();
  texts_.clear();
  shapes_.clear();
  top_layer_ = 0;
}

std::string_view Probe::keep(std::string_view text) {
  if (text.empty()) return {};
  char* at = arena_->take(text.size());
  std::memcpy(at, text.data(), text.size());
  return {at, text.size()};
}

void Probe::add(const ProbeWidget& widget) { widgets_.push_back(widget); }
void Probe::add(const ProbeText& text) { texts_.push_back(text); }
void Probe::add(const ProbeShape& shape) { shapes_.push_back(shape); }
void Probe::raise_layer(int layer) { top_layer_ = std::max(top_layer_, layer); }

}  // namespace keepsake::ui
