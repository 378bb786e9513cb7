// HDF5's way to a PartFile: a virtual file driver. HDF5's own driver hides errno and leaves an HDF5 file that cannot be
// closed once a write has failed; here the part remembers the cause, and after PartFile::discard() all writes succeed
// into nothing, so that HDF5 always closes cleanly. The bytes are those of HDF5's default driver.
#pragma once

#include <hdf5.h>

namespace sojourn::store {

class PartFile;

// Makes file access `access` (H5P_FILE_ACCESS) use `part`, which must outlive the HDF5 file.
[[nodiscard]] herr_t use_part_file(hid_t access, PartFile& part);

}  // namespace sojourn::store
