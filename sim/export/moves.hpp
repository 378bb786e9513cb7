// A life as a multi-state model in continuous time sees it: stays of positive length, and where each led.
//
// A stay of length zero that another stay follows is passed through: A, then B for no time, then C is one move from A
// to C. (R's survival refuses rows of length zero; without the stay in B, a move into B would lead nowhere.) Who comes
// back at once to where she was does not move: her stay is cut in two. A stay of length zero at the end of a life, on
// entry into an absorbing state at the horizon for example, is moved into and not stayed in.
#pragma once

#include <cstdint>
#include <vector>

#include "history/block.hpp"

namespace sojourn::exports {

struct Stay {
  std::size_t state = 0;
  double start = 0, stop = 0;  // [years], start < stop
  std::int32_t to = -1;        // the state moved to; -1: none, the horizon came or she came back at once
  std::int16_t cause = -1;     // Sojourns::cause of the stay itself
};

// Replaces `stays`. `passed`, if given, counts by state the stays passed through.
void find_stays(const history::PatientHistory& life, std::vector<Stay>& stays,
                std::vector<std::int64_t>* passed = nullptr);

}  // namespace sojourn::exports
