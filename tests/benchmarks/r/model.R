# What the scripts of this folder share. Each is called as
#   Rscript SCRIPT.R MODEL.csv SAMPLES.csv|- PATIENTS HORIZON TIMES ANSWER.csv
# MODEL.csv has a row a transition: trans, from, to, dist, p1, p2 (states are numbers from 1; clock reset; dist and parameters
# as in flexsurv: exp, weibull, gompertz, lnorm). SAMPLES.csv has a row a draw of the parameters and columns p1_TRANS and
# p2_TRANS, which take their places; PATIENTS are then those of each draw. TIMES: a,b,c. ANSWER.csv gets a row a time and
# state: time, state, share (of all patients and draws); what is printed last is the time of the simulation [s].

words <- commandArgs(trailingOnly = TRUE)
if (length(words) != 6) stop("usage: SCRIPT.R MODEL.csv SAMPLES.csv|- PATIENTS HORIZON TIMES ANSWER.csv")
transitions <- read.csv(words[1], stringsAsFactors = FALSE)
samples <- if (words[2] == "-") NULL else read.csv(words[2], check.names = FALSE)
patients <- as.integer(words[3])
horizon <- as.numeric(words[4])
times <- as.numeric(strsplit(words[5], ",")[[1]])
states <- max(transitions$to, transitions$from)

# As in mstate: the number of the transition from row to column.
trans_mat <- matrix(NA_integer_, states, states)
trans_mat[cbind(transitions$from, transitions$to)] <- transitions$trans

# A parameter of a transition: one value, or one a draw.
parameter <- function(which, trans) {
  if (is.null(samples)) transitions[[which]][trans] else samples[[paste0(which, "_", trans)]]
}

cumulative_hazard <- function(trans, t) {
  a <- parameter("p1", trans)
  b <- parameter("p2", trans)
  switch(transitions$dist[trans],
    exp = a * t,
    weibull = (t / b)^a,
    gompertz = b * expm1(a * t) / a,
    lnorm = -plnorm(t, a, b, lower.tail = FALSE, log.p = TRUE),
    stop("unknown dist ", transitions$dist[trans])
  )
}

answer <- function(shares, seconds) {  # shares: a row a time, a column a state
  write.csv(data.frame(time = rep(times, states), state = rep(seq_len(states), each = length(times)),
                       share = as.vector(shares)), words[6], row.names = FALSE)
  cat(seconds, "\n")
}

seconds_of <- function(work) as.numeric(system.time(work)["elapsed"])
