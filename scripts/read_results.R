#!/usr/bin/env Rscript
# Reads a result of `sojourn run` (HDF5) into data frames, names instead of ids.
#
#   source("scripts/read_results.R")
#   sojourns("car_t.h5", "observe")                     # all stays of all patients under one strategy
#   sojourns("car_t.h5", "observe", patients = c(1, 9)) # of patients 1 to 9, whatever the file's size
#   events(...), changes(...), baseline(...), outcomes("car_t.h5"), outcomes("car_t.h5", "efs"), dictionary("car_t.h5", "states"),
#   samples("car_t.h5"), parameters("car_t.h5"), trials("car_t.h5")
#
# Or: Rscript scripts/read_results.R FILE.h5 [TABLE [STRATEGY [PATIENT]]]   (prints CSV)
# TABLE: sojourns, events, changes, baseline, outcomes, samples, parameters, trials, or one outcome by its name; without it: outcomes.
# Times are years since the patient's start. Every dataset is described in docs/results.md.
# Needs rhdf5 (Debian: r-bioc-rhdf5).
suppressPackageStartupMessages(library(rhdf5))

# One column, or `count` rows of it from row `start` (from 1). 64-bit integers become doubles, exact below 2^53.
column <- function(path, name, start = NULL, count = NULL) {
  values <- if (is.null(start)) h5read(path, name, bit64conversion = "double")
            else if (count == 0) numeric(0)
            else h5read(path, name, start = start, count = count, bit64conversion = "double")
  values <- as.vector(values)
  if (is.character(values)) Encoding(values) <- "UTF-8"
  values
}

# states, transitions, events, attributes, levels or strategies: what the ids mean.
dictionary <- function(path, name) group_frame(path, paste0("/dictionary/", name))

names_in <- function(path, group) {
  file <- H5Fopen(path, flags = "H5F_ACC_RDONLY")
  on.exit(H5Fclose(file))
  folder <- H5Gopen(file, group)
  on.exit(H5Gclose(folder), add = TRUE, after = FALSE)
  h5ls(folder, recursive = FALSE)$name
}

group_frame <- function(path, group) {
  names <- setdiff(names_in(path, group), "columns")
  as.data.frame(lapply(setNames(names, names), function(name) column(path, paste0(group, "/", name))),
                stringsAsFactors = FALSE, optional = TRUE)
}

# What the file says about itself: title, patients, seed, horizon, what trajectories were kept, digest.
about <- function(path) h5readAttributes(path, "/", bit64conversion = "double")

# Whether rows of the dataset lie in other files. rhdf5 has names for the other layouts only.
is_virtual <- function(file, name) {
  dataset <- H5Dopen(file, name)
  on.exit(H5Dclose(dataset))
  properties <- H5Dget_create_plist(dataset)
  on.exit(H5Pclose(properties), add = TRUE, after = FALSE)
  !H5Pget_layout(properties) %in% c("H5D_COMPACT", "H5D_CONTIGUOUS", "H5D_CHUNKED")
}

has_virtual_columns <- function(path) {
  file <- H5Fopen(path, flags = "H5F_ACC_RDONLY")
  on.exit(H5Fclose(file))
  group <- H5Gopen(file, "/strategies")
  on.exit(H5Gclose(group), add = TRUE, after = FALSE)
  items <- suppressWarnings(h5ls(group))  # it warns of linked groups
  names <- paste0("/strategies", items$group, "/", items$name)[items$otype == "H5I_DATASET"]
  any(vapply(names, is_virtual, NA, file = file))
}

# Of a result in several files: HDF5 would show one that is missing as zeros. After h5repack all may be in one.
check_shards <- function(path) {
  if (!"shards" %in% names_in(path, "/") || !has_virtual_columns(path)) return(invisible())
  files <- file.path(dirname(normalizePath(path)), column(path, "/shards/file"))
  wrong <- which(!file.exists(files) | file.size(files) != column(path, "/shards/bytes"))
  if (length(wrong) > 0)
    stop(files[wrong[1]], " is missing or not as it was; the result and its folder belong together", call. = FALSE)
}

patient_range <- function(path, patients) {
  check_shards(path)
  stored <- as.numeric(about(path)$patients_stored)
  if (is.null(patients)) patients <- c(1, stored)
  range <- range(patients)
  if (stored == 0 || range[1] < 1 || range[2] > stored)
    stop("these patients are not stored (", about(path)$trajectories, ")", call. = FALSE)
  range
}

strategy_group <- function(path, strategy) {
  known <- column(path, "/dictionary/strategies/name")
  if (!strategy %in% known) stop("no strategy '", strategy, "'; the file has ", toString(known), call. = FALSE)
  paste0("/strategies/", strategy)
}

rows_frame <- function(path, strategy, table, columns, patients) {
  range <- patient_range(path, patients)
  group <- paste0(strategy_group(path, strategy), "/", table)
  first <- column(path, paste0(group, "/first"), range[1], 1)
  last <- column(path, paste0(group, "/first"), range[2] + 1, 1)
  as.data.frame(lapply(setNames(columns, columns),
                       function(name) column(path, paste0(group, "/", name), first + 1, last - first)))
}

