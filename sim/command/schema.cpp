#include "model/schema.hpp"

#include "command/command_line.hpp"
#include "command/text_file.hpp"
#include "sweep/shapes.hpp"

namespace sojourn::command {

void schema(const SchemaOptions& options) {
  write_text("-", options.reference        ? model::reference() + sweep::reference()
                  : options.sweep          ? sweep::schema()
                  : options.parameter_file ? model::parameter_file_schema()
                                           : model::model_schema());
}

}  // namespace sojourn::command
