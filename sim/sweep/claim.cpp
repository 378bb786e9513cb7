#include "sweep/claim.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <optional>
#include <sstream>
#include <system_error>

#include "base/durable.hpp"
#include "base/error.hpp"
#include "sweep/slurm_jobs.hpp"

namespace sojourn::sweep {

namespace {

using std::chrono::seconds;

constexpr seconds lease{600};

// For how long this process lets another host's claim be silent before it asks Slurm.
seconds patience() {
  const Process own = this_process();
  return 2 * claim_renewal + seconds((own.pid + own.started) % claim_renewal.count());
}

std::optional<struct stat> status_of(const std::string& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0 ? std::optional(found) : std::nullopt;
}

// A file of this process's own beside the claim, gone with its scope.
class Ticket {
 public:
  explicit Ticket(const std::string& claim) : path_(own_name(claim, "ticket")) {
    const Process own = this_process();
    std::string text = own.host + " " + std::to_string(own.pid) + " " + std::to_string(own.started);
    if (const auto job = this_job())
      text += " " + job->cluster + " " + std::to_string(job->job) + " " + std::to_string(job->restarts);
    text += "\n";
    const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    bool good = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const int code = errno;
    good = (file < 0 || ::close(file) == 0) && good;
    if (good) return;
    ::unlink(path_.c_str());
    throw RunError("cannot write '" + claim + "': " + std::generic_category().message(code));
  }
  ~Ticket() { ::unlink(path_.c_str()); }
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

enum class Slurm : bool { known, asked };

// `clock`: the file system's [s].
bool is_stale(const std::string& path, const struct stat& claim, std::int64_t clock, Slurm slurm) {
  const seconds silent(clock - claim.st_mtim.tv_sec);
  if (silent > lease) return true;
  const auto text = read_if_there(path);
  if (!text) return false;
  Process by;
  std::istringstream words(*text);
  if (!(words >> by.host >> by.pid >> by.started)) return false;  // the lease will tell
  if (by.host == this_process().host) return !is_alive(by);
  JobRun job;
  if (!(words >> job.cluster >> job.job >> job.restarts)) return false;
  if (slurm == Slurm::asked && silent > patience()) return slurm_jobs().has_ended(job, silent);
  return slurm_jobs().is_known_to_have_ended(job);
}

bool is_there_and_stale(const std::string& path, std::int64_t clock) {
  const auto found = status_of(path);
  return found && is_stale(path, *found, clock, Slurm::known);
}

// Takes a stale claim out of the way. Who does that holds a claim on the claim meanwhile, so that nobody removes the
// next one; it lasts for moments, and one that a process left behind in them is removed.
void remove_stale(const std::string& path, const Ticket& ticket, std::int64_t clock) {
  const std::string over = path + ".over";
  if (::link(ticket.path().c_str(), over.c_str()) != 0) {
    if (is_there_and_stale(over, clock)) ::unlink(over.c_str());
    return;
  }
  if (is_there_and_stale(path, clock)) ::unlink(path.c_str());
  ::unlink(over.c_str());
}

}  // namespace

Claim::Claim(std::string path, dev_t device, ino_t inode) : path_(std::move(path)), device_(device), inode_(inode) {}

std::unique_ptr<Claim> Claim::take(const std::string& path) {
  const Ticket ticket(path);
  for (int attempt = 0; attempt < 3; ++attempt) {
    const bool linked = ::link(ticket.path().c_str(), path.c_str()) == 0;
    const int code = errno;
    const auto own = status_of(ticket.path());
    if (own && (linked || own->st_nlink == 2)) return std::unique_ptr<Claim>(new Claim(path, own->st_dev, own->st_ino));
    if (code != EEXIST) return std::unique_ptr<Claim>(new Claim(path, 0, 0));
    const auto other = status_of(path);
    if (!other) continue;
    if (!own || !is_stale(path, *other, own->st_mtim.tv_sec, Slurm::known)) return nullptr;
    remove_stale(path, ticket, own->st_mtim.tv_sec);
  }
  return nullptr;
}

bool Claim::is_held(const std::string& path) {
  const auto found = status_of(path);
  if (!found) return false;
  const auto clock = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  return !is_stale(path, *found, clock, Slurm::asked);
}

Claim::~Claim() {
  if (inode_ == 0) return;
  const auto found = status_of(path_);
  if (found && found->st_ino == inode_ && found->st_dev == device_) ::unlink(path_.c_str());
}

void Claim::renew() const {
  if (inode_ == 0) return;
  (void)::utimensat(AT_FDCWD, path_.c_str(), nullptr, 0);  // at worst somebody does the same
}

}  // namespace sojourn::sweep
