#pragma once

namespace keepsake {
class Clock;
}

namespace keepsake::sync::central {

struct CentreArguments;
struct PublishOptions;

/// `publish settings FILE`. The exit code.
int publish_settings(const CentreArguments& arguments, const PublishOptions& options,
                     const Clock& clock);

}  // namespace keepsake::sync::central
