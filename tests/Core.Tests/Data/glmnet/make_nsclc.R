# glmnet on the reference data nsclc (44 patients, 1,522 radiomic features): is the expression of A2M above its median?
suppressMessages(library(glmnet))
data <- commandArgs(TRUE)[1]; out <- commandArgs(TRUE)[2]
r <- read.csv(file.path(data, "nsclc/radiomics.csv"), check.names = FALSE)
e <- read.csv(file.path(data, "nsclc/expression.csv"), check.names = FALSE)
stopifnot(r$ID == e$ID)
x <- as.matrix(r[, -1]); y <- as.integer(e$A2M > median(e$A2M))
fit <- glmnet(x, y, family = "binomial", alpha = 0.5, standardize = TRUE, thresh = 1e-14, maxit = 1e7)
con <- file(file.path(out, "nsclc.alpha0.5.csv"), "w"); writeLines(sprintf("steps,,%d", length(fit$lambda)), con)
for (s in c(10, 40, 80, length(fit$lambda))) {
  writeLines(sprintf("%d,lambda,%.15g\n%d,dev,%.15g\n%d,intercept,%.15g", s, fit$lambda[s], s, fit$dev.ratio[s], s, fit$a0[s]), con)
  b <- fit$beta[, s]; b <- b[b != 0]
  writeLines(sprintf("%d,%s,%.15g", s, names(b), b), con)
}
close(con)
