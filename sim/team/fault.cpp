#include "team/fault.hpp"

#include <new>

#include "base/byte_stream.hpp"
#include "base/error.hpp"
#include "engine/run.hpp"

namespace sojourn::team {

namespace {

void pass(auto& stream, auto& fault) {
  stream.pass(fault.kind);
  stream.pass(fault.item);
  stream.pass(fault.text);
}

}  // namespace

Fault Fault::of(const std::exception_ptr& thrown, std::int64_t item) {
  if (!thrown) return {};
  try {
    std::rethrow_exception(thrown);
  } catch (const InputError& error) {
    return {Kind::input, item, error.what()};
  } catch (const RunError& error) {
    return {Kind::run, item, error.what()};
  } catch (const engine::Stopped&) {
    return {Kind::stopped, item, ""};
  } catch (const std::bad_alloc&) {
    return {Kind::memory, item, ""};
  } catch (const std::exception& error) {
    return {Kind::other, item, error.what()};
  }
}

Fault Fault::read(std::string_view bytes) {
  ByteReader reader(bytes);
  Fault fault;
  pass(reader, fault);
  return fault;
}

std::string Fault::bytes() const {
  ByteWriter writer;
  pass(writer, *this);
  return writer.take();
}

bool Fault::before(const Fault& other) const {
  if (kind == Kind::none || other.kind == Kind::none) return other.kind == Kind::none && kind != Kind::none;
  const bool stopped = kind == Kind::stopped, other_stopped = other.kind == Kind::stopped;
  return stopped != other_stopped ? other_stopped : item < other.item;
}

void Fault::raise() const {
  switch (kind) {
    case Kind::none:
      return;
    case Kind::input:
      throw InputError(text);
    case Kind::run:
      throw RunError(text);
    case Kind::memory:
      throw std::bad_alloc();
    case Kind::stopped:
      throw engine::Stopped();
    case Kind::other:
      break;
  }
  throw std::runtime_error(text);
}

}  // namespace sojourn::team
