#pragma once
// The screens, one function and one file each. All are pure drawing.

#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::flow {
struct Attract;
struct Start;
struct Identify;
struct CustomerHome;
struct PointsWhy;
struct MyData;
struct Join;
struct PriceCheck;
struct WarrantyForm;
struct WarrantyDone;
struct ItemPage;
struct PinEntry;
struct Sale;
struct Tendering;
struct SaleDone;
struct RewardsGiven;
struct ShiftOpen;
struct ShiftClose;
struct SyncStatus;
struct CustomerSearch;
struct CustomerPage;
struct MergeReview;
struct StaffList;
struct ArticlePage;
struct ProgrammePage;
struct ExceptionPage;
struct ReturnFind;
struct Returning;
struct ReturnDone;
}  // namespace keepsake::flow

namespace keepsake::screens {

void draw(Scene& scene, const flow::Attract& attract);
void draw(Scene& scene, const flow::Start& start);
void draw(Scene& scene, const flow::Identify& identify);
void draw(Scene& scene, const flow::CustomerHome& home);
void draw(Scene& scene, const flow::PointsWhy& why);
void draw(Scene& scene, const flow::MyData& data);
void draw(Scene& scene, const flow::Join& join);
void draw(Scene& scene, const flow::PriceCheck& price);
void draw(Scene& scene, const flow::WarrantyForm& form);
void draw(Scene& scene, const flow::WarrantyDone& done);
void draw(Scene& scene, const flow::ItemPage& page);
void draw(Scene& scene, const flow::PinEntry& pin);
void draw(Scene& scene, const flow::Sale& sale);
void draw(Scene& scene, const flow::Tendering& tendering);
void draw(Scene& scene, const flow::SaleDone& done);
void draw(Scene& scene, const flow::RewardsGiven& given);
void draw(Scene& scene, const flow::ShiftOpen& open);
void draw(Scene& scene, const flow::ShiftClose& close);
void draw(Scene& scene, const flow::SyncStatus& status);
void draw(Scene& scene, const flow::CustomerSearch& search);
void draw(Scene& scene, const flow::CustomerPage& page);
void draw(Scene& scene, const flow::MergeReview& review);
void draw(Scene& scene, const flow::StaffList& list);
void draw(Scene& scene, const flow::ArticlePage& page);
void draw(Scene& scene, const flow::ProgrammePage& page);
void draw(Scene& scene, const flow::ExceptionPage& page);
void draw(Scene& scene, const flow::ReturnFind& find);
void draw(Scene& scene, const flow::Returning& returning);
void draw(Scene& scene, const flow::ReturnDone& done);

/// Over any screen.
void draw_languages(Scene& scene);
void draw_warning(Scene& scene);  ///< the idle countdown, alone on the glass
void draw_notice(Scene& scene, const flow::Notice& notice);
/// "Is this them?", over what was begun; `name`: of whom it is about, empty where it is not known.
void draw_proving(Scene& scene, const std::string& name);

}  // namespace keepsake::screens
