// The benchmarks, a function a file; each registers rows named GROUP/WHAT[/PART].
#pragma once

namespace sojourn::benchmarks {

void register_draws();
void register_engines();
void register_events();
void register_preparing();
void register_storing();

}  // namespace sojourn::benchmarks
