#include "store/table_reader.hpp"

#include <algorithm>

namespace sojourn::store {

namespace {

Column read_column(const InputFile& file, const std::string& table, const std::string& name) {
  const std::string place = table + "/" + name;
  const Handle dataset = open_dataset(file.id(), place);
  Column made{name, text_attribute(dataset.get(), "unit"), text_attribute(dataset.get(), "description"), {}};
  switch (kind_of(dataset.get())) {
    case Kind::number:
      made.values = file.numbers(place);
      break;
    case Kind::integer:
      made.values = file.integers(place);
      break;
    case Kind::text:
      made.values = file.texts(place);
      break;
  }
  return made;
}

}  // namespace

Table read_table(const InputFile& file, const std::string& path, const std::string& name,
                 const std::vector<std::string>& wanted) {
  const std::string place = "/outcomes/" + name;
  if (!exists(file.id(), place)) throw InputError("'" + path + "' has no table '" + name + "'");
  const Handle group(H5Gopen2(file.id(), place.c_str(), H5P_DEFAULT), H5Gclose, "open a table");
  Table table{name, text_attribute(group.get(), "description"), {}};
  for (const std::string& column : file.texts(place + "/columns")) {
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), column) == wanted.end()) continue;
    table.columns.push_back(read_column(file, place, column));
  }
  return table;
}

}  // namespace sojourn::store
