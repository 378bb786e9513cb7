# mstate: mssample on cumulative hazards on a grid, which it needs; times come out rounded to it.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "model.R"))
suppressPackageStartupMessages(library(mstate))
if (!is.null(samples)) stop("mssample takes no draws of the parameters")

grid <- seq(0, horizon, length.out = 2001)
hazards <- do.call(rbind, lapply(transitions$trans, function(trans) {
  data.frame(time = grid, Haz = cumulative_hazard(trans, grid), trans = trans)
}))

set.seed(1)
seconds <- seconds_of(shares <- mssample(Haz = hazards, trans = trans_mat, clock = "reset", output = "state", tvec = times,
                                         M = patients))
answer(as.matrix(shares[, paste0("pstate", seq_len(states))]), seconds)
