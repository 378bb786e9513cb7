#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "random_models/settings.hpp"

namespace sojourn::engine::testing {

Settings& settings() {
  static Settings all;
  return all;
}

namespace {

bool read(const std::string& option, const std::string& value) {
  Settings& all = settings();
  if (option == "--models") {
    all.models = std::stoi(value);
  } else if (option == "--seed") {
    all.seed = std::stoull(value);
  } else if (option == "--patients") {
    all.patients = std::stoi(value);
  } else if (option == "--write") {
    all.folder = value;
  } else {
    return false;
  }
  return true;
}

}  // namespace
}  // namespace sojourn::engine::testing

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; i += 2) {
    if (i + 1 < argc && sojourn::engine::testing::read(argv[i], argv[i + 1])) continue;
    std::cerr << "unknown option " << argv[i] << "; see tests/random_models/README.md\n";
    return EXIT_FAILURE;
  }
  return RUN_ALL_TESTS();
}
