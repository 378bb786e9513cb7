#include "engine/batch_writer.hpp"

namespace sojourn::engine {

namespace {

using program::at;

// f(row, where it goes) for the rows of a life, the last one first; they go before `end`.
template <class Row, class F>
void backwards(const Grown<Row>& rows, std::uint64_t word, std::size_t end, F f) {
  std::uint32_t from = last_row(word);
  for (std::size_t left = row_count(word); left > 0; --left) {
    f(rows[from], --end);
    from = rows[from].before;
  }
}

}  // namespace

BatchWriter::BatchWriter(const program::Program& program, const BatchLayout& layout, const BatchLives& lives,
                         std::size_t strategies)
    : program_(program), layout_(layout), lives_(lives), strategies_(strategies), owner_(lives.most()) {}

void BatchWriter::note(LifeRecord life, std::int32_t state, std::int64_t first_patient) {
  life[layout_.last_state] = static_cast<double>(state);
  const std::size_t patient = word_of(life, layout_.patient) - static_cast<std::uint64_t>(first_patient);
  for (std::size_t m = 0; m < strategies_; ++m) {
    if (lives_.member(m).in(life)) owner_[m * at(lives_.patients()) + patient] = life;
  }
}

void BatchWriter::write(const BatchRows& rows, std::size_t patients, std::span<history::Trajectories* const> outs,
                        std::uint16_t* lived_as, std::size_t stride) const {
  for (std::size_t m = 0; m < strategies_; ++m) {
    const auto lives = std::span(owner_).subspan(m * at(lives_.patients()), patients);
    for (std::size_t p = 0; p < patients; ++p) {
      lived_as[m * stride + p] = static_cast<std::uint16_t>(lives_.first_member(lives[p]));
    }
    write_strategy(rows, lives, *outs[m]);
  }
}

void BatchWriter::write_strategy(const BatchRows& rows, std::span<const LifeRecord> lives,
                                 history::Trajectories& out) const {
  history::RowCounts end = out.rows();
  const std::size_t before = out.sojourn_end.size();
  for (const LifeRecord life : lives) {
    end.sojourns += row_count(word_of(life, layout_.sojourns)) + 1;
    end.events += row_count(word_of(life, layout_.events));
    end.changes += row_count(word_of(life, layout_.changes));
    out.sojourn_end.push_back(static_cast<std::uint32_t>(end.sojourns));
    out.event_end.push_back(static_cast<std::uint32_t>(end.events));
    out.change_end.push_back(static_cast<std::uint32_t>(end.changes));
  }
  out.resize(end);
  const auto sojourn = [&](std::size_t row, std::int16_t state, std::int16_t cause, double start, double stop) {
    out.sojourns.state[row] = state;
    out.sojourns.cause[row] = cause;
    out.sojourns.start[row] = start;
    out.sojourns.stop[row] = stop;
  };
  for (std::size_t p = 0; p < lives.size(); ++p) {
    const LifeRecord life = lives[p];
    const std::size_t last = out.sojourn_end[before + p] - 1;
    sojourn(last, static_cast<std::int16_t>(life[layout_.last_state]), -1, life[layout_.entered], program_.horizon);
    backwards(rows.sojourns, word_of(life, layout_.sojourns), last,
              [&](const BatchRows::Sojourn& one, std::size_t row) {
                sojourn(row, one.state, one.cause, one.start, one.stop);
              });
    backwards(rows.events, word_of(life, layout_.events), out.event_end[before + p],
              [&](const BatchRows::Event& one, std::size_t row) {
                out.events.event[row] = one.event;
                out.events.time[row] = one.time;
              });
    backwards(rows.changes, word_of(life, layout_.changes), out.change_end[before + p],
              [&](const BatchRows::Change& one, std::size_t row) {
                out.changes.attribute[row] = one.attribute;
                out.changes.time[row] = one.time;
                out.changes.value[row] = one.value;
              });
  }
}

}  // namespace sojourn::engine
