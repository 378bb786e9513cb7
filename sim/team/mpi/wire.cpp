#include "team/mpi/wire.hpp"

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstdlib>
#include <thread>
#include <vector>

#include "base/error.hpp"

namespace sojourn::team {

void Patience::wait() {
  std::this_thread::sleep_for(std::chrono::microseconds(microseconds_));
  microseconds_ = std::min(2 * microseconds_, 2000);
}

Wire::Wire() {
  int provided = 0;
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
  if (provided < MPI_THREAD_SERIALIZED) throw RunError("this MPI was built without threads (MPI_THREAD_SERIALIZED)");
  MPI_Comm_dup(MPI_COMM_WORLD, &all_);
  MPI_Comm_rank(all_, &rank_);
  MPI_Comm_size(all_, &size_);
  processors_ = fair_processors();
}

// Each processor is divided among the processes of this host that may run on it: right whether they are bound to one
// each, to a socket together, or not at all.
int Wire::fair_processors() {
  MPI_Comm host = MPI_COMM_NULL;
  MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &host);
  int here = 1;
  MPI_Comm_size(host, &here);
  cpu_set_t own;
  CPU_ZERO(&own);
  if (::sched_getaffinity(0, sizeof(own), &own) != 0) CPU_SET(0, &own);
  std::vector<cpu_set_t> sets(static_cast<std::size_t>(here));
  MPI_Allgather(&own, sizeof(own), MPI_BYTE, sets.data(), sizeof(own), MPI_BYTE, host);
  MPI_Comm_free(&host);
  double part = 0;
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &own)) continue;
    part += 1.0 / static_cast<double>(std::count_if(sets.begin(), sets.end(),
                                                    [cpu](const cpu_set_t& one) { return CPU_ISSET(cpu, &one); }));
  }
  return std::max(1, static_cast<int>(part + 1e-6));
}

void Wire::send(int to, Channel channel, const std::string& bytes) const {
  if (bytes.size() > INT_MAX) throw RunError("what one process has to tell another is more than 2 GB");
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Isend(bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, to, static_cast<int>(channel), all_, &request);
  Patience patience;
  for (int done = 0;;) {
    MPI_Test(&request, &done, MPI_STATUS_IGNORE);
    if (done != 0) return;
    patience.wait();
  }
}

std::optional<Message> Wire::look(int from, Channel channel) const {
  int found = 0;
  MPI_Message handle = MPI_MESSAGE_NULL;
  MPI_Status status;
  MPI_Improbe(from, static_cast<int>(channel), all_, &found, &handle, &status);
  if (found == 0) return std::nullopt;
  int size = 0;
  MPI_Get_count(&status, MPI_BYTE, &size);
  Message message{status.MPI_SOURCE, std::string(static_cast<std::size_t>(size), '\0')};
  MPI_Mrecv(message.bytes.data(), size, MPI_BYTE, &handle, MPI_STATUS_IGNORE);
  return message;
}

std::string Wire::receive(int from, Channel channel) const {
  Patience patience;
  for (;;) {
    if (auto message = look(from, channel)) return std::move(message->bytes);
    patience.wait();
  }
}

void Wire::leave() const {
  MPI_Finalize();
}

void Wire::abort(int code) const {
  MPI_Abort(all_, code);
  std::_Exit(code);
}

}  // namespace sojourn::team
