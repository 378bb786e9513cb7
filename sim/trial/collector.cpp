#include "trial/collector.hpp"

#include <algorithm>
#include <limits>

#include "base/byte_stream.hpp"

namespace sojourn::trial {

namespace {

bool earlier(const Followed& a, const Followed& b) {
  return a.patient < b.patient;
}

void pass(auto& stream, auto& all) {
  stream.pass_list(all, [&](auto& one) {
    stream.pass(one.patient);
    stream.pass(one.time);
    stream.pass(one.stratum);
    stream.pass(one.event);
  });
}

}  // namespace

Collector::Collector(const Plan& plan) : plan_(plan) {
  for (const Item& item : plan.items()) {
    kept_.emplace_back();
    for (const Arm& arm : item.arms) {
      kept_.back().push_back(
          {{}, static_cast<std::size_t>(item.most_patients(arm)), std::numeric_limits<std::int64_t>::max()});
    }
  }
}

void Collector::update(const history::Block& block) {
  outcomes::Life life = plan_.life();
  std::vector<Followed> found;
  for (std::size_t i = 0; i < plan_.items().size(); ++i) {
    const Item& item = plan_.items()[i];
    for (std::size_t a = 0; a < item.arms.size(); ++a) {
      std::int64_t last = 0;
      {
        const std::scoped_lock lock(mutex_);
        last = kept_[i][a].last;
      }
      found.clear();
      for (std::int32_t p = 0; p < block.patients && block.first_patient + p <= last; ++p) {
        const std::int64_t patient = block.first_patient + p;
        if (!item.dealt(item.arms[a], patient)) continue;
        life.open(block, item.arms[a].strategy, static_cast<std::size_t>(p));
        if (const auto one = follow(item, item.arms[a], patient, life)) found.push_back(*one);
      }
      const std::scoped_lock lock(mutex_);
      add(kept_[i][a], found);
    }
  }
  const std::scoped_lock lock(mutex_);
  seen_ += block.patients;
}

// Beyond one and a half times as many as are needed the last are forgotten.
void Collector::add(Kept& kept, const std::vector<Followed>& found) {
  kept.patients.insert(kept.patients.end(), found.begin(), found.end());
  if (kept.patients.size() < kept.most + kept.most / 2 + 1) return;
  const auto end = kept.patients.begin() + static_cast<std::ptrdiff_t>(kept.most);
  std::nth_element(kept.patients.begin(), end - 1, kept.patients.end(), earlier);
  kept.last = (end - 1)->patient;
  kept.patients.erase(end, kept.patients.end());
}

std::string Collector::stored() const {
  ByteWriter writer;
  writer.pass(seen_);
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    for (std::size_t a = 0; a < kept_[i].size(); ++a) {
      const std::vector<Followed> found = patients(i, a);
      pass(writer, found);
    }
  }
  return writer.take();
}

void Collector::add_stored(std::string_view bytes) {
  ByteReader reader(bytes);
  std::int64_t seen = 0;
  reader.pass(seen);
  seen_ += seen;
  for (auto& arms : kept_) {
    for (Kept& kept : arms) {
      std::vector<Followed> found;
      pass(reader, found);
      add(kept, found);
    }
  }
  if (!reader.at_end()) throw MalformedBytes();
}

std::vector<Followed> Collector::patients(std::size_t item, std::size_t arm) const {
  const Kept& kept = kept_[item][arm];
  std::vector<Followed> sorted = kept.patients;
  std::sort(sorted.begin(), sorted.end(), earlier);
  if (sorted.size() > kept.most) sorted.resize(kept.most);
  return sorted;
}

}  // namespace sojourn::trial
