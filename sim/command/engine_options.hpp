// --engine and --isa: which engine lives the patients. They change how long it takes, nothing else.
#pragma once

namespace CLI {
class App;
}

namespace sojourn::command {

void add_engine_options(CLI::App& command);

}  // namespace sojourn::command
