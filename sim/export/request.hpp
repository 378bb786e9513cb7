// What is to be exported: which strategies and patients of a result, and what the formats leave to the user.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "export/state_counts.hpp"
#include "model/model.hpp"
#include "store/reader.hpp"

namespace sojourn::exports {

struct Thresholds {  // of willingness to pay, `from` to `to`, both included
  double from = 0, to = 50'000, step = 100;
};

struct Request {
  std::vector<std::string> strategies;                            // by name; empty: all of the result
  std::optional<std::pair<std::int64_t, std::int64_t>> patients;  // first, last, from 1; none: all stored
  bool ids = false;                                               // csv: numbers in place of names
  std::optional<std::vector<std::string>> covariates;  // mstate: these attributes; none: all known at the start
  std::string group;                                   // hesim: an attribute; empty: one group
  Step step;                                           // hesim: of the grid of state probabilities
  std::string effects, costs;                          // bcea: outcomes; empty: the only one of that kind
  Thresholds thresholds;                               // bcea
  std::function<void()> between_blocks;                // if set: called now and then; may throw to stop
};

struct ChosenStrategy {
  std::size_t place = 0;  // in Reader::strategies
  std::int64_t id = 0;    // strategy_id: place in the model, from 1
  std::string name;
};

// A result with the request resolved against it.
class Source {
 public:
  // Throws InputError: an unknown strategy.
  Source(const std::string& path, const store::Reader& reader, const model::Model& model, const Request& request);

  [[nodiscard]] const store::Reader& reader() const { return reader_; }
  [[nodiscard]] const model::Model& model() const { return model_; }
  [[nodiscard]] const Request& request() const { return request_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::vector<ChosenStrategy>& strategies() const { return strategies_; }

  // Throws InputError if the trajectories are not there: none were kept, or not of all these patients.
  void need_trajectories() const;
  // Throws InputError if stays in some states were left out, without which `format` would be wrong.
  void need_all_states(const std::string& format) const;
  [[nodiscard]] std::int64_t first_patient() const;
  [[nodiscard]] std::int64_t last_patient() const;

  // An attribute by its name. `option`: for the message if there is none.
  [[nodiscard]] std::size_t attribute(const std::string& name, const std::string& option) const;

  // `use(block)` for all patients from `first` to `last` under one of the reader's strategies, in blocks in order.
  template <class Use>
  void for_each_block(std::size_t place, std::int64_t first, std::int64_t last, Use use) const {
    for (; first <= last; first += block_patients) {
      if (request_.between_blocks) request_.between_blocks();
      use(reader_.block(place, first, static_cast<std::int32_t>(std::min(block_patients, last - first + 1))));
    }
  }
  // `use(strategy, block)` for the chosen patients under the chosen strategies, one after the other.
  template <class Use>
  void for_each_block(Use use) const {
    for (const ChosenStrategy& strategy : strategies_) {
      for_each_block(strategy.place, first_patient(), last_patient(),
                     [&](const history::Block& block) { use(strategy, block); });
    }
  }

 private:
  static constexpr std::int64_t block_patients = 16'384;  // some megabytes

  std::string path_;
  const store::Reader& reader_;
  const model::Model& model_;
  const Request& request_;
  std::vector<ChosenStrategy> strategies_;
};

}  // namespace sojourn::exports
