#pragma once
// The programme under which members of the real sales live on: caps, limits of use, groups, levels
// of a rolling window, several ways to spend. model_recount.hpp works it out by itself.

#include <string>

namespace keepsake::cli::loyalty_model {

inline const std::string programme = R"(name = "Second life"
currency = "GBP"
[earn]
points = 1
for_each = "1.00"
group = "goods"
[rounding]
mode = "half up"
[counting]
never_articles = ["POST", "DOT", "M"]
never_labels = ["gift-card", "wallet"]
cap_per_purchase = 1500
cap_per_day = 2000
cap_per_customer = 9000
[[group]]
id = "goods"
combine = "best"
[[group]]
id = "basket"
combine = "first"
[[group]]
id = "visit"
combine = "sum"
[[rule]]
id = "light"
kind = "per item"
articles = ["85123A", "A3"]
points = 4
group = "goods"
cap_per_purchase = 60
cap_per_day = 80
[[rule]]
id = "large"
kind = "per order"
minimum = "300.00"
points = 30
group = "basket"
multiplied = false
uses_per_customer = 3
[[rule]]
id = "medium"
kind = "per order"
minimum = "100.00"
points = 10
group = "basket"
uses = 700
expiry = { kind = "days", count = 30 }
[[rule]]
id = "fifth"
kind = "event"
event = "nth visit"
every_nth = 5
points = 25
group = "visit"
multiplied = false
cap_per_customer = 60
[[rule]]
id = "opener"
kind = "event"
event = "first purchase"
points = 40
group = "visit"
multiplied = false
expiry = { kind = "days", count = 45 }
[[multiplier]]
id = "silver-bonus"
times = "1.25"
tiers = ["silver"]
[[multiplier]]
id = "gold-bonus"
times = "1.5"
tiers = ["gold"]
[[multiplier]]
id = "sunday"
times = "2"
weekdays = ["sun"]
[[multiplier]]
id = "bags"
times = "3"
articles = ["22423", "B7"]
[tiers]
basis = "spend"
window = "rolling months"
months = 3
downgrade = "gradual"
[[tiers.level]]
id = "silver"
threshold = "500.00"
[[tiers.level]]
id = "gold"
threshold = "1500.00"
[expiry]
kind = "months"
count = 4
[redeem]
point_value = "0.015"
smallest = 20
most_percent = 60
[returns]
lapsed_points_days = 20
[[reward]]
id = "gold-five"
kind = "percent off"
percent = 5
trigger = "automatic"
tiers = ["gold"]
not_labels = ["gift-card", "wallet"]
[[reward]]
id = "tenth"
kind = "percent off"
percent = 10
most = "20.00"
cost = 150
minimum = "20.00"
per_customer = 4
not_labels = ["gift-card", "wallet"]
[[reward]]
id = "five-off"
kind = "money off"
value = "5.00"
cost = 300
max_steps = 3
not_labels = ["gift-card", "wallet"]
[[reward]]
id = "spring"
kind = "money off"
value = "3.00"
trigger = "code"
codes = [{ code = "SPRING", uses = 25, uses_per_customer = 1 }]
minimum = "10.00"
not_labels = ["gift-card", "wallet"]
[[reward]]
id = "pocket"
kind = "cash out"
value = "2.00"
cost = 200
[[reward]]
id = "tote"
kind = "gift"
article = "TOTE"
value = "4.00"
cost = 250
stock = 12
[[reward]]
id = "voucher"
kind = "voucher"
pool = ["V-01", "V-02", "V-03", "V-04", "V-05", "V-06", "V-07", "V-08"]
cost = 100
[[reward]]
id = "charity"
kind = "donation"
value = "1.00"
cost = 100
)";

}  // namespace keepsake::cli::loyalty_model
