#include "tests/kiosk/screens/fixtures_staff.hpp"

#include "kiosk/flow/question.hpp"

namespace keepsake::test {

using namespace flow;
using namespace made;

void add_staff_looks(const AddLook& add, const Session& manager) {
  const auto with = [&](Screen screen) {
    Session s = manager;
    s.visit.screen = std::move(screen);
    return s;
  };
  add("staff.more", with(over(MorePane{})));
  Session busy = with(over(MorePane{}));
  busy.till = everyday_till();
  busy.device.held = {{"1", moment, "Marit", "Kettle", 1, money(49900)}};
  add("staff.more-in-sale", busy);
  const std::string long_one = long_name().profile.name;
  StaffList list;
  add("staff.loading", with(list));
  list.loaded = true;
  list.staff = {{{"marit", "Marit Moe", true}, true},
                {{"ola", "Ola", false}, true},
                {{"olena", "Олена Коваль", false}, false},
                {{"wordy", long_one, true}, false}};
  add("staff.list", with(list));
  StaffList many = list;
  for (int i = 0; i < 12; ++i)
    many.staff.push_back(
        {{"eva-" + std::to_string(i), "Eva Lie " + std::to_string(i), false}, i != 3});
  add("staff.many", with(many));
  list.form.emplace();
  Session fresh = with(list);
  fresh.visit.keys = KeyPage::shifted;
  add("staff.new", fresh);
  list.form->name = "Kari Nordmann";
  add("staff.named", with(list));
  list.form->pin = NewPin{.entry = "471"};
  add("staff.new-pin", with(list));
  list.form->pin = NewPin{.entry = "47", .first = "4711"};
  add("staff.new-pin-again", with(list));
  add("staff.pin-taken", noticed(with(list), Tone::warning, "pin.taken", Kept::nothing_to_keep));
  list.form = StaffForm{.id = "ola", .name = "Ola"};
  add("staff.one", with(list));
  add("staff.working", working(with(list), question_id<ChangeStaff>));
  list.form->removing = true;
  add("staff.removing", with(list));
  list.form->name = long_one;
  add("staff.removing-long", with(list));
  list.form = StaffForm{.id = "wordy", .name = long_one, .manager = true};
  add("staff.long", with(list));
  add("staff.last-manager",
      noticed(with(list), Tone::warning, "staff.last-manager", Kept::nothing_to_keep));
}

}  // namespace keepsake::test
