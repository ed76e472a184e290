#include "kiosk/flow/touch.hpp"

#include "storage/domain/values/choice_members.hpp"

template struct keepsake::Choice<keepsake::flow::AnyTouch>;
