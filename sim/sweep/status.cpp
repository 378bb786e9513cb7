#include "sweep/status.hpp"

#include <unordered_set>

#include "base/error.hpp"
#include "sweep/claim.hpp"

namespace sojourn::sweep {

Status status_of(const Opened& sweep) {
  Status found;
  std::unordered_set<ScenarioKey> failed;
  for (const Shard& shard : sweep.plan.shards()) {
    ++found.shards;
    found.lives += sweep.lives(shard);
    std::optional<ShardContent> content;
    try {
      content = sweep.read(shard);
    } catch (const RunError& error) {
      found.damaged.push_back(error.what());
      continue;
    }
    if (!content) {
      ++(Claim::is_held(sweep.folder.claim_path(shard)) ? found.running : found.missing);
      continue;
    }
    ++found.done;
    found.lives_done += sweep.lives(shard);
    for (const ShardEntry& one : content->entries) {
      if (one.failed && failed.insert(one.id).second) found.failed.push_back(id_text(one.id) + ": " + one.bytes);
    }
  }
  return found;
}

}  // namespace sojourn::sweep
