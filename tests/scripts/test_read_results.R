# scripts/read_results.R on a sample whose rows are also there as CSV.
# Usage: Rscript test_read_results.R WRITE_SAMPLE SCRIPTS_FOLDER SOJOURN. Exit code 77: rhdf5 is not installed.
arguments <- commandArgs(trailingOnly = TRUE)
if (!requireNamespace("rhdf5", quietly = TRUE)) quit(status = 77)
source(file.path(arguments[2], "read_results.R"))
options(warn = 2)  # a warning is a failure

folder <- tempfile("sojourn")
dir.create(folder)
stopifnot(system2(arguments[1], shQuote(folder)) == 0)
path <- file.path(folder, "sample.h5")

equal <- function(frame, table, strategy, patients = NULL) {
  wanted <- read.csv(file.path(folder, paste0(table, "_", strategy, ".csv")), na.strings = character(0))
  if (!is.null(patients)) wanted <- wanted[wanted$patient_id >= patients[1] & wanted$patient_id <= patients[2], ]
  stopifnot(identical(names(frame), names(wanted)), nrow(frame) == nrow(wanted))
  for (name in names(frame)) {
    got <- if (is.factor(frame[[name]])) as.character(frame[[name]]) else frame[[name]]
    # read.csv may be off by one unit in the last place of a double
    same <- if (is.numeric(got)) abs(got - wanted[[name]]) <= 1e-15 * abs(got) else got == as.character(wanted[[name]])
    if (is.logical(got)) same <- got == wanted[[name]]
    stopifnot(!anyNA(same), all(same))
  }
}

for (strategy in c("observe", "hsct_all")) {
  for (table in c("sojourns", "events", "changes", "baseline")) {
    read <- get(table)
    equal(read(path, strategy), table, strategy)
    for (patient in c(1, 2, 350, 700)) equal(read(path, strategy, patient), table, strategy, c(patient, patient))
    equal(read(path, strategy, c(5, 90)), table, strategy, c(5, 90))
  }
}
# What README shows, on a file that the program made.
made <- file.path(folder, "maintenance.h5")
csv <- file.path(folder, "maintenance.csv")
model <- file.path(arguments[2], "../configs/examples/maintenance.yaml")
stopifnot(system2(arguments[3], c("run", shQuote(model), "--patients", "500", "--quiet", "--out", shQuote(made), "--csv",
                                  shQuote(csv))) == 0)
wanted <- read.csv(csv)
stopifnot(identical(names(outcomes(made)), names(wanted)), nrow(outcomes(made)) == nrow(wanted))
alive <- outcomes(made, "alive")
stopifnot(all(alive$outcome == "alive"), nrow(alive) == sum(wanted$outcome == "alive"),
          all(abs(alive$estimate - wanted$estimate[wanted$outcome == "alive"]) < 1e-12))
stopifnot(inherits(try(outcomes(made, "alife"), silent = TRUE), "try-error"), nrow(sojourns(made, "all")) > 500)
stopifnot(about(path)$patients == 700, about(path)$seed == 4e9, about(path)$trajectories == "all patients, all states")
stopifnot(inherits(try(sojourns(path, "hsct_some"), silent = TRUE), "try-error"))
stopifnot(inherits(try(sojourns(path, "observe", 701), silent = TRUE), "try-error"))
script <- file.path(arguments[2], "read_results.R")
printed <- system2("Rscript", c(shQuote(script), shQuote(path), "sojourns", "observe", "7"), stdout = TRUE)
stopifnot(length(printed) == nrow(sojourns(path, "observe", 7)) + 1)
for (rest in list(character(0), "outcomes", "alive")) {
  printed <- system2("Rscript", c(shQuote(script), shQuote(made), rest), stdout = TRUE)
  stopifnot(length(printed) == 1 + nrow(if (identical(rest, "alive")) alive else wanted))
}
# In several files, one of them missing, and put into one as docs/results.md says.
model <- file.path(arguments[2], "../configs/examples/illness_death.yaml")
for (name in c("whole", "several"))
  stopifnot(system2(arguments[3], c("run", shQuote(model), "--patients", "70000", "--quiet", "--out",
                                    shQuote(file.path(folder, paste0(name, ".h5"))), if (name == "several") "--shards")) == 0)
several <- file.path(folder, "several.h5")
repacked <- file.path(folder, "repacked.h5")
stopifnot(system2("h5repack", c("-l", "CONTI", shQuote(several), shQuote(repacked))) == 0)
strategy <- column(several, "/dictionary/strategies/name")[1]
stays <- sojourns(file.path(folder, "whole.h5"), strategy)
stopifnot(nrow(stays) > 70000, identical(sojourns(several, strategy), stays))
lost <- list.files(paste0(several, ".shards"), full.names = TRUE)[2]
stopifnot(file.remove(lost))
refused <- try(sojourns(several, strategy), silent = TRUE)
stopifnot(inherits(refused, "try-error"), grepl(basename(lost), refused, fixed = TRUE))
stopifnot(identical(sojourns(repacked, strategy), stays))
unlink(folder, recursive = TRUE)
cat("ok\n")
