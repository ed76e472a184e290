#pragma once
// All that a fact can be, for the few who look into every kind.

#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/customer.hpp"
#include "storage/domain/customer/file.hpp"
#include "storage/domain/customer/member_pin.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/code_list.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/level_grant.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/staff/staff_change.hpp"
#include "storage/domain/warranty/warranty.hpp"
