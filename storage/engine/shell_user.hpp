#pragma once

#include <string>

namespace keepsake {

/// Who is at the shell, for the audit trail where no --staff is given: "shell:anna". The trail never
/// says nobody.
std::string shell_user();

}  // namespace keepsake
