#include "export/text_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/error.hpp"

namespace sojourn::exports {

TextFile::TextFile(const std::string& path) {
  if (path != "-") file_ = std::make_unique<store::PartFile>(path);
}

void TextFile::flush() {
  if (!file_) {
    if (std::fwrite(buffer_.data(), 1, buffer_.size(), stdout) != buffer_.size()) {
      throw RunError(std::string("standard output: cannot be written (") + std::strerror(errno) + ")");
    }
  } else if (!file_->write(buffer_.data(), buffer_.size(), written_)) {
    throw RunError(file_->failure(file_->error()));
  }
  written_ += buffer_.size();
  buffer_.clear();
}

void TextFile::publish() {
  flush();
  if (file_) file_->publish();
}

}  // namespace sojourn::exports
