#include "trial/replicate.hpp"

#include <algorithm>

namespace sojourn::trial {

namespace {

// How long she is followed if there were no analysis.
double own_follow_up(const model::Trial& trial, const Candidate& one) {
  return std::min(one.dropout, trial.follow_each.value_or(outcomes::never));
}

// By the number of events, if there are so many before the end.
double analysis_time(const model::Trial& trial, const Arms& arms, std::int64_t events) {
  const double end = trial.follow_up ? trial.accrual.end() + *trial.follow_up : outcomes::never;
  if (events == 0) return end;
  std::vector<double> times;
  for (const auto& arm : arms) {
    for (const Candidate& one : arm) {
      if (one.event && one.time <= own_follow_up(trial, one)) times.push_back(one.entry + one.time);
    }
  }
  if (times.size() < static_cast<std::size_t>(events)) return end;
  const auto last = times.begin() + static_cast<std::ptrdiff_t>(events) - 1;
  std::nth_element(times.begin(), last, times.end());
  return std::min(end, *last);
}

// Of the last patient whom anything is known of.
double last_seen(const model::Trial& trial, const Arms& arms) {
  double last = 0;
  for (const auto& arm : arms) {
    for (const Candidate& one : arm) last = std::max(last, one.entry + std::min(one.time, own_follow_up(trial, one)));
  }
  return last;
}

}  // namespace

std::vector<Candidate> candidates(const Item& item, std::uint32_t seed, std::span<const Followed> patients) {
  std::vector<Candidate> made;
  made.reserve(patients.size());
  for (const Followed& one : patients) {
    const Presence when = presence(item, seed, one.patient);
    made.push_back({one.time, when.entry, when.dropout, one.stratum, one.event});
  }
  return made;
}

Replicate trial_of(const model::Trial& trial, const Arms& arms, std::int64_t events) {
  Replicate made;
  made.analysis = analysis_time(trial, arms, events);
  for (std::size_t a = 0; a < arms.size(); ++a) {
    std::int64_t enrolled = 0, with_event = 0, lost = 0;
    for (const Candidate& one : arms[a]) {
      // to the grid, so that the patient with the last event of all is seen to have it
      const double in_trial = to_grid(made.analysis - one.entry);
      if (one.entry > made.analysis) continue;
      const double end = std::min(own_follow_up(trial, one), in_trial);
      const bool event = one.event && one.time <= end;
      ++enrolled;
      with_event += event ? 1 : 0;
      lost += !event && one.dropout <= end && one.dropout < one.time ? 1 : 0;
      made.rows.push_back({std::min(one.time, end), event ? 1 : 0, static_cast<std::int32_t>(a), one.stratum});
    }
    made.enrolled.push_back(enrolled);
    made.events.push_back(with_event);
    made.lost.push_back(lost);
  }
  if (made.analysis == outcomes::never) made.analysis = last_seen(trial, arms);
  return made;
}

Replicate followed_to_the_end(const Arms& arms) {
  Replicate made;
  for (std::size_t a = 0; a < arms.size(); ++a) {
    for (const Candidate& one : arms[a]) {
      made.rows.push_back({one.time, one.event ? 1 : 0, static_cast<std::int32_t>(a), one.stratum});
    }
  }
  return made;
}

}  // namespace sojourn::trial
