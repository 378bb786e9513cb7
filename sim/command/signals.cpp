#include "command/signals.hpp"

#include <unistd.h>

#include <csignal>

namespace sojourn::command {

namespace {

std::atomic<bool> stop{false};
std::atomic<int> number{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

extern "C" void on_signal(int signal_number) {
  if (stop.exchange(true)) _exit(128 + signal_number);
  number = signal_number;
}

}  // namespace

void install_signal_handlers() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  action.sa_handler = SIG_IGN;
  sigaction(SIGXFSZ, &action, nullptr);
  sigaction(SIGPIPE, &action, nullptr);
}

const std::atomic<bool>& stop_requested() {
  return stop;
}

int stop_signal() {
  return number;
}

}  // namespace sojourn::command
