#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "storage/engine/database.hpp"
#include "sync/central/arguments.hpp"
#include "sync/central/carry_desk.hpp"
#include "sync/central/commands.hpp"
#include "sync/central/control.hpp"

namespace keepsake::sync::central {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string file, answers, by;
};

Json to_json(const CarriedFile& file, const Options& options) {
  Json told = {{"terminal", file.terminal.value},
               {"epoch", file.epoch.value},
               {"store", file.store},
               {"till", file.till},
               {"written", to_iso(file.made)},
               {"batches", file.batches},
               {"acknowledged", file.acknowledged},
               {"outcomes", file.outcomes},
               {"pages", file.pages},
               {"more_news", file.more_news},
               {"answers", options.answers}};
  if (file.refusal)
    told["refusal"] = {{"status", file.refusal->status},
                       {"code", file.refusal->problem.code},
                       {"what", file.refusal->problem.message},
                       {"first", file.refusal->first},
                       {"last", file.refusal->last}};
  return told;
}

void describe(const CarriedFile& file, const Options& options) {
  std::cout << "Terminal " << file.terminal.value << " (store " << file.store << ", till "
            << file.till << "), written " << to_iso(file.made) << ": ";
  if (file.batches > 0)
    std::cout << "head office has its records up to " << file.acknowledged << "; " << file.outcomes
              << " to look at.\n";
  else
    std::cout << "nothing was taken.\n";
  std::cout << "Wrote " << options.answers << (file.pages > 0 ? " with the news of its store" : "")
            << ". Take it back to the till: keepsake carry-in FILE\n";
  if (file.more_news)
    std::cout << "There is more news than one file takes: carry once more afterwards.\n";
}

int carry(const CentreArguments& arguments, const Options& options, const Clock& clock) {
  const std::string by = by_whom(options.by);
  const CarryFiles files{options.file, options.answers};
  const auto with = [&](const TakeBatch& take) {
    return carry_in(arguments.data, files, by, clock, take);
  };
  const auto told = by_centre<CarriedFile>(
      arguments, clock,
      [&] {
        return with([&](const CarriedBatch& batch) { return ask_to_take(arguments.data, batch); });
      },
      [&](Centre& centre) -> Result<CarriedFile> {
        const auto file = with([&](const CarriedBatch& batch) {
          auto decoded = body_in(batch);
          if (auto* refusal = std::get_if<Refusal>(&decoded))
            return Result(std::optional<Ingest::Answer>(std::move(*refusal)));
          auto answer = centre.carrying().take(batch, std::get<CarriedBody>(decoded));
          if (const auto applied = centre.ingest().apply_all(); !applied)
            return Result<std::optional<Ingest::Answer>>(applied.error());
          return Result(std::optional(std::move(answer)));
        });
        if (!file) return file.error();
        return **file;
      });
  if (!told) return fail(told.error());
  if (arguments.json)
    print(to_json(*told, options));
  else
    describe(*told, options);
  if (!told->refusal) return went_well;
  const CarriedRefusal& no = *told->refusal;
  return fail({Failure::refused, no.problem.code, no.problem.message,
               "records " + std::to_string(no.first) + " to " + std::to_string(no.last),
               "The file of answers tells the till what to do"});
}

}  // namespace

void add_carry_commands(CLI::App& app, const CentreArguments& arguments, CommandAction& action) {
  const auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand(
      "carry-in",
      "Takes what a till without a line wrote with `keepsake carry-out`, as if it had been sent,\n"
      "and writes the answers, with the news of its store, for the till's `keepsake carry-in`.\n"
      "The same file twice counts once. Works while the centre runs. Exit 1: something of it was\n"
      "refused; the answers say why.");
  command->add_option("FILE", options->file, "What the till wrote")->required();
  command->add_option("--answers", options->answers, "What goes back to the till; a new file")
      ->required()
      ->type_name("FILE");
  command->add_option("--by", options->by, "Who does it, for the trail [shell:USER]")
      ->type_name("NAME");
  on_command(*command, arguments, action, options, carry);
}

}  // namespace keepsake::sync::central
