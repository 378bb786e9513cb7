# The fuzzers of tests/fuzz. Source after common.sh.
#
# Each target runs on one core, in one of two ways:
#   - the same every time: so many inputs (fuzz_runs) from the seed 1 and from what the repository holds, addresses not
#     randomised. The same sources are answered in the same way, as far as libFuzzer allows, so that a change of the answer
#     is a change of the sources.
#   - exploring, --fuzz-seconds: by the clock, from another seed each time. What is learnt stays in
#     build/asan/fuzz/corpus/TARGET, so that a later run goes on from there.
# A finding is an input in build/asan/fuzz/findings; once it is mended, it belongs into tests/fuzz/findings/TARGET, where an
# ordinary test (fuzz.Replay) runs it for ever.

# The words of the language, from the sources that read it, as libFuzzer's dictionary.
fuzz_dictionary() {
  {
    grep -ohE '"[A-Za-z_]{2,30}"' "$root"/sim/model/*.cpp "$root"/sim/expression/functions.cpp "$root"/sim/distributions/*.hpp
    printf '"%s"\n' ' years' ' months' ' days' ' per year' ': ' ', ' '- ' ' ? ' ' : ' ' and ' ' or ' 'not ' '==' '!=' '<=' \
      '{' '}' '[' ']' '1e308' '0.5' '-1' '.inf' '.nan' '010' 'life.csv' 'curve.csv' '&a ' '*a' '<<' '---' '!!binary '
  } | sort -u
}

# fuzz_seeds TARGET FOLDER: what to begin with: the repository's models, good and bad, and its small tables.
fuzz_seeds() {
  local target=$1 folder=$2
  rm -rf "$folder"
  mkdir -p "$folder"
  case $target in
    model) set -- configs/*.yaml configs/*/*.yaml tests/data/models/*.yaml tests/bad_config/*.yaml ;;
    table) set -- tests/bad_config/tables/*.csv tests/data/models/*.csv configs/*/*.csv ;;
    *) set -- ;;
  esac
  (cd "$root" && for file in "$@"; do
    [[ ! -f $file || $(stat -c %s "$file") -gt 16384 ]] || cp "$file" "$folder/$(tr / _ <<< "$file")"
  done)
}

# How many inputs a target gets when nobody says for how long: about a minute for models, half of it for the others.
fuzz_runs() {
  case $1 in
    model) echo 100000 ;;
    expression) echo 400000 ;;
    table) echo 100000 ;;
  esac
}

# without_randomised_addresses COMMAND...: libFuzzer's choices can depend on addresses that are compared.
without_randomised_addresses() {
  if setarch -R true 2> /dev/null; then setarch -R "$@"; else "$@"; fi
}

# run_fuzzer TARGET [SECONDS]: exploring for so long, or the same inputs every time.
run_fuzzer() {
  local target=$1 seconds=${2:-} build=$root/build/asan/fuzz inputs=$root/build/asan/fuzz/$1.inputs how=()
  mkdir -p "$build/findings"
  fuzz_seeds "$target" "$build/seeds/$target"
  # In a fixed order, which a folder does not have.
  find "$build/seeds/$target" "$root"/tests/fuzz/{corpus,findings}/"$target" -type f 2> /dev/null | LC_ALL=C sort |
    paste -sd, | tr -d '\n' > "$inputs" || true  # there may be no findings
  if [[ $seconds ]]; then
    mkdir -p "$build/corpus/$target"
    how=("-max_total_time=$seconds" "$build/corpus/$target")
  else
    how=(-seed=1 "-runs=$(fuzz_runs "$target")" -reload=0)
  fi
  without_randomised_addresses "$root/build/asan/tests/fuzz/fuzz_$target" -seed_inputs="@$inputs" -timeout=10 \
    -rss_limit_mb=2048 -max_len=16384 -dict="$build/words.dict" -artifact_prefix="$build/findings/$target-" \
    -print_final_stats=1 "${how[@]}" > "$build/$target.log" 2>&1 || {
    tail -n 40 "$build/$target.log" >&2
    echo "fuzz_$target found something: the input is named above, all it said in build/asan/fuzz/$target.log" >&2
    return 1
  }
  printf '%s: %s inputs, %s features, no finding\n' "$target" \
    "$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$target.log")" \
    "$(grep -o 'ft: [0-9]*' "$build/$target.log" | tail -n 1 | cut -d' ' -f2)"
}

# The models on one core, expressions and tables one after the other on the next.
job_fuzz() {
  configure asan
  compile asan fuzzers
  mkdir -p "$root/build/asan/fuzz"
  fuzz_dictionary > "$root/build/asan/fuzz/words.dict"
  local half=${fuzz_seconds:+$(((fuzz_seconds + 1) / 2))} models others=0
  run_fuzzer model "$fuzz_seconds" &
  models=$!
  [[ $jobs -gt 1 ]] || wait "$models" || return 1
  run_fuzzer expression "$half" || others=1
  run_fuzzer table "$half" || others=1
  wait "$models" || return 1
  return "$others"
}
