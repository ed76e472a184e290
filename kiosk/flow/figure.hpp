#pragma once
// A figure that a person types (an amount, a quantity, a count, a receipt's number) and what came
// instead: codes. A scanner types into whatever field is open and ends with Enter, so what a
// keyboard typed counts as a figure only when nothing says that it was a code; and what is beyond
// all custom is asked about first, whoever typed it. Inside of reduce().

#include <string>

#include "kiosk/flow/turn.hpp"

namespace keepsake::flow {

/// Whether codes mean something on the screen: then what may be one is looked up.
enum class Codes { looked_up, none };

/// Whether `entry`, the text of the field, counts now. False: it was a code and is treated as a scan
/// (the field is cleared), is being looked up (Submit comes again when nobody knows it), or is asked
/// about beside the field. `much`: beyond all custom.
bool counts(Turn& turn, const Submit& how, std::string& entry, bool much,
            Codes codes = Codes::looked_up);

/// The answer to what counts() looked up.
enum class Checked {
  not_it,     ///< the answer is to a scan
  is_scan,    ///< treat it as one
  is_figure,  ///< Submit it
  said,       ///< nothing more to do
};
Checked checked(Turn& turn, const ScanResolved& answer);

// ---- beyond all custom

/// More than is due and the largest note on top of it.
bool is_much_cash(Money entered, Money due);
/// More than 99 pieces, or 100 kilograms.
bool is_much(Quantity quantity, SoldBy sold_by);
/// To pay in to a card or wallet: more than ten of the largest notes.
bool is_much_paid_in(Money entered);
/// In a drawer: more than twenty of the largest notes and ten times what should be there.
bool is_much_counted(Money entered, Money expected);

}  // namespace keepsake::flow
