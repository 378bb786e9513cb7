#include "store/part_driver.hpp"

#include <limits>
#include <memory>

#include "store/part_file.hpp"

namespace sojourn::store {

namespace {

struct PartAccess {
  PartFile* part;
};

struct OpenPart {
  H5FD_t base;  // first: HDF5 sees only this
  PartFile* part;
  haddr_t allocated;  // [bytes] end of the allocated addresses
  haddr_t end;        // [bytes] end of what was written
};

OpenPart* self(H5FD_t* file) {
  return reinterpret_cast<OpenPart*>(file);
}
const OpenPart* self(const H5FD_t* file) {
  return reinterpret_cast<const OpenPart*>(file);
}

H5FD_t* open_part(const char*, unsigned, hid_t access, haddr_t) {
  const auto* info = static_cast<const PartAccess*>(H5Pget_driver_info(access));
  if (info == nullptr || info->part == nullptr) return nullptr;
  auto file = std::make_unique<OpenPart>();
  file->part = info->part;
  return &file.release()->base;
}

herr_t close_part(H5FD_t* file) {
  delete self(file);
  return 0;
}

herr_t query_part(const H5FD_t*, unsigned long* flags) {
  if (flags != nullptr) {
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  }
  return 0;
}

haddr_t allocated_end(const H5FD_t* file, H5FD_mem_t) {
  return self(file)->allocated;
}

herr_t set_allocated_end(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  self(file)->allocated = address;
  return 0;
}

haddr_t written_end(const H5FD_t* file, H5FD_mem_t) {
  return self(file)->end;
}

herr_t read_part(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* data) {
  return self(file)->part->read(data, size, address) ? 0 : -1;
}

herr_t write_part(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, const void* data) {
  OpenPart* part = self(file);
  if (!part->part->write(data, size, address)) return -1;
  if (address + size > part->end) part->end = address + size;
  return 0;
}

herr_t truncate_part(H5FD_t* file, hid_t, hbool_t) {
  OpenPart* part = self(file);
  if (part->allocated == part->end) return 0;
  if (!part->part->resize(part->allocated)) return -1;
  part->end = part->allocated;
  return 0;
}

H5FD_class_t part_class() {
  H5FD_class_t driver{};
  driver.name = "sojourn_part";
  driver.maxaddr = static_cast<haddr_t>(std::numeric_limits<std::int64_t>::max());
  driver.fc_degree = H5F_CLOSE_WEAK;
  driver.fapl_size = sizeof(PartAccess);
  driver.open = open_part;
  driver.close = close_part;
  driver.query = query_part;
  driver.get_eoa = allocated_end;
  driver.set_eoa = set_allocated_end;
  driver.get_eof = written_end;
  driver.read = read_part;
  driver.write = write_part;
  driver.truncate = truncate_part;
  for (H5FD_mem_t& type : driver.fl_map) type = H5FD_MEM_SUPER;
  constexpr H5FD_mem_t map[] = H5FD_FLMAP_DICHOTOMY;
  std::copy(std::begin(map), std::end(map), std::begin(driver.fl_map));
  return driver;
}

}  // namespace

herr_t use_part_file(hid_t access, PartFile& part) {
  static const H5FD_class_t driver_class = part_class();
  static const hid_t driver = H5FDregister(&driver_class);
  const PartAccess info{&part};
  return driver < 0 ? -1 : H5Pset_driver(access, driver, &info);
}

}  // namespace sojourn::store
