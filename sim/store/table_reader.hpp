// Tables of an HDF5 file of ours, and damage told as an error of the input.
#pragma once

#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/table.hpp"
#include "store/input_file.hpp"

namespace sojourn::store {

// action(); what HDF5 cannot read becomes an InputError that names the file.
template <class Action>
auto reading(const std::string& path, Action action) {
  prepare_hdf5();
  const auto damaged = [&](const char* what) {
    return InputError("cannot read '" + path + "': " + what + " (is the file damaged?)");
  };
  try {
    return action();
  } catch (const Hdf5Error& error) {
    throw damaged(error.what());
  } catch (const std::bad_alloc&) {
    throw damaged("it asks for more memory than there is");
  } catch (const std::length_error&) {
    throw damaged("it asks for more memory than there is");
  }
}

// /outcomes/NAME; of its columns only `wanted`, if there are any. Throws InputError if the file `path` has no such
// table.
[[nodiscard]] Table read_table(const InputFile& file, const std::string& path, const std::string& name,
                               const std::vector<std::string>& wanted = {});

}  // namespace sojourn::store
