#pragma once
// What the commands about items under cover share.

#include <string>
#include <vector>

#include "kiosk/cli/program.hpp"
#include "storage/domain/warranty/item.hpp"

namespace keepsake {
class Reader;
}

namespace keepsake::cli {

/// With the state of every cover on `today`.
Json to_json(const ItemView& item, Date today);
void describe(std::ostream& out, const ItemView& item, Date today);
/// With --json {"items": [...]}. Exit::no where there is none.
Exit print_items(Program& program, const std::vector<ItemView>& items, Date today);

// Subcommands of `warranty`.
void add_warranty_register(Command& warranty, Program& program);
void add_warranty_begin(Command& warranty, Program& program);

}  // namespace keepsake::cli
