#include "sweep/resolve_check.hpp"

#include "base/error.hpp"
#include "base/words.hpp"
#include "outcomes/text.hpp"

namespace sojourn::sweep {

namespace {

class ResolveCheck {
 public:
  ResolveCheck(const SweepFile& file, Diagnostics& problems)
      : file_(file), wanted_(*file.resolve), problems_(problems) {}

  void run(const Variant& variant, const ParameterSets& sets) {
    const std::size_t strategies = variant.strategies().size();
    if (strategies < 2) return add(wanted_.item, "there is one strategy only", "the best is sought among several");
    if (strategies > outcomes::most_compared_pairwise) {
      return add(wanted_.item, std::to_string(strategies) + " strategies are too many to find the best of",
                 "every two are compared among up to " + std::to_string(outcomes::most_compared_pairwise),
                 "choose some by `strategies`");
    }
    const std::int64_t patients = file_.patients_of(variant.model());
    if (wanted_.most_patients / 2 < patients) {
      add(wanted_.item, "`most_patients` allows no look after the first",
          "a scenario has " + with_commas(patients) + " patients at first, and twice as many at the next look",
          "write " + std::to_string(2 * patients) + " or more");
    }
    number(variant, sets);
  }

 private:
  void number(const Variant& variant, const ParameterSets& sets) {
    try {
      const outcomes::Plan plan(variant.model(), variant.strategies(), variant.reference(), sets.by_strategy, nullptr,
                                outcomes::Ways::left_out);
      const outcomes::NumberPlace place = outcomes::place_of(*plan.compiled(), wanted_.number);
      const std::string& unit = plan.compiled()->items[place.item].cells[place.cell].unit;
      if (!wanted_.within.fits(unit)) {
        add(wanted_.within_item, "the difference is in " + (unit == "1" ? "no unit, or %" : unit));
      }
    } catch (const InputError& error) {
      add(wanted_.item, error.what());
    }
  }

  void add(const config::Item& item, std::string problem, std::string why = {}, std::string hint = {}) {
    problems_.add({file_.document->at(*item.node), item.path, std::move(problem), std::move(why), std::move(hint)});
  }

  const SweepFile& file_;
  const Resolve& wanted_;
  Diagnostics& problems_;
};

}  // namespace

void check_resolve(const SweepFile& file, const Variant& variant, const ParameterSets& sets, Diagnostics& problems) {
  if (file.resolve) ResolveCheck(file, problems).run(variant, sets);
}

}  // namespace sojourn::sweep
