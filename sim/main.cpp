#include "command/command_line.hpp"

int main(int argc, char** argv) {
  return sojourn::command::execute(argc, argv);
}
