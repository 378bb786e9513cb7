// Who works on a shard now: a file beside it, so that processes on one folder do not do the same twice. Nothing is
// wrong if they do: a shard has the same bytes whoever makes it. A claim is taken by link(2) from a file of the taker's
// own and a look at the link count, which NFS does in one step. It is stale, and is taken over, when its process has
// ended (on this host), when the job of Slurm that its process is in has ended, or when it has not been renewed for ten
// minutes by the file system's clock. Slurm is asked only about a claim of another host that has missed two renewals,
// and not by all processes at the same moment, so that the first has taken it over before most have asked.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>

namespace sojourn::sweep {

inline constexpr std::chrono::seconds claim_renewal{30};  // every

class Claim {
 public:
  // None: somebody works on it, as far as is known without asking Slurm. Throws RunError where the folder cannot be
  // written to.
  [[nodiscard]] static std::unique_ptr<Claim> take(const std::string& path);
  // Whether there is one that is not stale. May ask Slurm, which takes seconds: not with others waiting.
  [[nodiscard]] static bool is_held(const std::string& path);
  ~Claim();  // gives it back
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;

  void renew() const;

 private:
  Claim(std::string path, dev_t device, ino_t inode);
  std::string path_;
  dev_t device_;
  ino_t inode_;  // 0: the file system has no links, nothing is held
};

}  // namespace sojourn::sweep
