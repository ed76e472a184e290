#pragma once

namespace keepsake {

/// How money for points is given.
enum class CashOut { in_hand, onto_wallet };

}  // namespace keepsake
