// Which shards may go: those of a result that was replaced, and what killed runs left behind. A result keeps its shards
// when it is renamed or copied within its folder, so each file there is asked, whatever its name; if one cannot be
// read, all stay.
#pragma once

#include <string>
#include <vector>

namespace sojourn::store {

class ShardLeftovers {
 public:
  explicit ShardLeftovers(const std::string& out);  // before OUT.h5 is replaced: notes which shards it has

  // Those noted, and all in the folder of OUT.h5 that this program made, if no result beside names them. The folder,
  // too, if nothing remains. Nothing is done where a run is writing: that one does it when it ends. The caller must not
  // hold OUT.h5.
  void remove() const;

 private:
  void remove_in(const std::string& folder) const;
  std::string beside_, own_;
  std::vector<std::string> replaced_;  // names from beside_
};

}  // namespace sojourn::store
