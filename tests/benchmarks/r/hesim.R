# hesim: an individual continuous time state transition model with the parameters as given, its trajectories, and the
# probabilities of the states from them.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "model.R"))
suppressPackageStartupMessages({
  library(hesim)
  library(data.table)
})

# Coefficients on the scale on which flexsurv estimates them; a row a draw.
coefficients <- function(trans) {
  a <- parameter("p1", trans)
  b <- parameter("p2", trans)
  column <- function(values) matrix(values, ncol = 1, dimnames = list(NULL, "intercept"))
  switch(transitions$dist[trans],
    exp = list(rate = column(log(a))),
    weibull = list(shape = column(log(a)), scale = column(log(b))),
    gompertz = list(shape = column(a), rate = column(log(b))),
    lnorm = list(meanlog = column(a), sdlog = column(log(b)))
  )
}
params <- do.call(params_surv_list, lapply(transitions$trans, function(trans) {
  params_surv(coefs = coefficients(trans), dist = transitions$dist[trans])
}))

input <- expand(hesim_data(strategies = data.table(strategy_id = 1), patients = data.table(patient_id = seq_len(patients))),
                by = c("strategies", "patients"))
input[, intercept := 1]
model <- create_IndivCtstmTrans(params, input_data = input, trans_mat = trans_mat, clock = "reset", start_age = 0)

set.seed(1)
seconds <- seconds_of({
  lives <- model$sim_disease(max_t = horizon, max_age = 10 * horizon)
  probabilities <- model$sim_stateprobs(t = times, disprog = lives)
})
mean_of <- probabilities[, .(prob = mean(prob)), by = c("t", "state_id")]
shares <- matrix(0, length(times), states)
shares[cbind(match(round(mean_of$t, 9), round(times, 9)), mean_of$state_id)] <- mean_of$prob
answer(shares, seconds)
