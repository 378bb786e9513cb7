// What has been compiled is found again by what a law is made of, down to the bits of its tables and parts. The latest
// are kept; which ones changes no result, as a law is always compiled to the same table.
#include <bit>
#include <deque>
#include <map>
#include <mutex>

#include "distributions/compile.hpp"
#include "distributions/families.hpp"

namespace sojourn::distributions {

namespace {

constexpr std::size_t most_kept = 256;  // 3 MB

using Key = std::vector<std::uint64_t>;

void append(Key& key, const Law& law) {
  key.insert(key.end(), {law.family, law.table.size(), law.parts.size()});
  for (const double c : law.c) key.push_back(std::bit_cast<std::uint64_t>(c));
  for (const double x : law.table) key.push_back(std::bit_cast<std::uint64_t>(x));
  for (const Law& part : law.parts) append(key, part);
}

class Compilations {
 public:
  std::shared_ptr<const CompiledLaw> of(const Law& exact) {
    Key key;
    append(key, exact);
    {
      const std::scoped_lock lock(mutex_);
      if (const auto found = known_.find(key); found != known_.end()) return found->second;
    }
    auto made = compiled(exact);
    const auto shared = made ? std::make_shared<const CompiledLaw>(std::move(*made)) : nullptr;
    const std::scoped_lock lock(mutex_);
    if (known_.emplace(key, shared).second) by_age_.push_back(std::move(key));
    if (by_age_.size() > most_kept) {
      known_.erase(by_age_.front());
      by_age_.pop_front();
    }
    return shared;
  }

 private:
  std::mutex mutex_;
  std::map<Key, std::shared_ptr<const CompiledLaw>> known_;
  std::deque<Key> by_age_;
};

}  // namespace

Law CompiledLaw::on(std::span<const double> kept_table, std::span<const Law> exact) const {
  Law made = law;
  made.table = kept_table;
  made.parts = exact;
  return made;
}

bool wants_tables(const Law& law) {
  static constexpr auto wanted = for_each_family([]<class F>(FamilyTag<F>) {
    return requires {
      F::compiled;
    };
  });
  return wanted[law.family];
}

std::shared_ptr<const CompiledLaw> compiled_once(const Law& exact) {
  static Compilations compilations;
  return compilations.of(exact);
}

}  // namespace sojourn::distributions
