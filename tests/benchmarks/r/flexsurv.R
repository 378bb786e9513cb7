# flexsurv: sim.fmsm on models whose parameters are given (`fixedpars`), not estimated: the data are there only because
# a model needs some.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "model.R"))
suppressPackageStartupMessages(library(flexsurv))
if (!is.null(samples)) stop("sim.fmsm takes no draws of the parameters")

some <- data.frame(time = c(1, 2, 3), status = 1)
models <- lapply(transitions$trans, function(trans) {
  dist <- transitions$dist[trans]
  values <- c(parameter("p1", trans), if (dist != "exp") parameter("p2", trans))
  flexsurvreg(Surv(time, status) ~ 1, data = some, dist = dist, inits = values, fixedpars = TRUE)
})

set.seed(1)
seconds <- seconds_of({
  lives <- sim.fmsm(models, trans = trans_mat, t = horizon, M = patients)
  shares <- t(vapply(times, function(t) {
    state <- lives$st[cbind(seq_len(patients), rowSums(lives$t <= t))]
    tabulate(state, states) / patients
  }, numeric(states)))
})
answer(shares, seconds)
