#pragma once
// All that a screen may use.

#include "kiosk/ui/button.hpp"
#include "kiosk/ui/card.hpp"
#include "kiosk/ui/chart.hpp"
#include "kiosk/ui/dialog.hpp"
#include "kiosk/ui/field.hpp"
#include "kiosk/ui/header.hpp"
#include "kiosk/ui/list.hpp"
#include "kiosk/ui/text.hpp"
