#include "kiosk/flow/sale/panes.hpp"

#include "storage/domain/values/choice_members.hpp"

template struct keepsake::Choice<keepsake::flow::AnySalePane>;
