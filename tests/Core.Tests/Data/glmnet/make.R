# Simulated data and glmnet's answers; data are rounded to 6 decimals so that the file holds exactly what was fitted.
suppressMessages(library(glmnet)); RNGversion("4.2.0"); set.seed(20260101)
out <- commandArgs(TRUE)[1]
w <- function(name, x, y, alpha, weights = NULL, ...) {
  x <- round(x, 6); colnames(x) <- paste0("x", seq_len(ncol(x)))
  if (is.null(weights)) weights <- rep(1, nrow(x))
  write.csv(cbind(y = y, weight = weights, x), file.path(out, paste0(name, ".data.csv")), row.names = FALSE, quote = FALSE)
  for (a in alpha) {
    fit <- glmnet(x, y, family = "binomial", alpha = a, weights = weights, standardize = TRUE, thresh = 1e-14, maxit = 1e7, ...)
    m <- rbind(lambda = fit$lambda, dev = fit$dev.ratio, intercept = fit$a0, as.matrix(fit$beta))
    keep <- unique(round(seq(1, ncol(m), length.out = min(12, ncol(m)))))
    steps <- ncol(m)
    m <- t(m)[keep, , drop = FALSE]
    f <- file.path(out, sprintf("%s.alpha%g.csv", name, a))
    # long format: step,name,value ; zero coefficients are left out
    con <- file(f, "w"); writeLines(sprintf("steps,,%d", steps), con)
    for (i in seq_along(keep)) for (j in seq_len(ncol(m))) if (j <= 3 || m[i, j] != 0)
      writeLines(sprintf("%d,%s,%.15g", keep[i], colnames(m)[j], m[i, j]), con)
    close(con)
    cat(name, a, "steps", steps, "lastdev", tail(fit$dev.ratio, 1), "\n")
  }
}
n <- 80; x <- matrix(rnorm(n * 8), n) %*% diag(c(1, 10, 0.1, 1, 5, 1, 2, 1)); x[, 6] <- x[, 1] + 0.3 * x[, 6]
y <- rbinom(n, 1, plogis(0.8 * x[, 1] - 0.1 * x[, 2] + 4 * x[, 3] - 0.5))
w("tall", x, y, c(0, 0.5, 1))
n <- 50; p <- 120; z <- matrix(rnorm(n * 3), n); x <- matrix(rnorm(n * p, sd = 0.6), n) + z[, rep(1:3, length.out = p)]
y <- rbinom(n, 1, plogis(1.2 * z[, 1] - z[, 2])); x[, 7] <- 3
w("wide", x, y, c(0.5, 1))
n <- 40; x <- matrix(rnorm(n * 5), n); y <- as.integer(x[, 2] + 0.3 * x[, 3] > 0)
w("separable", x, y, c(0.5, 1))
n <- 60; x <- matrix(rnorm(n * 6), n); y <- rbinom(n, 1, plogis(x[, 1])); wt <- sample(1:4, n, TRUE)
w("weighted", x, y, 0.5, wt)