# One row a stay: patient_id, state, transition (what ended it), time_start, time_stop [years].
sojourns <- function(path, strategy, patients = NULL) {
  frame <- rows_frame(path, strategy, "sojourns",
                      c("patient_id", "state_id", "transition_id", "time_start", "time_stop"), patients)
  states <- column(path, "/dictionary/states/name")
  transitions <- column(path, "/dictionary/transitions/name")
  data.frame(patient_id = frame$patient_id, state = factor(frame$state_id, seq_along(states), states),
             transition = factor(frame$transition_id, c(0, seq_along(transitions)), c("horizon", transitions)),
             time_start = frame$time_start, time_stop = frame$time_stop)
}

# One row an event: patient_id, event, time [years].
events <- function(path, strategy, patients = NULL) {
  frame <- rows_frame(path, strategy, "events", c("patient_id", "event_id", "time"), patients)
  names <- column(path, "/dictionary/events/name")
  data.frame(patient_id = frame$patient_id, event = factor(frame$event_id, seq_along(names), names), time = frame$time)
}

# One row a change of an attribute: patient_id, attribute, time [years], value (a number), level (a name, "" if none).
changes <- function(path, strategy, patients = NULL) {
  frame <- rows_frame(path, strategy, "changes", c("patient_id", "attribute_id", "time", "value"), patients)
  names <- column(path, "/dictionary/attributes/name")
  levels <- dictionary(path, "levels")
  at <- match(paste(frame$attribute_id, frame$value), paste(levels$attribute_id, levels$level_id))
  data.frame(patient_id = frame$patient_id, attribute = factor(frame$attribute_id, seq_along(names), names),
             time = frame$time, value = frame$value, level = ifelse(is.na(at), "", levels$name[at]))
}

# One row a patient: patient_id and every attribute at the start.
baseline <- function(path, strategy, patients = NULL) {
  range <- patient_range(path, patients)
  group <- paste0(strategy_group(path, strategy), "/baseline/")
  attributes <- dictionary(path, "attributes")
  levels <- dictionary(path, "levels")
  frame <- data.frame(patient_id = seq(range[1], range[2]))
  for (i in seq_len(nrow(attributes))) {
    values <- column(path, paste0(group, attributes$name[i]), range[1], range[2] - range[1] + 1)
    own <- levels[levels$attribute_id == attributes$attribute_id[i], ]
    frame[[attributes$name[i]]] <- switch(attributes$kind[i], boolean = values == 1,
                                          category = factor(values, own$level_id, own$name), values)
  }
  frame
}

# A table under /outcomes, by its name; of one outcome only, if that is named.
computed <- function(path, name, outcome = NULL) {
  group <- paste0("/outcomes/", name)
  there <- names_in(path, "/outcomes")
  if (!name %in% there) stop("no table '", name, "'; the file has ", toString(there), call. = FALSE)
  table <- group_frame(path, group)[column(path, paste0(group, "/columns"))]
  if (is.null(outcome)) return(table)
  known <- unique(table$outcome)
  if (!outcome %in% known) stop("no outcome '", outcome, "'; the file has ", toString(known), call. = FALSE)
  table <- table[table$outcome == outcome, ]
  rownames(table) <- NULL
  table
}

# What was estimated, one row a number: of one outcome (its name in the model), or of all.
outcomes <- function(path, outcome = NULL) computed(path, "outcomes", outcome)

# The same in each sample of the uncertain parameters, one row a sample and number.
samples <- function(path, outcome = NULL) computed(path, "samples", outcome)

# What the trials of the model came to, one row for each trial, measure, arm and time.
trials <- function(path) computed(path, "trials")

# The uncertain parameters in each sample; sample 0 is the base case.
parameters <- function(path) computed(path, "parameters")

if (sys.nframe() == 0) {
  arguments <- commandArgs(trailingOnly = TRUE)
  if (length(arguments) < 1) stop("usage: read_results.R FILE.h5 [TABLE [STRATEGY [PATIENT]]]", call. = FALSE)
  if (length(arguments) == 1) arguments[2] <- "outcomes"
  tables <- list(sojourns = sojourns, events = events, changes = changes, baseline = baseline)
  frame <- if (arguments[2] %in% names(tables)) {
    strategy <- if (length(arguments) > 2) arguments[3] else column(arguments[1], "/dictionary/strategies/name")[1]
    tables[[arguments[2]]](arguments[1], strategy, if (length(arguments) > 3) as.numeric(arguments[4]))
  } else if (arguments[2] %in% c("samples", "parameters", "trials")) {
    computed(arguments[1], arguments[2])
  } else outcomes(arguments[1], if (arguments[2] != "outcomes") arguments[2])
  write.csv(frame, row.names = FALSE)
}
