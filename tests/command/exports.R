# What R's survival makes of the exports of configs/examples/illness_death.yaml. Run after the lines of docs/exports.md, by
# export_test.py, in the folder of the exports. Everybody is followed to the horizon, so what R estimates from the rows
# must be what is counted in the lives, to rounding: no sampling error stands between them.
library(survival)
close_to <- function(a, b) stopifnot(length(a) == length(b), all(abs(a - b) < 1e-10))
class(long) <- "data.frame"
n <- 8000
states <- colnames(tmat)
stopifnot(identical(states, c("remission", "relapsed", "dead")), identical(rownames(tmat), states),
          length(unique(long$id)) == n, !anyNA(Surv(long$Tstart, long$Tstop, long$status)))

# Nelson-Aalen of each transition, and from them Aalen-Johansen's product: the occupancy in stateprobs.
jumps <- do.call(rbind, lapply(seq_len(max(tmat, na.rm = TRUE)), function(trans) {
  fit <- survfit(Surv(Tstart, Tstop, status) ~ 1, data = long[long$trans == trans, ])
  at <- which(tmat == trans, arr.ind = TRUE)
  data.frame(time = fit$time, from = at[1], to = at[2], jump = diff(c(0, fit$cumhaz)))[fit$n.event > 0, ]
}))
jumps <- jumps[order(jumps$time), ]
occupancy <- matrix(NA, length(unique(stateprobs$t)), 3)
times <- sort(unique(stateprobs$t))
p <- c(1, 0, 0)
row <- 1
for (i in seq_along(times)) {
  while (row <= nrow(jumps) && jumps$time[row] <= times[i]) {
    same <- row
    while (same < nrow(jumps) && jumps$time[same + 1] == jumps$time[row]) same <- same + 1
    flow <- p[jumps$from[row:same]] * jumps$jump[row:same]
    for (m in seq_along(flow)) {
      p[jumps$from[row + m - 1]] <- p[jumps$from[row + m - 1]] - flow[m]
      p[jumps$to[row + m - 1]] <- p[jumps$to[row + m - 1]] + flow[m]
    }
    row <- same + 1
  }
  occupancy[i, ] <- p
}
for (state in 1:3) close_to(occupancy[, state], stateprobs$prob[stateprobs$state_id == state])

# The same by survival's own multi-state estimate, from one row a stay.
stays <- merge(unique(long[c("id", "from", "Tstart", "Tstop")]), long[long$status == 1, c("id", "Tstart", "to")], all.x = TRUE)
stays$event <- factor(ifelse(is.na(stays$to), 0, stays$to), 0:3, c("none", states))
stays$from <- factor(states[stays$from], states)
fit <- survfit(Surv(Tstart, Tstop, event) ~ 1, data = stays, id = id, istate = from, se.fit = FALSE)
estimate <- summary(fit, times = times[times > 0 & times < 20])$pstate
colnames(estimate) <- fit$states
inside <- stateprobs[stateprobs$t > 0 & stateprobs$t < 20, ]
for (state in 1:3) close_to(estimate[, states[state]], inside$prob[inside$state_id == state])

# Kaplan-Meier of being alive, from the last row of each patient: the table of outcomes.
outcomes <- read.csv("illness_death_csv/outcomes.csv")
last <- aggregate(cbind(Tstop, dead = status * (to == 3)) ~ id, data = long, max)
alive <- survfit(Surv(Tstop, dead) ~ 1, data = last)
wanted <- outcomes[outcomes$measure == "survival" & outcomes$time < 20, ]
close_to(summary(alive, times = wanted$time)$surv, wanted$estimate)
close_to(summary(alive, times = wanted$time)$std.err, wanted$se)

# Weibull's parameters come back from the times since entry: truth within 5 standard errors, a false alarm in 2 million.
death <- survreg(Surv(time, status) ~ 1, data = long[long$trans == 3, ])
stopifnot(abs((c(coef(death), log(death$scale)) - log(c(2.5, 1 / 0.8))) / sqrt(diag(death$var))) < 5)

# hesim's tables and those of stays say the same.
stopifnot(nrow(disprog) == nrow(sojourns[sojourns$state != "dead", ]), sum(disprog$final) == n,
          all(disprog$time_start < disprog$time_stop), all(disprog$time_stop[disprog$to == disprog$from] == 20))

# BCEA's matrices, by hand what BCEA computes from them.
stopifnot(identical(dim(e), c(20L, 3L)), identical(rownames(e), as.character(1:20)),
          identical(colnames(e), c("none", "all", "high_risk_only")), length(k) == 501, all(evpi >= -1e-9))
cat("all checks done\n")
