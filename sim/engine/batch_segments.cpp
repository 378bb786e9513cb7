#include "engine/batch_segments.hpp"

namespace sojourn::engine {

BatchSegments::BatchSegments(const program::Program& program, const BatchLayout& layout)
    : program_(program), layout_(layout), running_(program.components.size()), steps_(program.piecewise.size()) {
  for (std::size_t c = 0; c < running_.size(); ++c) {
    const program::Component& source = program.components[c];
    running_[c].law = &program.laws[at(source.laws.first)];
    running_[c].cured = source.cured;
    running_[c].cure = source.cure;
    if (source.cured && source.fraction < 0) running_[c].limit = distributions::cumulative_hazard_limit(source.cure);
  }
  for (std::size_t k = 0; k < steps_.size(); ++k) steps_[k].steps = &program.piecewise[k];
  weights_.resize(running_.size());
}

RunningHazard BatchSegments::hazard(const double* life, std::size_t declaration) {
  const program::Range range = program_.declarations[declaration].components;
  const auto first = at(range.first), count = at(range.count);
  for (std::size_t c = first; c < first + count; ++c) {
    const program::Component& source = program_.components[c];
    const BatchLayout::Component& slots = layout_.components[c];
    Running& running = running_[c];
    running.at = life[slots.at];
    running.ratio = life[slots.ratio];
    if (slots.slowness >= 0) {
      running.clock_at = life[slots.clock_at];
      running.slowness = life[slots.slowness];
    }
    if (slots.law >= 0) running.law = &program_.laws[at(source.laws.first) + static_cast<std::size_t>(life[slots.law])];
    if (slots.odds_speed >= 0) running.odds_speed = life[slots.odds_speed];
    if (slots.fraction >= 0) running.cure = {life[slots.fraction], life[slots.uncured]};
  }
  const std::span<const program::Component> sources(&program_.components[first], count);
  const auto step = at(sources.front().piecewise.first);
  const auto step_end = at(sources.back().piecewise.first + sources.back().piecewise.count);
  for (std::size_t k = step; k < step_end; ++k) steps_[k].origin = life[layout_.origins[k]];
  return {{&running_[first], count},
          sources,
          std::span<const RunningSteps>(steps_).subspan(step, step_end - step),
          {&weights_[first], count}};
}

double BatchSegments::cumulative(const double* life, std::size_t declaration, double a, double b) {
  return engine::cumulative(hazard(life, declaration), a, b);
}

double BatchSegments::time(const double* life, std::size_t declaration, double a, double e) {
  return time_to_reach(hazard(life, declaration), a, e, program_.horizon);
}

}  // namespace sojourn::engine
