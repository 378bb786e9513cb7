// The transitions of a result as mstate numbers them: pairs of states, by the state left, then the state entered,
// from 1.
//
// A pair is in the matrix if a transition of the model leads from the one to the other (several between the same two
// states are one), or if a patient moved so (by a branch, or through a state in which nobody stays). States in which no
// patient spends time, and moves into them, have no part in it: nobody is at risk there.
// All stored lives under all strategies of the file are looked at, so the numbers do not depend on what is exported.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "export/request.hpp"

namespace sojourn::exports {

class TransitionMatrix {
 public:
  explicit TransitionMatrix(const Source& source);  // reads every stay of the file once

  struct Transition {
    std::size_t to = 0;
    int number = 0;  // from 1
  };
  [[nodiscard]] const std::vector<Transition>& from(std::size_t state) const { return from_[state]; }
  // With the states' names as row names and column names; NA where there is no transition.
  [[nodiscard]] std::string csv(const model::Model& model) const;

 private:
  std::vector<std::vector<Transition>> from_;
};

}  // namespace sojourn::exports
