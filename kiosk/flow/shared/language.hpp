#pragma once
// The languages, and how a screen looks.

#include "storage/domain/values/language.hpp"

namespace keepsake::flow {

enum class TextSize { normal, large };
enum class Contrast { normal, high };
enum class Theme { light, dark };

}  // namespace keepsake::flow
