#include "kiosk/flow/session.hpp"

#include "storage/domain/values/choice_members.hpp"

template struct keepsake::Choice<keepsake::flow::AnyScreen>;
