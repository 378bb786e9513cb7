#include "command/command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iostream>

#include "base/error.hpp"
#include "command/crew.hpp"
#include "command/signals.hpp"
#include "command/subcommands.hpp"
#include "command/sweep_line.hpp"
#include "command/usage.hpp"
#include "command/version.hpp"
#include "engine/run.hpp"

namespace sojourn::command {

namespace {

constexpr const char* description =
    "sojourn simulates treatment pathways: virtual patients go through the states of a model\n"
    "written in YAML under each treatment strategy, and the strategies are compared.\n\n"
    "  sojourn check my_model.yaml                 is the model right? explains every mistake\n"
    "  sojourn run my_model.yaml                   simulate, write my_model.h5, print the table\n"
    "  sojourn outcomes my_model.h5                other outcomes of the same lives\n"
    "  sojourn trace my_model.yaml --patient 7     one life in words\n"
    "  sojourn inspect my_model.h5                 what a result file holds\n"
    "  sojourn report my_model.h5                  the result as a page for the browser, my_model.html\n"
    "  sojourn export my_model.h5 --format csv     for R, Python and others: csv, mstate, hesim, bcea\n"
    "  sojourn sweep run my_sweep.yaml             many scenarios of a model; more: sojourn sweep --help\n"
    "  sojourn schema                              the language as a JSON Schema, for editors";

constexpr const char* exit_codes =
    "Exit codes: 0 done; 1 the run failed (disk full, folder not writable, ...); 2 wrong options;\n"
    "3 something is wrong with the model or a file it names; 4 scenarios of a sweep failed or are missing;\n"
    "130 or 143 stopped by Ctrl-C or SIGTERM.\n"
    "The language is described in docs/language.md, every key in docs/reference.md, the methods in docs/methods.md.";

// Every subcommand, and which of them was given.
class Commands {
 public:
  explicit Commands(CLI::App& app) : actions_(added(app)), sweep_(app) {}

  [[nodiscard]] bool sweep_given() const { return sweep_.given(); }
  [[nodiscard]] int dispatch() const {  // the exit code
    if (sweep_.given()) return sweep_.dispatch();
    for (const auto& [command, act] : actions_) {
      if (command->parsed()) act();
    }
    return static_cast<int>(Exit::ok);
  }

 private:
  [[nodiscard]] static Actions added(CLI::App& app) {
    Actions actions;
    add_model_commands(app, actions);
    add_result_commands(app, actions);
    return actions;
  }

  Actions actions_;
  SweepLine sweep_;
};

// Whether everything written to standard output arrived.
bool said_all() {
  std::cout.flush();
  return std::cout.good() && std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

struct Ended {
  int code = 0;
  bool thrown = false;
};

Ended fail(Exit code, const std::string& message) {
  if (tells_what_was_thrown()) {
    std::fprintf(stderr, "%s%s\n", code == Exit::run_failed ? "sojourn: " : "", message.c_str());
  }
  return {static_cast<int>(code), true};
}

Ended ended_well(int code) {
  if (said_all()) return {code};
  std::fputs("sojourn: standard output: cannot be written\n", stderr);
  return {static_cast<int>(Exit::run_failed)};
}

Ended parse_and_dispatch(CLI::App& app, Commands& commands, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    return ended_well(commands.dispatch());
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {  // --help, --version
      (void)app.exit(error);
      return ended_well(static_cast<int>(Exit::ok));
    }
    std::fprintf(stderr, "%s\n", usage_message(app, error, {argv + 1, argv + argc}).c_str());
    return {static_cast<int>(Exit::usage)};
  } catch (const InputError& error) {
    return fail(Exit::bad_input, error.what());
  } catch (const engine::Stopped&) {
    (void)fail(Exit::run_failed, commands.sweep_given()
                                     ? "stopped; what is finished stays, `sojourn sweep resume` goes on"
                                     : "stopped; nothing was written");
    return {128 + (stop_signal() != 0 ? stop_signal() : 2), true};
  } catch (const std::bad_alloc&) {
    return fail(Exit::run_failed, "out of memory");
  } catch (const std::exception& error) {
    return fail(Exit::run_failed, error.what());
  }
}

}  // namespace

int execute(int argc, char** argv) {
  install_signal_handlers();
  note_arguments(argc, argv);
  CLI::App app(description, "sojourn");
  app.footer(exit_codes);
  app.set_version_flag("--version", version_text());
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  Commands commands(app);
  const Ended ended = parse_and_dispatch(app, commands, argc, argv);
  return leave_crew(ended.code, ended.thrown);
}

}  // namespace sojourn::command
