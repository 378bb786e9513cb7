// Strategies that differ only in decisions: one life for all of them until they decide otherwise.
#include <utility>

#include "engine/reference.hpp"

namespace sojourn::engine {

// The first member goes on, with those that choose as it does; each other choice becomes a fork, to be taken up when
// this life is over.
Reference::Chosen Reference::part(std::size_t branch) {
  chosen_.clear();
  for (const std::size_t m : members_) chosen_.push_back(choose(*alike_[m], branch, 1));
  ++life_.firings[branch];
  const std::size_t first_fork = forks_waiting_;
  std::size_t staying = 0;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (chosen_[i].option == chosen_[0].option) {
      members_[staying++] = members_[i];
    } else {
      fork_for(branch, chosen_[i].option, first_fork).members.push_back(members_[i]);
    }
  }
  members_.resize(staying);
  return chosen_[0];
}

Reference::Fork& Reference::fork_for(std::size_t branch, std::size_t option, std::size_t first_fork) {
  for (std::size_t f = first_fork; f < forks_waiting_; ++f) {
    if (forks_[f].option == option) return forks_[f];
  }
  if (forks_waiting_ == forks_.size()) forks_.emplace_back();
  Fork& made = forks_[forks_waiting_++];
  made.saved = life_;
  made.members.clear();
  made.branch = branch;
  made.option = option;
  made.source = members_.front();
  made.rows = out_->rows();
  return made;
}

void Reference::take_up(Fork& fork) {
  std::swap(life_, fork.saved);
  std::swap(members_, fork.members);
  see_life();
  out_ = outs_[members_.front()];
  out_->append(*outs_[fork.source], begun_[fork.source], fork.rows);
  take(fork.branch, fork.option);
  after_changes();
}

// The life that is over, written down for the others who lived it.
void Reference::share_rows() {
  for (std::size_t i = 1; i < members_.size(); ++i) {
    history::Trajectories& out = *outs_[members_[i]];
    out.append(*out_, begun_[members_.front()], out_->rows());
    out.end_patient();
  }
}

}  // namespace sojourn::engine
