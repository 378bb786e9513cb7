#include <array>
#include <bit>
#include <cstring>
#include <limits>

#include "expression/evaluate.hpp"
#include "promise.hpp"
#include "targets.hpp"

namespace sojourn::fuzz {
namespace {

using namespace expression;

constexpr std::size_t head = 18;  // bytes before the text

Scope make_scope() {
  const auto sex = std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"female", "male"});
  Scope scope;
  scope.parameters = {
      {"hr", Type::number()}, {"wait", Type::number(1)}, {"rate", Type::number(-1)}, {"on_trial", Type::boolean()}};
  scope.attributes = {{"age", Type::number(1)},
                      {"burden", Type::number()},
                      {"sex", Type::category(sex)},
                      {"frail", Type::boolean()},
                      {"grade", Type::number()}};
  scope.states = {"a", "b", "dead"};
  scope.tags = {{"alive", {StateId{0}, StateId{1}}}, {"nowhere", {}}};
  scope.events = {"icans", "recovery"};
  return scope;
}

std::optional<Type> expected(unsigned char choice, const Scope& scope) {
  switch (choice % 6) {
    case 0:
      return Type::number();
    case 1:
      return Type::number(1);
    case 2:
      return Type::number(-1);
    case 3:
      return Type::boolean();
    case 4:
      return scope.attributes[2].type;
    default:
      return std::nullopt;
  }
}

struct Patient {
  std::array<double, 5> attributes{};
  std::array<double, 5> latest{};
  std::array<std::uint32_t, 5> count{};
  Context context;
};

// Attributes are any numbers, NaN and infinities too; booleans and levels are what they can be.
Patient patient(std::string_view bytes) {
  Patient one;
  double any[2];
  std::memcpy(any, bytes.data(), sizeof any);
  const auto bits = static_cast<unsigned char>(bytes[16]);
  one.attributes = {any[0], any[1], static_cast<double>(bits & 1U), static_cast<double>(bits >> 1U & 1U), any[0] + 1};
  one.latest = {0, any[1], std::numeric_limits<double>::quiet_NaN(), any[0], 0.5};
  one.count = {1, 2, 0, bits, 4};
  one.context = {one.attributes, static_cast<std::int32_t>(bits >> 2U & 3U) - 1, any[1], one.latest, one.count};
  return one;
}

struct TwoAlike {
  const Code& code;
  const Context& context;
  [[nodiscard]] Pack<2> attribute(std::int32_t id) const { return Pack<2>(PatientView{code, context}.attribute(id)); }
  [[nodiscard]] Pack<2> latest(std::int32_t mark) const { return Pack<2>(PatientView{code, context}.latest(mark)); }
  [[nodiscard]] Pack<2> count(std::int32_t mark) const { return Pack<2>(PatientView{code, context}.count(mark)); }
  [[nodiscard]] Pack<2> now() const { return Pack<2>(context.now); }
  [[nodiscard]] Pack<2> in_set(std::int32_t set) const { return Pack<2>(PatientView{code, context}.in_set(set)); }
};

void run(const Expression& parsed, std::string_view bytes) {
  constexpr std::array<double, 4> values = {0.25, 0.2, 0.1, 1};
  const Code code = compile(parsed, values, 3);
  const Patient one = patient(bytes);
  const double alone = evaluate(code, one.context);
  const Pack<2> together = evaluate_lanes<Pack<2>>(code, TwoAlike{code, one.context});
  const bool same = std::bit_cast<std::uint64_t>(alone) == std::bit_cast<std::uint64_t>(together.at[1]);
  promise(same || (alone != alone && together.at[1] != together.at[1]), "the same bits side by side");
  if (parsed.type().kind == Type::Kind::number) return;
  promise(alone == 0 || alone == 1, "a boolean or the index of a level");
}

}  // namespace

void read_expression(std::string_view bytes) {
  static const Scope scope = make_scope();
  if (bytes.size() < head) return;
  const auto choice = static_cast<unsigned char>(bytes[head - 1]);
  const std::string_view text = bytes.substr(head);
  const Allowed allowed{(choice & 64U) != 0, (choice & 128U) == 0, (choice & 32U) != 0, choice % 32 == 31, "", "", ""};
  const ParseResult result = parse(text, scope, expected(choice, scope), allowed);
  if (const auto* parsed = std::get_if<Expression>(&result)) return run(*parsed, bytes);
  const auto& problems = std::get<1>(result);
  promise(!problems.empty(), "an expression or problems");
  std::size_t before = 0;
  for (const ExpressionProblem& one : problems) {
    promise(one.offset >= before && one.offset <= text.size(), "problems sorted, inside the text");
    before = one.offset;
    promise_printable(one.problem);
    promise_printable(one.why);
    promise_printable(one.hint);
  }
}

}  // namespace sojourn::fuzz
