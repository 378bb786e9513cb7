// Ctrl-C and SIGTERM ask a run to stop; a second one ends the program at once. SIGXFSZ is ignored, so that a file
// limit is an error of write() and not the end.
#pragma once

#include <atomic>

namespace sojourn::command {

void install_signal_handlers();
[[nodiscard]] const std::atomic<bool>& stop_requested();
[[nodiscard]] int stop_signal();  // 0: none came

}  // namespace sojourn::command
