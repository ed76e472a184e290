#pragma once
// The worker's answers about what the shop sells, and what managers change of it.

#include "kiosk/app/work.hpp"

namespace keepsake::app {

flow::CatalogueLoaded on(Work& work, const flow::LoadCatalogue& job);
flow::ArticleChanged on(Work& work, const flow::ChangePrice& job);
flow::ArticleChanged on(Work& work, const flow::AddArticle& job);

}  // namespace keepsake::app
