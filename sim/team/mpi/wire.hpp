// Messages between the processes: bytes, of any length, by one thread at a time. Waiting sleeps instead of spinning, so
// that a process that waits leaves its processor to those that work.
#pragma once

#include <mpi.h>

#include <optional>
#include <string>

namespace sojourn::team {

enum class Channel : int { together = 1, to_first = 2, from_first = 3 };

struct Message {
  int from = 0;
  std::string bytes;
};

class Wire {
 public:
  Wire();  // starts MPI
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  [[nodiscard]] int rank() const { return rank_; }
  [[nodiscard]] int size() const { return size_; }
  [[nodiscard]] int processors() const { return processors_; }

  void send(int to, Channel channel, const std::string& bytes) const;
  [[nodiscard]] std::string receive(int from, Channel channel) const;
  // From anyone, if there is one.
  [[nodiscard]] std::optional<Message> look(Channel channel) const { return look(MPI_ANY_SOURCE, channel); }

  void leave() const;
  [[noreturn]] void abort(int code) const;

 private:
  [[nodiscard]] std::optional<Message> look(int from, Channel channel) const;
  [[nodiscard]] static int fair_processors();

  MPI_Comm all_ = MPI_COMM_NULL;
  int rank_ = 0, size_ = 1, processors_ = 1;
};

// Sleeps a little longer each time, 2 ms at most.
class Patience {
 public:
  void wait();

 private:
  int microseconds_ = 10;
};

}  // namespace sojourn::team
