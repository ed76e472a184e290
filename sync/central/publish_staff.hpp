#pragma once

namespace keepsake {
class Clock;
}

namespace keepsake::sync::central {

struct CentreArguments;
struct PublishOptions;

/// `publish staff FILE`. The exit code.
int publish_staff(const CentreArguments& arguments, const PublishOptions& options,
                  const Clock& clock);

}  // namespace keepsake::sync::central
