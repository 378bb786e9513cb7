#include "expression/evaluate.hpp"

namespace sojourn::expression {

double evaluate_code(const Code& code, const Context& context) {
  return evaluate_lanes<double>(code, PatientView{code, context});
}

}  // namespace sojourn::expression
